"""On what something was measured, in a line."""

import os
import platform
import sqlite3
import time
from importlib.metadata import version
from pathlib import Path


def file_system(folder: Path) -> str:
    """The kind of file system that a folder is on, such as ext4 or tmpfs."""
    path, found = folder.resolve(), ("", "unknown")
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        _, where, kind, *_ = line.split(" ")
        if path.is_relative_to(where) and len(where) >= len(found[0]):
            found = where, kind
    return found[1]


def describe(folder: Path) -> str:
    """Date, processor, how many programs want it, system and versions."""
    models = {
        line.partition(": ")[2]
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    }
    return ", ".join(
        (
            time.strftime("%Y-%m-%d", time.gmtime()),
            f"{os.cpu_count()} × {' / '.join(sorted(models)) or platform.machine()}",
            f"load {os.getloadavg()[0]:.1f}",
            f"Linux {platform.release()}",
            file_system(folder),
            f"Python {platform.python_version()}",
            f"SQLite {sqlite3.sqlite_version}",
            f"TinyDB {version('tinydb')}",
        )
    )
