"""Frozen records for what a quick start loads: `dataclasses` takes longer than all of a search."""

from collections.abc import Iterator
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record:
    """What a frozen dataclass is: made by position or name, equal and hashable by its fields."""

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        given = {**dict(zip(names, values, strict=False)), **named}
        missing = [name for name in names if name not in given and not hasattr(type(self), name)]
        if missing or len(given) != len(values) + len(named) or not given.keys() <= set(names):
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(names)}")
        self.__dict__.update(given)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def _fields(self) -> Iterator[tuple[str, object]]:
        return ((name, getattr(self, name)) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            value == getattr(other, name) for name, value in self._fields()
        )

    def __hash__(self) -> int:
        return hash((type(self), *(value for _, value in self._fields())))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self._fields())
        return f"{type(self).__name__}({fields})"
