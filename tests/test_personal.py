"""What is kept for a person comes back; what is damaged or not ours is passed over."""

import json
from pathlib import Path

import pytest

from store.person.personal import Personal, Place, state_folder
from store.summaries import Selection


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library"
    path.mkdir()
    return path


def state_file(ending: str) -> Path:
    (found,) = state_folder().glob(f"*.{ending}")
    return found


def filled(library: Path) -> Personal:
    personal = Personal(library)
    personal.open("порт", 0)
    personal.open("школа\n2", 0)
    personal.go_to("школа\n2", 41)
    personal.show_panel(False)
    personal.selection = Selection("source", "mine", "Актау")
    personal.write()
    return personal


def test_nobody_has_been_here_before(library: Path) -> None:
    personal = Personal(library)
    assert (personal.place, personal.selection, personal.read) == (Place(), Selection(), set())
    assert personal.problem == ""
    personal.write()
    assert not state_folder().exists()


def test_everything_comes_back(library: Path) -> None:
    filled(library)
    again = Personal(library)
    assert again.place == Place("школа\n2", 41, is_open=True, panel=False)
    assert again.selection == Selection("source", "mine", "Актау")
    assert again.read == {"порт", "школа\n2"}
    assert again.problem == ""


def test_how_somebody_reads_comes_back(library: Path) -> None:
    personal = filled(library)
    personal.set_type(104, False)
    personal.write()
    assert (Personal(library).place.width, Personal(library).place.tags) == (104, False)


def test_what_an_older_version_kept_comes_back(library: Path) -> None:
    filled(library)
    path = state_file("json")
    kept = json.loads(path.read_text())
    del kept["place"]["width"], kept["place"]["tags"]
    path.write_text(json.dumps(kept))
    again = Personal(library)
    assert again.place == Place("школа\n2", 41, is_open=True, panel=False)
    assert again.problem == ""


def test_who_went_back_to_the_list_begins_there(library: Path) -> None:
    personal = filled(library)
    assert Personal(library).open_article == "школа\n2"
    personal.leave()
    personal.write()
    again = Personal(library)
    assert again.open_article is None
    assert again.place.article == "школа\n2"


def test_each_library_has_its_own(library: Path, tmp_path: Path) -> None:
    filled(library)
    assert Personal(tmp_path).place == Place()
    assert Personal(tmp_path / "library" / ".." / "library").place.offset == 41


def test_it_is_the_person_s_alone(library: Path) -> None:
    filled(library)
    assert {path.stat().st_mode & 0o077 for path in state_folder().iterdir()} == {0}


def test_what_others_could_read_is_closed_to_them(library: Path) -> None:
    personal = filled(library)
    path = state_file("read")
    path.chmod(0o644)
    personal.open("мост", 0)
    personal.write()
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_programs_at_once_lose_nothing_of_what_is_read(library: Path) -> None:
    one, other = Personal(library), Personal(library)
    for personal, article in ((one, "а"), (other, "б"), (one, "в")):
        personal.open(article, 0)
        personal.write()
    assert Personal(library).read == {"а", "б", "в"}


KNOWN = {"schema": "zametka-personal/1"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff{", id="no text"),
        pytest.param(b"[]", id="no object"),
        pytest.param({"schema": "zametka-personal/2"}, id="another version's"),
        pytest.param({"library": "/elsewhere"}, id="another library's"),
        pytest.param({"place": None}, id="no place"),
        pytest.param({"place": {"article": 5}}, id="a number for an id"),
        pytest.param({"place": {"offset": -1}}, id="an offset before the text"),
        pytest.param({"place": {"offset": "1"}}, id="an offset that is text"),
        pytest.param({"place": {"width": -1}}, id="lines of less than nothing"),
        pytest.param({"place": {"width": None}}, id="no width"),
        pytest.param({"place": {"tags": "yes"}}, id="a word for a truth"),
        pytest.param({"place": {"colour": "red"}}, id="an unknown key"),
        pytest.param({"selection": {"order": "size"}}, id="an unknown order"),
        pytest.param({"selection": {"order": []}}, id="an order that is a list"),
        pytest.param({"selection": {"only": "theirs"}}, id="an unknown filter"),
        pytest.param({"selection": {"text": None}}, id="no text to look for"),
    ],
)
def test_what_is_not_ours_is_passed_over_and_told(
    library: Path, change: bytes | dict[str, object]
) -> None:
    filled(library)
    path = state_file("json")
    if isinstance(change, dict):
        path.write_text(json.dumps(json.loads(path.read_text()) | change))
    else:
        path.write_bytes(change)
    personal = Personal(library)
    assert (personal.place, personal.selection) == (Place(), Selection())
    assert "passed over" in str(personal.problem)
    assert personal.read == {"порт", "школа\n2"}
    personal.go_to("порт", 7)
    personal.write()
    again = Personal(library)
    assert (again.place.offset, again.problem) == (7, "")


def test_a_damaged_list_of_what_is_read_keeps_the_other_lines(library: Path) -> None:
    personal = filled(library)
    path = state_file("read")
    path.write_bytes(path.read_bytes() + b'\xff\n7\n"cut of')
    personal.open("новая", 0)
    personal.write()
    assert Personal(library).read == {"порт", "школа\n2", "новая"}


def test_a_disk_that_refuses_is_told_and_tried_again(library: Path) -> None:
    state_folder().parent.mkdir(parents=True, exist_ok=True)
    state_folder().write_text("in the way")
    personal = filled(library)
    assert "your place is not kept" in str(personal.problem)
    state_folder().unlink()
    personal.write()
    assert Personal(library).place.offset == 41
    assert Personal(library).read == {"порт", "школа\n2"}


def test_nothing_is_left_beside_the_files(library: Path) -> None:
    filled(library)
    assert {path.suffix for path in state_folder().iterdir()} == {".json", ".read"}
