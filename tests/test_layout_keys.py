"""Keys that work whichever keyboard layout is on."""

import pytest

from tui.keyboard.layout_keys import _LATIN, _RUSSIAN, as_typed, cyrillic, key_name, twin


@pytest.mark.parametrize(
    ("key", "latin"),
    [
        ("ф", "a"),
        ("й", "q"),
        ("Ф", "A"),
        ("о", "j"),
        ("л", "k"),
        ("ctrl+с", "ctrl+c"),
        ("alt+о", "alt+j"),
        ("ctrl+alt+т", "ctrl+alt+n"),
        ("alt+shift+у", "alt+shift+e"),
        ("х", "left_square_bracket"),
        ("ж", "semicolon"),
        ("Э", "quotation_mark"),
        ("ю", "full_stop"),
        ("ё", "grave_accent"),
        ("full_stop", "slash"),
        ("comma", "question_mark"),
        ("numero_sign", "number_sign"),
    ],
)
def test_a_russian_key_has_the_latin_key_in_its_place_as_its_twin(key: str, latin: str) -> None:
    assert twin(key) == latin


@pytest.mark.parametrize(
    "key", ["a", "J", "1", "enter", "escape", "f5", "ctrl+c", "up", "plus", "", "қ", "+"]
)
def test_other_keys_have_no_twin(key: str) -> None:
    assert twin(key) is None


@pytest.mark.parametrize(
    ("latin", "russian"),
    [("a", "ф"), ("j", "о"), ("slash", "."), ("question_mark", ","), ("left_square_bracket", "х")],
)
def test_the_help_shows_the_russian_character_of_a_key(latin: str, russian: str) -> None:
    assert cyrillic(latin) == russian


@pytest.mark.parametrize("key", ["enter", "1", "ф", "f5"])
def test_keys_without_a_russian_character_have_none(key: str) -> None:
    assert cyrillic(key) is None


def test_every_letter_of_the_russian_alphabet_has_a_twin() -> None:
    alphabet = [chr(code) for code in range(ord("а"), ord("я") + 1)] + ["ё"]
    twins = [twin(letter) for letter in alphabet + [each.upper() for each in alphabet]]
    assert None not in twins
    assert len(set(twins)) == 66


def test_every_key_finds_the_way_back() -> None:
    for russian, latin in zip(_RUSSIAN, _LATIN, strict=True):
        assert cyrillic(key_name(latin)) == russian
        assert twin(key_name(russian)) in (key_name(latin), None)


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("фссузе", ("accept",)),
        ("ghbyznm", ("принять",)),
        ("a Ж", ("a :", "ф Ж")),
        ("12", ()),
    ],
)
def test_what_is_typed_is_also_what_the_other_layout_would_have_made_of_it(
    typed: str, others: tuple[str, ...]
) -> None:
    assert as_typed(typed) == (typed, *others)
