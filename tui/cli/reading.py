"""Commands that read: export, annotate, where."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click

from annotations.completion import Completion
from annotations.model import Document
from annotations.phrase import words_of
from store import intake
from store.errors import Damaged, StoreError, Unreadable
from store.formats import jsonl
from store.formats.jsonl import Refusal
from store.library import Library
from tui.cli.completing import Incoming, completed, jobs_for
from tui.cli.inputs import count_of, inputs_of, read_inputs
from tui.cli.narration import Refusals, progress, say
from tui.cli.options import (
    chosen_library,
    encoding_option,
    jobs_option,
    library_option,
    recogniser_option,
)
from tui.cli.stopping import stoppable
from tui.display import display, escape_json
from tui.language import N_, _, counted, told


@click.command()
@click.argument("articles", metavar=N_("[ARTICLE]..."), nargs=-1)
@click.option(
    "--output", metavar="FILE", help=N_("Write to a file, which appears whole or not at all.")
)
@library_option
@click.pass_context
def export(
    context: click.Context, articles: tuple[str, ...], output: str | None, library: str | None
) -> None:
    """Write articles with their annotations as JSONL: all, or those with the given ids."""
    found, refusals = Library.open(chosen_library(context, library)), Refusals()
    count = _write(documents_of(found, articles, refusals), output)
    say(counted("{count} article exported", "{count} articles exported", count))
    refusals.exit()


@click.command()
@click.argument("files", metavar="FILE|FOLDER|-...", nargs=-1, required=True)
@click.option(
    "--output", metavar="FILE", help=N_("Write to a file, which appears whole or not at all.")
)
@encoding_option
@recogniser_option
@jobs_option
def annotate(
    files: tuple[str, ...],
    output: str | None,
    encoding: str | None,
    recogniser: str | None,
    jobs: int | None,
) -> None:
    """Text or JSONL in, annotated JSONL out; no library is touched.

    A line of JSONL has at least `text`; its id, title, published, source and meta are kept.
    """
    refusals = Refusals()
    inputs = inputs_of(files, refusals)
    completion = Completion(recogniser)
    stopped = _("stopped: {file} is as it was").format(file=output) if output else _("stopped")
    incoming = read_inputs(inputs, intake.Options(encoding=encoding))
    total = None if "-" in files else lambda: count_of(inputs)
    found = completed(incoming, lambda: completion, jobs_for(inputs, jobs))
    with stoppable(stopped), closing(found) as outcomes:
        walked = progress(outcomes, _("annotating"), total)
        count = _write(_annotated(walked, refusals), output)
    say(counted("{count} article annotated", "{count} articles annotated", count))
    refusals.exit()


def _annotated(outcomes: Iterable[Incoming], refusals: Refusals) -> Iterator[Document]:
    for each in outcomes:
        if isinstance(each, Refusal):
            refusals.name(each)
        elif isinstance(each, Document):
            yield each


@click.command()
@click.argument("article", required=False)
@library_option
@click.pass_context
def where(context: click.Context, article: str | None, library: str | None) -> None:
    """Print the path of the library or, given an ARTICLE's id, of its file."""
    path = chosen_library(context, library)
    if article is None:
        click.echo(display(str(path)))
        Library.open(path)
        return
    found = Library.open(path)
    found.document(article)
    click.echo(display(str(found.article_path(article))))


def documents_of(
    library: Library, articles: Iterable[str], refusals: Refusals
) -> Iterator[Document]:
    """The articles with these ids, or all; a damaged one is named and passed over."""

    def name(damage: Damaged | Unreadable) -> None:
        refusals.name(Refusal(_("in the library"), words_of(damage)))

    chosen = tuple(articles)
    if not chosen:
        yield from library.documents(name, _warn)
    for article in chosen:
        try:
            yield library.document(article)
        except (Damaged, Unreadable) as damage:
            name(damage)


def _warn(problem: StoreError) -> None:
    say(_("warning: {problem}").format(problem=told(problem)))


def _write(documents: Iterable[Document], output: str | None) -> int:
    """Write to the file or to stdout; on a terminal nothing in the text is left to act."""
    if output is not None and output != "-":
        return jsonl.write_file(documents, Path(output))
    stream = sys.stdout.buffer
    return jsonl.write(documents, _Shown(stream) if sys.stdout.isatty() else stream)


class _Shown:
    """A binary stream to a terminal: lines of JSON made harmless on their way."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, line: bytes) -> int:
        return self._stream.write(escape_json(line.decode()).encode())

    def flush(self) -> None:
        self._stream.flush()
