"""The command line.  What opens the screen or searches is understood without loading the rest."""

import gc
import os
import sys


def main() -> None:
    """The console script."""
    _require_output()
    from tui.cli.asked import asked, search_asked

    if screen := asked(sys.argv[1:]):
        _open(*screen)
    elif search := search_asked(sys.argv[1:]):
        _search(*search)
    else:
        from tui.cli.commands import run

        run()


def _require_output() -> None:
    """Where standard output is closed, what is asked for can be given to nobody."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - to the end
    if sys.stdout is None:
        sys.stderr.write("zametka: standard output is closed\n")
        sys.exit(2)


def _open(library: str | None, article: str | None) -> None:
    """Open the screen, its picture first."""
    from tui.terminal import picture

    picture.paint(library, article)
    try:
        gc.disable()  # what is imported is never garbage; the screen enables it again
        from tui.terminal import start_cache

        start_cache.begin()
        from tui.cli.opening import open_asked

        open_asked(library, article)
    except KeyboardInterrupt:  # before there was anything that could say so
        sys.exit(130)
    finally:
        picture.take_away()


def _search(library: str | None, query: str | None) -> None:
    """Search with nothing loaded that a search for known words does without."""
    gc.disable()
    from tui.terminal import start_cache

    start_cache.begin("search", has_dataclasses=False)
    from tui.cli.quick import search

    try:
        search(library, query or "")
    finally:
        start_cache.write()
