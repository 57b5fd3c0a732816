"""The labels: what they mean, the key that sets them and the colour that shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from annotations.errors import InvalidAnnotation
from annotations.model import LABEL_NAME

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
        raise InvalidAnnotation("the schema must be a list of labels")
    return Schema(tuple(_from_row(number, row) for number, row in enumerate(rows, 1)))


def _from_row(number: int, row: object) -> Label:
    where = f"label {number} of the schema"
    if not isinstance(row, Mapping):
        raise InvalidAnnotation(f"{where} is not an object")
    try:
        label = Label(**row)
    except TypeError as error:
        raise InvalidAnnotation(f"{where}: {error}") from None
    for problem in _problems(label):
        raise InvalidAnnotation(f"{where}: {problem}")
    return label


def _problems(label: Label) -> Iterator[str]:
    """What is wrong with a label that came from outside."""
    if not isinstance(label.name, str) or not LABEL_NAME.fullmatch(label.name):
        yield f"name must be capital Latin letters, digits and _, got {label.name!r}"
    if label.kind not in ("entity", "figure"):
        yield f"kind must be entity or figure, got {label.kind!r}"
    if not isinstance(label.key, str) or len(label.key) != 1 or not label.key.isprintable():
        yield f"key must be one character, got {label.key!r}"
    if label.colour not in HUES:
        yield f"colour must be one of {', '.join(HUES)}, got {label.colour!r}"
    if not isinstance(label.underline, bool):
        yield f"underline must be true or false, got {label.underline!r}"
    if not isinstance(label.description, str):
        yield f"description must be a string, got {label.description!r}"


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
