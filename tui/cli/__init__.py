"""The command line.  What opens the screen is understood here, without loading the rest."""

import gc
import sys


def main() -> None:
    """The console script."""
    from tui.cli.asked import asked

    screen = asked(sys.argv[1:])
    if screen is None:
        from tui.cli.commands import run

        run()
    else:
        _open(*screen)


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
