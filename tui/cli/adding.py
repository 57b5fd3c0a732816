"""Commands that put articles into a library: add, import, demo."""

import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing, nullcontext
from functools import cache
from pathlib import Path
from typing import BinaryIO

import click

from annotations.completion import Completion
from annotations.model import Document
from store import intake
from store.formats import jsonl
from store.formats.jsonl import Refusal
from store.library import Library
from store.locations import demo_path, library_path, samples
from tui.cli.completing import completed, jobs_for
from tui.cli.filling import Filling, completion_for
from tui.cli.inputs import count_of, inputs_of, read_inputs
from tui.cli.narration import Refusals, fail, progress
from tui.cli.opening import open_screen, require_terminal
from tui.cli.options import encoding_option, jobs_option, library_option, recogniser_option
from tui.cli.stopping import stoppable
from tui.cli.writing import writable_library
from tui.language import N_, _, counted

_GO_ON = N_("stopped: what is in stays in, and the same command goes on from here")


@click.command()
@click.argument("files", metavar="FILE|FOLDER|-...", nargs=-1, required=True)
@click.option("--source", metavar="NAME", help=N_("Name of the source, such as Lada.kz."))
@encoding_option
@recogniser_option
@jobs_option
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
    jobs: int | None,
    no_learning: bool,
    library: str | None,
) -> None:
    """Annotate news texts and add them to the library.

    Text files in UTF-8, UTF-16, cp1251, koi8-r, …; of a folder the .txt and .jsonl files;
    `-` is standard input.  JSONL is read a line an article.  Prints the id of each article.
    What is in the library is passed over: a run that was stopped, with Ctrl+C for example, is
    gone on with by the same command.
    """
    options, refusals = intake.Options(encoding=encoding, source=source), Refusals()
    path = writable_library(context, library)
    inputs = inputs_of(files, refusals)
    incoming = read_inputs(inputs, options)
    total = None if "-" in files else lambda: count_of(inputs)
    _add_all(
        path,
        incoming,
        refusals,
        recogniser=recogniser,
        jobs=jobs_for(inputs, jobs),
        learning=not no_learning,
        total=total,
    )
    refusals.exit()


def _add_all(
    path: Path,
    incoming: Iterable[Document | Refusal],
    refusals: Refusals,
    *,
    recogniser: str | None,
    jobs: int = 1,
    learning: bool = False,
    total: Callable[[], int] | None = None,
) -> None:
    """Annotate and add what can be added."""
    with stoppable(_(_GO_ON)) as stop:
        filling = Filling(path, stop, refusals)

        @cache
        def prepare() -> Completion:
            return completion_for(filling.library, recogniser, learning=learning)

        try:
            with closing(completed(filling.sifted(incoming), prepare, jobs)) as outcomes:
                filling.take(progress(outcomes, _("adding"), total))
        finally:  # also when it is stopped: what is in stays in
            filling.tell(
                counted("{count} article added", "{count} articles added", filling.added),
                lambda: (each.name for each in prepare().recognisers),
            )
        filling.index()


@click.command("import")
@click.argument("file", metavar="FILE|-")
@library_option
@click.pass_context
def import_(context: click.Context, file: str, library: str | None) -> None:
    """Read back the records that `export` wrote, annotations and all.

    Each line must be a full record; nothing is added to it.  What is in the library is passed
    over, so that the same command goes on with a run that was stopped.
    """
    refusals = Refusals()
    name = _("standard input") if file == "-" else file
    path = writable_library(context, library)
    total = None if file == "-" else lambda: intake.count(Path(file))
    with _opened(file) as stream, stoppable(_(_GO_ON)) as stop:
        filling = Filling(path, stop, refusals)
        try:
            records = filling.sifted(jsonl.read(jsonl.lines_of(stream), name))
            filling.take(progress(records, _("importing"), total))
        finally:
            filling.tell(
                counted("{count} article imported", "{count} articles imported", filling.added)
            )
        filling.index()
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
        _add_all(path, missing, refusals, recogniser=recogniser, total=lambda: len(missing))
        refusals.exit()
    if not fill_only:
        open_screen(found, None)
