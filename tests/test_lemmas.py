"""A word form and what it may be a form of."""

import pytest

from annotations.lemmas import indexed_lemmas, lemmas, parses


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("стали", {"стать", "сталь", "стали"}),
        ("Мостами", {"мост", "мостами"}),
        ("ёлки", {"елка", "елки"}),
        ("замо\u0301к", {"замок"}),
        ("Reuters", {"reuters"}),
        ("2025", {"2025"}),
    ],
)
def test_a_form_has_the_lemmas_of_all_its_readings_and_itself(
    form: str, expected: set[str]
) -> None:
    assert expected <= lemmas(form)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ЁЖ", "еж"), ("за\u0301мок", "замок"), ("МОСТ", "мост"), ("юго‑запад", "юго-запад")],
)
def test_case_stress_and_yo_make_no_difference(one: str, other: str) -> None:
    assert lemmas(one) == lemmas(other)


@pytest.mark.parametrize(
    "form",
    ["", "\u0301", "-", "а" * 5000, "-".join("кот" * 900)],
    ids=["empty", "stress mark", "hyphen", "long", "hyphens"],
)
def test_no_form_is_too_strange(form: str) -> None:
    assert all(isinstance(lemma, str) for lemma in indexed_lemmas(form))


def test_a_hyphenated_word_is_indexed_by_its_parts_too() -> None:
    assert {"юго-восток", "восток"} <= indexed_lemmas("юго-востоком")
    assert "восток" not in lemmas("юго-востоком")


def test_readings_come_the_most_probable_first() -> None:
    scores = [parse.score for parse in parses("стали")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


def test_a_reading_says_whether_the_dictionary_has_the_word() -> None:
    assert parses("мостом")[0].known
    assert not parses("кракозябромост")[0].known


def test_a_reading_gives_other_forms() -> None:
    bridge = parses("мост")[0]
    assert bridge.inflect({"plur", "ablt"}) == "мостами"
    assert bridge.inflect({"VERB"}) is None
    assert [bridge.agree_with(number) for number in (1, 3, 12)] == ["мост", "моста", "мостов"]
    assert "NOUN" in bridge.grammemes
