"""However hostile a text is, work grows in proportion to it: counted in calls, not timed."""

import sys
from collections.abc import Callable
from datetime import date

import pytest

from annotations.entities import MorphologyRecogniser
from annotations.figures import FigureRecogniser
from annotations.recognise import Recogniser

SIZE = 3_000  # characters
DAY = date(2025, 11, 4)

RECOGNISERS = (FigureRecogniser(), MorphologyRecogniser())
both = pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda each: each.name)

HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "spaced digits": lambda n: "1 " * (n // 2),
    "digits and dashes": lambda n: "1-" * (n // 2),
    "nested quotes": lambda n: "«А " * (n // 6) + "б» " * (n // 6),
    "opened quotes": lambda n: "ООО «" * (n // 5),
    "brackets": lambda n: "Орлов (" * (n // 7),
    "«не»": lambda n: "не " * (n // 3),
    "bounds": lambda n: "от 5 до " * (n // 8),
    "days": lambda n: "5 мая " * (n // 6),
    "people": lambda n: "Орлов " * (n // 6),
    "a hyphenated name": lambda n: "Орлов-" * (n // 6),
    "initials": lambda n: "А. " * (n // 3),
    "acronyms": lambda n: "ООН " * (n // 4),
    "genitives": lambda n: "Министерство " + "дел и " * (n // 6),
    "adjectives": lambda n: "Московской " * (n // 11),
    "one long word": lambda n: "А" * n,
    "short lines": lambda n: "А\n" * (n // 2),
}


def calls(recogniser: Recogniser, text: str) -> int:
    """How many functions are called while a text is read."""
    count = 0

    def count_call(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count_call)
    try:
        recogniser.suggest(text, DAY)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("what", HOSTILE)
@both
def test_twice_the_text_takes_at_most_twice_the_work(recogniser: Recogniser, what: str) -> None:
    hostile = HOSTILE[what]
    calls(recogniser, hostile(SIZE))  # what is remembered of words is there from now on
    assert calls(recogniser, hostile(2 * SIZE)) <= 2.2 * calls(recogniser, hostile(SIZE)) + 500


@both
def test_a_line_of_a_megabyte_is_read(recogniser: Recogniser) -> None:
    line = "Мэр Орлов передал школе 5 млн рублей 4 мая. " * 23_000
    found = recogniser.suggest(line, DAY)
    assert len(found) == 23_000 * (1 if isinstance(recogniser, MorphologyRecogniser) else 2)
    assert all(line[each.start : each.end] for each in found)
