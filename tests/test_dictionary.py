"""The dictionary of a library: its rows, what is laid down about them, its command."""

import json
import stat
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tinydb import TinyDB, where

from annotations.articles import make_article
from annotations.gazetteer import Row, Ruling, State, gathered, matching
from annotations.model import Annotation, Document, Status
from store import gazetteer
from store.errors import CannotWrite, Damaged, NoLibrary, StoreError
from store.gazetteer import Learning, Rulings
from store.library import LIBRARY_FILE, Library
from tui.cli.commands import commands
from tui.wording.dictionary_words import forms_in_words, row_in_words

DAY = "2026-01-31T10:00:00Z"
TEXT = "Салтанат открыт. В Салтанате рады, из Салтаната пишут. Роман у Салтаната ждёт Веру."
BY = {"author": "user:anna", "at": DAY}


def mention(
    quote: str, label: str, status: Status, name: str, nth: int = 0, day: str = DAY
) -> Annotation:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return Annotation(
        f"{label}{start}", start, start + len(quote), label, "recogniser:test", day, day,
        value={"name": name}, status=status,
    )  # fmt: skip


def document(*annotations: Annotation, id: str = "x") -> Document:  # noqa: A002
    return Document(make_article(TEXT, id=id, title=f"Статья {id}"), annotations)


PALACE = (
    mention("Салтанат", "ORG", "accepted", "Салтанат"),
    mention("Салтанате", "ORG", "accepted", "Салтанат", day="2026-02-01T10:00:00Z"),
    mention("Салтаната", "ORG", "accepted", "Салтанат"),
    mention("Салтаната", "LOC", "accepted", "Салтанат", 1),
    mention("Роман", "PER", "rejected", "Роман"),
    mention("Веру", "PER", "suggested", "Вера"),
)


def rows(*rulings: Ruling, documents: Sequence[Document] = ()) -> dict[tuple[str, str], Row]:
    found = gathered(documents or [document(*PALACE)]).rows(rulings)
    return {row.key: row for row in found}


ORG, LOC, ROMAN = ("ORG", "салтанат"), ("LOC", "салтанат"), ("PER", "роман")


def test_a_row_counts_what_was_decided_with_its_forms_and_its_last_day() -> None:
    row = rows()[ORG]
    assert (row.name, row.label, row.counts.accepted, row.counts.rejected) == (
        "Салтанат", "ORG", 3, 0,
    )  # fmt: skip
    assert forms_in_words(row) == "Салтанат 1, Салтанате 1, Салтаната 1"
    assert row.last == "2026-02-01T10:00:00Z"
    assert row_in_words(row).startswith("suggested · decided in 1 article · Салтанат 1")


def test_suggestions_are_no_entries() -> None:
    assert rows().keys() == {ORG, LOC, ROMAN}


def test_the_state_says_what_becomes_of_a_name() -> None:
    assert {key: row.state for key, row in rows().items()} == {
        ORG: State.SUGGESTED, LOC: State.IDLE, ROMAN: State.REJECTED,
    }  # fmt: skip


def test_the_articles_of_an_entry_are_known_with_the_first_place() -> None:
    places = rows(documents=[document(*PALACE, id="a"), document(PALACE[1], id="b")])[ORG]
    found = {
        id_: (place.title, place.first, place.count) for id_, place in places.counts.places.items()
    }
    assert found == {
        "a": ("Статья a", 0, 3),
        "b": ("Статья b", TEXT.index("Салтанате"), 1),
    }


def test_an_entry_that_is_off_leaves_the_name_to_another_label() -> None:
    found = rows(Ruling("ORG", "Салтанат", **BY, is_on=False))
    assert (found[ORG].state, found[LOC].state) == (State.OFF, State.SUGGESTED)


def test_a_ruling_changes_the_label_and_the_name() -> None:
    found = rows(Ruling("LOC", "Салтанат", **BY, as_label="ORG", as_name="Дворец «Салтанат»"))
    row = found[LOC]
    assert (row.label, row.name, row.state) == ("ORG", "Дворец «Салтанат»", State.SUGGESTED)
    assert found[ORG].state is State.IDLE
    assert "was LOC «Салтанат» by anna on 2026-01-31" in row_in_words(row)


def test_an_entry_can_be_made_by_hand_also_of_what_was_rejected() -> None:
    found = rows(
        Ruling("ORG", "Верфь", **BY, is_new=True), Ruling("PER", "Роман", **BY, is_new=True)
    )
    assert found["ORG", "верфь"].state is State.SUGGESTED
    assert found[ROMAN].state is State.SUGGESTED
    assert found["ORG", "верфь"].last == DAY


def test_rows_are_found_by_name_label_and_form_and_sorted() -> None:
    listed = list(rows().values())
    assert [row.key for row in matching(listed, "", "name")] == [ROMAN, LOC, ORG]
    assert [row.key for row in matching(listed, "", "label")] == [LOC, ORG, ROMAN]
    assert [row.key for row in matching(listed, "", "accepted")] == [ORG, LOC, ROMAN]
    assert [row.key for row in matching(listed, "", "last")] == [ORG, ROMAN, LOC]
    assert [row.key for row in matching(listed, "салтанате", "name")] == [ORG]
    assert [row.key for row in matching(listed, "org салт", "name")] == [ORG]
    assert matching(listed, "верфь", "name") == []


# what is laid down, in the library's own file


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(document(*PALACE))
    return library


RULING = Ruling("ORG", "Салтанат", **BY, is_on=False)


def test_what_is_laid_down_is_read_back_and_taken_back(library: Library) -> None:
    path = library.path
    gazetteer.put(path, RULING, None)
    other = Ruling("PER", "Роман", **BY, is_new=True)
    gazetteer.put(path, other, None)
    assert gazetteer.read(path).rulings == (RULING, other)
    changed = replace(RULING, is_on=True, as_name="Дворец")
    gazetteer.put(path, changed, RULING)
    assert gazetteer.read(path).rulings == (changed, other)
    gazetteer.put(path, replace(RULING, is_on=True), changed)
    assert gazetteer.read(path).rulings == (other,)


def test_what_somebody_else_laid_down_meanwhile_is_not_overwritten(library: Library) -> None:
    theirs = replace(RULING, author="user:boris", as_name="Дворец")
    gazetteer.put(library.path, theirs, None)
    with pytest.raises(StoreError, match=r"ORG «Салтанат» was changed by boris on 2026-01-31"):
        gazetteer.put(library.path, RULING, None)
    gazetteer.put(library.path, replace(theirs, is_on=True, as_name=""), theirs)
    with pytest.raises(StoreError, match="took back"):
        gazetteer.put(library.path, RULING, theirs)
    assert gazetteer.read(library.path).rulings == ()


def test_the_labels_and_the_articles_stay_as_they_are(library: Library) -> None:
    path = library.path / LIBRARY_FILE
    with TinyDB(path) as database:
        labels = database.table("labels").all()
        database.table("of a later version").insert({"kept": True})
    gazetteer.put(library.path, RULING, None)
    gazetteer.switch(library.path, Learning(is_on=False, **BY))
    with TinyDB(path) as database:
        assert database.table("labels").all() == labels
        assert database.table("of a later version").all() == [{"kept": True}]
        assert database.table("dictionary").search(where("label") == "ORG")
    assert Library.open(library.path).schema == library.schema
    assert gazetteer.read(library.path) == Rulings(Learning(is_on=False, **BY), (RULING,))


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o2770, 0o660)])
def test_the_file_keeps_the_library_s_permissions(library: Library, folder: int, file: int) -> None:
    library.path.chmod(folder)
    gazetteer.put(library.path, RULING, None)
    assert stat.S_IMODE((library.path / LIBRARY_FILE).stat().st_mode) == file
    assert [path.name for path in library.path.iterdir() if path.name.startswith(".")] == []


def test_two_at_once_lose_nothing(library: Library) -> None:
    names = [f"Верфь{number}" for number in range(12)]

    def lay_down(some: Sequence[str]) -> None:
        for name in some:
            gazetteer.put(library.path, Ruling("ORG", name, **BY, is_new=True), None)

    threads = [threading.Thread(target=lay_down, args=(names[part::3],)) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.name for each in gazetteer.read(library.path).rulings} == set(names)


def test_a_disk_that_refuses_changes_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (library.path / LIBRARY_FILE).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.files.write_all", full)
    with pytest.raises(CannotWrite, match="the disk is full"):
        gazetteer.put(library.path, RULING, None)
    assert (library.path / LIBRARY_FILE).read_bytes() == before


def test_a_name_that_is_no_text_is_refused(library: Library) -> None:
    before = (library.path / LIBRARY_FILE).read_bytes()
    with pytest.raises(StoreError, match="cannot be stored"):
        gazetteer.put(library.path, replace(RULING, name="Верфь\ud800"), None)
    assert (library.path / LIBRARY_FILE).read_bytes() == before


@pytest.mark.parametrize(
    "row",
    [
        {"label": "ORG"},
        {"label": "ORG", "name": "Верфь", **BY, "is_on": "no"},
        {"label": "ORG", "name": 5, **BY},
        {"label": "ORG\x1b", "name": "Верфь", **BY},
        {"label": "ORG", "name": "Верфь", **BY, "as_label": "org"},
        {"label": "ORG", "name": "Верфь", **BY, "unknown": ""},
    ],
)
def test_a_dictionary_that_was_edited_by_hand_and_is_none_is_named(
    library: Library, row: dict[str, object]
) -> None:
    with TinyDB(library.path / LIBRARY_FILE) as database:
        database.table("dictionary").insert(row)
    with pytest.raises(Damaged, match=LIBRARY_FILE):
        gazetteer.read(library.path)
    assert Library.open(library.path).schema == library.schema


def test_without_a_library_nothing_is_laid_down(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        gazetteer.read(tmp_path)
    assert list(tmp_path.iterdir()) == []


# the command


def listed(library: Library, *arguments: str) -> Result:
    result = CliRunner().invoke(
        commands, ["dictionary", "--library", str(library.path), *arguments]
    )
    assert result.exit_code == 0, result.output
    return result


def test_the_command_lists_the_entries(library: Library) -> None:
    gazetteer.put(library.path, RULING, None)
    result = listed(library)
    assert result.stdout.splitlines() == [
        "Роман\tPER\t0\t1\trejected\t2026-01-31\tРоман 1\t",
        "Салтанат\tLOC\t1\t0\tsuggested\t2026-01-31\tСалтаната 1\t",
        "Салтанат\tORG\t3\t0\toff\t2026-02-01\tСалтанат 1, Салтанате 1, Салтаната 1\tuser:anna",
    ]
    assert result.stderr.splitlines() == ["3 names", "new articles learn from this library"]


def test_the_command_lists_what_is_asked_for_as_json(library: Library) -> None:
    gazetteer.put(library.path, RULING, None)
    gazetteer.switch(library.path, Learning(is_on=False, **BY))
    result = listed(library, "--json", "org")
    (found,) = map(json.loads, result.stdout.splitlines())
    assert (found["name"], found["accepted"], found["state"]) == ("Салтанат", 3, "off")
    assert found["forms"] == {"Салтанат": 1, "Салтанате": 1, "Салтаната": 1}
    assert found["articles"] == ["x"]
    assert found["ruling"] == {
        "label": "ORG", "name": "Салтанат", "on": False, "added": False, **BY,
    }  # fmt: skip
    assert "do not learn from this library: anna switched that off" in result.stderr


def test_the_command_lists_names_harmlessly(library: Library) -> None:
    gazetteer.put(library.path, Ruling("ORG", "Вер\x1b[31mфь\t\u202e", **BY, is_new=True), None)
    line = next(line for line in listed(library).stdout.splitlines() if "фь" in line)
    assert line.split("\t")[0] == "Вер␛[31mфь ·"
    assert "\x1b" not in listed(library, "--json", "фь").stdout
