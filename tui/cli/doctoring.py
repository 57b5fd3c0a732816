"""The command that checks a library and repairs it."""

import json
import shlex
import sys
from collections import Counter
from typing import Any

import click

from store.checkup.doctor import Doctor, why_nothing_is_repaired
from store.checkup.findings import Finding
from store.locations import library_path
from tui.cli.narration import progress, say, show
from tui.cli.options import chosen_library, library_option
from tui.cli.process import give_up_output
from tui.display import escape_json
from tui.language import N_, _, counted, told

# the kinds of findings -> how they are counted in the last line
_KINDS = {
    "library": N_("library.json"),
    "articles": N_("the folder of all articles"),
    "locks": N_("locks"),
    "permissions": N_("permissions"),
    "unreadable": N_("unreadable files"),
    "newer": N_("files of a newer version"),
    "snapshot": N_("snapshots"),
    "journal": N_("journals"),
    "closed journal": N_("closed journals"),
    "contradiction": N_("contradictions"),
    "copy": N_("copies"),
    "misplaced": N_("misplaced files"),
}


@click.command()
@click.argument("articles", metavar=N_("[ARTICLE]..."), nargs=-1)
@click.option(
    "--repair",
    is_flag=True,
    help=N_("Repair what can be repaired; what is damaged is kept aside, never written over."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@library_option
@click.pass_context
def doctor(
    context: click.Context,
    articles: tuple[str, ...],
    repair: bool,
    as_json: bool,
    library: str | None,
) -> None:
    """Check every file of the library, or the files of some ARTICLES, given by their ids.

    A finding a line, its cells apart by tabs: how grave it is (problem, note, repaired), its kind,
    what is the matter and where, what to do. Notes do no harm. People may go on working meanwhile.

    The exit code is 0 where there is no problem, and 1 where there is one, also where it was
    repaired: run it again to see that nothing is left.
    """
    path = chosen_library(context, library)
    found = Doctor(path, repairs=repair)
    reason = why_nothing_is_repaired(path) if repair else None
    if reason is not None:
        say(_("nothing can be repaired here: {reason}").format(reason=told(reason)))
        repair, found = False, Doctor(path)
    steps = found.check_only(articles) if articles else found.check()
    total = len(articles) if articles else found.count
    problems: Counter[str] = Counter()
    weights: Counter[str] = Counter()
    unread: OSError | None = None
    is_advised = False
    for findings in progress(steps, _("checking"), total):
        for finding in findings:
            weights[finding.weight] += 1
            problems[finding.kind] += finding.weight == "problem"
            is_advised |= finding.weight == "problem" and bool(finding.remedy)
            if unread is None:
                unread = _told(finding, as_json=as_json, goes_on=repair)
    say(_summary(found.articles, problems, weights))
    if is_advised and path != library_path():
        said = _("the commands above need {option} too: this library is not the usual one")
        say(said.format(option=f"--library {shlex.quote(str(path))}"))
    if unread is not None:
        raise unread
    sys.exit(1 if weights["problem"] else 0)


def _told(finding: Finding, *, as_json: bool, goes_on: bool) -> OSError | None:
    """Tell a finding; a repair goes on where nobody reads that any longer, and says why."""
    try:
        _tell(finding, as_json=as_json)
    except OSError as error:
        if not goes_on:
            raise
        give_up_output()
        return error
    return None


def _tell(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        click.echo(escape_json(_json(_record(finding))))
    else:
        show(finding.weight, finding.kind, told(finding.what), told(finding.remedy))


def _json(record: dict[str, Any]) -> str:
    """As orjson writes it, which refuses what a file's name may have: bytes that are no text."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "weight": finding.weight,
        "kind": str(finding.kind),
        "article": finding.article,
        "path": str(finding.path),
        "place": finding.place,
        "what": told(finding.what),
        "remedy": told(finding.remedy) or None,
    }


def _summary(articles: int, problems: Counter[str], weights: Counter[str]) -> str:
    """How many articles were read and what was found, by kind."""
    said = [counted("{count} article", "{count} articles", articles)]
    if weights["problem"]:
        count = counted("{count} problem", "{count} problems", weights["problem"])
        kinds = ", ".join(f"{_(_KINDS[kind])} {number}" for kind, number in (+problems).items())
        said.append(f"{count} ({kinds})")
    else:
        said.append(_("no problem"))
    if weights["note"]:
        said.append(counted("{count} note", "{count} notes", weights["note"]))
    if weights["repaired"]:
        said.append(counted("{count} repair", "{count} repairs", weights["repaired"]))
    return ", ".join(said)
