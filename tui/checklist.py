"""A checklist of places grouped by the form that stands there: what is ticked, what is shown,
and what came of it when the ticked ones were annotated."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotations.model import Span
from store.places import Place
from tui.keyboard.keys import pressed
from tui.language import _, counted

TICKED, EMPTY, SOME, CLOSED = "[x]", "[ ]", "[-]", " = "


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a form (`place` None) or one of its places, by number."""

    form: str
    place: int | None = None


@dataclass
class Checklist:
    """Places in the order in which they came; those that are sure are ticked."""

    places: list[Place] = field(default_factory=list)
    ticked: set[int] = field(default_factory=set)
    rows: Sequence[Row] = ()
    _forms: dict[str, list[int]] = field(default_factory=dict)

    def add(self, places: Iterable[Place]) -> None:
        """Take in further places."""
        for place in places:
            number = len(self.places)
            self.places.append(place)
            self._forms.setdefault(" ".join(place.text.split()), []).append(number)
            if place.is_sure:
                self.ticked.add(number)
        self.rows = [
            row
            for form, numbers in self._forms.items()
            for row in (Row(form), *(Row(form, number) for number in numbers))
        ]

    def toggle(self, row: Row) -> None:
        """Tick a place, or all of a form; untick it where all of it is ticked."""
        numbers = self._open(row)
        if numbers <= self.ticked:
            self.ticked -= numbers
        else:
            self.ticked |= numbers

    def tick_all(self, *, ticked: bool) -> None:
        """Tick every place that is open, or none."""
        self.ticked = {n for n, each in enumerate(self.places) if each.is_open and ticked}

    def mark(self, row: Row) -> str:
        """How much of a row is ticked."""
        numbers = self._open(row)
        if not numbers:
            return CLOSED
        if numbers <= self.ticked:
            return TICKED
        return SOME if numbers & self.ticked else EMPTY

    def count(self, row: Row) -> int:
        """The number of places of a form."""
        return len(self._forms[row.form])

    def is_open(self, row: Row) -> bool:
        return bool(self._open(row))

    def _open(self, row: Row) -> set[int]:
        numbers = self._forms[row.form] if row.place is None else [row.place]
        return {number for number in numbers if self.places[number].is_open}

    def chosen(self) -> Mapping[str, Sequence[Span]]:
        """The spans that are ticked, by article, in the order in which they came."""
        found: dict[str, list[Span]] = {}
        for number in sorted(self.ticked):
            place = self.places[number]
            found.setdefault(place.article_id, []).append(place.span)
        return found


@dataclass
class Answer:
    """What was ticked in the open article, and what was written in the others."""

    spans: Sequence[Span] = ()
    operation: str = field(default_factory=lambda: secrets.token_hex(8))
    places: int = 0
    articles: list[str] = field(default_factory=list)  # others that were written
    left: int = 0  # places that others decided while the list was open
    rest: int = 0  # articles that were not come to, because it was stopped
    problems: list[str] = field(default_factory=list)

    def in_words(self, what: str, here: int) -> str:
        """What was done here and in the other articles, and what was not."""
        where = [_("{count} here").format(count=here)] if here else []
        if self.articles:
            where.append(
                counted(
                    "{places} in {count} other article",
                    "{places} in {count} other articles",
                    len(self.articles),
                    places=self.places,
                )
            )
        said = [_("{what}: {where}").format(what=what, where=", ".join(where)) if where else what]
        if self.left:
            said.append(
                counted(
                    "{count} place left as others decided",
                    "{count} places left as others decided",
                    self.left,
                )
            )
        if self.problems:
            said.append(
                counted(
                    "{count} article not saved: {problem}",
                    "{count} articles not saved: {problem}",
                    len(self.problems),
                    problem=self.problems[0],
                )
            )
        if self.rest:
            said.append(
                counted(
                    "stopped before {count} article", "stopped before {count} articles", self.rest
                )
            )
        if where:
            said.append(_("{key} takes it back").format(key=pressed("undo")))
        return "; ".join(said)
