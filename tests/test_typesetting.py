"""What the lines of an article are: headings, credits, direct speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.page.typesetting import (
    LONG,
    Kind,
    credit_length,
    is_close,
    opening,
    paragraph_at,
    quotations,
    speech_in,
)

SENTENCE = "Новый мост через реку открыли в субботу, и его ждали все, кто живёт в городе."


def kinds(text: str, title: str = "") -> list[Kind]:
    """What each paragraph of a text is."""
    starts = [0, *(place + 1 for place, each in enumerate(text) if each == "\n")]
    close = is_close(text)
    return [paragraph_at(text, start, title, close=close).kind for start in starts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мост открыт", ["heading"]),
        ("Мост открыт.", [""]),
        ("Мост открыт\n\nЕго ждали.\nПраздник\n", ["heading", "", "", "heading", ""]),
        ("Кто виноват?\n \n", ["heading", "", ""]),
        ("Мост " * 18 + "\nтекст:", ["", ""]),
        ("Мост " * 19, [""]),
        ("", [""]),
        ("***", [""]),
        ("— мост\n\n• река\n\n1) город", [""] * 5),
        ("«Мост открыт»", [""]),
        ("Он сказал: «Мост открыт»", [""]),
        ("Открыт музей «Мост»", ["heading"]),
        ("Открыли мост через реку и\nэтот город рад.", ["", ""]),
        (f"{SENTENCE}\nМост\n{SENTENCE}", ["", "heading", ""]),
        ("Мост\nФото: Иван Зимин\n\nЕго ждали.", ["heading", "credit", "", ""]),
    ],
)
def test_a_short_line_that_stands_alone_without_full_stop_is_a_heading(
    text: str, expected: list[Kind]
) -> None:
    assert kinds(text) == expected


def test_the_line_that_is_the_title_is_set_as_one() -> None:
    text = "\nМост открыт.\n\nМост открыт."
    assert kinds(text, "Мост открыт.") == ["", "title", "", ""]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Фото: пресс-служба порта", "Фото: пресс-служба порта"),
        ("Фото Ивана Зимина", ""),
        ("Фото: И. Зимин. Мост открыли.", "Фото: И. Зимин."),
        ("Фото: kurier.kz. «Мост» открыли.", "Фото: kurier.kz."),
        ("Фотография: Иван Зимин", "Фотография: Иван Зимин"),
        ("Видео — Иван Зимин", "Видео — Иван Зимин"),
        ("(Фото: Иван Зимин)", "(Фото: Иван Зимин)"),
        ("Фото предоставлено пресс-службой: мост", "Фото предоставлено пресс-службой: мост"),
        ("Автор: Анна Левченко", "Автор: Анна Левченко"),
        ("Подготовила: Анна Левченко ", "Подготовила: Анна Левченко"),
        ("© Иван Зимин", "© Иван Зимин"),
        ("Видео показали в суде", ""),
        ("Источник сообщил, что мост открыт", ""),
        ("Автором: нет", ""),
        ("На мосту фото: нет", ""),
        ("Фото: " + "река " * 40, ""),
    ],
)
def test_a_credit_is_told_from_the_text_after_it(line: str, credit: str) -> None:
    assert line[: credit_length(line)] == credit


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("а «б» в", ["«б»"]),
        ("«а „б“ в»", ["«а „б“ в»"]),
        ("«а «б» в» «г»", ["«а «б» в»", "«г»"]),
        ("„а“ “б” \"в\"", ["„а“", "“б”", '"в"']),
        ("а «б в", ["«б в"]),
        ("а» «б»", ["«б»"]),
        ("«а «б», — в. «г»", ["«а «б»", "«г»"]),
        ("«а «б» в", ["«а «б» в"]),
        ("«а „б» в", ["«а „б»"]),
    ],
)  # fmt: skip
def test_quotations_are_the_outermost_ones(line: str, found: list[str]) -> None:
    assert [line[start:end] for start, end, _ in quotations(line)] == found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("«Рады», — сказал он. «Очень рады!» — сказала она.", ["«Рады»", "«Очень рады!»"]),
        ("Он сказал: «Мост будет открыт к следующему году».",
         ["«Мост будет открыт к следующему году»"]),
        ("Он добавил, что «мост открыт. Его ждали».", ["«мост открыт. Его ждали»"]),
        ("«Мост открыт, и его ждали все, кто живёт в городе»",
         ["«Мост открыт, и его ждали все, кто живёт в городе»"]),
        ("«Мост открыт, сказал он.", ["«Мост открыт, сказал он."]),
        ("Газета «Курьер» — о мосте.", []),
        ("Газета «Курьер, сказал он.", []),
        ("«Фонд имени И. Зимина» открыт.", []),
        ("Название: «Мост»", []),
        ("«Новый мост через реку и город» открыт.", []),
    ],
)  # fmt: skip
def test_direct_speech_is_told_from_names(line: str, said: list[str]) -> None:
    assert [line[start:end] for start, end in speech_in(line)] == said


def test_speech_that_is_not_closed_ends_with_its_paragraph() -> None:
    text = "«Мост открыт, сказал он.\n\nЕго ждали."
    first, last = paragraph_at(text, 3), paragraph_at(text, 30)
    assert first.speech == ((0, 24),)
    assert first.has_speech(20, 30)
    assert not first.has_speech(24, 30)
    assert last.speech == ()


def test_a_paragraph_that_nobody_wrote_is_not_looked_at() -> None:
    text = "«" + "а" * LONG
    assert paragraph_at(text, 9).speech == ()


@given(st.text('аА .!:,—«»„“”"\n', max_size=60), st.integers(0, 60))
def test_every_offset_has_its_paragraph_and_speech_stays_in_it(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    found = paragraph_at(text, offset)
    assert found.start <= offset <= found.end
    assert text[found.start : found.end] == text.split("\n")[text[:offset].count("\n")]
    assert all(found.start <= start < end <= found.end for start, end in found.speech)
    assert all(
        one[1] <= other[0] for one, other in zip(found.speech, found.speech[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("", False),
        (SENTENCE, False),
        (f"{SENTENCE}\n\n{SENTENCE}\n\n{SENTENCE}", False),
        (f"Мост\n{SENTENCE}\n{SENTENCE}", True),
        (f"{SENTENCE}\n{SENTENCE}\n\n{SENTENCE}\n{SENTENCE}\n{SENTENCE}", True),
        (f"{SENTENCE[:-1]}\n{SENTENCE[:-1]}\n{SENTENCE}", False),
        ("мост\nрека\nгород", False),
    ],
)
def test_paragraphs_are_close_where_none_is_broken_by_hand(text: str, close: bool) -> None:
    assert is_close(text) == close


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        (("Мост", None, None), []),
        (("", "2025-10-02", None), [("2025-10-02", "dateline"), ("", "")]),
        (("Мост отк…", "2025-10-02", None), [("2025-10-02", "dateline"), ("", "")]),
        (("Мост открыт.", "2025-10-02", None), [("2025-10-02", "dateline")]),
        (("Река", None, "Курьер"), [("Курьер", "dateline"), ("Река", "title"), ("", "")]),
        (("Мост отк…", None, None), []),
    ],
)
def test_above_the_text_stands_what_it_does_not_say(
    facts: tuple[str, str | None, str | None], lines: list[tuple[str, Kind]]
) -> None:
    assert opening(" Мост открыт.\nЕго ждали.", *facts) == lines
