"""Filling a library: articles go in one by one, in the order in which they come."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from annotations.articles import text_id
from annotations.completion import Completion
from annotations.errors import AnnotationError
from annotations.learned import Learned
from annotations.model import Document
from annotations.phrase import Phrase, words_of
from store import gazetteer
from store.errors import ArticleExists
from store.formats.jsonl import Refusal
from store.library import Library
from tui.cli.completing import Incoming, Known
from tui.cli.narration import Refusals, progress, say, show
from tui.cli.stopping import Stop
from tui.cli.writing import telling_waits
from tui.language import _, counted
from tui.wording.dictionary_words import learning_in_words


class Filling:
    """What becomes of the articles that are to go into a library.

    The library is made when there is something for it.  An article that is in it when it is come
    to is passed over, so that what was stopped is gone on with by doing the same again.
    """

    def __init__(self, path: Path, stop: Stop, refusals: Refusals) -> None:
        self._path = path
        self._stop = stop
        self._refusals = refusals
        self._library: Library | None = None
        self.added = self._known = 0

    @property
    def library(self) -> Library:
        self._library = self._library or telling_waits(Library.create(self._path))
        return self._library

    def sifted(self, incoming: Iterable[Document | Refusal]) -> Iterator[Incoming]:
        """The articles, those marked that are there already."""
        for each in incoming:
            is_known = isinstance(each, Document) and each.article.id in self.library
            yield Known(each) if is_known and isinstance(each, Document) else each

    def take(self, incoming: Iterable[Incoming]) -> None:
        """Put into the library what can go in; refuse the rest.

        A signal just before the end of a pipe was waited for is seen only after that.
        """
        for each in incoming:
            with self._stop.saving():
                if isinstance(each, Refusal):
                    self._refusals.name(each)
                elif isinstance(each, Known):
                    self._pass_over(each.document)
                else:
                    self._add(each)
        self._stop.check()

    def tell(self, said: str, names: Callable[[], Iterable[str]] | None = None) -> None:
        """`said` is how many went in; by which recognisers, and what became of the rest."""
        if self.added and names is not None:
            said = _("{added} (annotated by {recognisers})").format(
                added=said, recognisers=_(" and ").join(names())
            )
        sentence = _("{done}, {known} there already, {refused} refused")
        with suppress(OSError):  # the terminal may have gone away
            say(sentence.format(done=said, known=self._known, refused=self._refusals.count))

    def index(self) -> None:
        """Bring the search up to date with what went in."""
        if self.added:
            from tui.cli.indexing import keep_up

            keep_up(self.library)

    def _add(self, document: Document) -> None:
        try:
            if self.library.add(document):
                self.added += 1
                _print_id(document)
            else:  # it came twice
                self._pass_over(document)
        except ArticleExists:
            self._refuse(document)
        except AnnotationError as error:
            self._refusals.name(Refusal(_article(document), words_of(error)))

    def _pass_over(self, document: Document) -> None:
        """It is there; another text under its id is refused."""
        there = self.library.document(document.article.id).article
        if there.text != document.article.text and text_id(there.text) != text_id(
            document.article.text
        ):
            self._refuse(document)
            return
        self._known += 1
        _print_id(document)

    def _refuse(self, document: Document) -> None:
        said = _("the library has another text under this id")
        self._refusals.name(Refusal(_article(document), said))


def completion_for(library: Library, recogniser: str | None, *, learning: bool) -> Completion:
    """What annotates new articles of a library: its labels, and what it has taught."""
    learned = _learned(library) if learning else Learned()
    return Completion(recogniser, learned, frozenset(label.name for label in library.schema))


def _learned(library: Library) -> Learned:
    """What people decided in a library; damaged articles teach nothing."""
    from annotations.learned import learn

    laid_down = gazetteer.read(library.path)
    if not laid_down.learning.is_on:
        say(learning_in_words(laid_down.learning))
        return Learned()
    documents = library.documents(on_damage=lambda _damage: None)
    walked = progress(documents, _("learning from the library"))
    learned = learn(walked, laid_down.rulings)
    if learned.entries or learned.rejected:
        said = counted(
            "learned {count} name that people accepted, {rejected} that they rejected",
            "learned {count} names that people accepted, {rejected} that they rejected",
            len(learned.entries),
            rejected=len(learned.rejected),
        )
        say(said)
    return learned


def _article(document: Document) -> Phrase:
    return Phrase("article {id}", id=document.article.id)


def _print_id(document: Document) -> None:
    show(document.article.id, document.article.title)
