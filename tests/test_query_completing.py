"""How what is being typed of a query may go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.query.completing import complete

KNOWN = {
    "label": ["PER", "PERCENT", "ORG"],
    "source": ["Lada.kz", "Вечерние новости", 'Газета "Время"'],
    "by": ["ann", "recogniser:slovnet"],
    "entity": ["Касым-Жомарт Токаев", "Токио"],
}

CASES = [
    # what is typed (the last | is the cursor), and what it may become
    ("|", []),
    ("t|", ["title:|", "time:|"]),
    ("слово st|", ["слово status:|"]),
    ("ст|", ["старше:|", "статус:|"]),
    ("Ст|", ["старше:|", "статус:|"]),
    ("-lab|", ["-label:|"]),
    ("(so|", ["(source:|"]),
    ("a|so|", ["a|source:|"]),
    ("title|", ["title:|"]),
    ("кот|", []),
    ("кошка|", []),
    ("so| да", ["source:| да"]),
    ("label:|", ["label:PER|", "label:PERCENT|", "label:ORG|"]),
    ("label:p|", ["label:PER|", "label:PERCENT|"]),
    ("метка:ORG,pe|", ["метка:ORG,PER|", "метка:ORG,PERCENT|"]),
    ("status:|", ["status:suggested|", "status:accepted|", "status:rejected|"]),
    ("статус:при|", ["статус:принято|"]),
    ("by:rec|", ["by:recogniser:slovnet|"]),
    ("source:l|", ["source:Lada.kz|"]),
    ("источник:веч|", ['источник:"Вечерние новости"|']),
    ('source:"вечерние н|', ['source:"Вечерние новости"|']),
    ("source:«г|", ['source:«Газета "Время"»|']),
    ("source:газ|", ['source:«Газета "Время"»|']),
    ("имя:то|", ["имя:Токио|"]),
    ('имя:"кас|', ['имя:"Касым-Жомарт Токаев"|']),
    ("note:сло|", []),
    ("foo:сло|", []),
    ('"слово so|', []),
]


@pytest.mark.parametrize(("typed", "expected"), CASES, ids=[typed for typed, _ in CASES])
def test_what_is_typed_can_go_on(typed: str, expected: list[str]) -> None:
    cursor = typed.rindex("|")
    text = typed[:cursor] + typed[cursor + 1 :]
    found = complete(text, cursor, KNOWN)
    completed = [f"{text[: found.start]}{choice}|{text[found.end :]}" for choice in found.choices]
    assert completed == expected


@given(st.text('abст:«»"(|-=, ', max_size=12), st.integers(0, 12))
def test_a_completion_replaces_text_before_the_cursor(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    found = complete(text, cursor, KNOWN)
    assert 0 <= found.start <= found.end == cursor
