"""The command of the saved queries: lists them, shows what is new in one, saves and removes."""

import sys
from collections.abc import Iterable
from typing import Any

import click
import orjson

from annotations.errors import AnnotationError, InvalidSavedQuery
from annotations.query.saved import SavedQuery, tidy
from store.feeds import Feeds, Look
from store.formats.jsonl import Refusal
from store.index.index import Index, Row
from store.library import Library, login, now
from tui.cli.narration import Refusals, fail, say, show
from tui.cli.options import chosen_library, library_option
from tui.cli.querying import read_query, tell_damaged, with_index
from tui.cli.searching import QUERY, joined
from tui.display import escape_json
from tui.language import N_, _, counted, told
from tui.wording.list_words import found_in_words
from tui.wording.query_words import problem_in_words, whose

Looked = tuple[SavedQuery, Look | AnnotationError]
NEW = "●"


@click.command(context_settings=QUERY)
@click.argument("query", nargs=-1)
@click.option("--save", metavar="NAME", help=N_("Save the QUERY under a name."))
@click.option("--remove", metavar="NAME", help=N_("Remove the query of this name."))
@click.option(
    "--show", "shown", metavar="NAME", help=N_("Show what it finds, the newest first, new with ●.")
)
@click.option(
    "--shared", is_flag=True, help=N_("For everybody; with --remove and --show: the library's.")
)
@click.option("--new", "only_new", is_flag=True, help=N_("With --show: only what is new."))
@click.option("--no-marking", is_flag=True, help=N_("With --show: what is new stays new."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@library_option
@click.pass_context
def queries(
    context: click.Context,
    query: tuple[str, ...],
    *,
    save: str | None,
    remove: str | None,
    shown: str | None,
    shared: bool,
    only_new: bool,
    no_marking: bool,
    as_json: bool,
    library: str | None,
) -> None:
    """List the saved queries, with how much is new in each since you looked at it last.

    A query a line, its cells apart by tabs: name, library or own, matches, new ones, query. An
    article is new when it has come, or when an edit has made it match. With --show an article a
    line: ● where it is new, id, date, source, title.

    A query is saved for you alone or, with --shared, for everybody who uses the library.
    """
    said = joined(context, query)
    _require_sense(context, save, remove, shown, said)
    found = Library.open(chosen_library(context, library))
    feeds = Feeds(found.path)
    if save is not None:
        _save(feeds, save, said, shared=shared)
    elif remove is not None:
        _remove(feeds, remove, shared=shared)
    elif shown is not None:
        chosen = _chosen(feeds, shown, shared=shared or None)
        look = _look(found, feeds, chosen)
        _print_matches(look, only_new=only_new, as_json=as_json)
        if not no_marking:
            sys.stdout.flush()
            feeds.mark_seen(chosen, look.keys)
    else:
        _list(found, feeds, as_json=as_json)


def _require_sense(
    context: click.Context,
    save: str | None,
    remove: str | None,
    shown: str | None,
    query: str,
) -> None:
    if sum(name is not None for name in (save, remove, shown)) > 1:
        raise click.UsageError(_("give one of --save, --remove and --show"), context)
    if query and save is None:
        said = _("say under which name the query is saved: --save NAME")
        raise click.UsageError(said, context)


def _save(feeds: Feeds, name: str, query: str, *, shared: bool) -> None:
    author = f"user:{login()}"
    try:
        saved = SavedQuery(tidy(name), tidy(query), author, now(), is_shared=shared)
    except InvalidSavedQuery as problem:
        fail(_("not saved: {problem}").format(problem=told(problem)))
    read_query(saved.query)
    feeds.save(saved)
    said = _("saved for everybody: {name}") if shared else _("saved for you: {name}")
    say(said.format(name=saved.name))


def _remove(feeds: Feeds, name: str, *, shared: bool) -> None:
    chosen = _chosen(feeds, name, shared=shared or None)
    if chosen.is_shared and not shared:
        said = _("«{name}» is everybody's: add --shared to remove it for all")
        fail(said.format(name=chosen.name))
    feeds.remove(chosen)
    say(_("removed: {name}").format(name=chosen.name))


def _chosen(feeds: Feeds, name: str, *, shared: bool | None) -> SavedQuery:
    chosen = feeds.find(name, shared=shared)
    _tell_problem(feeds)
    if chosen is None:
        fail(_("there is no query «{name}»: zametka queries lists them").format(name=name))
    return chosen


def _tell_problem(feeds: Feeds) -> None:
    if feeds.problem:
        say(_("warning: {problem}").format(problem=told(feeds.problem)))


def _looked(library: Library, feeds: Feeds, chosen: Iterable[SavedQuery]) -> list[Looked]:
    """What queries find; of one that means nothing any longer, what is wrong with it."""
    found: list[Looked] = []

    def use(index: Index) -> None:
        found.clear()
        for query in chosen:
            try:
                found.append((query, feeds.look(index, query)))
            except AnnotationError as problem:
                found.append((query, problem))
        tell_damaged(index)

    with_index(str(library.path), use)
    return found


def _look(library: Library, feeds: Feeds, chosen: SavedQuery) -> Look:
    ((_query, look),) = _looked(library, feeds, [chosen])
    if isinstance(look, Exception):
        refusals = Refusals()
        _name_refused(refusals, chosen, look)
        sys.exit(1)
    return look


def _name_refused(refusals: Refusals, query: SavedQuery, problem: Exception) -> None:
    where = _("the query «{name}»").format(name=query.name)
    refusals.name(Refusal(where, problem_in_words(problem)))


def _print_matches(look: Look, *, only_new: bool, as_json: bool) -> None:
    for row in look.rows:
        is_new = row.key in look.new
        if is_new or not only_new:
            if as_json:
                _print_record(_match(row, is_new=is_new))
            else:
                mark = NEW if is_new else ""
                show(mark, row.article_id, row.published or "", row.source, row.title)
    say(found_in_words(len(look.rows), len(look.new)))


def _match(row: Row, *, is_new: bool) -> dict[str, Any]:
    return {
        "id": row.article_id,
        "published": row.published,
        "source": row.source or None,
        "title": row.title,
        "new": is_new,
    }


def _list(library: Library, feeds: Feeds, *, as_json: bool) -> None:
    """Every query with its counts; one that means nothing any longer is named."""
    known, refusals = feeds.all(), Refusals()
    _tell_problem(feeds)
    if not known:
        say(_("no query is saved yet: zametka queries --save NAME QUERY"))
        return
    for query, look in _looked(library, feeds, known):
        if isinstance(look, Exception):
            _name_refused(refusals, query, look)
            continue
        matches, new = len(look.rows), len(look.new)
        if as_json:
            counts = {"shared": query.is_shared, "matches": matches, "new": new}
            _print_record(query.row() | counts)
        else:
            show(query.name, whose(query), str(matches), str(new), query.query)
    say(counted("{count} saved query", "{count} saved queries", len(known)))
    refusals.exit()


def _print_record(record: dict[str, Any]) -> None:
    click.echo(escape_json(orjson.dumps(record).decode()))
