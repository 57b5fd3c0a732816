"""The labels: what they mean, the key that sets them and the colour that shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from annotations.errors import InvalidAnnotation

Kind = Literal["entity", "figure"]


@dataclass(frozen=True, slots=True)
class Label:
    """One label; `key` sets it on the screen, `colour` names one of the ANSI hues."""

    name: str
    kind: Kind
    key: str
    colour: str
    underline: bool
    description: str


@dataclass(frozen=True)
class Schema:
    """The labels of a library, in the order in which they are listed."""

    labels: tuple[Label, ...]

    def __post_init__(self) -> None:
        for attribute in ("name", "key"):
            values = [getattr(label, attribute) for label in self.labels]
            twice = sorted({value for value in values if values.count(value) > 1})
            if twice:
                raise InvalidAnnotation(f"two labels have the same {attribute}: {', '.join(twice)}")

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __contains__(self, name: object) -> bool:
        return any(label.name == name for label in self.labels)

    def __getitem__(self, name: str) -> Label:
        for label in self.labels:
            if label.name == name:
                return label
        raise KeyError(name)

    def by_key(self, key: str) -> Label | None:
        return next((label for label in self.labels if label.key == key), None)

    def of_kind(self, kind: Kind) -> tuple[Label, ...]:
        return tuple(label for label in self.labels if label.kind == kind)


def to_rows(schema: Schema) -> list[dict[str, str | bool]]:
    """The schema as a library keeps it."""
    return [
        {
            "name": label.name,
            "kind": label.kind,
            "key": label.key,
            "colour": label.colour,
            "underline": label.underline,
            "description": label.description,
        }
        for label in schema
    ]


def from_rows(rows: object) -> Schema:
    """The schema that `to_rows` wrote; raises InvalidAnnotation where a row is not a label."""
    if not isinstance(rows, list):
        raise InvalidAnnotation("the schema must be a list of labels")
    return Schema(tuple(_from_row(number, row) for number, row in enumerate(rows, 1)))


def _from_row(number: int, row: object) -> Label:
    if not isinstance(row, Mapping):
        raise InvalidAnnotation(f"label {number} of the schema is not an object")
    try:
        label = Label(**row)
    except TypeError as error:
        raise InvalidAnnotation(f"label {number} of the schema: {error}") from None
    if label.kind not in ("entity", "figure"):
        raise InvalidAnnotation(
            f"label {number} of the schema: kind must be entity or figure, got {label.kind!r}"
        )
    return label


# Six hues stay apart for colour-blind eyes; plain for entities and the first figures,
# underlined for the rest (the keys are digits: they are the same on every keyboard layout).
DEFAULT_SCHEMA = Schema(
    (
        Label(
            "PER", "entity", "1", "yellow", False,
            "A person's name with initials, without titles and roles",
        ),
        Label(
            "ORG", "entity", "2", "cyan", False,
            "An organisation, a medium or a site named as a source, with its legal form and «»",
        ),
        Label(
            "LOC", "entity", "3", "green", False,
            "A country, city, region or river by its name; adjectives are not annotated",
        ),
        Label(
            "MONEY", "figure", "4", "magenta", False,
            "An amount of a currency: number, magnitude and currency",
        ),
        Label(
            "PERCENT", "figure", "5", "red", False,
            "Per cent, percentage points, basis points: number and sign or word",
        ),
        Label(
            "NUMBER", "figure", "6", "blue", False,
            "A count: the numeral alone; what is counted goes into the value",
        ),
        Label(
            "ORDINAL", "figure", "7", "blue", True,
            "A position in an order: the ordinal alone",
        ),
        Label(
            "QUANTITY", "figure", "8", "red", True,
            "A measured amount: number and unit",
        ),
        Label(
            "DATE", "figure", "9", "cyan", True,
            "A point or period on the calendar, without a bare preposition; «сегодня» too",
        ),
        Label(
            "TIME", "figure", "0", "green", True,
            "A time of day",
        ),
        Label(
            "DURATION", "figure", "-", "yellow", True,
            "A length of time that is not fixed on the calendar",
        ),
        Label(
            "AGE", "figure", "=", "magenta", True,
            "Somebody's age",
        ),
    )
)  # fmt: skip
