"""The help: the keys that work here and now, as the bindings themselves say them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from annotations.schema import Schema
from tui.display import display
from tui.keyboard.actions import actions_of
from tui.keyboard.keys import key, key_in_words
from tui.language import N_, _, description
from tui.page.wrap import wrapped

WIDTH = 74  # cells, as in app.tcss
TITLES: Mapping[str, str] = {
    "ArticleScreen": N_("Keys in an article"),
    "LibraryScreen": N_("Keys in the list of articles"),
    "DictionaryScreen": N_("Keys in the dictionary"),
    "ResultsScreen": N_("Keys in what a search found"),
    "ConcordanceScreen": N_("Keys in the concordance"),
}

Row = tuple[str, str]  # keys, and what they do; without keys a heading


class HelpPage(ModalScreen[None]):
    """A page to read: headings, and rows of keys and what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q", "leave", "Close", "Close", name="close-help"),
        key("down,j", "scroll(1)", "Line down", name="help-down"),
        key("up,k", "scroll(-1)", "Line up", name="help-up"),
        key("pagedown,space", "page(1)", "Page down", name="help-page-down"),
        key("pageup", "page(-1)", "Page up", name="help-page-up"),
        key("home,g", "edge(0)", "Beginning", name="help-beginning"),
        key("end,G", "edge(1)", "End", name="help-end"),
    ]

    def __init__(self, title: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog help"):
            yield Static(display(self._title), classes="title", markup=False)
            with VerticalScroll():
                yield Static(self._text())

    def _text(self) -> Content:
        width = max((len(keys) for keys, _what in self._rows), default=0)
        room = max(min(self.app.size.width, WIDTH) - width - 8, 20)
        lines: list[Content] = []
        for keys, what in self._rows:
            if not keys:
                lines.append(Content.styled(what, "bold"))
                continue
            for number, part in enumerate(wrapped(what, room)):
                lines.append(Content(f"{keys if number == 0 else '':{width}}  {part}"))
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(VerticalScroll))

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, direction: int) -> None:
        self._page.scroll_relative(y=direction, animate=False)

    def action_page(self, direction: int) -> None:
        self._page.scroll_relative(y=direction * max(self._page.size.height - 1, 1), animate=False)

    def action_edge(self, end: int) -> None:
        self._page.scroll_to(y=self._page.max_scroll_y if end else 0, animate=False)

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)


def help_page(screen: Screen[object], schema: Schema | None = None) -> HelpPage:
    """The page for a screen as it is: what has the focus, the screen, the program, the labels."""
    title = TITLES.get(type(screen).__name__, N_("Keys that work here"))
    return HelpPage(_(title), [*_rows(screen), *_label_rows(schema), *_last_rows()])


def _rows(screen: Screen[object]) -> Iterator[Row]:
    heading = ""
    for action in actions_of(screen):
        if action.heading != heading:
            if heading:
                yield "", ""
            heading = action.heading
            yield "", _(heading)
        yield ", ".join(key_in_words(each) for each in action.keys), action.in_words


def _label_rows(schema: Schema | None) -> Iterator[Row]:
    if schema is not None:
        yield from [("", ""), ("", _("Labels"))]
        for label in schema:
            if label.key:
                what = f"{label.name}: {description(label)}"
                yield display(label.key), display(what)


def _last_rows() -> Iterator[Row]:
    yield "", ""
    yield " ", _("With ЙЦУКЕН on, the key in the same place works too (given in brackets).")
    yield " ", _("zametka settings --keys shows how keys are changed.")
