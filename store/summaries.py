"""What a list shows of an article without its text, and lists of many of them.

A catalogue keeps its summaries sorted, so that one that changes costs no new sorting.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotations.model import Document
from store.article.history import steps_of
from store.article.journal import HistoryEntry

USER = "user:"
LAST = chr(0x10FFFF)
FEW = 8  # changed summaries that are put in one by one
QUOTES = "«„“\"'"  # by which no title is sorted


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of the list of articles; the counts are of annotations by status.

    `annotators` are the logins of the people whose decisions stand in the article.
    """

    article_id: str
    revision: int
    title: str
    published: str | None
    source: str
    suggested: int
    accepted: int
    rejected: int
    annotators: tuple[str, ...] = ()


def summarise(document: Document, history: Sequence[HistoryEntry] = ()) -> Summary:
    """The summary of a document; its history says who has accepted and rejected."""
    article = document.article
    counts = Counter(annotation.status for annotation in document.annotations)
    source = article.source
    authors = {annotation.author for annotation in document.annotations}
    changed_by = {entry.author for entry in history}
    authors |= {author for author in changed_by if steps_of(author, history).done}
    people = (author.removeprefix(USER) for author in authors if author.startswith(USER))
    return Summary(
        article_id=article.id,
        revision=document.revision,
        title=article.title,
        published=article.published,
        source=source.name or source.file or source.url or "",
        suggested=counts["suggested"],
        accepted=counts["accepted"],
        rejected=counts["rejected"],
        annotators=tuple(sorted(people)),
    )


Key = tuple[int | str, ...]
Test = Callable[[Summary], bool]


@lru_cache(maxsize=65536)
def _when(published: str | None) -> int:
    """A number that is the smaller the later an article was published."""
    digits = "".join(filter(str.isdecimal, published or ""))
    return -int(digits[:14].ljust(14, "0"))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


@lru_cache(maxsize=4096)
def _source(source: str) -> str:
    """Articles without a source come last."""
    return _folded(source) or LAST


def _by_date(summary: Summary) -> Key:
    """The newest first, of one day by title; no two are equal."""
    return _when(summary.published), summary.title, summary.article_id


# what the list can be sorted by -> the key; what is equal by it stays by date
ORDERS: Mapping[str, Callable[[Summary], int | str]] = {
    "date": lambda _each: 0,
    "title": lambda each: _folded(each.title.lstrip(QUOTES)),
    "source": lambda each: _source(each.source),
    "suggestions": lambda each: -each.suggested,
}

# what the list can be narrowed to -> the test, given what has been read and one's login
FILTERS: Mapping[str, Callable[[Collection[str], str], Test | None]] = {
    "all": lambda _read, _me: None,
    "unread": lambda read, _me: lambda each: each.article_id not in read,
    "with suggestions": lambda _read, _me: lambda each: each.suggested > 0,
    "mine": lambda _read, me: lambda each: me in each.annotators,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a library is listed and in which order; `text` is in the title, source or date."""

    order: str = "date"
    only: str = "all"
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        return self.only != "all" or bool(self.text)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a library is corrected: articles without suggestions, suggestions in the others."""

    articles: int = 0
    finished: int = 0
    suggestions: int = 0


class Catalogue:
    """The summaries of a library, as one person sees them."""

    def __init__(self, me: str, read: Collection[str] = ()) -> None:
        self._me = me
        self._read = read
        self._known: dict[str, Summary] = {}
        self._texts: dict[str, str] = {}  # what is looked through, of those that have been
        self._dated: list[Summary] = []  # all by date
        self._sorted = self._dated  # all in the order that was asked for last
        self._order = "date"
        self._finished = self._suggestions = 0

    @property
    def progress(self) -> Progress:
        return Progress(len(self._known), self._finished, self._suggestions)

    def ids(self) -> tuple[str, ...]:
        """The articles that are known."""
        return tuple(self._known)

    def get(self, article_id: str) -> Summary | None:
        return self._known.get(article_id)

    def take(self, summaries: Iterable[Summary]) -> None:
        """Keep summaries, except those of which a newer one is known."""
        new: dict[str, Summary] = {}
        for each in summaries:
            known = self._known.get(each.article_id)
            if known is not None:
                if known == each or known.revision > each.revision:
                    continue
                self._count(known, -1)
                if each.article_id not in new:
                    self._drop(known)
            self._known[each.article_id] = new[each.article_id] = each
            self._count(each, 1)
        if len(new) <= FEW:
            for each in new.values():
                insort(self._dated, each, key=_by_date)
                if self._sorted is not self._dated:
                    insort(self._sorted, each, key=self._key)
        else:
            self._dated += new.values()
            self._dated.sort(key=_by_date)
            self._sort()

    def forget(self, article_id: str) -> None:
        """An article is no longer in the library."""
        known = self._known.pop(article_id, None)
        if known is not None:
            self._count(known, -1)
            self._drop(known)

    def _count(self, summary: Summary, by: int) -> None:
        self._finished += by * (not summary.suggested)
        self._suggestions += by * summary.suggested

    def _drop(self, known: Summary) -> None:
        del self._dated[bisect_left(self._dated, _by_date(known), key=_by_date)]
        if self._sorted is not self._dated:
            del self._sorted[self._place(known)]

    def _key(self, summary: Summary) -> Key:
        return (ORDERS[self._order](summary), *_by_date(summary))

    def _place(self, summary: Summary) -> int:
        return bisect_left(self._sorted, self._key(summary), key=self._key)

    def _sort(self) -> None:
        by_date = self._order == "date"
        self._sorted = self._dated if by_date else sorted(self._dated, key=ORDERS[self._order])

    def _sort_by(self, order: str) -> None:
        if order != self._order:
            self._order = order
            self._sort()

    def select(self, selection: Selection, among: Collection[str] | None = None) -> list[Summary]:
        """What is listed, in its order; `among`: of the articles with these ids."""
        self._sort_by(selection.order)
        found: Iterable[Summary] = self._sorted
        for test in self._tests(selection, among):
            found = filter(test, found)
        return list(found)

    def neighbour(
        self,
        selection: Selection,
        article_id: str,
        direction: int,
        *,
        with_suggestions: bool = False,
        among: Collection[str] | None = None,
    ) -> str | None:
        """The article after (1) or before (-1) one, which need not be listed itself.

        Those with suggestions are looked for to the end and then from the other end on.
        """
        known = self._known.get(article_id)
        if known is None:
            return None
        self._sort_by(selection.order)
        here, count = self._place(known), len(self._sorted)
        ahead, behind = range(here + 1, count), range(here)
        if direction < 0:
            ahead, behind = behind[::-1], ahead[::-1]
        places = (*ahead, *behind) if with_suggestions else ahead
        tests = list(self._tests(selection, among))
        if with_suggestions:
            tests.append(lambda each: each.suggested > 0)
        for place in places:
            summary = self._sorted[place]
            if all(test(summary) for test in tests):
                return summary.article_id
        return None

    def _text(self, summary: Summary) -> str:
        """What is looked through: an article keeps it for ever, so it is made once."""
        text = self._texts.get(summary.article_id)
        if text is None:
            text = _folded(f"{summary.title}\n{summary.source}\n{summary.published or ''}")
            self._texts[summary.article_id] = text
        return text

    def _tests(self, selection: Selection, among: Collection[str] | None) -> Iterator[Test]:
        if among is not None:
            yield lambda each: each.article_id in among
        test = FILTERS[selection.only](self._read, self._me)
        if test is not None:
            yield test
        text = _folded(selection.text)
        if text:
            yield lambda each: text in self._text(each)
