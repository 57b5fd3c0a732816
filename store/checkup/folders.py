"""What lies in the folders of a library, told by its names alone."""

import os
import re
import shlex
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotations.phrase import Phrase
from store import files
from store.checkup.findings import Finding, Kind

_OURS = re.compile(
    r"(?P<key>[0-9a-f]{32})\.(?:json|log|\d{1,15}\.log\.gz)(?P<aside>\.damaged-\d+)?"
)
_TEMPORARY = re.compile(r"\.(?P<key>[0-9a-f]{32})\.(?:json|log|\d{1,15}\.log\.gz)\.tmp")
_NOT_OURS = Phrase("nothing, if you know what it is: the program leaves it alone")


@dataclass(frozen=True, slots=True)
class Names:
    """What lies in the folder of an article under its name."""

    key: str
    temporary: list[Path] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)
    has_files: bool = False


def listed(folder: Path) -> Iterable[Path]:
    """What is in a folder, in the order of the names; nothing where there is no such folder."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise files.cannot_read(error, folder) from error


def by_article(folder: Path, others: list[Finding]) -> dict[str, Names]:
    """The files of a folder by article; what is none of an article's goes to `others`."""
    found: dict[str, Names] = {}
    misplaced: list[Finding] = []
    for path in listed(folder):
        ours = _OURS.fullmatch(path.name)
        match = ours or _TEMPORARY.fullmatch(path.name)
        if match is None or path.is_symlink():
            others.append(foreign(path))
            continue
        key = match["key"]
        if key[:2] != folder.name:
            misplaced.append(_misplaced(path, folder.parent / key[:2] / path.name))
            continue
        names = found.setdefault(key, Names(key))
        if not ours:
            names.temporary.append(path)
        elif ours["aside"]:
            names.aside.append(path)
        else:
            found[key] = replace(names, has_files=True)
    others += reversed(misplaced)  # a journal first: without one a snapshot begins another
    return found


def is_there(path: Path) -> bool:
    """Whether there is anything of this name."""
    return os.path.lexists(path)


def temporary(path: Path) -> Finding:
    """What somebody was writing who was killed."""
    what = Phrase("{path} is left of a program that was killed while it wrote", path=path)
    remedy = Phrase("nothing: whoever writes there next removes it")
    return Finding(Kind.TEMPORARY, path, what, remedy, can_repair=True)


def removed(kind: Kind, path: Path) -> Finding:
    """Something that was in the way, and no longer is."""
    return Finding(kind, path, Phrase("{path}: removed", path=path), is_done=True)


def aside(path: Path) -> Finding:
    """What a repair has kept."""
    what = Phrase("{path} is what a damaged file held when it was repaired", path=path)
    return Finding(Kind.ASIDE, path, what, Phrase("nothing; delete it once you do not need it"))


def foreign(path: Path) -> Finding:
    """What nobody knows but whoever put it there."""
    return Finding(Kind.FOREIGN, path, Phrase("{path} is not the program's", path=path), _NOT_OURS)


def _misplaced(path: Path, right: Path) -> Finding:
    what = Phrase("{path} lies in the wrong folder, where nobody looks for it", path=path)
    if is_there(right):
        remedy = Phrase("look at it and at {path}, and delete the one that is wrong", path=right)
    else:
        remedy = Phrase("`{command}`", command=how_to_move(path, right))
    return Finding(Kind.MISPLACED, path, what, remedy)


def how_to_move(path: Path, to: Path) -> str:
    """The command, for a shell, that puts a file where it belongs, in a folder that may lack."""
    move = shlex.join(["mv", "--no-clobber", "--", str(path), str(to)])
    if is_there(to.parent):
        return move
    mode = stat.S_IMODE(to.parent.parent.stat().st_mode)
    return f"{shlex.join(['mkdir', '-p', '-m', f'{mode:o}', '--', str(to.parent)])} && {move}"
