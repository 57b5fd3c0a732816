"""The Textual application: which screen is shown, and how the program ends."""

import asyncio
import gc
import signal
import sys
import termios
import threading
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual import events, work
from textual.binding import Binding, BindingType

from annotations.lemmas import lemmas
from annotations.model import Document
from store.errors import StoreError
from store.library import Library, login
from store.personal import Personal
from tui.display import display
from tui.frame_diff import FrameDiff
from tui.layout_keys import twin
from tui.screens.article import ArticleScreen
from tui.screens.editing import wait_for_saves
from tui.screens.library import LibraryScreen

WATCH_TERMINAL = 1.0  # seconds between looks whether the terminal is still there
LATER = 0.5  # seconds from a picture to the work that it does not need
STDIN = 0
LAST_SAVE = 5.0  # seconds that the end of the program waits for a save
SMALL = 70  # cells: below this the panel has no room beside the text
LOW = 12  # lines: below this dialogs have no room for a frame
WIDE = 110  # cells: from here on there is room for wider panels


class ZametkaApp(FrameDiff):
    """The list of articles, and over it the article that is open."""

    TITLE = "zametka"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (SMALL, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as in App
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
        Binding("ctrl+l", "redraw", "Draw the screen anew", show=False, priority=True),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(self, library: Library, article: str | Document | None = None) -> None:
        super().__init__()
        self._library = library
        self._personal = Personal(library.path)
        left_open = self._personal.open_article
        self._first = article or (left_open if left_open and left_open in library else None)
        me = login()
        self._list = LibraryScreen(library, self.open_article, self.tell_error, self._personal, me)
        self._author = f"user:{me}"
        self._putting = asyncio.Lock()

    async def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        if isinstance(self._first, Document):
            await self._show_document(self._first)
        elif self._first is not None:
            await self.open_article(self._first)
        if isinstance(self.screen, ArticleScreen):
            self.screen.call_after_refresh(self._put_list_beneath)
        else:
            await self.push_screen(self._list)

    async def _put_list_beneath(self) -> None:
        """The list comes under an article that was shown first."""
        async with self._putting:
            if self._list not in self._screen_stack:
                _, mounted = self._get_screen(self._list)
                await mounted
                self._screen_stack.insert(1, self._list)

    def on_ready(self) -> None:
        _end_on_signals(self)
        if not self.is_headless:
            self._watch_terminal()
        self.set_timer(LATER, _load_lemmas)

    async def on_event(self, event: events.Event) -> None:
        """The keys of the labels; and a key that is bound to nothing stands for its twin."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, ArticleScreen):
                screen.say("")
            number = screen.label_of_key(event.key) if isinstance(screen, ArticleScreen) else None
            if number is not None and isinstance(screen, ArticleScreen):
                await screen.action_label(number)
                return
            event = self._in_latin(event)
        await super().on_event(event)

    def _in_latin(self, event: events.Key) -> events.Key:
        latin, focused = twin(event.key), self.focused
        if latin is None:
            return event
        is_text = focused is not None and focused.check_consume_key(event.key, event.character)
        bindings = self.active_bindings
        if is_text or event.key in bindings or latin not in bindings:
            return event
        return events.Key(latin, None)

    def action_help_quit(self) -> None:
        """Ctrl+C, which quits other programs."""
        self.notify("q goes back, and from the list it quits; Ctrl+Q quits at once", markup=False)

    def action_redraw(self) -> None:
        """Send the whole screen: something else has written to the terminal."""
        self.forget_frame()
        self.refresh(layout=True)

    def tell_error(self, error: Exception) -> None:
        """Show an error that came from the store."""
        self.notify(display(str(error)), severity="error", markup=False)

    async def open_article(self, article_id: str) -> None:
        """Read an article and show it; the keys that follow are for it."""
        if isinstance(self.screen, ArticleScreen):
            return
        try:
            document = await asyncio.to_thread(self._library.document, article_id)
        except StoreError as error:
            self.tell_error(error)
            return
        await self._show_document(document)

    async def _show_document(self, document: Document) -> None:
        await self.push_screen(ArticleScreen(self._library, document, self._author, self._personal))
        self.set_timer(LATER, partial(self._tell_problems, document.article.id))

    @work(thread=True, exclusive=True, group="problems")
    def _tell_problems(self, article_id: str) -> None:
        """Say what is wrong with an article's files that reading got round."""
        with suppress(StoreError):
            for problem in self._library.problems(article_id):
                self.call_from_thread(self.tell_error, problem)

    async def action_leave_article(self, direction: int, with_suggestions: bool = False) -> None:
        """Back to the list (0), or on to the next (1) or previous (-1) article of the list.

        `with_suggestions` passes over articles that have none left.
        """
        screen = self.screen
        if not isinstance(screen, ArticleScreen):
            return
        if screen.is_saving:
            screen.say("the last edit is still being saved")
            return
        await self._put_list_beneath()
        self._list.update_summary(screen.document)
        following = self._list.neighbour(
            screen.article_id, direction, with_suggestions=with_suggestions
        )
        if direction and following is None:
            which = "other article with suggestions" if with_suggestions else "further article"
            screen.say(f"there is no {which} in the list")
            return
        await self.pop_screen()
        if direction and following is not None:
            self._list.show_article(following)
            await self.open_article(following)

    def _watch_terminal(self) -> None:
        """With SIGHUP ignored (nohup) nothing else says that the terminal has gone."""
        try:
            termios.tcgetattr(STDIN)
        except termios.error:
            self.exit(return_code=1)
        else:
            asyncio.get_running_loop().call_later(WATCH_TERMINAL, self._watch_terminal)


def _load_lemmas() -> None:
    """In a thread, and not before there is something to read: it takes the processor 0.2 s."""
    threading.Thread(target=lemmas, args=("слово",), daemon=True).start()


def _end_on_signals(app: ZametkaApp) -> None:
    """A hang-up or a request to end: the running save finishes, then the program ends."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError, RuntimeError):  # not in the main thread: a test
                loop.add_signal_handler(number, app.exit, None, 128 + number)


def run(library: Library, article: Document | None) -> int:
    """Run the screen to its end; returns the exit code."""
    gc.freeze()
    gc.enable()
    app = ZametkaApp(library, article)
    app.run()
    if not wait_for_saves(LAST_SAVE):
        sys.stderr.write("zametka: the last edit is not saved: somebody else holds the article\n")
        return 1
    return app.return_code or 0
