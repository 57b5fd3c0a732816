"""What commands say on the way: to stderr, in plain lines or, on a terminal, with a bar."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from store.formats.jsonl import Refusal
from tui.display import display
from tui.language import _, told

if TYPE_CHECKING:
    from rich.console import Console

Item = TypeVar("Item")


_bar: "list[Console]" = []  # the console of the progress bar that is shown, if one is


def say(message: str) -> None:
    """A line of narration."""
    _write(display(message), to_stderr=True)


def show(*cells: str) -> None:
    """A line of data, its cells apart by tabs; on a terminal above the progress bar."""
    _write("\t".join(map(display, cells)), to_stderr=False)


def _write(line: str, *, to_stderr: bool) -> None:
    if _bar and (to_stderr or sys.stdout.isatty()):
        _bar[-1].print(line, markup=False, highlight=False, soft_wrap=True)
    else:
        click.echo(line, err=to_stderr)


def fail(message: str) -> NoReturn:
    """End with exit code 2: wrong usage, or something in the environment."""
    say(f"zametka: {message}")
    sys.exit(2)


class Refusals:
    """Names each input that was refused, and remembers that there was one."""

    def __init__(self) -> None:
        self.count = 0

    def name(self, refusal: Refusal) -> None:
        self.count += 1
        where, reason = told(refusal.where), told(refusal.reason)
        say(_("refused: {where}: {reason}").format(where=where, reason=reason))

    def exit(self) -> None:
        """End with exit code 1 if some input was refused."""
        if self.count:
            sys.exit(1)


def progress(
    items: Iterable[Item], what: str, total: int | Callable[[], int] | None = None
) -> Iterator[Item]:
    """The items, with a progress bar where stderr is a terminal and shows none yet.

    `total` is how many there are, or what counts them once there is a bar that shows it.
    """
    if _bar or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as bar:
        _bar.append(console)
        try:
            expected = total() if callable(total) else total
            yield from bar.track(items, total=expected, description=what)
        finally:
            _bar.pop()
