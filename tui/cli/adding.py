"""Commands that put articles into a library: add, import, demo."""

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

import click

from annotations.articles import text_id
from annotations.errors import AnnotationError
from annotations.model import Document
from annotations.phrase import Phrase, words_of
from annotations.recognise import Recogniser, complete, recognisers_for
from store import gazetteer, intake
from store.errors import ArticleExists
from store.formats import jsonl
from store.formats.jsonl import Refusal
from store.library import Library, now
from store.locations import demo_path, library_path, samples
from tui.cli.inputs import Incoming, inputs_of, read_inputs
from tui.cli.narration import Refusals, fail, progress, say, show
from tui.cli.opening import open_screen, require_terminal
from tui.cli.options import chosen_library, encoding_option, library_option, recogniser_option
from tui.language import N_, _, counted
from tui.wording.dictionary_words import learning_in_words


@click.command()
@click.argument("files", metavar="FILE|FOLDER|-...", nargs=-1, required=True)
@click.option("--source", metavar="NAME", help=N_("Name of the source, such as Lada.kz."))
@encoding_option
@recogniser_option
@click.option(
    "--no-learning",
    is_flag=True,
    help=N_(
        "Do not suggest the names that people accepted in this library, nor leave out those "
        "that they rejected."
    ),
)
@library_option
@click.pass_context
def add(
    context: click.Context,
    files: tuple[str, ...],
    source: str | None,
    encoding: str | None,
    recogniser: str | None,
    no_learning: bool,
    library: str | None,
) -> None:
    """Annotate news texts and add them to the library.

    Text files in UTF-8, UTF-16, cp1251, koi8-r, …; of a folder the .txt and .jsonl files;
    `-` is standard input.  JSONL is read a line an article.  Prints the id of each article.
    """
    options, refusals = intake.Options(encoding=encoding, source=source), Refusals()
    path = chosen_library(context, library)
    inputs = inputs_of(files, refusals)
    waiting = inputs if "-" in files else progress(inputs, _("reading"), len(inputs))
    incoming = read_inputs(waiting, options)
    _add_all(path, incoming, recogniser, refusals, learning=not no_learning)
    refusals.exit()


def _add_all(
    path: Path,
    incoming: Iterable[Incoming],
    recogniser: str | None,
    refusals: Refusals,
    *,
    learning: bool = False,
) -> None:
    """Add what can be added; a new library is made when there is something for it."""
    added, known = 0, 0
    library: Library | None = None
    recognisers: tuple[Recogniser, ...] = ()
    try:
        for each in incoming:
            if isinstance(each, Refusal):
                refusals.name(each)
                continue
            library = library or Library.create(path)
            if each.article.id in library:
                known += _is_known(library, each, refusals)
                continue
            if not recognisers:
                recognisers = recognisers_for(recogniser)
                recognisers = _taught(library, recognisers) if learning else recognisers
            added += _added(library, each, recognisers, refusals)
    finally:  # also when it is interrupted: what is in stays in
        said = counted("{count} article added", "{count} articles added", added)
        if added:
            names = _(" and ").join(each.name for each in recognisers)
            said = _("{added} (annotated by {recognisers})").format(added=said, recognisers=names)
        _tell(said, known, refusals)


def _tell(done: str, known: int, refusals: Refusals) -> None:
    said = _("{done}, {known} there already, {refused} refused")
    say(said.format(done=done, known=known, refused=refusals.count))


def _taught(library: Library, recognisers: tuple[Recogniser, ...]) -> tuple[Recogniser, ...]:
    """Recognisers that know what people decided in a library; damaged articles teach nothing."""
    from annotations.learned import learn, taught

    laid_down = gazetteer.read(library.path)
    if not laid_down.learning.is_on:
        say(learning_in_words(laid_down.learning))
        return recognisers
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
    return taught(recognisers, learned)


def _is_known(library: Library, document: Document, refusals: Refusals) -> bool:
    """Whether the library has this very article; another text under its id is refused."""
    there = library.document(document.article.id).article
    if text_id(there.text) != text_id(document.article.text):
        refusals.name(_taken(document))
        return False
    _print_id(document)
    return True


def _added(
    library: Library,
    document: Document,
    recognisers: Iterable[Recogniser],
    refusals: Refusals,
) -> bool:
    """Annotate an article with the library's labels and add it; refuse what cannot go in."""
    try:
        if library.add(complete(document, recognisers, now(), labels=library.schema)):
            _print_id(document)
            return True
    except ArticleExists:
        refusals.name(_taken(document))
    except AnnotationError as error:
        refusals.name(Refusal(_article(document), words_of(error)))
    return False


def _taken(document: Document) -> Refusal:
    return Refusal(_article(document), _("the library has another text under this id"))


def _article(document: Document) -> Phrase:
    return Phrase("article {id}", id=document.article.id)


def _print_id(document: Document) -> None:
    show(document.article.id, document.article.title)


@click.command("import")
@click.argument("file", metavar="FILE|-")
@library_option
@click.pass_context
def import_(context: click.Context, file: str, library: str | None) -> None:
    """Read back the records that `export` wrote, annotations and all.

    Each line must be a full record; nothing is added to it.
    """
    refusals = Refusals()
    added, known = 0, 0
    name = _("standard input") if file == "-" else file
    with _opened(file) as stream:
        found = Library.create(chosen_library(context, library))
        for each in progress(jsonl.read(stream, name), _("importing")):
            if isinstance(each, Refusal):
                refusals.name(each)
            elif each.article.id in found:
                known += _is_known(found, each, refusals)
            else:
                added += _added(found, each, (), refusals)
    said = counted("{count} article imported", "{count} articles imported", added)
    _tell(said, known, refusals)
    refusals.exit()


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    """A file to read; `-` is standard input, which is not closed."""
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        fail(f"{file}: {error.strerror}")


@click.command()
@click.option("--fill-only", is_flag=True, help=N_("Make the library, but do not open it."))
@recogniser_option
@library_option
@click.pass_context
def demo(
    context: click.Context, fill_only: bool, recogniser: str | None, library: str | None
) -> None:
    """Open a demonstration library of sample articles, made at the first start."""
    if not fill_only:
        require_terminal()
    chosen = library or context.obj
    path = library_path(chosen) if chosen else demo_path()
    inputs = [(sample, sample.name) for sample in samples()]
    incoming = list(read_inputs(inputs, intake.Options()))
    found = Library.create(path)
    own = {each.article.id for each in incoming if isinstance(each, Document)}
    if any(article_id not in own for article_id in found.ids()):
        said = _("{path} has articles of its own: choose another path for the demonstration")
        fail(said.format(path=path))
    missing = [
        each for each in incoming if isinstance(each, Refusal) or each.article.id not in found
    ]
    if missing:
        refusals = Refusals()
        _add_all(path, progress(missing, _("annotating"), len(missing)), recogniser, refusals)
        refusals.exit()
    if not fill_only:
        open_screen(found, None)
