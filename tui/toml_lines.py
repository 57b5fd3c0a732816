"""On which line of a TOML text each key stands, which `tomllib` does not say.

The text is one that `tomllib` has read, so it is only taken apart here, not checked.
"""

import re
from collections.abc import Mapping, Sequence

Path = tuple[str, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BETWEEN = re.compile(r"[ \t]*\.[ \t]*")


def key_lines(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every key and every table, each by its whole path."""
    lines: dict[Path, int] = {}
    table: Path = ()
    at = _after(_BLANK, text, 0)
    while at < len(text):
        line = text.count("\n", 0, at) + 1
        if text[at] == "[":
            start = at + 2 if text.startswith("[[", at) else at + 1
            table, at = _path(text, start)
            _note(lines, table, (), line)
            at = text.index("]", at)
            at += 2 if text.startswith("]]", at) else 1
        else:
            path, at = _path(text, at)
            _note(lines, path, table, line)
            at = _value_end(text, text.index("=", at) + 1)
        at = _after(_BLANK, text, at)
    return lines


def line_of(lines: Mapping[Path, int], path: Sequence[str]) -> int:
    """The line of a path, or of the nearest one above it (keys of an inline table)."""
    return next(
        (lines[tuple(path[:n])] for n in range(len(path), 0, -1) if tuple(path[:n]) in lines), 1
    )


def _note(lines: dict[Path, int], path: Path, table: Path, line: int) -> None:
    """A dotted path names the tables on its way too; the first line of each is the one."""
    for length in range(1, len(path) + 1):
        lines.setdefault((*table, *path[:length]), line)


def _path(text: str, at: int) -> tuple[Path, int]:
    """A dotted path, and where it ends."""
    parts: list[str] = []
    at = _after(re.compile(r"[ \t]*"), text, at)
    while True:
        quoted = _STRING.match(text, at)
        found = quoted or _BARE.match(text, at)
        if found is None:
            return tuple(parts), at
        parts.append(_unquoted(found[0]) if quoted else found[0])
        at = found.end()
        dot = _BETWEEN.match(text, at)
        if dot is None:
            return tuple(parts), at
        at = dot.end()


def _unquoted(string: str) -> str:
    import tomllib

    content: str = tomllib.loads(f"key = {string}")["key"]
    return content


def _value_end(text: str, at: int) -> int:
    """Where a value ends: at the end of its line, which brackets and strings may hold open."""
    depth = 0
    while at < len(text):
        character = text[at]
        if character in "\"'":
            found = _STRING.match(text, at)
            at = found.end() if found else len(text)
            continue
        if character == "#":
            at = _after(re.compile(r"[^\n]*"), text, at)
            continue
        if character == "\n" and depth == 0:
            return at
        depth += (character in "[{") - (character in "]}")
        at += 1
    return at


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
