"""The last line of a screen: the keys that matter now, as they are bound."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui import theme
from tui.display import display
from tui.language import _

# From left to right, by what the bindings are called in the source; others stand between.
FIRST = ("Open", "Accept", "Reject", "Label", "Value", "Undo", "Next", "Find")
LAST = ("Help", "Back", "Quit")  # there is always room for these
GAP = "  "

Item = tuple[str, str, str]  # the key that is bound, how it is shown, what it does
Place = tuple[int, int, Item]  # the cells that an item takes, from and to


def ordered(items: Iterable[tuple[str, Item]]) -> list[Item]:
    """Items, each given with the name of its binding in the source, in the bar's order."""

    def rank(named: tuple[str, Item]) -> int:
        name = named[0]
        if name in FIRST:
            return FIRST.index(name)
        return len(FIRST) + (1 + LAST.index(name) if name in LAST else 0)

    return [item for _name, item in sorted(items, key=rank)]


def placed(items: Sequence[Item], width: int, kept: int) -> list[Place]:
    """Where the items stand; of those for which there is no room, the last `kept` stay longest."""
    chosen = list(items)
    while chosen:
        places, x = [], 1
        for item in chosen:
            end = x + cell_len(_text(item))
            places.append((x, end, item))
            x = end + len(GAP)
        if x - len(GAP) <= width:
            return places
        chosen.pop(-1 - kept if len(chosen) > kept else 0)
    return []


def _text(item: Item) -> str:
    return f"{item[1]} {item[2]}"


class KeyBar(Widget):
    """Shows the bindings that have a text for it; a click does what the key does."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyBar { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Item] | None = None  # None: to be looked up
        self._kept = 0
        self._places: list[Place] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._look_again)

    def _look_again(self, screen: Screen[object]) -> None:
        """Other bindings may be active: paint only where other keys are to be shown."""
        if screen is self.screen and self._items is not None:
            before = self._items
            self._look_up()
            if self._items != before:
                self.refresh()

    def _look_up(self) -> None:
        found: dict[tuple[str, str], Item] = {}
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if binding.show and active.enabled:
                shown = display(self.app.get_key_display(binding))
                item = key, shown, _(binding.description)
                found.setdefault((binding.description, binding.action), item)
        self._items = ordered((name, item) for (name, _action), item in found.items())
        self._kept = sum(name in LAST for name, _action in found)

    def render_line(self, y: int) -> Strip:
        if self._items is None:
            self._look_up()
        width, segments, x = self.size.width, [], 0
        self._places = placed(self._items or [], width, self._kept) if y == 0 else []
        for start, end, (_key, shown, what) in self._places:
            segments += [
                Segment(" " * (start - x)),
                Segment(shown, theme.BOLD),
                Segment(f" {what}", theme.DIM),
            ]
            x = end
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)

    def on_click(self, event: events.Click) -> None:
        for start, end, (key, _shown, _what) in self._places:
            if start <= event.x < end:
                self.app.simulate_key(key)
