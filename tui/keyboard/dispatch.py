"""What becomes of a key before the bindings see it, and what shows the keys: help and palette."""

from collections.abc import Callable
from functools import cache

from textual import events
from textual.dom import DOMNode

from tui.keyboard.actions import Action
from tui.keyboard.keys import bindings_of, in_effect, key_in_words, pressed
from tui.keyboard.label_keys import TakesLabels
from tui.keyboard.layout_keys import twin
from tui.language import _
from tui.screens.article import ArticleScreen
from tui.terminal.frame_diff import FrameDiff


class Keyboard(FrameDiff):
    """An App whose keys work in either layout, and of which none does nothing silently."""

    async def on_event(self, event: events.Event) -> None:
        """The keys of the labels; and a key that is bound to nothing stands for its twin."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, ArticleScreen):
                screen.say("")
            if isinstance(screen, TakesLabels):
                number = screen.label_of_key(event.key)
                if number is not None:
                    await screen.action_label(number)
                    return
            event = self._in_latin(event)
            if not self._is_used(event):
                self._tell_unused(event)
        await super().on_event(event)

    def _in_latin(self, event: events.Key) -> events.Key:
        latin = twin(event.key)
        if latin is None or self._is_text(event):
            return event
        if self._is_bound(event.key) or not self._is_bound(latin):
            return event
        return events.Key(latin, None)

    def _is_text(self, event: events.Key) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)

    def _is_bound(self, key: str) -> bool:
        """By us, or by Textual; a dialog's screen does not tell the program's keys."""
        kinds = {type(node) for node in (self.focused, self.screen, self) if node is not None}
        return any(key in _bound(kind) for kind in kinds) or key in self.active_bindings

    def _is_used(self, event: events.Key) -> bool:
        """Whether a text takes the key, a binding has it, or something of ours looks at all."""
        nodes = [self.screen] if self.focused is None else self.focused.ancestors_with_self
        return (
            self._is_bound(event.key)
            or self._is_text(event)
            or any(_looks_at_keys(type(node)) for node in nodes)
        )

    def _tell_unused(self, event: events.Key) -> None:
        say: Callable[[str], None] | None = getattr(self.screen, "say", None)
        if say is None:
            self.bell()
        else:
            said = _("{key} does nothing here: {help} shows the keys")
            seen = event.character if event.is_printable and event.character != " " else None
            key = seen or key_in_words(event.key, both=False)
            say(said.format(key=key, help=pressed("help")))

    async def action_help(self) -> None:
        """Show the keys that work here, or close the page that shows them."""
        from tui.screens.help import HelpPage, help_page

        screen = self.screen
        if isinstance(screen, HelpPage):
            screen.dismiss()
        else:
            schema = screen.library.schema if isinstance(screen, TakesLabels) else None
            await self.push_screen(help_page(screen, schema))

    async def action_palette(self) -> None:
        """Ask for what to do, by its words; then do it."""
        from tui.screens.palette import Palette, commands_of

        screen = self.screen
        if isinstance(screen, Palette):
            return

        async def run(chosen: Action | None) -> None:
            if chosen is not None:
                await chosen.run()

        schema = screen.library.schema if isinstance(screen, TakesLabels) else None
        await self.push_screen(Palette(commands_of(screen, schema)), run)

    def action_help_quit(self) -> None:
        """Ctrl+C, which quits other programs."""
        said = _("{back} goes back, and from the list it quits; {quit} quits at once")
        back, at_once = (key_in_words(in_effect(each)[0]) for each in ("back-to-list", "quit"))
        self.notify(said.format(back=back, quit=at_once), markup=False)


@cache
def _bound(kind: type[DOMNode]) -> set[str]:
    """The keys that our own bindings give to a class."""
    return {key for binding in bindings_of(kind) for key in binding.key.split(",")}


@cache
def _looks_at_keys(kind: type[DOMNode]) -> bool:
    """Whether a class of ours does something with keys that are bound to nothing."""
    return any(
        "on_key" in vars(base) for base in kind.__mro__ if base.__module__.startswith("tui.")
    )
