"""What a library's people accepted teaches the next article: a recogniser of their names.

Each entry carries how often it was accepted and rejected.  Names that people rejected and never
accepted are not suggested by any recogniser.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from annotations.decisions import name_key
from annotations.entities.reading import Mention, Reading, in_order, is_wordlike
from annotations.gazetteer import Key, Row, Ruling, State, gathered, switched
from annotations.model import Document, Suggestion
from annotations.name_patterns import Known, Pattern, make_pattern, span_at
from annotations.occurrences import doubt_of
from annotations.recognise import Recogniser
from annotations.tokens import WORD, fold, words

NAME = "library"
_LONGEST = 4  # letters of a word by which entries are chosen that a text may have
_BY_HAND = 9  # acceptances for which a ruling counts
_TAIL = 2  # letters at the end of a word that may change from case to case


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that is suggested, as people accepted it, and a text of it.

    `said` is the name that is suggested where that is another one; `by_hand` says that somebody
    laid down what is suggested.
    """

    label: str
    name: str
    text: str
    accepted: int
    rejected: int = 0
    said: str = ""
    by_hand: bool = False

    @property
    def suggested_name(self) -> str:
        return self.said or self.name

    @property
    def confidence(self) -> float:
        """The more it was accepted the surer, never quite sure."""
        accepted = self.accepted + _BY_HAND * self.by_hand
        return round(accepted / (accepted + self.rejected + 1), 2)


@dataclass(frozen=True, slots=True)
class Learned:
    """The entries, and the names (with their labels) that are not to be suggested."""

    entries: tuple[Entry, ...] = ()
    rejected: frozenset[Key] = frozenset()


def learn(documents: Iterable[Document], rulings: Iterable[Ruling] = ()) -> Learned:
    """What the decided names of these articles teach, with what is laid down about them."""
    rows = gathered(documents).rows(rulings)
    rows.sort(key=lambda row: row.ruling is None)
    entries = (_entry(row) for row in rows if row.state is State.SUGGESTED)
    return Learned(tuple(entries), frozenset(switched(rows)))


def _entry(row: Row) -> Entry:
    counts = row.counts
    return Entry(
        row.label,
        counts.name,
        counts.text or counts.name,
        counts.accepted,
        counts.rejected,
        said="" if row.name == counts.name else row.name,
        by_hand=row.ruling is not None,
    )


class LibraryRecogniser:
    """Suggests, in any case form, the names that people accepted; homonyms it leaves alone."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_beginning: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for beginning in {_beginning(entry.name), _beginning(entry.suggested_name)}:
                self._by_beginning[beginning].append(entry)

    @property
    def name(self) -> str:
        return NAME

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:  # noqa: ARG002
        reading = Reading(text)
        found: dict[Mention, Entry] = {}
        known: dict[Entry, Known] = defaultdict(dict)
        for match in WORD.finditer(text):
            for entry in self._entries_at(match[0]):
                pattern = _pattern(entry)
                span = span_at(text, match, pattern, known[entry]) if pattern else None
                if span and pattern and not doubt_of(reading, pattern, span, covered=False):
                    found.setdefault(Mention(span.start, span.end, entry.label, 1.0), entry)
        return [
            Suggestion(
                start=mention.start,
                end=mention.end,
                label=mention.label,
                value={"name": found[mention].suggested_name},
                confidence=found[mention].confidence,
                entity=f"{mention.label} {name_key(found[mention].suggested_name)}",
            )
            for mention in in_order(sorted(found, key=lambda each: each.start))
        ]

    def _entries_at(self, word: str) -> Iterator[Entry]:
        """The entries that may begin with a word; a name with a capital is not looked for in
        lower case."""
        folded = fold(word) if is_wordlike(word) else ""
        for length in range(1, min(len(folded), _LONGEST) + 1):
            for entry in self._by_beginning.get(folded[:length], ()):
                if word[0].isupper() or not entry.text[0].isupper():
                    yield entry


@lru_cache(maxsize=20_000)
def _pattern(entry: Entry) -> Pattern | None:
    return make_pattern(entry.text, entry.label, entry.suggested_name)


def _beginning(name: str) -> str:
    """How the first word of every case form of a name begins."""
    first = fold(next(words(name)).text)
    return first[: max(1, min(len(first) - _TAIL, _LONGEST))]


@dataclass(frozen=True, slots=True)
class Unrejected:
    """A recogniser without the names that people rejected and never accepted."""

    recogniser: Recogniser
    rejected: frozenset[Key]

    @property
    def name(self) -> str:
        return self.recogniser.name

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:
        return [
            each
            for each in self.recogniser.suggest(text, published)
            if (each.label, name_key(str((each.value or {}).get("name") or "")))
            not in self.rejected
        ]


def taught(recognisers: Iterable[Recogniser], learned: Learned) -> tuple[Recogniser, ...]:
    """The recognisers with what people decided, which comes first."""
    rest = tuple(
        Unrejected(each, learned.rejected) if learned.rejected else each for each in recognisers
    )
    return (LibraryRecogniser(learned.entries), *rest) if learned.entries else rest
