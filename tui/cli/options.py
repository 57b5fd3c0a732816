"""Options that several commands share."""

from collections.abc import Callable
from inspect import cleandoc
from pathlib import Path
from typing import Any, TypeVar

import click

from store.locations import library_path
from tui.language import N_, _

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

MOST = 10**9  # of what is counted out: more than any library has
WIDEST = 10_000  # characters of a line

Command = TypeVar("Command", bound=Callable[..., Any])
Asked = TypeVar("Asked", bound=click.Command)


def in_words(command: Asked) -> Asked:
    """A command with its help in the language of the interface, once that is known."""
    command.help = _(cleandoc(command.help or ""))
    command.options_metavar = _("[OPTIONS]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("COMMAND [ARGUMENTS]")
    for option in command.params:
        if isinstance(option, click.Option):
            option.help = _(option.help or "")
        elif option.metavar is not None:
            option.metavar = _(option.metavar)
    return command


def library_option(command: Command) -> Command:
    """`--library PATH`, before the command or after it."""
    return click.option(
        "--library",
        metavar="PATH",
        callback=_not_empty,
        help=N_("The library to use (else $ZAMETKA_LIBRARY, else your own; see zametka where)."),
    )(command)


def _not_empty(context: click.Context, option: click.Parameter, path: str | None) -> str | None:
    if path == "":
        raise click.BadParameter(_("the path is empty"), context, option)
    return path


def recogniser_option(command: Command) -> Command:
    """`--recogniser NAME`: which recogniser looks for names."""
    return click.option(
        "--recogniser",
        type=click.Choice(["slovnet", "morphology"]),
        help=N_(
            "What looks for names: slovnet (neural, the extra ner) or morphology (built in). "
            "By default slovnet where it is installed."
        ),
    )(command)


def jobs_option(command: Command) -> Command:
    """`--jobs N`: in how many processes articles are recognised."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1, max=256),
        metavar="N",
        help=N_(
            "Recognise in so many processes; the result is the same. By default one for each "
            "core, 8 at the most, where there are many articles; standard input is recognised "
            "in one, as it comes."
        ),
    )(command)


def encoding_option(command: Command) -> Command:
    """`--encoding NAME`: how text files are encoded."""
    return click.option(
        "--encoding",
        metavar="NAME",
        help=N_("The encoding of the text files, such as cp1251; by default it is detected."),
    )(command)


def chosen_library(context: click.Context, library: str | None) -> Path:
    """The path that was given after the command, else before it, else the user's own."""
    return library_path(library or context.obj)
