"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from store.locations import LIBRARY_VARIABLE, library_path

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

Command = TypeVar("Command", bound=Callable[..., Any])


def library_option(command: Command) -> Command:
    """`--library PATH`, before the command or after it."""
    return click.option(
        "--library",
        metavar="PATH",
        callback=_not_empty,
        help=f"The library to use (else ${LIBRARY_VARIABLE}, else your own; see zametka where).",
    )(command)


def _not_empty(context: click.Context, option: click.Parameter, path: str | None) -> str | None:
    if path == "":
        raise click.BadParameter("the path is empty", context, option)
    return path


def recogniser_option(command: Command) -> Command:
    """`--recogniser NAME`: which recogniser looks for names."""
    return click.option(
        "--recogniser",
        type=click.Choice(["slovnet", "morphology"]),
        help="What looks for names: slovnet (neural, the extra ner) or morphology (built in). "
        "By default slovnet where it is installed.",
    )(command)


def encoding_option(command: Command) -> Command:
    """`--encoding NAME`: how text files are encoded."""
    return click.option(
        "--encoding",
        metavar="NAME",
        help="The encoding of the text files, such as cp1251; by default it is detected.",
    )(command)


def chosen_library(context: click.Context, library: str | None) -> Path:
    """The path that was given after the command, else before it, else the user's own."""
    return library_path(library or context.obj)
