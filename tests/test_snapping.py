"""Spans that are chosen by words: no punctuation at the ends, pairs of marks whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model import Span
from annotations.snapping import (
    character_at,
    next_character,
    previous_character,
    snap,
    with_full_stop,
)


def marked(example: str) -> tuple[str, Span]:
    """The text and the span of «одно |слово| здесь»."""
    before, within, after = example.split("|")
    return before + within + after, Span(len(before), len(before) + len(within))


def shown(text: str, span: Span) -> str:
    return f"{text[: span.start]}|{text[span.start : span.end]}|{text[span.end :]}"


@pytest.mark.parametrize(
    ("chosen", "snapped"),
    [
        # punctuation
        ("ждут |Орехова,| и не зря", "ждут |Орехова|, и не зря"),
        ("ждут |Орехова. |И не зря", "ждут |Орехова|. И не зря"),
        ("ждут| — Орехова —| и не зря", "ждут — |Орехова| — и не зря"),
        ("ждут |Орехова...|", "ждут |Орехова|..."),
        ("рост на |20 %|, не больше", "рост на |20 %|, не больше"),
        ("заплатил |$40 млн,| и всё", "заплатил |$40 млн|, и всё"),
        ("до |−5 градусов|", "до |−5 градусов|"),
        ("|Санкт-Петербург|", "|Санкт-Петербург|"),
        ("ждут |, —| и не зря", "ждут |, —| и не зря"),
        # full stops that belong to a word
        ("посеяли |350 тыс.| га", "посеяли |350 тыс.| га"),
        ("стоит |3 000 руб.|", "стоит |3 000 руб.|"),
        ("сказал |Орехов П. И.| вчера", "сказал |Орехов П. И.| вчера"),
        ("в |городе.| Но", "в |городе|. Но"),
        # pairs of marks
        ("завод |ООО «Ромашка|» закрыт", "завод |ООО «Ромашка»| закрыт"),
        ("завод ООО |«Ромашка| сад» закрыт", "завод ООО «|Ромашка| сад» закрыт"),
        ("|АО «Северный| путь» закрыто", "|АО «Северный путь»| закрыто"),
        ("завод «|Ромашка»| закрыт", "завод «|Ромашка|» закрыт"),
        ("завод |«Ромашка»| закрыт", "завод |«Ромашка»| закрыт"),
        ("завод «|Ромашка», город| Уральск", "завод |«Ромашка», город| Уральск"),
        ('|АО "Северный| путь" закрыто', '|АО "Северный путь"| закрыто'),
        ("|АО „Север| и юг“ закрыто", "|АО „Север и юг“| закрыто"),
        ("|Союз рыбаков (СРП|)", "|Союз рыбаков (СРП)|"),
        ("|Союз рыбаков (|СРП)", "|Союз рыбаков| (СРП)"),
        ("«|ООО «Ромашка|»» пишет", "«|ООО «Ромашка»|» пишет"),
        ("|Завод «Ромашка|, — пишет", "|Завод «Ромашка|, — пишет"),
        # speech is no name
        ("сказал |Орехов: «Мы| рады всем»", "сказал |Орехов|: «Мы рады всем»"),
        ("«Мы рады |всем», — сказал Орехов|", "«Мы рады всем», — |сказал Орехов|"),
        ("|банк «Мы рады, что| он здесь»", "|банк| «Мы рады, что он здесь»"),
        # another line has nothing to do with it
        ("|Завод «Ромашка|\nсад» закрыт", "|Завод «Ромашка|\nсад» закрыт"),
    ],
)
def test_a_span_of_words_is_snapped(chosen: str, snapped: str) -> None:
    text, span = marked(chosen)
    assert shown(text, snap(text, span)) == snapped


@pytest.mark.parametrize(
    ("chosen", "snapped"),
    [
        ("посеяли |350 тыс|. га", "посеяли |350 тыс.| га"),
        ("сказал |Орехов П. И|. вчера", "сказал |Орехов П. И.| вчера"),
        ("компания |Steppe Ltd|. открыта", "компания |Steppe Ltd.| открыта"),
        ("много витамина |С|. И", "много витамина |С|. И"),
        ("в |городе|. Но", "в |городе|. Но"),
        ("стоит |руб|, и всё", "стоит |руб|, и всё"),
    ],
)
def test_a_full_stop_of_an_abbreviation_comes_with_it(chosen: str, snapped: str) -> None:
    text, span = marked(chosen)
    assert shown(text, with_full_stop(text, span)) == snapped


@given(st.text('аБ ,.«»"()\n', min_size=1, max_size=30), st.data())
def test_snapping_is_done_when_it_is_done(text: str, data: st.DataObject) -> None:
    """Whatever the text: the span lies within it, and snapping once more changes nothing."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    once = snap(text, Span(start, end))
    assert once.end <= len(text)
    assert snap(text, once) == once


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("мир", ["м", "и", "р"]),
        ("за\u0301мок", ["з", "а\u0301", "м", "о", "к"]),
        ("a👩‍🚀b", ["a", "👩‍🚀", "b"]),
    ],
)
def test_characters_are_what_is_seen_as_one(text: str, characters: list[str]) -> None:
    places = [0]
    while places[-1] < len(text):
        places.append(next_character(text, places[-1]))
    assert [text[a:b] for a, b in pairwise(places)] == characters
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_character(text, back[-1]))
    assert back[::-1] == places
    assert character_at(text, len(text)) == character_at(text, len(text) - 1)
