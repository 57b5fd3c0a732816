"""The picture of the last screen: painted at the start, before anything else is loaded.

It stands until the screen itself is there, and is only painted where that will look the same: in
a terminal of the same size, for the same library and article, with the same settings, as
nothing has been read elsewhere since.  It is cells and not output: what is read back is either
printable text and SGR parameters, or it is not painted at all.

This module loads nothing that Python has not loaded before it.
"""

import os
import sys
from collections.abc import Callable, Iterable, Sequence

SCHEMA = "zametka-picture/1"
SWITCH = "ZAMETKA_PICTURE"
LARGEST = 1_000_000  # bytes that are read at most
STDIN, STDERR = 0, 2
UNIT = "\x1f"  # between the parts of a row

# What decides, beside the library, how a screen looks and where the files lie.
VARIABLES = (
    "TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES",
    "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "HOME", "ZAMETKA_LIBRARY", "ZAMETKA_SETTINGS",
    "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "ZAMETKA_FRAME_DIFF",
)  # fmt: skip

Runs = list[tuple[str, str]]  # SGR parameters and the text that has them
Rows = Sequence[Runs]
Size = tuple[int, int]  # columns, lines


def is_wanted() -> bool:
    """Whether pictures are painted and kept."""
    return os.environ.get(SWITCH) != "0"


def place_of(library: str | None) -> str:
    """The file of the picture of the library that a command line asks for."""
    from zlib import crc32

    if sys.platform == "darwin":
        folder = os.path.expanduser("~/Library/Application Support")  # noqa: PTH111 - see above
    else:
        folder = os.environ.get("XDG_STATE_HOME", "").strip() or os.path.expanduser(  # noqa: PTH111
            "~/.local/state"
        )
    return f"{folder}/zametka/{crc32(_asked(library).encode(errors='replace')):08x}.screen"


def _asked(library: str | None) -> str:
    chosen = library or os.environ.get("ZAMETKA_LIBRARY")
    return os.path.abspath(chosen) if chosen else ""  # noqa: PTH100


def _circumstances(library: str | None, size: Size) -> str:
    values = _begun[0] if _begun else [os.environ.get(name) for name in VARIABLES]
    return ascii((SCHEMA, sys.version_info[:2], _asked(library), size, values))


# keeping one


def keep(
    library: str | None, article: str, rows: Rows, size: Size, watched: Iterable[os.PathLike[str]]
) -> None:
    """Write the picture of an article's screen (of the list's: an empty id) for the next start.

    It is not painted any more when one of the watched files is another one.  Raises OSError.
    """
    from pathlib import Path  # no start needs these

    from store.files import replace_privately

    watching = [f"{_signature(path)} {path}" for path in map(os.fspath, watched)]
    lines = [_circumstances(library, size), ascii(article), *watching, "", *map(_line, rows)]
    data = "\n".join(lines).encode(errors="replace")
    path = place_of(library)
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120
    replace_privately(Path(path), data)


def forget(library: str | None) -> None:
    """There is no picture any more."""
    _remove(place_of(library))


def _remove(path: str) -> None:
    try:  # noqa: SIM105 - contextlib would have to be loaded
        os.unlink(path)  # noqa: PTH108
    except OSError:
        pass


def _line(runs: Runs) -> str:
    return UNIT.join(
        part
        for sgr, text in runs
        for part in (sgr, "".join(each if each.isprintable() else " " for each in text))
    )


def _signature(path: str) -> str:
    """What changes with a file's content; `-` where there is no file."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return "-"
    return f"{found.st_mtime_ns}/{found.st_size}/{found.st_ino}"


# reading one


def read(library: str | None, article: str | None, size: Size) -> Rows | None:
    """The rows of a picture that may be painted now; None where there is none."""
    try:
        lines = _content(place_of(library)).decode().split("\n")
        end = lines.index("")
        circumstances, shown, *files = lines[:end]
    except (OSError, ValueError):
        return None
    if circumstances != _circumstances(library, size):
        return None
    if article is not None and shown != ascii(article):
        return None
    for file in files:
        signature, _, path = file.partition(" ")
        if signature != _signature(path):
            return None
    return _rows(lines[end + 1 :], size)


def _content(path: str) -> bytes:
    """A file that is ours alone; raises OSError for any other."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:  # noqa: PTH123
        found = os.fstat(descriptor)
        if found.st_uid != os.getuid() or found.st_mode & 0o777 != 0o600:
            raise OSError("somebody else may have written it")
        return file.read(LARGEST)


def _rows(lines: list[str], size: Size) -> Rows | None:
    """The rows, checked; None where anything is there that a picture does not have."""
    if len(lines) != size[1]:
        return None
    rows: list[Runs] = []
    for line in lines:
        parts = line.split(UNIT) if line else []
        sgrs, texts = parts[::2], parts[1::2]
        if len(sgrs) != len(texts) or not all(map(str.isprintable, texts)):
            return None
        if not all(set(sgr) <= set("0123456789;") for sgr in sgrs):
            return None
        if sum(map(len, texts)) > size[0] * 8:
            return None
        rows.append([*zip(sgrs, texts, strict=True)])
    return rows


def output(rows: Rows) -> str:
    """What to send to a terminal so that it shows a picture, on its other screen."""
    painted = [
        f"\x1b[{y};1H" + "".join(f"\x1b[0{';' * bool(sgr)}{sgr}m{text}" for sgr, text in row)
        for y, row in enumerate(rows, 1)
    ]
    return "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[m\x1b[2J" + "".join(painted) + "\x1b[m\x1b[?7h"


# painting it


class Painted:
    """A picture that the terminal shows, and how the terminal was before.

    Keys that are typed now are not echoed, and wait for the screen as they are.
    """

    def __init__(self, rows: Rows, size: Size) -> None:
        self.rows, self.size = rows, size
        self._restore: Callable[[], None] | None = None

    def paint(self) -> None:
        import termios

        before = termios.tcgetattr(STDIN)
        quiet = termios.tcgetattr(STDIN)
        quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        quiet[6][termios.VSUSP] = b"\0"  # the shell must not find a picture before it
        self._restore = lambda: termios.tcsetattr(STDIN, termios.TCSANOW, before)
        termios.tcsetattr(STDIN, termios.TCSANOW, quiet)
        data = output(self.rows).encode()
        while data:
            data = data[os.write(STDERR, data) :]
        import signal  # only now: it takes as long as all before it

        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))

    def hand_over(self) -> bool:
        """The screen takes the terminal over as it was, but for what it shows."""
        if self._restore is None:
            return False
        import signal

        restore, self._restore = self._restore, None
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        restore()
        return True

    def take_away(self) -> None:
        """There will be no screen: the terminal is as it was."""
        if self.hand_over():
            os.write(STDERR, b"\x1b[?1049l\x1b[?25h")


_painted: list[Painted] = []  # at most one
_begun: list[list[str | None]] = []  # the variables as they were at the start, before settings


def paint(library: str | None, article: str | None) -> None:
    """Paint the picture that a command line stands for, where there is one."""
    _begun[:] = [[os.environ.get(name) for name in VARIABLES]]
    try:
        if not is_wanted() or not (os.isatty(STDIN) and os.isatty(STDERR)):
            return
        if os.environ.get("TERM", "dumb") == "dumb" or sys.stderr.encoding.lower() != "utf-8":
            return
        columns, height = os.get_terminal_size(STDERR)
        size = columns, height
        rows = read(library, article, size)
        if rows is not None:
            picture = Painted(rows, size)
            _painted.append(picture)
            picture.paint()
    except Exception:  # noqa: BLE001 - the program starts without it
        take_away()


def painted() -> Painted | None:
    """The picture that the terminal shows."""
    return _painted[-1] if _painted else None


def take_away() -> None:
    """Take the picture away, if one is there and no screen has come in its place."""
    while _painted:
        _painted.pop().take_away()
