"""What a word of a text is found by, and what a word of a query asks for."""

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.asked import Terms, asked_for
from annotations.lexicon import table
from annotations.query.forms import forms_of
from annotations.query.nodes import Word
from annotations.stems import stems
from annotations.terms import asked_terms, terms_of
from annotations.tokens import WORD, fold, words

BEST, OTHER, NOT = "best", "other", "not"


def found(query: str, form: str) -> str:
    """How a word of a query finds a word of a text."""
    asked, given_ = asked_terms(query), terms_of(form)
    if fold(query) == fold(form) or set(asked.best) & set(given_.best):
        return BEST
    of_form = {*given_.best, *given_.others, "=" + fold(form)}
    return OTHER if {*asked.best, *asked.others} & of_form else NOT


@pytest.mark.parametrize(
    ("query", "form", "how"),
    [
        # the dictionary
        ("сталь", "стали", OTHER),
        ("стать", "стали", BEST),
        ("стол", "стул", NOT),
        ("ёлка", "елками", BEST),
        ("все", "всё", BEST),
        ("замок", "за\u0301мок", BEST),
        ("человек", "людьми", BEST),
        ("год", "лет", BEST),
        ("ребёнок", "детям", BEST),
        ("идти", "шла", BEST),
        ("выборы", "выборам", BEST),
        ("два", "двух", BEST),
        ("двести", "двумястами", BEST),
        ("оба", "обеими", BEST),
        ("строиться", "строящемся", BEST),
        ("построить", "построен", BEST),
        ("избранный", "избранного", BEST),
        ("избрать", "избранного", BEST),
        ("рабочий", "рабочим", BEST),
        ("раненый", "раненых", BEST),
        ("мамин", "маминой", BEST),
        ("Петин", "Петиным", BEST),
        ("тема", "тем", OTHER),
        ("длить", "для", NOT),
        # degrees of comparison
        ("хороший", "лучше", BEST),
        ("хорошо", "лучше", OTHER),
        ("быстро", "быстрее", OTHER),
        ("поздно", "позднее", OTHER),
        ("много", "больше", OTHER),
        ("лучший", "лучшего", BEST),
        ("хороший", "лучшего", BEST),
        ("высший", "высшей", BEST),
        # names, known and unknown
        ("Токаев", "Токаева", BEST),
        ("Токаевой", "Токаеву", BEST),
        ("Токаеву", "Токаев", OTHER),
        ("Жапаров", "Жапаровым", BEST),
        ("Жапарову", "Жапаровых", BEST),
        ("Пашинян", "Пашиняном", BEST),
        ("Цзиньпин", "Цзиньпину", BEST),
        ("Ын", "Ына", BEST),
        ("Дэн", "Дэну", BEST),
        ("Гарсия", "Гарсией", BEST),
        ("Гамалей", "Гамалеем", BEST),
        ("Бжезицкая", "Бжезицкую", BEST),
        ("Чернец", "Чернецом", BEST),
        ("Саакашвили", "Саакашвили", BEST),
        ("Ахметоглу", "Ахметоглу", BEST),
        ("Қасым", "Қасымом", BEST),
        ("Касым", "Қасыма", BEST),
        ("Жапаров", "Шапаров", NOT),
        ("Петровна", "Петровной", BEST),
        ("Петрович", "Петровны", NOT),
        # hyphens
        ("Касым-Жомарт", "Касым-Жомартом", BEST),
        ("Касым", "Касым-Жомарта", OTHER),
        ("Жомарт", "Касым-Жомарту", OTHER),
        ("Касым-Жомарт", "Касым", NOT),
        ("Касым-Жомарт", "Жомарт", NOT),
        ("премьер-министр", "премьер-министра", BEST),
        ("министр", "премьер-министра", OTHER),
        ("премьер-министр", "министр", NOT),
        ("северо-западный", "северо-западного", BEST),
        ("западный", "северо-западного", OTHER),
        ("Иванова-Петровская", "Ивановой-Петровской", BEST),
        ("по-русски", "по-русски", BEST),
        ("по", "по-русски", NOT),
        ("кто-то", "кому-то", BEST),
        ("кто", "кто-то", NOT),
        ("прийти", "пришёл-то", BEST),
        ("юго-запад", "юго‑западе", BEST),
        # Latin letters and digits
        ("reuters", "Reuters", BEST),
        ("iPhone", "iPhone'ов", BEST),
        ("iPhone", "iPhone’а", BEST),
        ("PDF", "PDF-ах", BEST),
        ("SMS-ка", "SMS-кой", BEST),
        ("SMS", "SMS-кой", OTHER),
        ("COVID-19", "COVID-19", BEST),
        ("covid", "COVID-19", OTHER),
        ("2025", "2025", BEST),
        ("90-е", "90-х", BEST),
        ("90", "90-х", OTHER),
        ("90-е", "90", NOT),
        ("пятый", "5-й", OTHER),
        ("5-й", "5-го", BEST),
        ("5", "5-ти", BEST),
        # abbreviations
        ("миллион", "млн", BEST),
        ("млрд", "миллиардов", BEST),
        ("тысяча", "тыс", BEST),
        ("рублями", "руб", BEST),
        ("год", "г", OTHER),
        ("город", "г", OTHER),
        ("год", "гг", BEST),
        ("километр", "км", BEST),
        ("мина", "мин", OTHER),
        ("минута", "мин", BEST),
        ("тело", "тел", BEST),
        ("имя", "им", OTHER),
    ],
)
def test_a_word_of_a_query_finds_a_word_of_a_text(query: str, form: str, how: str) -> None:
    assert found(query, form) == how


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("жапаровым", {"жапаров"}),
        ("зеленского", {"зеленск"}),
        ("ибрагим", {"ибрагим", "ибраг"}),
        ("ына", {"ын"}),
        ("чернецом", {"чернц", "чернецом"}),
        ("мальца", {"малц"}),
        ("гамалеем", {"гамале", "гамалеем"}),
        ("абэ", {"абэ"}),
        ("ъ", {"ъ"}),
    ],
)
def test_a_form_has_a_stem_for_each_ending_that_it_may_have(form: str, expected: set[str]) -> None:
    assert expected <= set(stems(form))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="абвгеёийоктуыьъюяңқ-'’az09\u0301_", min_size=1, max_size=24))
@example("\u0301")
@example("5-")
@example("а" * 5000)
@example("-".join(["кот"] * 900))
@example("İ\ud800ß")
def test_every_word_has_terms_and_they_are_folded(text: str) -> None:
    for token in words(text):
        for terms in (terms_of(token.text), asked_terms(token.text)):
            every = (*terms.best, *terms.others)
            assert all(term and term == fold(term) for term in every)
            assert len(set(every)) == len(every)
            assert terms.best or not fold(token.text)


@pytest.mark.parametrize("form", ["Токаев", "Токаеву", "ёлка", "млн", "90-е", "iPhone’а"])
def test_what_is_asked_for_follows_from_what_a_text_is_found_by(form: str) -> None:
    found = terms_of(form)
    without_parts = tuple(term for term in found.others if term != "90")
    assert asked_for(form, Terms(found.best, without_parts)) == asked_terms(form)


def test_abbreviations_are_words_each_listed_once() -> None:
    rows = table("abbreviations")
    assert len({row[0] for row in rows}) == len(rows)
    for abbreviation, *lists in rows:
        assert WORD.fullmatch(abbreviation)
        meant = [word for each in lists for word in each.split(",") if word]
        assert meant
        assert [fold(word) for word in (abbreviation, *meant)] == [abbreviation, *meant]


def test_the_dictionary_is_loaded_when_it_is_first_asked() -> None:
    program = """
import sys
from annotations.terms import Terms, asked_for
asked_for("Пескову", Terms(("песков", "#песков")))
print("pymorphy3" in sys.modules)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"


@pytest.mark.parametrize(
    ("asked", "form", "found"),
    [
        pytest.param("Токаев", "токаева", True, id="a surname in another case"),
        pytest.param("Токаев", "токая", False, id="what its plural looks like"),
        pytest.param("токаев", "токая", True, id="not written as a name"),
        pytest.param("Песков", "пескову", True, id="a surname that is known too"),
        pytest.param("Песков", "песок", False, id="no grains"),
        pytest.param("Иванов", "иванову", True, id="a surname made of a name"),
        pytest.param("иванов", "ивану", False, id="never several of that name"),
        pytest.param("Иван", "иванов", False, id="nor the other way round"),
        pytest.param("Столы", "столов", True, id="a capital alone makes no name"),
    ],
)
def test_a_surname_is_no_plural(asked: str, form: str, found: bool) -> None:
    assert (form in forms_of(Word(asked))) is found
