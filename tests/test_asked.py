"""What is understood before the parser is loaded is what the parser understands."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from store.locations import library_path
from tui.cli import browsing, searching
from tui.cli.asked import asked, search_asked
from tui.cli.commands import commands


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--library", "news"],
        ["--library=news"],
        ["browse"],
        ["browse", "a41a5eb11edbb5f8"],
        ["--library", "news", "browse", "harbour"],
        ["browse", "--library", "news", "harbour"],
        ["browse", "harbour", "--library=news"],
        ["--library", "olds", "browse", "--library", "news"],
    ],
)
def test_it_says_what_the_parser_says(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path, str | None]] = []
    monkeypatch.setattr(browsing, "Library", SimpleNamespace(open=lambda path: path))
    monkeypatch.setattr(browsing, "open_screen", lambda *given: opened.append(given))
    commands.main(list(arguments), standalone_mode=False)
    understood = asked(arguments)
    assert understood is not None
    assert opened == [(library_path(understood[0]), understood[1])]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["search", "Турчин"],
        ["browse", "-h"],
        ["browse", "harbour", "school"],
        ["browse", ""],
        ["--library"],
        ["--library", ""],
        ["--library="],
        ["--", "browse"],
        ["harbour"],
        [""],
    ],
)
def test_everything_else_is_left_to_the_parser(arguments: list[str]) -> None:
    assert asked(arguments) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "Турчин"],
        ["search", "Турчин", "-Казахстан"],
        ["search", "-мост"],
        ["--library", "news", "search", "мост"],
        ["search", "мост", "--library=news", "порт"],
        ["search", "search"],
    ],
)
def test_a_search_is_what_the_parser_says(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[tuple[str, str]] = []
    monkeypatch.setattr(
        searching, "print_found", lambda path, wanted: asked_for.append((path, wanted.query))
    )
    commands.main(list(arguments), standalone_mode=False)
    understood = search_asked(arguments)
    assert understood is not None
    assert asked_for == [(str(library_path(understood[0])), understood[1])]


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", ""],
        ["search", "мост", "-h"],
        ["search", "--ids", "мост"],
        ["search", "--", "мост"],
        ["search", "мост", "--library"],
        ["browse", "search"],
        ["--help", "search", "мост"],
        [],
    ],
)
def test_any_other_search_is_left_to_the_parser(arguments: list[str]) -> None:
    assert search_asked(arguments) is None
