"""The trash: an article is in the library or in the trash, whole, whatever happens meanwhile."""

import errno
import json
import os
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations import edits
from annotations.edits import Stamp
from annotations.model import Article, Document, Span
from store.copies import trash
from store.copies.trash_box import FOLDER, NOTE, removed_file
from store.errors import ArticleExists, ArticleNotFound, CannotWrite, StoreError
from store.library import HistoryEntry, Library, now
from store.sharing.presence import Presence
from tests.faults.disk import attempt, calls_of, failing
from tests.test_library_processes import go, program
from tui.cli.commands import commands

ANNA, BORIS = "user:anna", "user:boris"
ID = "маяк"
TEXT = "Маяк на острове Мудьюг снова светит: линзу чинили в Архангельске два года."
Story = tuple[Document, tuple[HistoryEntry, ...]]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with an article whose history reaches into a closed journal."""
    library = Library.create(tmp_path / "library")
    library.add(Document(Article(ID, TEXT, "Маяк светит", "2026-01-15")))
    annotate(library, 16, 22)
    file = library.file(ID)
    with library.exclusive(file):
        state = file.load()
        assert state is not None
        file.fold(state, now())
    annotate(library, 52, 64, BORIS)
    (file.folder / f"{file.key}.json.damaged-1").write_bytes(b"{")  # kept aside some day
    return library


def annotate(library: Library, start: int, end: int, author: str = ANNA) -> None:
    edit = edits.new_annotation(Span(start, end), "LOC", Stamp(author, now()))
    library.apply(ID, edit, author=author)


def files_of(library: Library) -> set[str]:
    file = library.file(ID)
    return {path.name.removeprefix(file.key) for path in file.folder.iterdir()}


ALL = {".log", ".json", ".0.log.gz", ".json.damaged-1"}


def boxes(library: Library) -> list[str]:
    return sorted(os.listdir(library.path / FOLDER))  # noqa: PTH208


def test_what_is_put_back_is_all_of_what_was_removed(library: Library) -> None:
    before = library.story(ID)
    assert files_of(library) == ALL
    removed = trash.remove(library, ID, BORIS)
    assert (removed.article_id, removed.title, removed.author) == (ID, "Маяк светит", BORIS)
    assert ID not in library
    assert files_of(library) == set()
    assert trash.listed(library) == [removed]
    assert trash.put_back(library, ID) == removed
    assert library.story(ID) == before
    assert files_of(library) == ALL
    assert (trash.listed(library), boxes(library)) == ([], [])
    annotate(library, 0, 4)
    assert len(library.history(ID)) == 3


def test_whoever_has_it_open_is_told_that_it_is_gone(library: Library) -> None:
    document = library.document(ID)
    trash.remove(library, ID, BORIS)
    edit = edits.Remove(document.annotations[0])
    with pytest.raises(ArticleNotFound, match=ID):
        library.apply(ID, edit, author=ANNA)
    with pytest.raises(ArticleNotFound, match=ID):
        library.undo(ID, author=ANNA)
    assert files_of(library) == set()


def test_what_cannot_be_is_refused_and_nothing_changes(library: Library) -> None:
    with pytest.raises(ArticleNotFound, match="no article with the id 'буй'"):
        trash.remove(library, "буй", ANNA)
    with pytest.raises(ArticleNotFound, match=r"the trash of .* has no article with the id 'буй'"):
        trash.put_back(library, "буй")
    trash.remove(library, ID, ANNA)
    assert library.add(Document(Article(ID, "Маяк продали.", "Другой"))), "its id is free"
    with pytest.raises(ArticleExists, match="again"):
        trash.put_back(library, ID)
    assert library.document(ID).article.title == "Другой"
    assert len(trash.listed(library)) == 1


def test_the_folder_that_refuses_is_named(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library.file(ID).folder

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, f"no {missing_ok}", str(path))

    monkeypatch.setattr(os, "access", lambda path, *_, **__: Path(path) != folder)
    with monkeypatch.context() as within:
        within.setattr(Path, "unlink", refuse)
        with pytest.raises(CannotWrite, match=f"^{folder} cannot be written"):
            trash.remove(library, ID, ANNA)
    assert ID in library


def test_of_two_with_one_id_the_last_one_is_put_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    trash.remove(library, ID, ANNA)
    library.add(Document(Article(ID, "Маяк продали.", "Второй")))
    trash.remove(library, ID, BORIS)
    assert [each.title for each in trash.listed(library)] == ["Второй", "Маяк светит"]
    file = removed_file(library, ID)
    state = file and file.load()
    assert state is not None
    assert state.document.article.title == "Второй"
    assert trash.put_back(library, ID).title == "Второй"
    assert [each.title for each in trash.listed(library)] == ["Маяк светит"]
    assert removed_file(library, "буй") is None


@pytest.mark.parametrize("said", [b"", b"[]", b'{"schema": "zametka-removed/1"}', b"\xff"])
def test_where_the_note_is_damaged_the_article_itself_says_what_it_is(
    library: Library, said: bytes
) -> None:
    before = library.story(ID)
    trash.remove(library, ID, ANNA)
    (box,) = boxes(library)
    (library.path / FOLDER / box / NOTE).write_bytes(said)
    (removed,) = trash.listed(library)
    assert (removed.article_id, removed.title, removed.author) == (ID, "Маяк светит", "")
    assert removed.at <= now()
    trash.put_back(library, ID)
    assert library.story(ID) == before


def without_journal(library: Library) -> None:
    library.file(ID).journal_path.unlink()


def with_damaged_journal(library: Library) -> None:
    library.file(ID).journal_path.write_bytes(b"00000000 {}\n")


def as_it_is(library: Library) -> None:
    """Nothing is wrong with it."""


class TestInterrupted:
    @pytest.mark.parametrize(
        ("spoil", "action"),
        [(as_it_is, "remove"), (as_it_is, "put back")],
    )
    def test_death_at_any_call_leaves_it_whole_in_one_place(
        self, library: Library, spoil: partial[None], action: str
    ) -> None:
        spoil(library)
        before, bytes_before = story_or_problems(library), contents(library)
        if action == "put back":
            trash.remove(library, ID, ANNA)
        with program("die-in-turn", library.path, action.partition(" ")[0], ID) as dying:
            (said,) = go(dying)
        places = set()
        for number in range(1, int(said) + 1):
            copy = Library.open(library.path.with_name(f"{library.path.name}-{number}"))
            places.add(check(copy, before, bytes_before))
        assert places == {"library", "trash"}

    @pytest.mark.parametrize(
        ("spoil", "action", "lasting"),
        [
            (as_it_is, "remove", False),
            (as_it_is, "put back", False),
            (without_journal, "remove", True),
            (with_damaged_journal, "put back", True),
        ],
    )
    def test_a_disk_that_refuses_leaves_it_whole_in_one_place(
        self, library: Library, spoil: partial[None], action: str, lasting: bool
    ) -> None:
        spoil(library)
        before, bytes_before = story_or_problems(library), contents(library)
        if action == "put back":
            trash.remove(library, ID, ANNA)
        total = calls_of(partial(act, copied(library, 0), action))
        assert total > 10
        for at in range(1, total + 1):
            copy = copied(library, at)
            told = attempt(partial(act, copy, action), failing(errno.ENOSPC, at, lasting=lasting))
            was_done = (ID in copy) == (action == "put back")
            assert told is None or "is full" in str(told)
            if told is None or "Nothing was changed" in str(told):
                assert was_done == (told is None)
            check(copy, before, bytes_before)


def copied(library: Library, number: int) -> Library:
    path = library.path.with_name(f"{library.path.name}-{number}")
    shutil.copytree(library.path, path)
    return Library.open(path)


def act(library: Library, action: str) -> object:
    return trash.remove(library, ID, ANNA) if action == "remove" else trash.put_back(library, ID)


def story_or_problems(library: Library) -> Story | int:
    """What can be read of the article; of a damaged one, how many things are wrong with it."""
    try:
        return library.story(ID)
    except StoreError:
        return len(library.problems(ID))


def contents(library: Library) -> dict[str, bytes]:
    file = library.file(ID)
    return {path.name: path.read_bytes() for path in file.folder.glob("[!.]*")}


def check(library: Library, before: Story | int, bytes_before: dict[str, bytes]) -> str:
    """The article is whole in one of the two places, and can go to the other and back."""
    assert (ID in library) != bool(trash.listed(library)), "in one place even before it is finished"
    trash.finish(library)
    is_there = ID in library
    assert is_there == (not trash.listed(library))
    if not is_there:
        assert not library.file(ID).folder.exists() or contents(library) == {}
        trash.put_back(library, ID)
    assert story_or_problems(library) == before
    left = contents(library)
    derived = library.file(ID).snapshot_path.name if not library.problems(ID) else ""
    assert {**left, derived: b""} == {**bytes_before, derived: b""}
    trash.remove(library, ID, BORIS)
    assert all(name.endswith(("-1", "-2")) for name in boxes(library))
    assert len(boxes(library)) == 1
    return "library" if is_there else "trash"


@pytest.mark.parametrize(
    ("top", "folder", "file"), [(0o2770, 0o2770, 0o660), (0o700, 0o700, 0o600)]
)
def test_in_a_shared_library_the_trash_is_the_groups_whatever_the_umask(
    library: Library, top: int, folder: int, file: int
) -> None:
    library.path.chmod(top)
    shared = Library.open(library.path)
    old = os.umask(0o077)
    try:
        trash.remove(shared, ID, ANNA)
    finally:
        os.umask(old)
    (box,) = boxes(shared)
    path = shared.path / FOLDER / box
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path, path / NOTE)] == [
        folder, folder, file,
    ]  # fmt: skip


def test_emptying_deletes_for_good_what_is_old_enough(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 1, 10, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    old = trash.remove(library, ID, ANNA)
    library.add(Document(Article(ID, "Маяк продали.", "Второй")))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp()) + 86400))
    new = trash.remove(library, ID, ANNA)
    assert not trash.is_older(old, moment)
    assert trash.is_older(old, moment + timedelta(hours=1))
    assert list(trash.empty(library, [old])) == [old]  # and not what came after it was asked
    assert trash.listed(library) == [new]
    assert list(trash.empty(library, [old, new])) == [new]
    assert boxes(library) == []
    with pytest.raises(ArticleNotFound):
        trash.put_back(library, ID)


def test_a_deletion_that_was_cut_short_is_finished(library: Library) -> None:
    trash.remove(library, ID, ANNA)
    (box,) = boxes(library)
    folder = library.path / FOLDER
    (folder / box).rename(folder / f".{box}.gone")
    assert trash.listed(library) == []
    trash.finish(library)
    assert boxes(library) == []


@pytest.fixture
def run(library: Library) -> Iterator[partial[Result]]:
    def run_command(*arguments: str, given: str | None = None) -> Result:
        command = (*arguments, "--library", str(library.path))
        return CliRunner().invoke(commands, command, input=given)

    return partial(run_command)


@pytest.fixture
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.removing.can_ask", lambda: True)


@pytest.mark.usefixtures("_terminal")
def test_what_will_go_is_shown_and_asked_for(library: Library, run: partial[Result]) -> None:
    reader = Presence(library.path, ID)
    reader.enter()
    result = run("remove", ID, given="n\n")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{ID}  2026-01-15  Маяк светит" in result.stderr
    assert "2 annotations, decided by people 2 (anna 1, boris 1)" in result.stderr
    assert "2 changes" in result.stderr
    assert "open now: " in result.stderr
    assert "Move 1 article to the trash? [y/N]" in result.stderr
    assert "nothing was changed" in result.stderr
    assert ID in library
    reader.leave()
    result = run("remove", ID, given="да\n")
    assert (result.exit_code, result.stdout) == (0, f"{ID}\tМаяк светит\n")
    assert "open now" not in result.stderr
    assert f"trash --library {library.path} --put-back" in result.stderr
    assert ID not in library


def test_without_a_terminal_nothing_goes_unasked(library: Library, run: partial[Result]) -> None:
    result = run("remove", ID)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert ID in library
    trash.remove(library, ID, ANNA)
    result = run("trash", "--empty")
    assert result.exit_code == 2
    assert len(trash.listed(library)) == 1


def test_what_is_not_there_is_named_and_the_rest_goes(
    library: Library, run: partial[Result]
) -> None:
    result = run("remove", "--yes", "буй", ID)
    assert result.exit_code == 1
    assert "refused: буй: " in result.stderr
    assert result.stdout == f"{ID}\tМаяк светит\n"
    result = run("trash", "--put-back", "буй", ID)
    assert result.exit_code == 1
    assert "refused: буй: " in result.stderr
    assert ID in library


def test_a_damaged_article_can_be_removed_and_comes_back_as_it_was(
    library: Library, run: partial[Result]
) -> None:
    with_damaged_journal(library)
    before = contents(library)
    result = run("remove", "--yes", ID)
    assert result.exit_code == 0
    assert "damaged: " in result.stderr
    assert run("trash", "--put-back", ID).exit_code == 0
    assert contents(library) == before


def test_the_list_of_the_trash_is_harmless(library: Library, run: partial[Result]) -> None:
    title = "\x1b]0;x\x07[/] Маяк"
    library.add(Document(replace(library.document(ID).article, id="\x1b[2J", title=title)))
    trash.remove(library, "\x1b[2J", "user:\x1b[31m")
    for result in (run("trash"), run("trash", "--json")):
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout
        assert "Маяк" in result.stdout
    assert run("trash").stdout.startswith("␛[2J\t2")


def test_the_time_of_a_removal_is_local_and_in_json_utc(
    library: Library, run: partial[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769860800")
    trash.remove(library, ID, ANNA)
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    time.tzset()
    try:
        assert run("trash").stdout.split("\t")[1] == "2026-01-31 22:00:00"
        assert json.loads(run("trash", "--json").stdout)["removed"] == "2026-01-31T12:00:00Z"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--put-back"],
        [ID],
        ["--empty", ID],
        ["--empty", "--put-back", ID],
        ["--older", "3"],
        ["--empty", "--older", "-1"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(
    library: Library, run: partial[Result], arguments: list[str]
) -> None:
    trash.remove(library, ID, ANNA)
    assert run("trash", *arguments).exit_code == 2
    assert len(trash.listed(library)) == 1


@pytest.mark.usefixtures("_terminal")
def test_emptying_says_what_is_deleted(library: Library, run: partial[Result]) -> None:
    assert "there is nothing to delete" in run("trash", "--empty").stderr
    trash.remove(library, ID, ANNA)
    assert "nothing to delete" in run("trash", "--empty", "--older", "1").stderr
    result = run("trash", "--empty", given="\n")
    assert result.exit_code == 1
    assert "Delete 1 article for good?" in result.stderr
    assert len(trash.listed(library)) == 1
    result = run("trash", "--empty", "--older", "0", given="y\n")
    assert result.exit_code == 0
    assert "1 article deleted" in result.stderr
    assert trash.listed(library) == []
