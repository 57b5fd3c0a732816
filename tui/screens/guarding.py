"""Actions for those who may write: to others they say at once why they may not."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from rich.cells import cell_len
from textual.screen import Screen

from tui.display import display
from tui.language import _


class Guarded(Protocol):
    """A screen that knows whether anything may be changed."""

    def why_not(self) -> str:
        """Why nothing can be changed here; empty where it can."""

    def say(self, message: str, /) -> None:
        """Show a line about what has happened."""


Guard = TypeVar("Guard", bound=Guarded)
Arguments = ParamSpec("Arguments")
Action = Callable[Concatenate[Guard, Arguments], Awaitable[None]]


def writes(action: Action[Guard, Arguments]) -> Action[Guard, Arguments]:
    """An action that writes, where that may be done; else the reason is said."""

    @wraps(action)
    async def guarded(
        screen: Guard, /, *arguments: Arguments.args, **options: Arguments.kwargs
    ) -> None:
        why = screen.why_not()
        if why:
            screen.say(why)
        else:
            await action(screen, *arguments, **options)

    return guarded


def tell_read_only(
    screen: Screen[None], why: str, say: Callable[[str], None], *, at_length: bool = True
) -> None:
    """Say why it can only be read; `at_length`: beside the line too where it has no room for it."""
    line = _("read-only: {why}").format(why=why)
    say(line)
    if at_length and cell_len(display(line)) > screen.app.size.width - 2:
        screen.notify(display(line), severity="warning", markup=False)
