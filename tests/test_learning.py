"""`add` learns from what people decided in the library, unless it is told not to."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations.edits import Stamp, new_annotation, set_status
from annotations.gazetteer import Ruling
from annotations.model import Annotation, Span
from store import gazetteer
from store.gazetteer import Learning
from store.library import Library
from tui.cli.commands import commands

FIRST = "Приём в Салтанате\n\nВ Салтанате ждали гостей. Гостей встретила Анна Левченко."
SECOND = "Новости\n\nВчера Салтанат закрыли, у Салтаната стояли люди. Там была Анна Левченко."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library in which «Салтанат» was made an ORG and «Анна Левченко» rejected."""
    path = tmp_path / "library"
    added(path, FIRST)
    library = Library.open(path)
    (article_id,) = library.ids()
    document, stamp = library.document(article_id), Stamp("user:anna", "2026-01-31")
    start = FIRST.index("Салтанате ждали")
    edits = [
        set_status(each, "rejected", stamp) for each in document.annotations if each.label == "PER"
    ]
    assert edits
    name = {"name": "Салтанат"}
    for edit in (*edits, new_annotation(Span(start, start + 9), "ORG", stamp, name, "e9")):
        library.apply(article_id, edit, author="user:anna")
    return path


def added(path: Path, text: str, *options: str) -> Result:
    arguments = ["add", "--recogniser", "morphology", "--library", str(path), *options, "-"]
    result = CliRunner().invoke(commands, arguments, input=text)
    assert result.exit_code == 0, result.output
    return result


def suggested(path: Path, result: Result) -> Mapping[str, Annotation]:
    document = Library.open(path).document(result.stdout.split("\t")[0])
    return {document.text_of(each): each for each in document.annotations}


def test_accepted_names_are_suggested_and_rejected_ones_are_not(path: Path) -> None:
    result = added(path, SECOND)
    found = suggested(path, result)
    assert found["Салтаната"].author == "recogniser:library"
    assert (found["Салтаната"].label, found["Салтаната"].status) == ("ORG", "suggested")
    assert found["Салтаната"].confidence == 0.5
    assert "Анна Левченко" not in found
    assert "learned 1 name that people accepted, 1 that they rejected" in result.stderr
    assert "annotated by library and morphology" in result.stderr


def test_learning_can_be_switched_off(path: Path) -> None:
    result = added(path, SECOND, "--no-learning")
    found = suggested(path, result)
    assert all(each.author != "recogniser:library" for each in found.values())
    assert found["Анна Левченко"].label == "PER"
    assert "learned" not in result.stderr


def test_what_is_learned_is_a_record_like_any_other(path: Path) -> None:
    added(path, SECOND)
    result = CliRunner().invoke(commands, ["export", "--library", str(path)])
    authors = {
        each["author"] for line in result.stdout.splitlines()
        for each in json.loads(line)["annotations"]
    }  # fmt: skip
    assert {"recogniser:library", "user:anna"} <= authors


def test_what_is_laid_down_in_the_dictionary_counts(path: Path) -> None:
    by = {"author": "user:boris", "at": "2026-02-01T10:00:00Z"}
    gazetteer.put(path, Ruling("ORG", "Салтанат", **by, as_label="LOC"), None)
    gazetteer.put(path, Ruling("PER", "Анна Левченко", **by, is_new=True), None)
    found = suggested(path, added(path, SECOND))
    assert (found["Салтаната"].label, found["Салтаната"].author) == ("LOC", "recogniser:library")
    assert found["Анна Левченко"].author == "recogniser:library"


def test_a_library_can_be_told_not_to_teach(path: Path) -> None:
    off = Learning(is_on=False, author="user:boris", at="2026-02-01T10:00:00Z")
    gazetteer.switch(path, off)
    result = added(path, SECOND)
    found = suggested(path, result)
    assert all(each.author != "recogniser:library" for each in found.values())
    assert "boris switched that off on 2026-02-01" in result.stderr
