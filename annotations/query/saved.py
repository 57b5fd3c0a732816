"""A query that is kept under a name."""

import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from annotations.errors import InvalidSavedQuery
from annotations.phrase import Phrase

LONGEST_NAME = 60  # characters
LONGEST_QUERY = 2_000


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query, what it is called, and who saved it when; `is_shared`: for everybody."""

    name: str
    query: str
    author: str
    at: str
    is_shared: bool = False

    def __post_init__(self) -> None:
        for field, content in self.row().items():
            if not isinstance(content, str):
                raise InvalidSavedQuery(
                    Phrase("{field} of a saved query has a value it cannot have", field=field),
                    field,
                )
        for problem in _problems(self):
            raise problem

    @property
    def key(self) -> str:
        """Names with the same key are one name."""
        return name_key(self.name)

    def row(self) -> dict[str, str]:
        """What is stored of it."""
        fields = asdict(self)
        del fields["is_shared"]
        return fields


def name_key(name: str) -> str:
    """What a name is compared by: neither case nor how many spaces there are."""
    return " ".join(name.casefold().split())


def tidy(text: str) -> str:
    """A name or a query as it is saved."""
    return unicodedata.normalize("NFC", text.strip())


def _problems(saved: SavedQuery) -> Iterator[InvalidSavedQuery]:
    name, query = saved.name, saved.query
    if not name.strip():
        yield InvalidSavedQuery(Phrase("a saved query needs a name: give it one"), "name")
    if len(name) > LONGEST_NAME:
        said = Phrase("a name has at most {most} characters: shorten it", most=LONGEST_NAME)
        yield InvalidSavedQuery(said, "name")
    if any(unicodedata.category(character).startswith("C") for character in name):
        said = Phrase("a name has no control characters: leave them out")
        yield InvalidSavedQuery(said, "name")
    if not query.strip():
        yield InvalidSavedQuery(Phrase("there is no query to save: give one"), "query")
    if len(query) > LONGEST_QUERY:
        said = Phrase("a saved query has at most {most} characters: shorten it", most=LONGEST_QUERY)
        yield InvalidSavedQuery(said, "query")
    if any(unicodedata.category(character) == "Cs" for character in query):
        said = Phrase("the query holds something that is no text: type it anew")
        yield InvalidSavedQuery(said, "query")
