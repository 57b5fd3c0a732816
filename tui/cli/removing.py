"""Commands that move articles to the trash, and take them out of it: remove, trash."""

import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click
import orjson

from annotations.model import Document
from annotations.phrase import words_of
from store.article.deciding import decisions_in
from store.article.journal import HistoryEntry
from store.copies import trash as trashed
from store.copies.trash import Removed
from store.errors import ArticleExists, ArticleNotFound, Damaged, Unreadable
from store.formats.jsonl import Refusal
from store.library import Library, login
from store.log import local
from store.sharing.presence import Presence
from store.summaries import USER
from tui.cli.narration import Refusals, fail, say, show
from tui.cli.options import chosen_library, library_option
from tui.cli.stopping import Stop, stoppable
from tui.cli.writing import telling_waits, writable_library
from tui.deciders import Deciders
from tui.display import escape_json
from tui.language import N_, _, counted, told

_YES = frozenset({"y", "yes", "д", "да"})
_STOPPED = N_("stopped: each article is either where it was or all in its new place")


@click.command()
@click.argument("articles", metavar=N_("ARTICLE..."), nargs=-1, required=True)
@click.option("--yes", is_flag=True, help=N_("Do not ask."))
@library_option
@click.pass_context
def remove(
    context: click.Context, articles: tuple[str, ...], *, yes: bool, library: str | None
) -> None:
    """Move ARTICLES, given by their ids, to the library's trash.

    Shows first what will go, and asks. `zametka trash --put-back` undoes it.
    """
    found, refusals = telling_waits(Library.open(writable_library(context, library))), Refusals()
    there = [each for each in dict.fromkeys(articles) if _is_described(found, each, refusals)]
    question = counted(
        "Move {count} article to the trash?", "Move {count} articles to the trash?", len(there)
    )
    if there and _may_go_on(question, yes=yes):
        with stoppable(_(_STOPPED)) as stop:
            gone = [each for each in there if _is_removed(found, each, stop, refusals)]
        if gone:
            _say_how_to_undo(context, gone, library)
    refusals.exit()


def _say_how_to_undo(context: click.Context, articles: list[str], library: str | None) -> None:
    chosen = library or context.obj
    where = ["--library", chosen] if chosen else []
    command = shlex.join(["zametka", "trash", *where, "--put-back", "--", *articles])
    say(_("to put back what was removed: {command}").format(command=command))


def _is_removed(library: Library, article_id: str, stop: Stop, refusals: Refusals) -> bool:
    try:
        with stop.saving():
            removed = trashed.remove(library, article_id, USER + login())
    except ArticleNotFound as error:  # somebody was faster
        refusals.name(Refusal(article_id, words_of(error)))
        return False
    show(removed.article_id, removed.title)
    return True


def _is_described(library: Library, article_id: str, refusals: Refusals) -> bool:
    """Say what will go with an article; False where there is none."""
    try:
        document, history = library.story(article_id)
    except (Damaged, Unreadable) as damage:
        say(f"{article_id}  " + _("damaged: {problem}").format(problem=told(damage)))
    except ArticleNotFound as error:
        refusals.name(Refusal(article_id, words_of(error)))
        return False
    else:
        article = document.article
        say(f"{article_id}  {article.published or '—'}  {article.title}")
        say(f"  {_annotations(document, history)}")
        say("  " + counted("{count} change", "{count} changes", len(history)))
    readers = Presence(library.path, article_id).others()
    if readers:
        who = ", ".join(dict.fromkeys(each.login for each in readers))
        say("  " + _("open now: {who}").format(who=who))
    return True


def _annotations(document: Document, history: Sequence[HistoryEntry]) -> str:
    """How many there are, and how many of them each person decided."""
    deciders = Deciders("", decisions=decisions_in(history))
    authors = (deciders.of(each) for each in document.annotations)
    people = Counter(each.removeprefix(USER) for each in authors if each.startswith(USER))
    said = counted("{count} annotation", "{count} annotations", len(document.annotations))
    if not people:
        return _("{annotations}, none decided by people").format(annotations=said)
    who = ", ".join(f"{login} {count}" for login, count in people.most_common())
    decided = _("{annotations}, decided by people {count} ({who})")
    return decided.format(annotations=said, count=people.total(), who=who)


@click.command()
@click.argument("articles", metavar=N_("[ARTICLE]..."), nargs=-1)
@click.option("--put-back", is_flag=True, help=N_("Put the ARTICLES back into the library."))
@click.option("--empty", is_flag=True, help=N_("Delete for good what is in the trash."))
@click.option(
    "--older",
    type=click.IntRange(min=0, max=36500),
    metavar="DAYS",
    help=N_("With --empty: only what was removed so many days ago, or earlier."),
)
@click.option("--yes", is_flag=True, help=N_("Do not ask."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@library_option
@click.pass_context
def trash(
    context: click.Context,
    articles: tuple[str, ...],
    *,
    put_back: bool,
    empty: bool,
    older: int | None,
    yes: bool,
    as_json: bool,
    library: str | None,
) -> None:
    """List the articles that were removed, the last one first, as cells apart by tabs.

    The cells: id, when, who removed it, title. With --put-back ARTICLES, given by their ids, go
    back into the library; with --empty all are deleted for good.
    """
    if put_back != bool(articles) or (put_back and empty) or (older is not None and not empty):
        said = _("give --put-back with ids of articles, or --empty, --older only with that")
        raise click.UsageError(said, context)
    if put_back:
        _put_back(telling_waits(Library.open(writable_library(context, library))), articles)
    elif empty:
        _empty(telling_waits(Library.open(writable_library(context, library))), older, yes=yes)
    else:
        for removed in trashed.listed(Library.open(chosen_library(context, library))):
            _show(removed, as_json=as_json)


def _put_back(library: Library, articles: tuple[str, ...]) -> None:
    refusals = Refusals()
    with stoppable(_(_STOPPED)) as stop:
        for article_id in dict.fromkeys(articles):
            try:
                with stop.saving():
                    removed = trashed.put_back(library, article_id)
            except (ArticleNotFound, ArticleExists) as error:
                refusals.name(Refusal(article_id, words_of(error)))
            else:
                show(removed.article_id, removed.title)
    refusals.exit()


def _empty(library: Library, older: int | None, *, yes: bool) -> None:
    before = None if older is None else datetime.now(UTC) - timedelta(days=older)
    trashed.finish(library)
    meant = [
        each for each in trashed.listed(library) if before is None or trashed.is_older(each, before)
    ]
    if not meant:
        say(_("there is nothing to delete"))
        return
    for removed in meant:
        say("  ".join(_cells(removed)))
    question = counted(
        "Delete {count} article for good?", "Delete {count} articles for good?", len(meant)
    )
    if _may_go_on(question, yes=yes):
        with stoppable(_(_STOPPED)):
            count = sum(1 for _each in trashed.empty(library, frozenset(meant)))
        say(counted("{count} article deleted", "{count} articles deleted", count))


def can_ask() -> bool:
    """Whether there is somebody who reads a question and can answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _may_go_on(question: str, *, yes: bool) -> bool:
    """Ask, unless that is not wanted; ends where there is nobody to be asked, or they say no."""
    if yes:
        return True
    if not can_ask():
        fail(_("there is no terminal to ask on: give --yes if you are sure"))
    asked = _("{question} [y/N]").format(question=question)
    answer = click.prompt(asked, default="", show_default=False, prompt_suffix=" ", err=True)
    if answer.strip().casefold() not in _YES:
        say(_("nothing was changed"))
        sys.exit(1)
    return True


def _show(removed: Removed, *, as_json: bool) -> None:
    if as_json:
        id_, _at, who, title = _cells(removed)
        record = {"id": id_, "removed": removed.at, "by": who, "title": title}
        click.echo(escape_json(orjson.dumps(record).decode()))
    else:
        show(*_cells(removed))


def _cells(removed: Removed) -> tuple[str, str, str, str]:
    """What is told of an article in the trash; the time is that of the local time zone."""
    who, when = removed.author.removeprefix(USER), local(removed.at)
    at = when.isoformat(" ")[:19] if when else removed.at
    return removed.article_id, at, who, removed.title
