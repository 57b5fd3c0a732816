"""A search without options, for which the parser of the command line need not be loaded."""

import os
import sys
from typing import NoReturn

from annotations.errors import AnnotationError
from store.errors import StoreError
from tui.cli.found import Wanted, print_found
from tui.language import speak_throughout


def search(library: str | None, query: str) -> None:
    """What `zametka [--library PATH] search QUERY` asks for."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    speak_throughout()
    if _may_have_settings():
        from tui.cli.process import prepare, telling_errors

        with telling_errors():
            prepare()
    try:
        print_found(_path(library), Wanted(query))
    except (AnnotationError, StoreError, OSError, KeyboardInterrupt) as error:
        _end_with(error)


def _end_with(error: BaseException) -> NoReturn:
    """End as all commands do; what tells errors is loaded now."""
    from tui.cli.narration import say
    from tui.cli.process import telling_errors
    from tui.language import _

    with telling_errors():
        if not isinstance(error, KeyboardInterrupt):
            raise error
        say(_("interrupted"))
    sys.exit(130)


def _may_have_settings() -> bool:
    """Whether somebody has to look at the settings."""
    if sys.platform != "linux" or "ZAMETKA_SETTINGS" in os.environ:
        return True
    folder = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")  # noqa: PTH111 - pathlib takes its time
    return os.path.lexists(f"{folder}/zametka/settings.toml")


def _path(library: str | None) -> str:
    chosen = library or os.environ.get("ZAMETKA_LIBRARY")
    if chosen:
        return os.path.abspath(chosen)  # noqa: PTH100
    from store.locations import library_path

    return str(library_path(None))
