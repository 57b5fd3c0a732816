"""The command that searches."""

from difflib import get_close_matches

import click

from tui.cli.found import LIMIT, Form, Wanted, print_found
from tui.cli.narration import fail
from tui.cli.options import MOST, chosen_library, library_option
from tui.language import N_, _

# -word is no option, not even where it begins with h
QUERY = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


def joined(context: click.Context, words: tuple[str, ...]) -> str:
    """The query of a command whose settings are QUERY; -h alone asks for help."""
    if words == ("-h",):
        click.echo(context.get_help())
        context.exit()
    for word in words:
        if word.startswith("--"):
            known = [name for option in context.command.params for name in option.opts]
            raise click.NoSuchOption(
                word, possibilities=get_close_matches(word, known), ctx=context
            )
    return " ".join(words)


@click.command(context_settings=QUERY)
@click.argument("query", metavar=N_("QUERY..."), nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(min=0, max=MOST),
    default=LIMIT,
    metavar="N",
    help=N_("Show so many articles (by default 20)."),
)
@click.option("--all", "shows_all", is_flag=True, help=N_("Show all articles."))
@click.option(
    "--offset",
    type=click.IntRange(min=0, max=MOST),
    default=0,
    metavar="N",
    help=N_("Pass over so many articles first."),
)
@click.option("--newest", is_flag=True, help=N_("The newest first, not the best."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@click.option("--ids", is_flag=True, help=N_("Print an article's id a line."))
@click.option("--count", is_flag=True, help=N_("Print how many articles there are, no more."))
@click.option("--explain", is_flag=True, help=N_("Print how the query is understood."))
@library_option
@click.pass_context
def search(
    context: click.Context,
    query: tuple[str, ...],
    *,
    limit: int,
    shows_all: bool,
    offset: int,
    newest: bool,
    as_json: bool,
    ids: bool,
    count: bool,
    explain: bool,
    library: str | None,
) -> None:
    """Find articles: by words in any case form, by what is annotated in them.

    All of the QUERY must hold: Турчин Казахстан finds what has both words. Further: "a phrase",
    =form, торг*, a OR b, -without, (a OR b) c, a NEAR/5 b; fields such as title:word,
    entity:"Full Name", label:PER, status:suggested, by:login, date:2025-11..2025-12, newer:7d,
    source:name, money>100млн, percent>20, note:word. Quote what the shell would take for its own.
    """
    forms: dict[Form, bool] = {"json": as_json, "ids": ids, "count": count, "explained": explain}
    chosen: list[Form] = [form for form, is_chosen in forms.items() if is_chosen]
    if len(chosen) > 1:
        fail(_("choose one of --json, --ids, --count and --explain"))
    form = chosen[0] if chosen else "text"
    wanted = Wanted(joined(context, query), form, newest, -1 if shows_all else limit, offset)
    print_found(str(chosen_library(context, library)), wanted)
