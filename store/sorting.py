"""Sorting more lines than fit into memory: in runs that wait on the disk."""

import heapq
import marshal
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, cast

Place = tuple[str, str, int]
Line = tuple[Place, str]

_RUN = 32 * 2**20  # characters that are held at a time


def in_order(lines: Iterable[Line], *, reverse: bool = False, run: int = _RUN) -> Iterator[str]:
    """The lines by their places; the temporary files have no names and leave nothing behind."""
    with ExitStack() as stack:
        runs: list[Iterator[Line]] = []
        held: list[Line] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line[1])
            if size >= run:
                file = stack.enter_context(TemporaryFile(prefix="zametka-"))
                runs.append(_put_down(held, file, reverse=reverse))
                held, size = [], 0
        held.sort(key=_place, reverse=reverse)
        runs.append(iter(held))
        for _, text in heapq.merge(*runs, key=_place, reverse=reverse):
            yield text


def _put_down(lines: list[Line], file: IO[bytes], *, reverse: bool) -> Iterator[Line]:
    lines.sort(key=_place, reverse=reverse)
    for line in lines:
        marshal.dump(line, file)
    file.seek(0)
    return (cast("Line", marshal.load(file)) for _ in range(len(lines)))  # noqa: S302 - our own


def _place(line: Line) -> Place:
    return line[0]
