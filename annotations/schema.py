"""The labels: what they mean, the key that sets them and the colour that shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from annotations.errors import InvalidAnnotation
from annotations.model import LABEL_NAME
from annotations.phrase import Phrase

Kind = Literal["entity", "figure"]
HUES = ("red", "green", "yellow", "blue", "magenta", "cyan")


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
                raise InvalidAnnotation(
                    Phrase(
                        "two labels have the same {attribute}: {names}",
                        attribute=attribute,
                        names=", ".join(twice),
                    )
                )

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __contains__(self, name: object) -> bool:
        return any(label.name == name for label in self.labels)

    def __getitem__(self, name: str) -> Label:
        for label in self.labels:
            if label.name == name:
                return label
        raise KeyError(name)

    def label(self, name: str) -> Label:
        """The label of this name, or a stand-in for one that the schema no longer has."""
        if name in self:
            return self[name]
        return Label(name, "entity", "", "", False, "A label that this library does not have")


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
        raise InvalidAnnotation(Phrase("the schema must be a list of labels"))
    return Schema(tuple(_from_row(number, row) for number, row in enumerate(rows, 1)))


def _from_row(number: int, row: object) -> Label:
    where = Phrase("label {number} of the schema", number=number)
    if not isinstance(row, Mapping):
        raise InvalidAnnotation(Phrase("{where} is not an object", where=where))
    try:
        label = Label(**row)
    except TypeError as error:
        raise InvalidAnnotation(Phrase("{where}: {error}", where=where, error=error)) from None
    for problem in _problems(label):
        raise InvalidAnnotation(Phrase("{where}: {problem}", where=where, problem=problem))
    return label


def _problems(label: Label) -> Iterator[Phrase]:
    """What is wrong with a label that came from outside."""
    if not isinstance(label.name, str) or not LABEL_NAME.fullmatch(label.name):
        yield Phrase(
            "name must be capital Latin letters, digits and _, got {found!r}", found=label.name
        )
    if label.kind not in ("entity", "figure"):
        yield Phrase("kind must be entity or figure, got {found!r}", found=label.kind)
    if not isinstance(label.key, str) or len(label.key) != 1 or not label.key.isprintable():
        yield Phrase("key must be one character, got {found!r}", found=label.key)
    if label.colour not in HUES:
        yield Phrase(
            "colour must be one of {hues}, got {found!r}", hues=", ".join(HUES), found=label.colour
        )
    if not isinstance(label.underline, bool):
        yield Phrase("underline must be true or false, got {found!r}", found=label.underline)
    if not isinstance(label.description, str):
        yield Phrase("description must be a string, got {found!r}", found=label.description)


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
