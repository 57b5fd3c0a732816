"""The Russian interface: nothing is missing, and nothing is said that the sources do not say."""

import ast
import gettext
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from annotations.errors import AnnotationError
from annotations.phrase import Phrase
from annotations.schema import DEFAULT_SCHEMA, Label
from tests import messages
from tui.language import LANGUAGES, LOCALES, _, counted, description, of_locale, speak, told

RUSSIAN = Path(LOCALES) / "ru" / "LC_MESSAGES" / "zametka.po"


def forms(content: object) -> tuple[str, ...]:
    return tuple(map(str, content)) if isinstance(content, tuple | list) else (str(content),)


def translated() -> list[Message]:
    catalog = messages.read(RUSSIAN)
    return [each for each in catalog if each.id and messages.is_translated(each.string)]


def test_there_is_a_catalogue_for_each_language_but_the_sources() -> None:
    found = {path.parent.parent.name for path in messages.catalogues()}
    assert found == set(LANGUAGES) - {"en"}


def test_every_message_can_be_taken_from_the_sources() -> None:
    """No f-strings, no concatenations: they could not be looked up."""
    assert [each for each in messages.messages() if each.said is None] == []


def test_no_message_is_missing() -> None:
    """`make messages` puts them into the catalogue, and names them."""
    known = {forms(each.id) for each in translated()}
    wanted = {forms(each.said) for each in messages.messages()}
    assert sorted(wanted - known) == []


SHOWS = ("say", "_say", "notify", "fail", "_fail", "Static", "update", "Form", "FormField")


def test_no_sentence_is_shown_that_is_not_in_the_catalogue() -> None:
    """What is shown directly is no English sentence: two words that stand side by side."""
    found = [
        f"{path.name}:{node.lineno}: {text}"
        for path in sorted((messages.ROOT / "tui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for shown in _shown(node)
        for text in _choices(shown)
        if re.search("[a-z]{2,},? [a-z]{2,}", text)
    ]
    assert found == []


def _shown(node: ast.AST) -> list[ast.expr]:
    """What is given to something that shows it."""
    if isinstance(node, ast.Assign):
        places = {each.attr for each in node.targets if isinstance(each, ast.Attribute)}
        return [node.value] if places & {"text", "right", "placeholder"} else []
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        named = [each.value for each in node.keywords if each.arg in ("placeholder", "hint")]
        return [*node.args[:3], *named] if name in SHOWS else named
    return []


def _choices(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, where it says them itself."""
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield from (each.value for each in node.values if isinstance(each, ast.Constant))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_no_message_is_obsolete() -> None:
    catalog = messages.read(RUSSIAN)
    wanted = {forms(each.said) for each in messages.messages()}
    assert [each.id for each in catalog if each.id and forms(each.id) not in wanted] == []
    assert list(catalog.obsolete) == []


def test_no_message_is_doubtful() -> None:
    assert [each.id for each in translated() if each.fuzzy] == []


def test_the_facts_are_the_same_in_both_languages() -> None:
    def facts(text: str) -> set[str]:
        return set(re.findall(r"(?<!\{)\{[^{}]*\}(?!\})", text))

    wrong = [
        each.id
        for each in translated()
        for number, string in enumerate(forms(each.string))
        if facts(string) != facts(forms(each.id)[-1])
        and not (number == 0 and facts(string) == facts(forms(each.id)[0]))
    ]
    assert wrong == []


def test_every_number_has_its_form() -> None:
    catalog = messages.read(RUSSIAN)
    assert catalog.num_plurals == 3
    for each in translated():
        if isinstance(each.id, tuple | list):
            assert len(forms(each.string)) == 3
            assert len(set(forms(each.string))) > 1 or not re.search(r"\{count\} \w", each.id[0])


def test_what_begins_with_a_capital_and_how_it_ends_is_the_same_in_both_languages() -> None:
    def shape(text: str) -> tuple[bool, str]:
        return text[:1].isspace(), (re.findall(r"[.…:?]$|\s$", text) or [""])[0]

    wrong = [
        each.id
        for each in translated()
        for one, other in zip(forms(each.id), forms(each.string), strict=False)
        if shape(one) != shape(other)
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with RUSSIAN.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    own = gettext.GNUTranslations(io.BytesIO(messages.compiled(messages.read(RUSSIAN))))
    for each in translated():
        for count in (1, 2, 5):
            one, many = forms(each.id)[0], forms(each.id)[-1]
            if one == many:
                assert compiled.gettext(one) == own.gettext(one)
            else:
                assert compiled.ngettext(one, many, count) == own.ngettext(one, many, count)


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 статья"), (2, "2 статьи"), (5, "5 статей"), (11, "11 статей"), (101, "101 статья")],
)
def test_numbers_are_counted_in_russian(count: int, said: str) -> None:
    speak("ru")
    assert counted("{count} article", "{count} articles", count) == said


def test_english_is_the_language_of_the_sources() -> None:
    speak("en")
    assert _("Help") == "Help"
    assert counted("{count} article", "{count} articles", 1) == "1 article"


def test_an_error_is_told_in_the_language_of_the_interface() -> None:
    speak("ru")
    said = told(AnnotationError(Phrase("annotation {id} has been deleted since", id="a1")))
    assert "a1" in said
    assert said != "annotation a1 has been deleted since"


def test_the_labels_of_the_program_are_described_in_russian_a_librarys_own_as_they_are() -> None:
    speak("ru")
    for label in DEFAULT_SCHEMA:
        assert re.search("[а-я]", description(label).replace("«сегодня»", ""))
    own = Label("PET", "entity", "z", "red", False, "Help")
    assert description(own) == "Help"


def said_by(tmp_path: Path, *arguments: str, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", "from tui.cli import main; main()", *arguments],
        env={
            "PATH": "",
            "PYTHONPATH": ":".join(sys.path),
            "PYTHONIOENCODING": "utf-8",
            "ZAMETKA_SETTINGS": str(tmp_path / "settings.toml"),
            "ZAMETKA_LIBRARY": str(tmp_path / "library"),
            **environment,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_KZ@cyrillic"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANGUAGE": "en:ru", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LANGUAGE": "de:ru:en", "LANG": "de_DE.UTF-8"}, "ru"),
    ],
)
def test_the_language_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert of_locale(environment) == language


@pytest.mark.parametrize(
    ("environment", "setting", "is_russian"),
    [
        ({"LC_ALL": "ru_RU.UTF-8"}, "auto", True),
        ({}, "auto", False),
        ({"LANG": "de_DE.UTF-8"}, "ru", True),
        ({"LC_ALL": "ru_RU.UTF-8", "LANGUAGE": "ru"}, "en", False),
    ],
)
def test_the_language_is_that_of_the_settings_else_of_the_locale(
    tmp_path: Path, environment: dict[str, str], setting: str, is_russian: bool
) -> None:
    (tmp_path / "settings.toml").write_text(f'language = "{setting}"\n', encoding="utf-8")
    for arguments in (["add", "--help"], ["where"]):
        said = said_by(tmp_path, *arguments, **environment)
        assert bool(re.search("[а-яё]{4}", said)) == is_russian, said


def test_the_help_of_a_command_is_russian_to_the_last_word(tmp_path: Path) -> None:
    for arguments in (["--help"], ["add", "--help"], ["show", "--help"]):
        said = said_by(tmp_path, *arguments, LC_ALL="ru_RU.UTF-8")
        assert not re.search(r"\b(the|of|Usage|Options|Show|Write|Print|an?)\b", said), said


def test_what_click_says_is_what_click_says() -> None:
    """The catalogue has sentences of click's own sources: they must be there."""
    import click

    from tui.cli.of_click import SAID, SAID_OF_MANY

    sources = "".join(
        path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py")
    )
    flat = re.sub(r'"\s*\n\s*"', "", sources)
    for said in (*SAID, *(form for pair in SAID_OF_MANY for form in pair)):
        written = said.replace("\n", "\\n").replace("\t", "\\t")
        assert f'"{written}"' in flat, said
