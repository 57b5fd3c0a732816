"""What commands say on the way: to stderr, in plain lines or, on a terminal, with a bar."""

import sys
from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeVar

import click

from store.formats.jsonl import Refusal
from tui.display import display

Item = TypeVar("Item")


def say(message: str) -> None:
    """A line of narration."""
    click.echo(display(message), err=True)


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
        say(f"refused: {refusal.where}: {refusal.reason}")

    def exit(self) -> None:
        """End with exit code 1 if some input was refused."""
        if self.count:
            sys.exit(1)


def progress(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """The items, with a progress bar where stderr is a terminal."""
    if not sys.stderr.isatty():
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
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, total=total, description=what)


def plural(count: int, one: str, many: str | None = None) -> str:
    """«1 article», «2 articles»."""
    return f"{count} {one if count == 1 else many or one + 's'}"
