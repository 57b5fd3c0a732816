"""Whose a library is: one person's alone, or a group's whose members all read and change it.

The library's own folder says which: what is made in it follows (`store.files.modes_of`).
"""

import grp
import os
import pwd
import shlex
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotations.phrase import Phrase
from store import files
from store.errors import CannotWrite, StoreError
from store.provenance import login, login_of


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people on this server."""

    name: str
    number: int


def group_of(number: int) -> Group:
    """The group with a number; the number is its name where it has none."""
    with suppress(KeyError):
        return Group(grp.getgrgid(number).gr_name, number)
    return Group(str(number), number)


def group_to_share_with(name: str) -> Group:
    """The group of this name; raises StoreError where this person cannot share with it."""
    try:
        group = Group(name, grp.getgrnam(name).gr_gid)
    except (KeyError, ValueError):  # ValueError: a zero byte in the name
        raise StoreError(
            Phrase(
                "there is no group {name!r} on this server: an administrator makes one with "
                "`{command}`",
                name=name,
                command=f"sudo groupadd -- {shlex.quote(name)}",
            )
        ) from None
    if os.geteuid() and not is_member(group):
        raise StoreError(
            Phrase(
                "only members of the group {group} can share a library with it: {join}",
                group=group.name,
                join=how_to_join(group),
            )
        )
    return group


def is_member(group: Group) -> bool:
    """Whether this process is in the group."""
    return group.number in (os.getegid(), *os.getgroups())


def how_to_join(group: Group) -> Phrase:
    """What somebody does who is to be in the group: to log in anew may be all."""
    if _will_be_member(group):
        return Phrase(
            "you are one since after you logged in, so log in again (or run `{command}` first)",
            command=f"newgrp {shlex.quote(group.name)}",
        )
    return Phrase(
        "an administrator adds you with `{command}`, then log in again",
        command=f"sudo usermod -aG {shlex.quote(group.name)} {shlex.quote(login())}",
    )


def _will_be_member(group: Group) -> bool:
    """Whether the person will be in the group once they log in again."""
    me = login()
    with suppress(KeyError):
        if pwd.getpwnam(me).pw_gid == group.number:
            return True
    with suppress(KeyError):
        return me in grp.getgrgid(group.number).gr_mem
    return False


def shared_with(library: Path) -> Group | None:
    """The group whose the library is; None: it is private."""
    if files.modes_of(library) == files.PRIVATE:
        return None
    return group_of(library.stat().st_gid)


def why_shut_out(library: Path) -> Phrase:
    """Why this person may not look into a library, and what to do."""
    try:
        status = library.stat()
    except OSError:
        return Phrase(
            "you may not enter a folder that leads to {path}: ask its owner", path=library
        )
    if files.modes_in(status.st_mode) != files.PRIVATE:
        group = group_of(status.st_gid)
        if not is_member(group):
            return Phrase(
                "only members of the group {group} may use {path}: {join}",
                group=group.name,
                path=library,
                join=how_to_join(group),
            )
    return Phrase(
        "{path} is private: ask {owner}, whose it is, to share it by `zametka init --shared GROUP`",
        path=library,
        owner=login_of(status.st_uid),
    )


def share(library: Path, group: Group) -> None:
    """Make a library's folder the group's, and with it what is made in it from then on."""
    modes = files.modes_of(library)
    mode = files.SHARED.folder if modes == files.PRIVATE else modes.folder
    if _is_shared(library, group, mode):
        return
    try:
        os.chown(library, -1, group.number)
        library.chmod(mode)
    except PermissionError as error:
        raise CannotWrite(
            Phrase(
                "{path} belongs to {owner}, who alone can share it: ask them, or run this with "
                "sudo",
                path=library,
                owner=login_of(library.stat().st_uid),
            )
        ) from error
    except OSError as error:
        raise files.cannot_write(error, library) from error
    if not _is_shared(library, group, mode):  # what is not allowed is left out without an error
        raise CannotWrite(
            Phrase(
                "{path} does not keep the group {group} and its permissions: put the library on a "
                "file system that does, such as ext4 or xfs",
                path=library,
                group=group.name,
            )
        )


def _is_shared(library: Path, group: Group, mode: int) -> bool:
    status = library.stat()
    return (status.st_gid, stat.S_IMODE(status.st_mode)) == (group.number, mode)


def close(library: Path) -> None:
    """Keep others out of a new library's folder, unless it has been made a group's."""
    if files.modes_of(library) == files.PRIVATE:
        with files.writing(library):
            library.chmod(files.PRIVATE.folder)
