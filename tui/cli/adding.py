"""Commands that put articles into a library: add, import, demo."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

import click

from annotations.articles import text_id
from annotations.errors import AnnotationError
from annotations.model import Document
from annotations.recognise import Recogniser, complete, recognisers_for
from store import intake
from store.errors import ArticleExists
from store.formats import jsonl
from store.formats.jsonl import Refusal
from store.library import Library, now
from store.locations import demo_path, library_path, samples
from tui.cli.narration import Refusals, fail, plural, progress, say
from tui.cli.options import chosen_library, encoding_option, library_option, recogniser_option
from tui.display import display

Incoming = Document | Refusal


@click.command()
@click.argument("files", metavar="FILE|FOLDER|-", nargs=-1, required=True)
@click.option("--source", metavar="NAME", help="Name of the source, such as Lada.kz.")
@encoding_option
@recogniser_option
@library_option
@click.pass_context
def add(
    context: click.Context,
    files: tuple[str, ...],
    source: str | None,
    encoding: str | None,
    recogniser: str | None,
    library: str | None,
) -> None:
    """Annotate news texts and add them to the library.

    Text files in UTF-8, UTF-16, cp1251, koi8-r, …; of a folder the .txt and .jsonl files;
    `-` is standard input.  JSONL is read a line an article.  Prints the id of each article.
    """
    options = intake.Options(encoding=encoding, source=source)
    found, refusals = Library.create(chosen_library(context, library)), Refusals()
    inputs = _inputs(files, refusals)
    incoming = read_inputs(progress(inputs, "reading", len(inputs)), options)
    _add_all(found, incoming, recogniser, refusals)
    refusals.exit()


def _inputs(names: Sequence[str], refusals: Refusals) -> list[tuple[Path, str]]:
    """Each file with the name its source is given; folders are looked through."""

    def unread(error: OSError) -> None:
        refusals.name(Refusal(str(error.filename), error.strerror or str(error)))

    inputs: list[tuple[Path, str]] = []
    for name in names:
        path = Path(name)
        if name != "-" and path.is_dir():
            files = intake.files_in(path, unread)
            if not files:
                say(f"{name}: no {' and no '.join(intake.SUFFIXES)} files in this folder")
            inputs += [(file, file.relative_to(path).as_posix()) for file in files]
        else:
            inputs.append((path, path.name))
    return inputs


def read_inputs(inputs: Iterable[tuple[Path, str]], options: intake.Options) -> Iterator[Incoming]:
    """What stands in each input, in order; the path `-` is standard input."""
    for path, name in inputs:
        if str(path) == "-":
            yield from intake.read_stream(sys.stdin.buffer, "standard input", None, options)
        else:
            yield from intake.read_file(path, intake.storable(name), options)


def _add_all(
    library: Library, incoming: Iterable[Incoming], recogniser: str | None, refusals: Refusals
) -> None:
    added, known = 0, 0
    recognisers: tuple[Recogniser, ...] = ()
    for each in incoming:
        if isinstance(each, Refusal):
            refusals.name(each)
            continue
        if each.article.id in library:
            known += _is_known(library, each, refusals)
            continue
        recognisers = recognisers or recognisers_for(recogniser)
        document = complete(each, recognisers, now())
        if _added(library, document, refusals):
            added += 1
            _print_added(document)
    by = f" (annotated by {' and '.join(each.name for each in recognisers)})" if added else ""
    say(f"{plural(added, 'article')} added{by}, {known} there already, {refusals.count} refused")


def _is_known(library: Library, document: Document, refusals: Refusals) -> bool:
    """Whether the library has this very article; another text under its id is refused."""
    there = library.document(document.article.id).article
    if text_id(there.text) != text_id(document.article.text):
        refusals.name(_taken(document))
        return False
    return True


def _added(library: Library, document: Document, refusals: Refusals) -> bool:
    try:
        return library.add(document)
    except ArticleExists:
        refusals.name(_taken(document))
    except AnnotationError as error:
        refusals.name(Refusal(f"article {document.article.id}", str(error)))
    return False


def _taken(document: Document) -> Refusal:
    return Refusal(f"article {document.article.id}", "the library has another text under this id")


def _print_added(document: Document) -> None:
    """An id and a title a line, unless they would run into the progress bar."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        click.echo(display(document.article.id) + "\t" + display(document.article.title))


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
    name = "standard input" if file == "-" else file
    with _opened(file) as stream:
        found = Library.create(chosen_library(context, library))
        for each in progress(jsonl.read(stream, name), "importing"):
            if isinstance(each, Refusal):
                refusals.name(each)
            elif each.article.id in found:
                known += _is_known(found, each, refusals)
            else:
                added += _added(found, each, refusals)
    say(f"{plural(added, 'article')} imported, {known} there already, {refusals.count} refused")
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
@click.option("--fill-only", is_flag=True, help="Make the library, but do not open it.")
@recogniser_option
@library_option
@click.pass_context
def demo(
    context: click.Context, fill_only: bool, recogniser: str | None, library: str | None
) -> None:
    """Open a demonstration library of sample articles, made at the first start."""
    chosen = library or context.obj
    path = library_path(chosen) if chosen else demo_path()
    found, refusals = Library.create(path), Refusals()
    inputs = [(sample, sample.name) for sample in samples()]
    missing = [
        document
        for document in read_inputs(inputs, intake.Options(source="zametka"))
        if isinstance(document, Refusal) or document.article.id not in found
    ]
    if missing:
        total = len(missing)
        _add_all(found, progress(missing, "annotating", total), recogniser, refusals)
    refusals.exit()
    if not fill_only:
        from tui.cli.browsing import open_screen

        open_screen(found, None)
