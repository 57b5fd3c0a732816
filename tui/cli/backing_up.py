"""Commands that copy a library into a file, and make a library of one: backup, restore."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from annotations.phrase import words_of
from store.article.article_file import ArticleFile
from store.copies import backup as backups
from store.copies import from_backup
from store.copies.archive import Archive, Description, Flaw, Member, Sink, packed
from store.copies.backup import Copied, Count
from store.copies.beside import new_file
from store.copies.from_backup import Contents
from store.errors import BadBackup, StoreError, Unreadable
from store.files import cannot_read
from store.formats.jsonl import Refusal
from store.library import Library, login
from store.sharing.groups import group_to_share_with
from store.summaries import USER
from tui.cli.narration import Refusals, progress, say, show
from tui.cli.options import chosen_library, library_option
from tui.cli.process import give_up_output
from tui.cli.stopping import Stop, stoppable
from tui.cli.writing import telling_waits, writable_library
from tui.language import N_, _, counted, told

_STOPPED = N_("stopped: nothing was left behind")
_ARTICLES_STOPPED = N_("stopped: each article is either as it was or restored")
_LOADING_STOPPED = N_("stopped: the library is there; `zametka doctor` says whether it is sound")


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--check", is_flag=True, help=N_("Only read FILE, a backup, and say whether it is whole.")
)
@library_option
@click.pass_context
def backup(context: click.Context, file: str, *, check: bool, library: str | None) -> None:
    """Copy the library into a new FILE, while everybody goes on working.

    It is a tar file, compressed unless its name ends with .tar, with all articles and their
    histories, the labels, the dictionary and the trash; it appears whole or not at all. `-` is
    standard output or, with --check, standard input.
    """
    _require_a_name(context, file)
    if check:
        _check(context, file)
        return
    found = Library.open(chosen_library(context, library))
    refusals = Refusals()
    with stoppable(_(_STOPPED)):
        try:
            copied = _copied(context, found, file, refusals)
            sys.stdout.flush()
        except BrokenPipeError:
            give_up_output()
            say(_("standard output was closed: the backup is not whole"))
            sys.exit(1)
    articles = counted("{count} article", "{count} articles", len(copied.articles))
    said = _("backed up: {articles}, in the trash {removed}")
    say(said.format(articles=articles, removed=copied.removed))
    refusals.exit()


def _copied(context: click.Context, library: Library, file: str, refusals: Refusals) -> Copied:
    def name(problem: StoreError) -> None:
        refusals.count += 1
        is_left_out = isinstance(problem, Unreadable)
        said = _("not copied: {problem}") if is_left_out else _("copied as it is: {problem}")
        say(said.format(problem=told(problem)))

    def watched(files: Iterable[ArticleFile], count: Count) -> Iterable[ArticleFile]:
        return progress(files, _("backing up"), count)

    with ExitStack() as opened:
        if file == "-":
            if sys.stdout.isatty():
                raise click.UsageError(_("a backup is no text for a terminal"), context)
            stream: Sink = sys.stdout.buffer
        else:
            stream = opened.enter_context(new_file(Path(file).absolute()))
        is_packed = not file.endswith(".tar")
        sink = opened.enter_context(packed(stream)) if is_packed else stream
        return backups.write(library, sink, USER + login(), watched, name)


def _check(context: click.Context, file: str) -> None:
    with _opened(context, file) as archive:
        contents = from_backup.check(archive, _watched)
        say(_("the backup is whole; {made}").format(made=_made(archive.description)))
        say(_contents(contents))
        _tell_flaws(archive.flaws)
    if archive.flaws:
        sys.exit(1)


def _tell_flaws(flaws: Sequence[Flaw]) -> None:
    """Say what was wrong when a backup was made."""
    if flaws:
        made = counted(
            "it was made with {count} problem", "it was made with {count} problems", len(flaws)
        )
        say(f"{made}:")
    for each in flaws:
        said = _("copied as it is: {problem}") if each.is_copied else _("not copied: {problem}")
        say("  " + said.format(problem=each.what))


@click.command()
@click.argument("file", metavar="FILE|-")
@click.argument("articles", metavar=N_("[ARTICLE]..."), nargs=-1)
@click.option(
    "--shared",
    "name",
    metavar="GROUP",
    help=N_("Share the new library with the people of a group."),
)
@library_option
@click.pass_context
def restore(
    context: click.Context,
    file: str,
    articles: tuple[str, ...],
    name: str | None,
    library: str | None,
) -> None:
    """Make a library of a backup, where there is none yet; nothing is ever overwritten.

    With ids of ARTICLES these alone are put back into a library, if they are missing in it or
    damaged; what is damaged is kept aside. `-` is standard input.
    """
    _require_a_name(context, file)
    if articles and name is not None:
        raise click.UsageError(_("--shared is for a whole library"), context)
    refusals = Refusals()
    if articles:
        found = telling_waits(Library.open(writable_library(context, library)))
        with stoppable(_(_ARTICLES_STOPPED)) as stop, _opened(context, file) as archive:
            _restore_articles(archive, found, articles, stop, refusals)
    else:
        with stoppable(_(_STOPPED)), _opened(context, file) as archive:
            found = _restore(archive, chosen_library(context, library), name)
        with stoppable(_(_LOADING_STOPPED)):
            _load_all(found, refusals)
    refusals.exit()


def _restore(archive: Archive, target: Path, name: str | None) -> Library:
    group = None if name is None else group_to_share_with(name)
    library, contents = from_backup.restore(archive, target, group, _watched)
    show(str(library.path))
    say(_("restored; {made}").format(made=_made(archive.description)))
    say(_contents(contents))
    _tell_flaws(archive.flaws)
    return library


def _load_all(library: Library, refusals: Refusals) -> None:
    def watched(files: Iterable[ArticleFile], count: Count) -> Iterable[ArticleFile]:
        return progress(files, _("reading"), count)

    def name_damage(problem: StoreError) -> None:
        refusals.count += 1
        say(_("damaged in the backup: {problem}").format(problem=told(problem)))

    from_backup.load_all(library, watched, name_damage)


def _restore_articles(
    archive: Archive,
    library: Library,
    articles: tuple[str, ...],
    stop: Stop,
    refusals: Refusals,
) -> None:
    def name(article_id: str, problem: StoreError) -> None:
        refusals.name(Refusal(article_id, words_of(problem)))

    restored = from_backup.restore_articles(archive, library, articles, _watched, name, stop.saving)
    for article_id in restored:
        show(article_id)
    say(counted("{count} article restored", "{count} articles restored", len(restored)))


def _watched(members: Iterable[Member]) -> Iterable[Member]:
    return progress(members, _("reading the backup"))


def _made(description: Description) -> str:
    who = description.author.removeprefix(USER)
    said = _("made on {at} by {who}, with version {version}")
    return said.format(at=description.at, who=who, version=description.version)


def _contents(contents: Contents) -> str:
    articles = counted("{count} article", "{count} articles", len(contents.articles))
    removed = len(contents.removed)
    return _("in it: {articles}, in the trash {removed}").format(articles=articles, removed=removed)


@contextmanager
def _opened(context: click.Context, file: str) -> Iterator[Archive]:
    """A backup to be read; ends with exit code 1 where it is none."""
    with ExitStack() as opened:
        if file == "-":
            if sys.stdin.isatty():
                raise click.UsageError(_("a backup does not come from a terminal"), context)
            stream = opened.enter_context(os.fdopen(0, "rb", closefd=False))
            name = _("standard input")
        else:
            name = file
            try:
                stream = opened.enter_context(Path(file).open("rb"))
            except OSError as error:
                raise cannot_read(error, file) from error
        try:
            yield Archive(stream, name)
        except BadBackup as error:
            say(told(error))
            sys.exit(1)


def _require_a_name(context: click.Context, file: str) -> None:
    if not file:
        raise click.BadParameter(_("the path is empty"), context)
