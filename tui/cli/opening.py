"""Opening the screen, with nothing loaded that it does not need."""

import gc
import os
import sys
from typing import Literal, NoReturn

from store.library import Library
from store.locations import library_path
from tui.cli.process import prepare, telling_errors
from tui.language import _
from tui.settings import settings, settings_path
from tui.terminal import picture


def open_asked(library: str | None, article: str | None) -> NoReturn:
    """What `zametka [browse [ARTICLE]] [--library PATH]` asks for."""
    with telling_errors():
        try:
            prepare()
            open_screen(Library.open(library_path(library)), article, library)
        except KeyboardInterrupt:
            picture.take_away()
            from tui.cli.narration import say

            say(_("interrupted"))
            sys.exit(130)
        finally:
            picture.take_away()  # where the screen has not come in its place


def require_terminal() -> None:
    """End with a sentence where there is no terminal that a screen can be drawn on."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        _fail(_("the screen needs a terminal for its input and its errors; see zametka --help"))
    if os.environ.get("TERM", "dumb") == "dumb":
        _fail(_("the screen needs a terminal whose cursor can be moved, and TERM says it cannot"))


def _fail(message: str) -> NoReturn:
    from tui.cli.narration import fail

    fail(message)


def open_screen(
    library: Library, article: str | None, asked: str | Literal[False] | None = False
) -> NoReturn:
    """Run the screen until the user leaves it.

    Its picture is kept where the library was asked for as `asked` without the parser.
    """
    require_terminal()
    document = None if article is None else library.document(article)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") == "none":  # Textual knows no such system
        os.environ |= {"TEXTUAL_COLOR_SYSTEM": "auto", "NO_COLOR": "1"}
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")  # a page would cost 84 kB
    os.environ.setdefault("TEXTUAL_FPS", "120")  # a change waits half a frame to be shown
    os.environ.setdefault(
        "TEXTUAL_THEME", "ansi-dark"
    )  # after the import NO_COLOR is black on black
    if chosen := settings().keys:
        from tui.keyboard.key_choices import use_keys

        use_keys(chosen, settings_path(), library.schema)
    gc.disable()  # what is imported is never garbage; `run` enables it again
    from tui.app import run

    sys.exit(run(library, document, asked))
