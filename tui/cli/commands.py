"""The commands, and the group that finds them.

Data goes to stdout, narration to stderr.  Exit codes: 0 done, 1 some input was refused,
2 wrong usage or something in the environment.
"""

import sys
from collections.abc import Mapping
from importlib import import_module

import click

from tui.cli.narration import fail, say
from tui.cli.options import CONTEXT, in_words, library_option
from tui.cli.process import prepare, telling_errors
from tui.language import N_, _

# command -> the module and the function that do it, loaded when it is called
COMMANDS: Mapping[str, tuple[str, str]] = {
    "add": ("tui.cli.adding", "add"),
    "annotate": ("tui.cli.reading", "annotate"),
    "backup": ("tui.cli.backing_up", "backup"),
    "browse": ("tui.cli.browsing", "browse"),
    "demo": ("tui.cli.adding", "demo"),
    "dictionary": ("tui.cli.dictionary", "dictionary"),
    "doctor": ("tui.cli.doctoring", "doctor"),
    "entities": ("tui.cli.entities", "entities_"),
    "export": ("tui.cli.reading", "export"),
    "figures": ("tui.cli.figures", "figures"),
    "import": ("tui.cli.adding", "import_"),
    "init": ("tui.cli.making", "init"),
    "kwic": ("tui.cli.concordance", "kwic"),
    "list": ("tui.cli.listing", "list_"),
    "log": ("tui.cli.telling", "log"),
    "queries": ("tui.cli.queries", "queries"),
    "reindex": ("tui.cli.indexing", "reindex"),
    "remove": ("tui.cli.removing", "remove"),
    "restore": ("tui.cli.backing_up", "restore"),
    "search": ("tui.cli.searching", "search"),
    "settings": ("tui.cli.setting", "settings_"),
    "show": ("tui.cli.showing", "show"),
    "trash": ("tui.cli.removing", "trash"),
    "where": ("tui.cli.reading", "where"),
}


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), function)
        return in_words(command)


@click.group(cls=Commands, invoke_without_command=True, context_settings=CONTEXT)
@library_option
@click.version_option(
    package_name="zametka", prog_name="zametka", help=N_("Show the version and leave.")
)
@click.pass_context
def commands(context: click.Context, library: str | None) -> None:
    """Browse and correct annotated Russian-language news in the terminal.

    Without a command: open the library on the screen.
    """
    context.obj = library
    if context.invoked_subcommand is None:
        from tui.cli.browsing import browse

        context.invoke(browse, library=library)


def run() -> None:
    """Do what the arguments ask for, and end with the exit code."""
    with telling_errors():
        try:
            prepare()
            in_words(commands)
            sys.exit(_run())
        except click.Abort:
            say(_("interrupted"))
            sys.exit(130)
        except click.ClickException as error:
            if isinstance(error, click.UsageError) and error.ctx is not None:
                say(error.ctx.get_usage())
            fail(error.format_message())


def _run() -> int:
    code = commands.main(prog_name="zametka", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0
