"""The Textual application: which screen is shown, and how the program ends."""

import asyncio
import gc
import os
import signal
import sys
import termios
import threading
from contextlib import suppress
from typing import Any, ClassVar, Literal

from textual.binding import BindingType
from textual.screen import Screen

from annotations.lemmas import lemmas
from annotations.model import Document
from store.errors import Damaged, StoreError
from store.library import Library, login
from store.person.personal import Personal
from store.root import LIBRARY_FILE
from tui.attempts import tell_wait, wait_for_saves
from tui.display import display
from tui.keyboard.keys import key
from tui.language import told
from tui.opening import Opening
from tui.screens.article import ArticleScreen
from tui.screens.library import LibraryScreen
from tui.settings import settings_path
from tui.terminal import picture, start_cache
from tui.terminal.driver_mends import is_writing, mend
from tui.terminal.first_frame import PatientKeys
from tui.terminal.frame import Frame, runs_of
from tui.wording.damage_words import advice, damage_in_words
from tui.wording.save_words import ended_in_words

WATCH_TERMINAL = 3.0  # seconds between looks whether the terminal is still there
LATER = 0.5  # seconds from a picture to the work that it does not need
STDIN = 0
LAST_SAVE = 5.0  # seconds that the end of the program waits for a save
KEPT_SAVE = 2.0  # the same where what it would save is kept for the next session
PATIENCE = 1.0  # seconds for which a read waits for somebody who writes
SMALL = 70  # cells: below this the panel has no room beside the text
LOW = 12  # lines: below this dialogs have no room for a frame
WIDE = 110  # cells: from here on there is room for wider panels


class ZametkaApp(PatientKeys, Opening):
    """The list of articles, and over it the article that is open."""

    TITLE = "zametka"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (SMALL, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as in App
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+z", "suspend_process", "To the shell; fg comes back", name="suspend"),
        key("ctrl+l", "redraw", "Draw the screen anew", name="redraw"),
        key("ctrl+q", "quit", "Quit at once", name="quit"),
        key("question_mark,f1", "help", "The keys that work here", "Help", name="help"),
        key("ctrl+p,colon", "palette", "All commands, found by their words", name="palette"),
    ]

    def __init__(self, library: Library, article: str | Document | None = None) -> None:
        super().__init__()
        self._library = library
        library.on_wait, library.patience = tell_wait, PATIENCE
        self._personal = Personal(library.path)
        left_open = self._personal.open_article
        self._first = article or (left_open if left_open and left_open in library else None)
        self._me = me = login()
        self._list = LibraryScreen(library, self.open_article, self.tell_error, self._personal, me)
        self._author = f"user:{me}"
        self._putting = asyncio.Lock()
        self._left: tuple[str, Frame] | None = None  # what was shown at the end: an article's id

    def get_default_screen(self) -> Screen[None]:
        """The article that comes first, else the list: there is no screen beneath them.

        What is read here is read before anything is shown, so nothing waits for it.
        """
        first = self._first
        if isinstance(first, str):
            try:
                first = self._library.document(first)
            except StoreError as error:
                self.call_later(self.tell_error, error)
                return self._list
        if first is None:
            return self._list
        screen = self._article_screen(first)
        screen._push_result_callback(self, None)  # noqa: SLF001 - it is popped like a pushed one
        for size, steps in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):  # as the first resize will, which then finds nothing to style anew
            screen.add_class(max(step for step in steps if step[0] <= size)[1], update=False)
        return screen

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _signal: self.action_redraw())
        if isinstance(self.screen, ArticleScreen):
            self.screen.call_after_refresh(self._put_list_beneath)

    async def _put_list_beneath(self) -> None:
        """The list comes under an article that was shown first."""
        async with self._putting:
            if self._list not in self._screen_stack:
                _, mounted = self._get_screen(self._list)
                await mounted
                self._screen_stack.insert(0, self._list)

    def on_ready(self) -> None:
        start_cache.end()
        _end_on_signals(self)
        if not self.is_headless:
            self._watch_terminal()
        self.set_timer(LATER, _load_lemmas)

    def action_redraw(self) -> None:
        """Send the whole screen: something else has written to the terminal."""
        self.forget_frame()
        self.refresh(layout=True)

    def tell_error(self, error: Exception) -> None:
        """Show an error that came from the store."""
        said, title = told(error), ""
        if isinstance(error, Damaged):
            said, title = damage_in_words(error, self._library.path), advice()
        self.notify(display(said), title=title, severity="error", markup=False)

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        """Another page, or a dialog, which nothing that was told before may cover."""
        self.clear_notifications()
        return super().push_screen(*arguments, **options)

    async def action_quit(self) -> None:
        """Quit; where edits would be lost by that, ask first."""
        kept = self._personal.kept
        screen = self.screen
        if isinstance(screen, ArticleScreen):
            await screen.leave()
        if not kept.is_on_disk:
            await asyncio.to_thread(kept.write)
        if kept.is_on_disk:
            self.exit()
            return
        from tui.screens.unsaved import LastQuestion  # a dialog only when it is wanted

        if isinstance(screen, LastQuestion):
            screen.ask_again()
        else:
            await self.push_screen(LastQuestion(kept), lambda leave: self.exit() if leave else None)

    def left_unsaved(self, *, is_saving: bool) -> str:
        """Lines about edits that are not saved; `is_saving`: a save still waits."""
        kept = self._personal.kept
        kept.write()
        lines = ended_in_words(kept, is_saving=is_saving)
        return "".join(f"zametka: {display(line)}\n" for line in lines)

    @property
    def last_save(self) -> float:
        """Seconds for which the end of the program waits for a save."""
        kept = self._personal.kept
        return KEPT_SAVE if kept.all() and kept.is_on_disk else LAST_SAVE

    def exit(self, *arguments: Any, **options: Any) -> None:
        """Remember what is shown before the screens are taken away."""
        screen, frame = self.screen, self.frame
        if not isinstance(screen, ArticleScreen | LibraryScreen) or self._notifications:
            frame = None
        shown = screen.article_id if isinstance(screen, ArticleScreen) else ""
        self._left = None if frame is None else (shown, frame)
        super().exit(*arguments, **options)

    def keep_picture(self, asked: str | None) -> None:
        """Keep the picture of the last screen for the next start; the program has ended."""
        if self._left is None or self.return_code or not picture.is_wanted():
            picture.forget(asked)
            return
        shown, frame = self._left
        watched = self._personal.path, settings_path(), self._library.path / LIBRARY_FILE
        with suppress(OSError):
            rows = [runs_of(row) for row in frame]
            picture.keep(asked, shown, rows, (len(frame[0]), len(frame)), watched)

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


def run(library: Library, article: Document | None, asked: str | Literal[False] | None) -> int:
    """Run the screen to its end; returns the exit code.

    A picture of it is kept for a command line that calls the library `asked`, unless False.
    """
    gc.freeze()
    gc.enable()
    mend()
    app = ZametkaApp(library, article)
    app.run()
    saved = wait_for_saves(app.last_save)
    code = (app.return_code or 0) if saved else 1
    if asked is not False:
        app.keep_picture(asked)
    start_cache.write()
    if is_writing():  # to a terminal that reads nothing: Python would wait for it
        os._exit(code)
    sys.stderr.write(app.left_unsaved(is_saving=not saved))
    return code
