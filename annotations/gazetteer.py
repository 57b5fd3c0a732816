"""The dictionary of a library: the names that were decided in it, and what is laid down on them.

An entry is a name under a label.  What people decided in articles makes it; a ruling, which
somebody gives by hand, changes what is suggested because of it, or makes an entry of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotations.decisions import decisions, name_key
from annotations.model import Document

Key = tuple[str, str]  # label and the name's key


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody laid down about an entry: about `name` as `label`, by whom and when.

    `is_on` False: it is never suggested.  `as_label` and `as_name` are what it is suggested as
    where that is something else.  `is_new`: the entry was added by hand.
    """

    label: str
    name: str
    author: str
    at: str
    is_on: bool = True
    as_label: str = ""
    as_name: str = ""
    is_new: bool = False

    @property
    def key(self) -> Key:
        return self.label, name_key(self.name)

    @property
    def says_nothing(self) -> bool:
        """Whether the entry is as the articles make it."""
        return self.is_on and not (self.as_label or self.as_name or self.is_new)


class State(StrEnum):
    """What an entry does to new articles."""

    SUGGESTED = "suggested"
    OFF = "off"  # switched off by hand: never suggested
    REJECTED = "rejected"  # only ever rejected: not suggested
    IDLE = "idle"  # rejected as often as accepted, or accepted more often under another label


@dataclass(slots=True)
class Place:
    """What was decided about an entry in an article."""

    title: str
    first: int  # where the first mention that was decided begins
    count: int = 0


@dataclass(slots=True)
class Counts:
    """What the articles say about an entry; it grows as they are read."""

    name: str
    accepted: int = 0
    rejected: int = 0
    text: str = ""  # how it was written where it was first accepted
    last: str = ""  # when it was decided for the last time
    forms: Counter[str] = field(default_factory=Counter)
    places: dict[str, Place] = field(default_factory=dict)  # by the id of the article


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the dictionary shows it: what it is suggested as, and what is behind it."""

    key: Key
    name: str
    label: str
    state: State
    counts: Counts
    ruling: Ruling | None
    folded: str  # the name as names are sorted
    searched: str  # all that is looked through for a word

    @property
    def last(self) -> str:
        """When somebody decided about it for the last time, in an article or by hand."""
        return max(self.counts.last, self.ruling.at if self.ruling else "")


class Gazetteer:
    """Collects the decisions of articles, then says what they make together with the rulings."""

    def __init__(self) -> None:
        self.entries: dict[Key, Counts] = {}

    def take(self, document: Document) -> None:
        """Count what was decided in an article."""
        article = document.article
        for each in decisions(document):
            mention, text = each.mention, document.text_of(each.mention)
            counts = self.entries.setdefault((mention.label, each.key), Counts(each.name))
            if each.is_accepted:
                if not counts.accepted:
                    counts.name, counts.text = each.name, text
                counts.accepted += 1
            else:
                counts.rejected += 1
            counts.last = max(counts.last, mention.modified)
            counts.forms[text] += 1
            place = counts.places.setdefault(article.id, Place(article.title, mention.start))
            place.first = min(place.first, mention.start)
            place.count += 1

    def rows(self, rulings: Iterable[Ruling] = ()) -> list[Row]:
        """Every entry with its state, those of rulings alone too; in no order."""
        ruled = {ruling.key: ruling for ruling in rulings}
        chosen = self._chosen(ruled)
        keys = [*self.entries, *(key for key in ruled if key not in self.entries)]
        return [self._row(key, ruled.get(key), chosen) for key in keys if key[1]]

    def _row(self, key: Key, ruling: Ruling | None, chosen: Mapping[str, Key]) -> Row:
        counts = self.entries.get(key) or Counts(ruling.name if ruling else key[1])
        label, name = key[0], counts.name
        if ruling is not None:
            label = ruling.as_label or label
            name = ruling.as_name if name_key(ruling.as_name) else name
        state, folded = _state(key, counts, ruling, chosen), _folded(name)
        searched = "\n".join((folded, label.casefold(), *map(_folded, counts.forms)))
        return Row(key, name, label, state, counts, ruling, folded, searched)

    def _chosen(self, ruled: Mapping[Key, Ruling]) -> dict[str, Key]:
        """The label under which each name is suggested: the one that a ruling gives, else the
        one that was accepted most often."""
        best: dict[str, Key] = {}
        for key, counts in sorted(self.entries.items(), key=lambda pair: pair[0]):
            wins = key[1] not in best or self.entries[best[key[1]]].accepted < counts.accepted
            if counts.accepted > counts.rejected and wins and _is_on(ruled.get(key)):
                best[key[1]] = key
        for key, ruling in ruled.items():
            if ruling.is_on and not ruling.says_nothing:
                best[key[1]] = key
        return {name: key for name, key in best.items() if name}


def _is_on(ruling: Ruling | None) -> bool:
    return ruling is None or ruling.is_on


def _state(key: Key, counts: Counts, ruling: Ruling | None, chosen: Mapping[str, Key]) -> State:
    if not _is_on(ruling):
        return State.OFF
    if chosen.get(key[1]) == key:
        return State.SUGGESTED
    return State.REJECTED if counts.rejected and not counts.accepted else State.IDLE


def gathered(documents: Iterable[Document]) -> Gazetteer:
    """The decisions of these articles."""
    found = Gazetteer()
    for document in documents:
        found.take(document)
    return found


def matching(rows: Iterable[Row], text: str, order: str) -> list[Row]:
    """The rows whose name, label or forms hold the words of a text, in an order of ORDERS."""
    wanted = text.casefold().replace("ё", "е").split()
    found = [row for row in rows if all(word in row.searched for word in wanted)]
    found.sort(key=lambda row: (row.folded, row.label))
    if order == "label":
        found.sort(key=lambda row: row.label)
    elif order == "accepted":
        found.sort(key=lambda row: (-row.counts.accepted, -row.counts.rejected))
    elif order == "last":
        found.sort(key=lambda row: row.last, reverse=True)
    return found


ORDERS = ("name", "label", "accepted", "last")


def _folded(text: str) -> str:
    return text.lstrip('«"„“').casefold().replace("ё", "е")


def switched(rows: Iterable[Row]) -> Iterator[Key]:
    """The entries that are not to be suggested by any recogniser."""
    for row in rows:
        if row.state in (State.OFF, State.REJECTED):
            yield row.key
            if row.state is State.OFF:
                yield row.label, name_key(row.name)
