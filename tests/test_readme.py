"""The README says what is so: its commands exist, its keys are bound, its labels are ours."""

import re
from datetime import date
from pathlib import Path

import pytest

from annotations.model import Document
from annotations.query.fields import field_called
from annotations.query.parser import parse
from annotations.schema import DEFAULT_SCHEMA
from annotations.values import FIELDS
from store.intake import Options, read_file
from store.locations import samples
from tui.app import ZametkaApp
from tui.cli.commands import COMMANDS as OURS
from tui.keyboard.layout_keys import key_name
from tui.screens.article import ArticleScreen
from tui.screens.library import LibraryScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.panel import Panel

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

SPELLED = {
    "→": "right", "←": "left", "↓": "down", "↑": "up", "PgDn": "pagedown", "PgUp": "pageup",
    "Space": "space", "Home": "home", "End": "end", "Tab": "tab", "Shift+Tab": "shift+tab",
    "Shift+→": "shift+right", "Shift+←": "shift+left", "Esc": "escape", "Enter": "enter",
    "F1": "f1",
    "Ctrl+Shift+→": "ctrl+shift+right", "Ctrl+Shift+←": "ctrl+shift+left",
    "Alt+→": "alt+right", "Alt+←": "alt+left", "Alt+e": "alt+e", "Alt+E": "alt+shift+e",
    "Alt+b": "alt+b", "Alt+B": "alt+shift+b",
    "Del": "delete", "Ctrl+r": "ctrl+r", "Ctrl+l": "ctrl+l", "Ctrl+p": "ctrl+p",
    "Ctrl+q": "ctrl+q", "…": "",
}  # fmt: skip


HIDDEN = {"ctrl+z", "ctrl+q"}  # what every terminal program has; the list's paragraph


def table(heading: str) -> list[list[str]]:
    """The cells of the rows of the first table after a line that starts with `heading`."""
    rows = README[README.index(heading) :].split("\n")[2:]
    return [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip("|"))]
        for row in rows[: next(i for i, row in enumerate(rows) if not row.startswith("|"))]
    ]


def keys_in_readme() -> set[str]:
    keys = {
        key for row in table("| key | what it does |") for key in re.findall(r"`([^`]+)`", row[0])
    }
    return {SPELLED.get(key) or key_name(key) for key in keys if SPELLED.get(key) != ""}


def bound_keys() -> set[str]:
    """Every key of an article's screen: its own, its text's, the program's."""
    return {
        key
        for kind in (*ArticleScreen.__mro__, *ArticleView.__mro__, Panel, ZametkaApp)
        if kind.__module__.startswith("tui.")
        for binding in vars(kind).get("BINDINGS", ())
        for key in binding.key.split(",")
    }


def test_the_key_table_is_the_bindings() -> None:
    labels = {key_name(label.key) for label in DEFAULT_SCHEMA}
    assert keys_in_readme() | labels == bound_keys() - HIDDEN | labels


def test_the_keys_of_the_list_are_bound() -> None:
    start = README.index("In the list, ")
    said = re.findall(r"`([^`]+)`", README[start : README.index("\n\n", start)])
    bindings = [*LibraryScreen.BINDINGS, *ArticleList.BINDINGS]
    bound = {key for binding in bindings for key in binding.key.split(",")}
    assert {SPELLED.get(key) or key_name(key) for key in said} <= bound | {"ctrl+q"}
    assert bound - {"question_mark", "q"} <= {SPELLED.get(key) or key_name(key) for key in said}


def test_the_label_table_is_the_schema() -> None:
    rows = table("| key | label | what | value |")
    assert [(row[0].strip("`"), row[1]) for row in rows] == [
        (label.key, label.name) for label in DEFAULT_SCHEMA
    ]
    for _, label, _, value in rows:
        fields = [field.name for field in FIELDS[label]]
        assert re.findall(r"`([a-z]+)`", value.split("(")[0]) == fields


# What stands in round brackets are names of fields.
QUERIES = [
    query
    for row in table("| query | what it finds |")
    for query in re.findall(r"`([^`]+)`", re.sub(r" \(`[^)]*\)$", "", row[0]))
]


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_means_something(query: str) -> None:
    assert parse(query, date(2025, 11, 30))


def test_the_names_of_fields_are_names_of_fields() -> None:
    names = [
        name.strip("`:")
        for row in table("| query | what it finds |")
        for names in re.findall(r" \((`[^)]*)\)$", row[0])
        for name in re.findall(r"`(\w+):?(?:\w*)`", names)
    ]
    assert len(names) > 15
    assert all(field_called(name, 0, 1) for name in names)


COMMANDS = re.findall(r"^zametka ([a-z]+) .*#", README, re.MULTILINE)


def test_every_command_is_shown() -> None:
    assert set(COMMANDS) == set(OURS)


@pytest.mark.parametrize("target", re.findall(r"^make ([a-z]+)$", README, re.MULTILINE))
def test_the_make_targets_exist(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_picture_exists() -> None:
    (picture,) = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert (ROOT / picture).is_file()


def test_the_article_of_the_tour_is_one_of_the_samples() -> None:
    (named,) = re.findall(r"^zametka browse (\w+)", README, re.MULTILINE)
    found = [each for path in samples() for each in read_file(path, path.name, Options())]
    assert named in {each.article.id for each in found if isinstance(each, Document)}
