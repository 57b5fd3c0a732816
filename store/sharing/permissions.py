"""Who may do what in a library, as its files' permissions have it.

`why_refused` says why this person may not write; `problems` is what is not as it should be in a
library that is private or a group's, each with the command that mends it.
"""

import os
import pwd
import re
import shlex
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotations.phrase import Phrase
from store import files
from store.files import Modes
from store.provenance import login_of
from store.sharing.groups import Group, group_of, how_to_join, is_member, why_shut_out
from store.sharing.modes import faults_of

# what the program makes in a library: no other file is its business
_FILE = r"\.?[0-9a-f]{32}\.(json|log|\d{1,15}\.log\.gz)(\.damaged-\d+|\.tmp)?"
_OURS = re.compile(
    r"locks|library\.json(\.damaged-\d+)?|\.library-[0-9a-f]+|\.library\.json\.tmp"
    r"|index\.sqlite(-wal|-shm|-journal)?|\.index\.sqlite\.[0-9a-f]{8}(-wal|-shm|-journal)?"
    r"|present(/\.?[0-9a-f]{32}-[0-9a-f]{16})?"
    rf"|articles(/[0-9a-f]{{2}}(/{_FILE})?)?"
    rf"|trash(/\.?[0-9a-f]{{32}}-\d+(\.tmp|\.gone)?(/({_FILE}|removed\.json|\.removed\.json\.tmp))?)?"
)


def why_refused(library: Path, path: Path) -> Phrase:
    """Why this person may not write what lies at `path` in a library."""
    try:
        status, top = path.stat(), library.stat()
        is_read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except PermissionError:
        return why_shut_out(library)
    except OSError as error:
        return Phrase("{path} cannot be reached: {strerror}", path=path, strerror=error.strerror)
    if is_read_only:
        return Phrase(
            "{path} is on a file system that is read-only: copy the library to a disk that is not",
            path=path,
        )
    group = group_of(top.st_gid)
    if files.modes_in(top.st_mode) != files.PRIVATE and not is_member(group):
        return Phrase(
            "only members of the group {group} may change {path}: {join}",
            group=group.name,
            path=library,
            join=how_to_join(group),
        )
    return Phrase(
        "you may not change {path}: ask {owner}, whose it is, for permission",
        path=path,
        owner=login_of(status.st_uid),
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a library, or on the way to it, whose permissions keep people out or let them
    in wrongly; `command`, for a shell, mends it."""

    library: Path
    path: Path
    what: Phrase
    command: str
    add: int = 0  # bits of the mode that it lacks
    remove: int = 0  # bits that it should not have
    owner: int | None = None  # whose it should be
    group: int | None = None


@dataclass(frozen=True, slots=True)
class _Right:
    """How things should be in a library; it is the group's, or else its owner's alone."""

    library: Path
    modes: Modes
    owner: int
    group: Group | None

    def is_met_by(self, status: os.stat_result) -> bool:
        """Whether a file or folder is exactly so, as nearly all are."""
        mode = self.modes.folder if stat.S_ISDIR(status.st_mode) else self.modes.file
        if stat.S_IMODE(status.st_mode) != mode:
            return False
        group = self.group
        return status.st_uid == self.owner if group is None else status.st_gid == group.number


def problems(library: Path) -> Iterator[Problem]:
    """All that is wrong with a library's permissions, a folder before what is in it.

    What others have put into it is theirs, and none of this.
    A folder's is told before the folder is looked through: mended by then, it can be entered.
    """
    status = library.stat()
    modes = _modes_meant(status)
    group = None if modes == files.PRIVATE else group_of(status.st_gid)
    right = _Right(library, modes, status.st_uid, group)
    if group is not None:
        yield from _ways_in(right, group)
    yield from _faults(right, library, status)
    waiting = [library]
    while waiting:
        for path, status in _entries(waiting.pop()):
            is_folder, is_met = stat.S_ISDIR(status.st_mode), right.is_met_by(status)
            if (is_met and not is_folder) or not _OURS.fullmatch(os.path.relpath(path, library)):
                continue
            if not is_met:
                yield from _faults(right, Path(path), status)
            if is_folder:
                waiting.append(Path(path))


def _modes_meant(status: os.stat_result) -> Modes:
    """The modes that the library's folder asks for: where a group that is not just its owner's
    own may write in it, it is meant to be shared, even if it lacks the bit that makes it so."""
    own = None
    with suppress(KeyError):
        own = pwd.getpwuid(status.st_uid).pw_gid
    is_groups = status.st_mode & stat.S_IWGRP and status.st_gid != own
    return files.modes_in(status.st_mode | (stat.S_ISGID if is_groups else 0))


def _ways_in(right: _Right, group: Group) -> Iterator[Problem]:
    """The folders that lead to a shared library and that the group cannot pass through."""
    for folder in reversed(right.library.resolve().parents):
        status = folder.stat()
        needed = stat.S_IXGRP if status.st_gid == group.number else stat.S_IXOTH
        if not status.st_mode & needed and not _has_list(folder):
            what = Phrase(
                "the group {group} cannot pass through it to the library", group=group.name
            )
            who = "g" if needed == stat.S_IXGRP else "o"
            command = _command(f"chmod {who}+x", folder, is_own=_is_own(status))
            yield Problem(right.library, folder, what, command, add=needed)


def _has_list(folder: Path) -> bool:
    """Whether an access control list says more than the mode does."""
    with suppress(OSError):
        return bool(os.getxattr(folder, "system.posix_acl_access"))
    return False


def _entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The files and folders in a folder; links are passed over, as is what is gone by now."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, PermissionError):  # what shuts us out was told with the folder
        return
    except OSError as error:
        raise files.cannot_read(error, folder) from error
    for entry in entries:
        with suppress(FileNotFoundError):
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode):
                yield entry.path, status


def _faults(right: _Right, path: Path, status: os.stat_result) -> Iterator[Problem]:
    """What is wrong with one file or folder."""
    is_own = _is_own(status)
    if right.group is None:
        if status.st_uid != right.owner:
            owner, wanted = login_of(status.st_uid), login_of(right.owner)
            what = Phrase("it belongs to {owner}, not to {wanted}", owner=owner, wanted=wanted)
            command = _command(f"chown {shlex.quote(wanted)}", path, is_own=not os.geteuid())
            yield Problem(right.library, path, what, command, owner=right.owner)
    elif status.st_gid != right.group.number:
        group, wanted = group_of(status.st_gid).name, right.group.name
        what = Phrase(
            "it belongs to the group {group}, not to {wanted}", group=group, wanted=wanted
        )
        may = is_own and (not os.geteuid() or is_member(right.group))
        command = _command(f"chgrp {shlex.quote(wanted)}", path, is_own=may)
        yield Problem(right.library, path, what, command, group=right.group.number)
    for fault in faults_of(status.st_mode, right.modes):
        command = _command(f"chmod {fault.change}", path, is_own=is_own)
        yield Problem(right.library, path, fault.what, command, fault.add, fault.remove)


def _is_own(status: os.stat_result) -> bool:
    return os.geteuid() in (0, status.st_uid)


def _command(change: str, path: Path, *, is_own: bool) -> str:
    sudo = "" if is_own else "sudo "
    return f"{sudo}{change} {shlex.quote(str(path.absolute()))}"


def mend(problem: Problem) -> bool:
    """Do what the problem's command does, where this person may and it lies in the library.

    Nothing is followed out of the library: members of its group may have put links in it.
    """
    try:
        descriptor = _open_inside(problem.library, problem.path)
    except (OSError, ValueError):  # ValueError: it lies outside
        return False
    try:
        return _set(descriptor, problem)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _open_inside(library: Path, path: Path) -> int:
    descriptor = os.open(library, os.O_PATH | os.O_DIRECTORY)
    for part in path.relative_to(library).parts:
        try:
            below = os.open(part, os.O_PATH | os.O_NOFOLLOW, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor


def _set(descriptor: int, problem: Problem) -> bool:
    """Set what was asked for, and see whether it is so: setgid may be left out silently."""
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:  # it may lie elsewhere, too
        return False
    itself = f"/proc/self/fd/{descriptor}"  # the way to change what may not be opened to read
    if problem.owner is not None or problem.group is not None:
        given = (-1 if each is None else each for each in (problem.owner, problem.group))
        os.chown(itself, *given)
    if problem.add or problem.remove:
        os.chmod(itself, stat.S_IMODE(status.st_mode) & ~problem.remove | problem.add)  # noqa: PTH101
    after = os.fstat(descriptor)
    return (
        problem.owner in (None, after.st_uid)
        and problem.group in (None, after.st_gid)
        and after.st_mode & (problem.add | problem.remove) == problem.add
    )
