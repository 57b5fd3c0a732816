"""The command that tells what was done in a library."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import click
import orjson

from annotations import wire
from annotations.phrase import Phrase, words_of
from store.article.article_file import ArticleFile
from store.errors import StoreError
from store.formats.jsonl import Refusal
from store.library import Library
from store.log import Logged, Wanted, file_of, local, parts_of
from store.log import log as entries_of
from store.sorting import Line, in_order
from tui.cli.narration import Refusals, progress, say, show
from tui.cli.options import chosen_library, library_option
from tui.display import display, escape_json
from tui.language import N_, _, counted
from tui.wording.log_words import logged_in_words

_RELATIVE = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}


def _day(context: click.Context, option: click.Parameter, said: str | None) -> date | None:
    """A day in the local time zone: 2026-01-31, today, yesterday."""
    if said is None:
        return None
    back = _RELATIVE.get(said.lower())
    if back is not None:
        return date.today() - timedelta(days=back)  # noqa: DTZ011 - the user's day
    try:
        return date.fromisoformat(said)
    except ValueError:
        sentence = _("{value!r} is no day: give one such as 2026-01-31, today or yesterday")
        raise click.BadParameter(sentence.format(value=said), context, option) from None


@click.command()
@click.argument("articles", metavar=N_("[ARTICLE]..."), nargs=-1)
@click.option("--annotation", metavar="ID", help=N_("Only what was done to this annotation."))
@click.option("--by", metavar="LOGIN", help=N_("Only what this person did."))
@click.option("--day", callback=_day, metavar="DATE", help=N_("Only this day."))
@click.option("--since", callback=_day, metavar="DATE", help=N_("Only from this day on."))
@click.option(
    "--until", callback=_day, metavar="DATE", help=N_("Only up to this day, and with it.")
)
@click.option("--expand", is_flag=True, help=N_("A line for each annotation of a bulk edit."))
@click.option("--reverse", is_flag=True, help=N_("The newest first."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@library_option
@click.pass_context
def log(
    context: click.Context,
    articles: tuple[str, ...],
    *,
    annotation: str | None,
    by: str | None,
    day: date | None,
    since: date | None,
    until: date | None,
    expand: bool,
    reverse: bool,
    as_json: bool,
    library: str | None,
) -> None:
    """Tell who did what and when: in the library, or in the articles with the given ids.

    An entry a line, the newest last, its cells apart by tabs: time, login, article, what was done
    to which words, from what to what. A DATE is such as 2026-01-31, today or yesterday; days and
    times are those of your time zone ($TZ). With --json times are in UTC.
    """
    _require_days(context, day, since, until)
    found, refusals = Library.open(chosen_library(context, library)), Refusals()
    author = f"user:{by}" if by is not None else None
    wanted = Wanted(annotation, author, day or since, day or until)

    def name(damage: StoreError) -> None:
        refusals.name(Refusal(_("in the library"), words_of(damage)))

    logged = entries_of(found, _files(found, articles, refusals), wanted, name)
    lines = _as_json(logged) if as_json else _as_cells(logged, expand=expand)
    count = 0
    for line in in_order(lines, reverse=reverse):
        count += 1
        if as_json:
            click.echo(line)
        else:
            show(*line.split("\t"))
    _tell_count(count, annotation)
    refusals.exit()


def _tell_count(count: int, annotation: str | None) -> None:
    say(counted("{count} entry", "{count} entries", count))
    if annotation is not None and not count:
        said = _("none is of an annotation with the id {id}: `zametka export` has the ids")
        say(said.format(id=annotation))


def _require_days(
    context: click.Context, day: date | None, since: date | None, until: date | None
) -> None:
    if day is not None and (since or until):
        raise click.UsageError(_("--day already says since when and until when"), context)
    if since and until and since > until:
        said = _("--since {since} is later than --until {until}: there is no day between them")
        raise click.UsageError(said.format(since=since, until=until), context)


def _files(
    library: Library, articles: tuple[str, ...], refusals: Refusals
) -> Iterator[ArticleFile]:
    """All articles, or those named; an article that was removed is found in the trash."""
    if not articles:
        yield from progress(library.files(), _("reading"), lambda: sum(1 for _ in library.files()))
    for article in articles:
        file = file_of(library, article)
        if file is None:
            said = Phrase("there is no such article, and none in the trash")
            refusals.name(Refusal(Phrase("article {id}", id=article), said))
        else:
            yield file


def _as_cells(logged: Iterator[Logged], *, expand: bool) -> Iterator[Line]:
    for each in logged:
        parts = parts_of(each.edit) if expand else (each.edit,)
        for part in parts:
            yield each.place, "\t".join(map(display, _cells(replace(each, edit=part))))


def _cells(logged: Logged) -> tuple[str, ...]:
    entry = logged.entry
    when = local(entry.at)
    return (
        when.isoformat(" ")[:19] if when else entry.at,
        entry.author.partition(":")[2] or entry.author,
        logged.article.id,
        logged_in_words(logged),
    )


def _as_json(logged: Iterator[Logged]) -> Iterator[Line]:
    for each in logged:
        yield each.place, escape_json(orjson.dumps(_record(each)).decode())


def _record(logged: Logged) -> dict[str, Any]:
    entry, article = logged.entry, logged.article
    return {
        "article": article.id,
        "title": article.title,
        "at": entry.at,
        "author": entry.author,
        "operation": entry.operation,
        "revision": entry.revision,
        "undoes": entry.undoes,
        "redoes": entry.redoes,
        "undone": logged.is_undone,
        "edit": wire.edit_to_dict(entry.edit, article.text),
    }
