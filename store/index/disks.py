"""Whether a folder lies on a disk of another machine, where SQLite must not share memory."""

import os
import re

_MOUNTS = "/proc/self/mountinfo"
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|9p|v9fs|virtiofs|afs|coda|ceph|glusterfs|lustre|gpfs|beegfs"
    r"|ocfs2|gfs2?|orangefs|pvfs2|davfs|vboxsf|vmhgfs|drvfs|prl_fs|fuse|fuse\..*"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_network(path: str, mounts: str = _MOUNTS) -> bool:
    """Whether a file or folder is, or would be, on a disk that other machines may write.

    Of a file system in user space nobody knows; where nothing can be told, it is a local one.
    """
    try:
        if mounts == _MOUNTS and os.major(os.stat(path).st_dev):  # noqa: PTH116 - light
            return False  # a block device of this machine
        with open(mounts, encoding="utf-8", errors="surrogateescape") as lines:  # noqa: PTH123
            kind = _kind_at(os.path.realpath(path), lines.read())
    except OSError:
        return False
    return _NETWORK.fullmatch(kind) is not None


def _kind_at(path: str, mounts: str) -> str:
    """The kind of the file system that a path is on: of those mounted at one place, the last."""
    longest, found = -1, ""
    for line in mounts.split("\n"):
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        place = _ESCAPED.sub(_unescaped, fields[4])
        if len(place) >= longest and f"{path}/".startswith(f"{place.rstrip('/')}/"):
            longest, found = len(place), after.split(" ")[0]
    return found


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 8))
