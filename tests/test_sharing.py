"""A library of several people: it is made or becomes a group's, and each of them can work in it."""

import grp
import json
import os
import pwd
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import rmtree

import pytest
from click.testing import CliRunner, Result

from annotations.model import Article, Document
from store import gazetteer, root
from store.errors import CannotWrite, StoreError
from store.files import PRIVATE, SHARED, Modes
from store.library import Library
from store.sharing import groups, permissions
from store.sharing.groups import Group
from store.sharing.permissions import Problem, problems
from store.sharing.presence import Presence, Reader
from tests.test_library_processes import go, program, programs
from tui.cli.commands import commands

ROOT = Path(__file__).parents[1]
ID = "канал"
TEXT = "Канал у Вытегры чистят от ила. " * 10
NEWS = Group("61000", 61000)
ANNA, BORIS = "61001:61000:077", "61002:61000:022"

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two other people")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes_below(path: Path) -> Modes:
    """The one mode that the files have, and the one of the folders."""
    everything = [path, *path.rglob("*")]
    (file,) = {stat.S_IMODE(each.stat().st_mode) for each in everything if each.is_file()}
    (folder,) = {stat.S_IMODE(each.stat().st_mode) for each in everything if each.is_dir()}
    return Modes(file, folder)


def wrong_in(path: Path) -> list[Problem]:
    """What is wrong within a library: the folders that lead to a test's are nobody else's."""
    return [each for each in problems(path) if each.path.is_relative_to(path)]


def init(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["init", *map(str, arguments)])


@pytest.fixture
def group() -> Group:
    """A group that this person is in."""
    try:
        found = grp.getgrgid(os.getgid())
    except KeyError:
        pytest.skip("this person's group has no name")
    return Group(found.gr_name, found.gr_gid)


@pytest.mark.parametrize("mask", [0, 0o077])
@pytest.mark.parametrize("is_there", [False, True], ids=["a new folder", "an empty folder"])
class TestInit:
    """Whatever the umask, and whether there is an empty folder or none."""

    @pytest.fixture
    def path(self, tmp_path: Path, is_there: bool) -> Path:
        path = tmp_path / "our news"
        if is_there:
            path.mkdir(0o755)
        return path

    def test_a_library_is_private(self, path: Path, mask: int) -> None:
        with umask(mask):
            result = init(path)
        assert (result.exit_code, result.stdout) == (0, f"{path}\n")
        assert f"export ZAMETKA_LIBRARY='{path}'" in result.stderr
        assert modes_below(path) == PRIVATE

    def test_a_library_is_a_groups(self, path: Path, mask: int, group: Group) -> None:
        with umask(mask):
            result = init("--shared", group.name, path)
            Library.open(path).add(Document(Article(ID, TEXT, "Канал")))
        assert (result.stdout, "shared with the group" in result.stderr) == (f"{path}\n", True)
        assert modes_below(path) == SHARED
        assert {each.stat().st_gid for each in path.rglob("*")} == {group.number}


def test_where_the_library_is_to_be_is_said_in_one_way(tmp_path: Path) -> None:
    assert init("--library", tmp_path / "one").stdout == f"{tmp_path / 'one'}\n"
    assert init("--library", tmp_path / "two", tmp_path / "two").exit_code == 0
    result = init("--library", tmp_path / "three", tmp_path / "four")
    assert result.exit_code == 2
    assert "two places" in result.stderr
    assert init("").exit_code == 2
    assert {each.name for each in tmp_path.iterdir()} == {"one", "two"}


def test_what_an_administrator_has_shared_stays_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    assert "shared with the group" in init(tmp_path).stderr
    assert modes_below(tmp_path) == SHARED


def test_a_library_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "library")
    library.add(Document(Article(ID, TEXT, "Канал")))
    library.path.chmod(0o750)
    before = {each: each.stat() for each in (library.path, *library.path.rglob("*"))}
    result = init(library.path)
    assert (result.exit_code, "already, private" in result.stderr) == (0, True)
    assert {each: each.stat() for each in (library.path, *library.path.rglob("*"))} == before


def test_a_private_library_becomes_a_groups(tmp_path: Path, group: Group) -> None:
    library = Library.create(tmp_path / "library")
    library.add(Document(Article(ID, TEXT, "Канал")))
    result = init("--shared", group.name, library.path)
    assert "permissions changed" in result.stderr
    assert modes_below(library.path) == SHARED
    assert wrong_in(library.path) == []
    assert Library.open(library.path).document(ID).article.text == TEXT
    assert "changed" not in init("--shared", group.name, library.path).stderr


def test_what_cannot_be_shared_is_named_with_what_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: Group
) -> None:
    library = Library.create(tmp_path / "library")
    locks, mend = root.locks(library.path), permissions.mend
    monkeypatch.setattr(permissions, "mend", lambda each: each.path != locks and mend(each))
    result = init("--shared", group.name, library.path)
    assert result.exit_code == 1
    assert f"chmod g+rw {locks}" in result.stderr


@pytest.mark.parametrize("name", ["no such group", "", "a\0b", "\udcff"])
def test_a_group_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match=r"there is no group .*groupadd -- "):
        groups.group_to_share_with(name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("members", "advice"), [([], "sudo usermod -aG"), (["anna"], "log in again")]
)
def test_one_who_is_not_in_the_group_is_told_how_to_join(
    monkeypatch: pytest.MonkeyPatch, members: list[str], advice: str
) -> None:
    others = grp.struct_group(("news", "x", NEWS.number, members))
    monkeypatch.setattr(grp, "getgrnam", lambda _name: others)
    monkeypatch.setattr(grp, "getgrgid", lambda _number: others)
    monkeypatch.setattr(os, "geteuid", lambda: 61001)
    me = pwd.struct_passwd(("anna", "x", 61001, 61001, "", "/", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", lambda _number: me)
    monkeypatch.setattr(pwd, "getpwnam", lambda _name: me)
    with pytest.raises(StoreError, match=f"members of the group news .*{advice}"):
        groups.group_to_share_with("news")


def test_a_folder_that_an_administrator_made_a_groups_needs_nobodys_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o2770)
    monkeypatch.setattr(os, "chown", lambda *_: pytest.fail("only its owner could do that"))
    groups.share(tmp_path, Group("", tmp_path.stat().st_gid))


def test_a_library_of_somebody_else_is_theirs_to_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: Group
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    library = Library.create(tmp_path / "library")
    monkeypatch.setattr(os, "chown", refused)
    with pytest.raises(CannotWrite, match="who alone can share it"):
        groups.share(library.path, group)


def test_a_file_system_without_groups_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: Group
) -> None:
    """Permissions that are left out silently are noticed."""
    path = tmp_path / "library"
    monkeypatch.setattr(Path, "chmod", lambda _self, _mode: None)
    with pytest.raises(CannotWrite, match="file system"):
        root.create(path, partial(groups.share, group=group))
    assert not root.is_there(path)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that everybody may pass through, as a test's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="zametka-test-"))
    folder.chmod(0o755)
    if not all(each.stat().st_mode & stat.S_IXOTH for each in folder.resolve().parents):
        pytest.skip(f"others may not enter {folder.parent}")
    yield folder
    rmtree(folder)


@pytest.fixture
def shared(place: Path) -> Library:
    root.create(place / "library", partial(groups.share, group=NEWS))
    return Library.open(place / "library")


@as_root
def test_people_with_any_umask_edit_one_article_at_once(shared: Library) -> None:
    """Eight processes of two people: nothing is lost, and nobody is shut out."""
    with program("--as", ANNA, "add", shared.path, ID, TEXT) as adding:
        assert go(adding) == ["True"]
    authors = [f"user:{number}" for number in range(8)]
    edits = [
        ("--as", person, "annotate", shared.path, ID, author, 10)
        for person, author in zip((ANNA, BORIS) * 4, authors, strict=True)
    ]
    with programs(*edits) as all_:
        assert go(*all_) == ["done"] * 8
    history = shared.history(ID)
    assert [entry.revision for entry in history] == list(range(1, 81))
    assert dict.fromkeys(authors, 10) == {
        author: sum(entry.author == author for entry in history) for author in authors
    }
    assert shared.document(ID).revision == len(shared.document(ID).annotations) == 80
    assert wrong_in(shared.path) == []


@as_root
def test_a_library_lies_in_a_folder_that_others_may_only_pass_through(shared: Library) -> None:
    shared.path.parent.chmod(0o711)
    with program("--as", BORIS, "create", shared.path) as making:
        assert go(making) == ["made"]


@as_root
def test_people_with_any_umask_see_each_other_and_rule_for_all(shared: Library) -> None:
    """What else is written in a library: who is there, and its own file, put in its place."""
    with (
        program("--as", ANNA, "visit", shared.path, ID, "user:anna"),
        program("--as", BORIS, "visit", shared.path, ID, "user:boris"),
    ):
        assert Presence(shared.path, ID).others() == (
            Reader("61001", False),
            Reader("61002", False),
        )
        assert gazetteer.read(shared.path).learning.author == "user:boris"
        assert wrong_in(shared.path) == []


# Another person's commands: loaded and warmed up by root, whose files they may not be able to read.
COMMANDS_OF = """
import json, os, sys
from importlib import import_module
from click.testing import CliRunner
from tui.cli.commands import COMMANDS, commands
for module, _ in COMMANDS.values():
    import_module(module)
reading, writing = json.loads(sys.argv[1])
def run(arguments):
    result = CliRunner().invoke(commands, arguments)
    return result.exit_code, result.stdout, result.stderr
as_root = [run(each) for each in reading]
os.setgroups([])
os.setgid(61003)
os.setuid(61003)
print(json.dumps([as_root, [run(each) for each in reading], [run(each) for each in writing]]))
"""


@as_root
def test_one_who_may_only_read_reads_all_and_is_told_so_when_writing(place: Path) -> None:
    path = place / "library"

    def open_to_all(library: Path) -> None:
        groups.share(library, NEWS)
        library.chmod(0o2775)

    root.create(path, open_to_all)
    with program("--as", ANNA, "add", path, ID, TEXT) as adding:
        assert go(adding) == ["True"]
    for folder in (path / "articles").iterdir():
        os.utime(folder, (1e9, 1e9))  # so long ago that nobody doubts the index
    reading = [["list"], ["search", "ил"], ["show", ID], ["export"], ["dictionary"], ["where", ID]]
    text = place / "new.txt"
    text.write_text("Новая статья", encoding="utf-8")
    writing = [["add", str(text)], ["import", str(text)]]
    result = subprocess.run(
        [sys.executable, "-c", COMMANDS_OF, json.dumps([reading, writing])],
        env={**os.environ, "PYTHONPATH": str(ROOT), "ZAMETKA_LIBRARY": str(path)},
        stdout=subprocess.PIPE,
        check=True,
    )
    as_owner, as_other, refused = json.loads(result.stdout)
    assert as_other == as_owner
    assert [code for code, _, _ in as_other] == [0] * len(reading)
    assert [code for code, _, _ in refused] == [2] * len(writing)
    for _, shown, said in refused:
        assert shown == ""
        assert "only members of the group 61000 may change" in said


@pytest.mark.parametrize(
    ("mode", "said"),
    [(0o700, "is private: ask 61001"), (0o2770, "only members of the group 61000 may use")],
)
@as_root
def test_one_who_may_not_enter_is_told_whom_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, said: str
) -> None:
    library = Library.create(tmp_path / "library")
    os.chown(library.path, 61001, NEWS.number)
    library.path.chmod(mode)
    monkeypatch.setattr(os, "open", refusing(library.path, os.open))
    result = CliRunner().invoke(commands, ["--library", str(library.path), "list"])
    assert said in str(result.exception)


def refusing(library: Path, original: Callable[..., object]) -> Callable[..., object]:
    def opened(path: Path | str, *arguments: object, **options: object) -> object:
        if Path(path).is_relative_to(library):
            raise PermissionError(13, "Permission denied", str(path))
        return original(path, *arguments, **options)

    return opened
