"""What is wrong with a library's permissions is found, named with what mends it, and mended."""

import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from annotations.model import Article, Document
from store import files, root
from store.copies import trash
from store.files import PRIVATE, READABLE, SHARED, Modes
from store.library import Library
from store.sharing import groups, modes, permissions
from store.sharing.access import why_read_only
from store.sharing.groups import Group
from store.sharing.permissions import mend, problems

ID = "паром"
OWN = os.getgid()
DIRECTORY, REGULAR = stat.S_IFDIR, stat.S_IFREG


@pytest.mark.parametrize(
    ("mode", "right", "changes"),
    [
        (DIRECTORY | 0o700, PRIVATE, []),
        (REGULAR | 0o600, PRIVATE, []),
        (REGULAR | 0o700, PRIVATE, []),
        (DIRECTORY | 0o2700, PRIVATE, []),
        (REGULAR | 0o644, PRIVATE, ["g-r", "o-r"]),
        (DIRECTORY | 0o755, PRIVATE, ["g-rx", "o-rx"]),
        (DIRECTORY | 0o777, PRIVATE, ["g-rwx", "o-w", "o-rx"]),
        (REGULAR | 0o400, PRIVATE, ["u+w"]),
        (DIRECTORY | 0o2770, SHARED, []),
        (REGULAR | 0o660, SHARED, []),
        (DIRECTORY | 0o3770, SHARED, ["-t"]),
        (DIRECTORY | 0o770, SHARED, ["g+s"]),
        (DIRECTORY | 0o700, SHARED, ["g+s", "g+rwx"]),
        (DIRECTORY | 0o2750, SHARED, ["g+w"]),
        (REGULAR | 0o600, SHARED, ["g+rw"]),
        (REGULAR | 0o640, SHARED, ["g+w"]),
        (REGULAR | 0o666, SHARED, ["o-w", "o-r"]),
        (REGULAR | 0o664, READABLE, []),
        (REGULAR | 0o660, READABLE, ["o+r"]),
        (DIRECTORY | 0o2770, READABLE, ["o+rx"]),
        (DIRECTORY | 0o2777, READABLE, ["o-w"]),
    ],
)
def test_the_faults_of_a_mode(mode: int, right: Modes, changes: list[str]) -> None:
    """What they say, done to the mode, leaves none."""
    faults = list(modes.faults_of(mode, right))
    assert [fault.change for fault in faults] == changes
    for fault in faults:
        mode = mode & ~fault.remove | fault.add
    assert list(modes.faults_of(mode, right)) == []


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (0o700, PRIVATE),
        (0o755, PRIVATE),
        (0o770, PRIVATE),
        (0o2755, PRIVATE),
        (0o2770, SHARED),
        (0o3770, SHARED),
        (0o2775, READABLE),
    ],
)
def test_the_folder_says_whose_a_library_is(mode: int, expected: Modes, tmp_path: Path) -> None:
    tmp_path.chmod(mode)
    assert files.modes_of(tmp_path) == expected


def made(path: Path, *, shared: bool) -> Library:
    """A library with an article, all its permissions as they should be."""
    prepare = partial(groups.share, group=Group("", OWN)) if shared else groups.close
    root.create(path, prepare)
    library = Library.open(path)
    library.add(Document(Article(ID, "Паром идёт в Кемь.", "Паром")))
    return library


def found_in(library: Library) -> list[permissions.Problem]:
    """The problems within the library: the folders that lead to a test's are nobody else's."""
    return [each for each in problems(library.path) if each.path.is_relative_to(library.path)]


Spoil = Callable[[Library], Path]


def with_mode(mode: int, place: Callable[[Library], Path]) -> Spoil:
    def spoil(library: Library) -> Path:
        path = place(library)
        path.chmod(mode)
        return path

    return spoil


def journal(library: Library) -> Path:
    return library.file(ID).journal_path


def folder(library: Library) -> Path:
    return library.file(ID).folder


def itself(library: Library) -> Path:
    return library.path


@pytest.mark.parametrize(
    ("shared", "spoil", "what", "change"),
    [
        (True, with_mode(0o3770, folder), "sticky", "chmod -t"),
        (True, with_mode(0o770, folder), "not the group's", "chmod g+s"),
        (True, with_mode(0o600, journal), "the group may not", "chmod g+rw"),
        (True, with_mode(0o662, journal), "may change it", "chmod o-w"),
        (True, with_mode(0o3770, itself), "sticky", "chmod -t"),
        (True, with_mode(0o2771, itself), "get at it", "chmod o-x"),
        (False, with_mode(0o640, journal), "is private", "chmod g-r"),
        (False, with_mode(0o604, journal), "get at it", "chmod o-r"),
        (False, with_mode(0o705, itself), "get at it", "chmod o-rx"),
        (False, with_mode(0o500, folder), "its owner", "chmod u+w"),
    ],
)
def test_what_is_wrong_is_named_and_mended(
    tmp_path: Path, shared: bool, spoil: Spoil, what: str, change: str
) -> None:
    library = made(tmp_path / "our library", shared=shared)
    assert found_in(library) == []
    path = spoil(library)
    (problem,) = found_in(library)
    assert problem.path == path
    assert what in str(problem.what)
    assert problem.command == f"{change} '{path}'"
    assert mend(problem)
    assert found_in(library) == []


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@as_root
def test_a_file_of_another_group_is_named_and_mended(tmp_path: Path) -> None:
    library = made(tmp_path / "library", shared=True)
    os.chown(journal(library), 61001, 61002)
    (problem,) = found_in(library)
    assert "belongs to the group 61002" in str(problem.what)
    assert problem.command.startswith("chgrp ")
    assert mend(problem)
    assert found_in(library) == []
    assert journal(library).stat().st_uid == 61001


@as_root
def test_a_file_of_somebody_else_in_a_private_library_is_named(tmp_path: Path) -> None:
    library = made(tmp_path / "library", shared=False)
    os.chown(journal(library), 61001, OWN)
    (problem,) = found_in(library)
    assert "belongs to 61001" in str(problem.what)
    assert mend(problem)
    assert found_in(library) == []


@as_root
def test_a_folder_that_lacks_only_setgid_is_meant_to_be_shared(tmp_path: Path) -> None:
    """A group that may write is no accident; what is wrong then is that files are not its own."""
    library = made(tmp_path / "library", shared=True)
    os.chown(library.path, 0, 61000)
    library.path.chmod(0o770)
    first, *rest = found_in(library)
    assert (first.path, first.add) == (library.path, stat.S_ISGID)
    assert {each.group for each in rest} == {61000}
    assert all(map(mend, [first, *rest]))
    assert found_in(library) == []


def test_what_somebody_else_has_to_mend_says_sudo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = made(tmp_path / "library", shared=True)
    journal(library).chmod(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    (problem,) = found_in(library)
    assert problem.command.startswith("sudo chmod g+rw ")


def test_a_folder_on_the_way_that_keeps_people_out_is_named_and_left(tmp_path: Path) -> None:
    """Who may pass through somebody's home is theirs to say."""
    home = tmp_path / "home"
    home.mkdir()
    library = made(home / "library", shared=True)
    home.chmod(0o700)
    (problem,) = [each for each in problems(library.path) if each.path == home]
    assert problem.command == f"chmod g+x {home}"
    assert not mend(problem)
    home.chmod(0o710)
    assert home not in {each.path for each in problems(library.path)}


@pytest.mark.parametrize("is_mended_by", ["the file", "its folder"])
def test_nothing_is_followed_out_of_the_library(tmp_path: Path, is_mended_by: str) -> None:
    """One of the group puts a link where the problem was: what it leads to is not theirs."""
    library = made(tmp_path / "library", shared=True)
    path = journal(library)
    path.chmod(0o600)
    (problem,) = found_in(library)
    moved = path if is_mended_by == "the file" else path.parent
    moved.rename(tmp_path / moved.name)
    moved.symlink_to(tmp_path / moved.name)
    assert not mend(problem)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path not in {each.path for each in found_in(library)}


def test_what_is_not_the_program_s_is_nobody_s_business(tmp_path: Path) -> None:
    library = made(tmp_path / "library", shared=True)
    trash.remove(library, ID, "user:anna")
    (box,) = (library.path / "trash").iterdir()
    ours = [next(box.glob("*.log")), box / "removed.json"]
    for path in ours:
        path.chmod(0o600)
    (library.path / "drafts").mkdir(0o700)
    for path in (library.path, folder(library), library.path / "drafts", box):
        (path / "notes.txt").touch(0o600)
    assert {each.path for each in found_in(library)} == set(ours)


def test_a_file_that_lies_elsewhere_too_is_left(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "library")
    mine = tmp_path / "mine"
    mine.touch(0o644)
    os.link(mine, library.path / "library.json.damaged-1")
    (problem, *_) = problems(library.path)
    assert problem.path == library.path / "library.json.damaged-1"
    assert not mend(problem)
    assert stat.S_IMODE(mine.stat().st_mode) == 0o644


def test_one_who_may_write_is_told_nothing(tmp_path: Path) -> None:
    library = made(tmp_path / "library", shared=False)
    assert why_read_only(library.path) is None
    assert why_read_only(library.path, library.file(ID)) is None
    assert why_read_only(library.path, library.file("новая")) is None


def test_a_read_only_file_system_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = made(tmp_path / "library", shared=False)
    monkeypatch.setattr(os, "access", lambda *_args, **_options: False)
    mounted = os.statvfs(tmp_path)
    read_only = os.statvfs_result((*mounted[:8], mounted.f_flag | os.ST_RDONLY, mounted[9]))
    monkeypatch.setattr(os, "statvfs", lambda _path: read_only)
    assert "read-only" in str(why_read_only(library.path))


def test_a_library_that_has_gone_is_named(tmp_path: Path) -> None:
    library = made(tmp_path / "library", shared=False)
    library.path.rename(tmp_path / "elsewhere")
    assert "No such file" in str(why_read_only(library.path))


@pytest.mark.parametrize(
    ("refused", "named"), [("articles", 61001), ("journal", 61002), ("locks", 61003)]
)
@as_root
def test_who_could_give_permission_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str, named: int
) -> None:
    library = made(tmp_path / "library", shared=False)
    places = {
        "articles": root.articles(library.path),
        "journal": journal(library),
        "locks": root.locks(library.path),
    }
    os.chown(places[refused], named, -1)
    monkeypatch.setattr(os, "access", lambda path, *_, **__: path != places[refused])
    assert f"ask {named}" in str(why_read_only(library.path, library.file(ID)))
