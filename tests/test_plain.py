"""An annotated article as plain text: what each annotation looks like, and that it can be read."""

from collections.abc import Sequence

import pytest

from annotations.articles import make_article
from annotations.model import Annotation, Document, Source, Status, Value
from annotations.schema import DEFAULT_SCHEMA
from tui.plain import plain_lines

AT = "2026-01-31T10:00:00Z"
Given = tuple[str, str, Status, Value | None]  # quote, label, status, value


def document(text: str, given: Sequence[Given], **fields: object) -> Document:
    annotations = [
        Annotation(
            str(number),
            text.index(quote),
            text.index(quote) + len(quote),
            label,
            "user:anna",
            AT,
            AT,
            status=status,
            value=value,
        )
        for number, (quote, label, status, value) in enumerate(given)
    ]
    return Document(
        make_article(text, id="a", **fields),  # type: ignore[arg-type]
        tuple(annotations),
    )


def printed(document: Document, width: int = 0) -> list[str]:
    lines = plain_lines(document, DEFAULT_SCHEMA, width)
    return ["".join(text for text, _ in line) for line in lines]


def body(document: Document, width: int = 0) -> list[str]:
    lines = printed(document, width)
    return lines[lines.index("") + 1 :]


ANNA = {"name": "Анна Левченко"}


@pytest.mark.parametrize(
    ("text", "given", "shown"),
    [
        pytest.param("Всё тихо.", [], "Всё тихо.", id="no annotation"),
        pytest.param(
            "Дали Анне Левченко приз.",
            [("Анне Левченко", "PER", "accepted", ANNA)],
            "Дали [PER Анна Левченко: Анне Левченко] приз.",
            id="accepted",
        ),
        pytest.param(
            "Анне Левченко",
            [("Анне Левченко", "PER", "suggested", ANNA)],
            "[PER? Анна Левченко: Анне Левченко]",
            id="suggested, the whole text",
        ),
        pytest.param(
            "Дали Анне Левченко приз.",
            [("Анне Левченко", "PER", "rejected", ANNA)],
            "Дали [not PER Анна Левченко: Анне Левченко] приз.",
            id="rejected",
        ),
        pytest.param(
            "Анна Левченко",
            [("Анна Левченко", "PER", "accepted", ANNA)],
            "[PER: Анна Левченко]",
            id="a value that is the text is left out",
        ),
        pytest.param(
            "акимат Актау",
            [
                ("акимат Актау", "ORG", "accepted", None),
                ("Актау", "LOC", "suggested", None),
            ],
            "[ORG: акимат [LOC?: Актау]]",
            id="nested, with one end",
        ),
        pytest.param(
            "Актау",
            [("Актау", "LOC", "accepted", None), ("Актау", "ORG", "rejected", None)],
            "[LOC: [not ORG: Актау]]",
            id="two of the same stretch",
        ),
        pytest.param(
            "порт Актау Север",
            [("порт Актау", "ORG", "accepted", None), ("Актау Север", "LOC", "accepted", None)],
            "[ORG: порт [LOC part 1 of 2: Актау]][LOC part 2 of 2:  Север]",
            id="crossing",
        ),
        pytest.param(
            "в семь часов",
            [("семь часов", "TIME", "accepted", {"start": "07:00", "end": "07:00"})],
            "в [TIME 07:00: семь часов]",
            id="a time",
        ),
        pytest.param(
            "дали 3000 рублей",
            [("3000 рублей", "MONEY", "suggested", {"min": "3000", "max": "3000", "unit": "RUB"})],
            "дали [MONEY? 3\u00a0000 RUB: 3000 рублей]",
            id="an amount, which no line break parts",
        ),
        pytest.param(
            "так [sic] и \\",
            [("sic", "ORG", "accepted", {"name": "a: [b]:"})],
            r"так \[[ORG a\: \[b\]\:: sic]\] и \\",
            id="brackets and colons that are not ours",
        ),
        pytest.param(
            "\x1b[2J тут",
            [("тут", "LOC", "accepted", {"name": "\x1b]0;x\x07"})],
            r"␛\[2J [LOC ␛\]0;x␇: тут]",
            id="nothing that acts on a terminal",
        ),
    ],
)
def test_each_annotation_is_marked_in_words(text: str, given: list[Given], shown: str) -> None:
    assert body(document(text, given)) == [shown]


def test_what_is_known_stands_above_the_text() -> None:
    given: list[Given] = [
        ("Анне", "PER", "suggested", None),
        ("Гомеле", "LOC", "rejected", None),
    ]
    shown = printed(
        document(
            "Анне в Гомеле",
            given,
            title="Приз\nвручён",
            published="2025-11-04",
            source=Source("Курьер"),
        )
    )
    assert shown[:5] == [
        "title: Приз␊вручён",
        "date: 2025-11-04",
        "source: Курьер",
        "annotations: 1 suggested, 1 rejected",
        "",
    ]


def test_what_is_not_known_is_left_out() -> None:
    shown = printed(document("Тихо", [], title="Тихо"))
    assert shown == ["title: Тихо", "annotations: none", "", "Тихо"]


def test_lines_are_wrapped_marks_and_all() -> None:
    shown = document("Дали Анне Левченко приз.\n\nИ всё.", [("Анне", "PER", "suggested", ANNA)])
    assert body(shown, 16) == ["Дали [PER? Анна", "Левченко: Анне]", "Левченко приз.", "", "И всё."]


@pytest.mark.parametrize("width", [0, 1, 7, 30, 88])
def test_every_character_is_printed_in_the_style_of_what_covers_it(width: int) -> None:
    text = "Анна Левченко из Гомеля; акимат Актау молчит"
    given: list[Given] = [
        ("Анна Левченко", "PER", "accepted", None),
        ("Левченко из", "ORG", "rejected", None),
        ("Гомеля", "LOC", "suggested", None),
    ]
    lines = list(plain_lines(document(text, given, title="т"), DEFAULT_SCHEMA, width))
    lines = lines[lines.index(()) + 1 :]
    pieces = [piece for line in lines for piece in line]
    struck = "".join(text for text, style in pieces if style.strike)
    bold = "".join(text for text, style in pieces if style.bold)
    assert "".join(struck.split()) == "Левченкоиз"
    assert "".join(bold.split()) == "Анна"
    whole = "".join("".join(text for text, _ in line) for line in lines)
    assert "".join(whole.split()) == (
        "[PER:Анна[notORGpart1of2:Левченко]][notORGpart2of2:из][LOC?:Гомеля];акиматАктаумолчит"
    )
