"""How right the recognisers are on gold: floors just below what they reach, not targets."""

import math
from datetime import date

import pytest

from annotations.model import Suggestion
from tests.quality.gold import GoldDocument, GoldSpan, corpus, unmarked
from tests.quality.recognition import Judged, Scores, measure
from tests.quality.reliability import bins, calibration_error
from tests.quality.tables import (
    FIGURES,
    OURS,
    SHARED,
    Corpus,
    measured,
    recognisers,
    reliability_rows,
    score_rows,
    shared,
)

BY_NAME = {each.name: each for each in (*OURS, *shared())}

# corpus → what the figures reach: F1, values in per cent
FIGURE_FLOORS = {
    "amounts": (99.0, 99.0),
    "calendar": (99.0, 99.0),
    "prose": (99.0, 99.0),
    "seed": (99.0, 99.0),
    "figures": (99.0, 99.0),
}
# recogniser, corpus, label → F1, names of inflected mentions, groups (B³) in per cent
ENTITY_FLOORS = {
    ("slovnet", "names", "PER"): (99.0, 97.0, 99.0),
    ("slovnet", "names", "LOC"): (99.0, 98.0, 99.0),
    ("slovnet", "names", "ORG"): (98.5, 97.5, 99.0),
    ("morphology", "names", "PER"): (97.5, 97.0, 99.0),
    ("morphology", "names", "LOC"): (98.5, 98.0, 99.0),
    ("morphology", "names", "ORG"): (97.0, 97.5, 99.0),
    ("slovnet", "news", "PER"): (97.5, 99.0, 98.0),
    ("slovnet", "news", "LOC"): (98.0, 98.5, 98.0),
    ("slovnet", "news", "ORG"): (96.5, 95.5, 98.5),
    ("morphology", "news", "PER"): (96.5, 98.0, 98.0),
    ("morphology", "news", "LOC"): (98.0, 98.5, 98.0),
    ("morphology", "news", "ORG"): (93.5, 99.0, 98.5),
    ("slovnet", "world", "PER"): (97.0, 93.5, 99.0),
    ("slovnet", "world", "LOC"): (98.0, 97.5, 98.0),
    ("slovnet", "world", "ORG"): (96.5, 99.0, 99.0),
    ("morphology", "world", "PER"): (96.0, 93.5, 99.0),
    ("morphology", "world", "LOC"): (98.0, 97.5, 98.0),
    ("morphology", "world", "ORG"): (96.5, 99.0, 99.0),
    ("slovnet", "papers", "PER"): (98.5, 99.0, 97.5),
    ("slovnet", "papers", "LOC"): (98.5, 98.5, 99.0),
    ("slovnet", "papers", "ORG"): (97.0, 96.5, 98.5),
    ("morphology", "papers", "PER"): (95.5, 99.0, 97.5),
    ("morphology", "papers", "LOC"): (97.5, 98.5, 99.0),
    ("morphology", "papers", "ORG"): (95.0, 99.0, 98.5),
    ("slovnet", "seed", "PER"): (100.0, 100.0, 100.0),
    ("slovnet", "seed", "LOC"): (100.0, 100.0, 100.0),
    ("slovnet", "seed", "ORG"): (100.0, 100.0, 100.0),
    ("morphology", "seed", "PER"): (100.0, 100.0, 100.0),
    ("morphology", "seed", "LOC"): (100.0, 100.0, 100.0),
    ("morphology", "seed", "ORG"): (100.0, 100.0, 100.0),
    ("slovnet", "factrueval-dev", "PER"): (96.0, 82.5, 98.5),
    ("slovnet", "factrueval-dev", "LOC"): (93.5, 98.5, 98.5),
    ("slovnet", "factrueval-dev", "ORG"): (81.0, 99.0, 97.0),
    ("morphology", "factrueval-dev", "PER"): (96.0, 82.0, 98.5),
    ("morphology", "factrueval-dev", "LOC"): (93.5, 99.0, 98.5),
    ("morphology", "factrueval-dev", "ORG"): (79.5, 98.0, 97.5),
}


def chosen(name: str) -> Corpus:
    if name not in BY_NAME:
        pytest.skip(f"there is no gold at {SHARED}")
    return BY_NAME[name]


@pytest.mark.parametrize("name", FIGURE_FLOORS)
def test_figures_are_as_right_as_they_were(name: str) -> None:
    found = measured(chosen(name), "morphology").of(FIGURES)
    f1, values = FIGURE_FLOORS[name]
    assert found.f1 >= f1
    assert found.values >= values


@pytest.mark.parametrize(("recogniser", "name", "label"), ENTITY_FLOORS)
def test_entities_are_as_right_as_they_were(recogniser: str, name: str, label: str) -> None:
    if recogniser not in recognisers():
        pytest.skip('needs the extra: pip install "zametka[ner]"')
    found = measured(chosen(name), recogniser).scores[label]
    f1, names, groups = ENTITY_FLOORS[recogniser, name, label]
    assert found.f1 >= f1
    assert math.isnan(found.names) or found.names >= names
    assert math.isnan(found.groups) or found.groups >= groups


@pytest.mark.parametrize("recogniser", ["slovnet", "morphology", "figures"])
def test_confidences_mean_what_they_say(recogniser: str) -> None:
    if recogniser == "slovnet" and recogniser not in recognisers():
        pytest.skip('needs the extra: pip install "zametka[ner]"')
    entities = "morphology" if recogniser == "figures" else recogniser
    judged = [
        each
        for corpus_ in OURS
        for each in measured(corpus_, entities).judged
        if each.author == f"recogniser:{recogniser}"
    ]
    assert len(judged) > 500
    assert calibration_error(judged) <= 0.08  # the rules know these texts: they are surer
    unsure, sure = (
        [each.is_right for each in judged if (each.confidence >= 0.95) is is_sure]
        for is_sure in (False, True)
    )
    assert sum(sure) / len(sure) > sum(unsure) / len(unsure) or all(unsure)


# the measures themselves


class Answers:
    """A recogniser that finds what it is told, wherever its text comes up."""

    name = "answers"

    def __init__(self, *documents: GoldDocument) -> None:
        self._spans = {each.text: each.spans for each in documents}

    def suggest(self, text: str, published: date | None) -> list[Suggestion]:
        return [self._suggestion(each) for each in self._spans[text]]

    def _suggestion(self, span: GoldSpan) -> Suggestion:
        value = span.value or {"name": next(iter(span.names))}
        return Suggestion(span.start, span.end, span.label, value, 0.9, span.entity)


def scores(gold: str, found: str) -> dict[str, Scores]:
    """The scores of what is found, both as marked texts."""
    answers = Answers(unmarked(found))
    return dict(measure([unmarked(gold)], [answers], ("PER", "LOC", "MONEY")).scores)


GOLD = "Мэр [Орлова|LOC Орёл #1] отдал [Иванову|PER Иванов #2] [5 рублей|MONEY 5 RUB]."


def test_what_is_marked_alike_is_right() -> None:
    found = scores(GOLD, GOLD)
    assert {label: each.f1 for label, each in found.items()} == {
        "LOC": 100.0, "PER": 100.0, "MONEY": 100.0,
    }  # fmt: skip
    assert found["MONEY"].values == found["PER"].names == found["LOC"].groups == 100.0


def test_another_boundary_is_a_miss_and_a_false_find() -> None:
    found = scores(GOLD, "Мэр Орлова отдал Иванову 5 [рублей|MONEY 5 RUB].")
    assert (found["MONEY"].gold, found["MONEY"].found, found["MONEY"].exact) == (1, 1, 0)
    assert found["MONEY"].precision == found["MONEY"].recall == 0.0
    assert found["PER"].recall == 0.0
    assert math.isnan(found["PER"].precision)


def test_values_are_compared_as_numbers_and_names_without_case_or_yo() -> None:
    other = "Мэр [Орлова|LOC орел #1] отдал [Иванову|PER Иванова #2] [5 рублей|MONEY 5.0 RUB]."
    found = scores(GOLD, other)
    assert found["MONEY"].values == found["LOC"].names == 100.0
    assert found["PER"].names == 0.0


def test_groups_are_measured_by_b_cubed() -> None:
    gold = "[А|PER а #1] [Б|PER б #1] [В|PER в #1] [Г|PER г #2]"
    together = "[А|PER а #1] [Б|PER б #1] [В|PER в #2] [Г|PER г #2]"
    # precision (1 + 1 + 1/2 + 1/2) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4
    assert scores(gold, together)["PER"].groups == pytest.approx(100 * 2 / (1 / 0.75 + 1 / (2 / 3)))


def test_a_stray_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        unmarked("Мэр [Орлова|LOC] здесь.")


def test_the_error_of_calibration_is_how_far_the_bins_are_off() -> None:
    judged = [Judged("PER", "", 0.9, is_right) for is_right in (True, True, True, False)]
    judged += [Judged("PER", "", 0.55, is_right) for is_right in (True, False)]
    found = list(bins(judged))
    assert [(each.low, each.count, each.right) for each in found] == [(0.5, 2, 0.5), (0.9, 4, 0.75)]
    assert calibration_error(judged) == pytest.approx((2 * 0.05 + 4 * 0.15) / 6)


def test_a_table_has_a_row_for_each_label_and_each_bin() -> None:
    gold = BY_NAME["prose"]
    assert [row[2] for row in score_rows([gold])] == ["all", *FIGURES]
    *found, error = reliability_rows([gold])
    assert sum(int(row[2]) for row in found) == int(error[2])


def test_every_document_of_our_own_gold_can_be_read() -> None:
    for each in OURS:
        documents = corpus(each.path)
        assert len(documents) > 30
        labels = {span.label for document in documents for span in document.spans}
        assert labels <= set(each.labels)
