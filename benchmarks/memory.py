"""The memory of a process that has a library open, opens articles and saves in each of them.

`python benchmarks/memory.py [MODULE CLASS FOLDER NUMBER …]` prints its peak in megabytes; it
has loaded what this one rival needs, or nothing.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ENOUGH = 10.0  # seconds
ROOT = Path(__file__).parents[1]


def memory(rival: type | None, folder: Path, numbers: Sequence[int]) -> float:
    """Megabytes at the peak of a new process; None: of one that does nothing."""
    arguments: list[object] = []
    if rival is not None:
        arguments = [rival.__module__, rival.__name__, folder, *numbers]
    command = (sys.executable, __file__, *map(str, arguments))
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def work(module: str, name: str, folder: str, *numbers: str) -> None:
    """Open and save, for 10 seconds at the most."""
    from importlib import import_module

    from annotations.edits import Stamp, new_annotation
    from annotations.model import Span
    from benchmarks.rivals import AUTHOR, article_id

    library = getattr(import_module(module), name)(Path(folder))
    stamp = Stamp(AUTHOR, "2026-02-02T10:00:00Z")
    until = time.monotonic() + ENOUGH
    for each in map(article_id, map(int, numbers)):
        library.load(each)
        library.save(each, new_annotation(Span(0, 3), "ORG", stamp))
        if time.monotonic() > until:
            break
    library.close()


def peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:]:
        work(*sys.argv[1:])
    print(peak())
