"""What a list of places shows around each: whole words of its own paragraph."""

import pytest

from annotations.articles import make_article
from annotations.model import Document
from annotations.name_patterns import pattern_of
from store.places import end_of, places_of, start_of
from tests.screen.conftest import suggestion


@pytest.mark.parametrize(
    ("room", "start", "end"),
    [
        (40, "Паром вышел из порта", "Паром вышел из порта"),
        (19, "Паром вышел из …", "… вышел из порта"),
        (16, "Паром вышел из …", "… вышел из порта"),
        (15, "Паром вышел …", "… из порта"),
        (6, "…", "…"),
        (1, "…", "…"),
        (0, "", ""),
    ],
)
def test_a_text_is_cut_between_words(room: int, start: str, end: str) -> None:
    text = "Паром вышел из порта"
    assert (start_of(text, room), end_of(text, room)) == (start, end)


def test_around_a_place_stand_words_of_its_own_paragraph() -> None:
    text = "Порт Курык ждёт паром\n\nВ Курыке " + "снова ждут " * 20 + "паром.\n\nПогода"
    mention = suggestion(text, "Курыке", "LOC", value={"name": "Курык"})
    document = Document(make_article(text, id="port"), (mention,))
    pattern = pattern_of(document, mention)
    assert pattern is not None
    heading, place = places_of(document, pattern, mention)
    assert (heading.before, heading.after) == ("Порт ", " ждёт паром")
    assert place.before == "В "
    assert place.after.startswith(" снова ждут снова")
    assert place.after.endswith((" снова …", " ждут …"))
