"""What people accepted is suggested in the next article; what they rejected is not."""

from collections.abc import Sequence
from datetime import date

from annotations.articles import make_article
from annotations.gazetteer import Ruling
from annotations.learned import Entry, Learned, LibraryRecogniser, Unrejected, learn, taught
from annotations.model import Annotation, Document, Status, Suggestion
from annotations.recognise import recognise

DAY = "2026-01-31"
TEXT = "Акорда сообщила. Из Акорды пишут, в Акорду едут. У Романа и с Речным банком."


def mention(quote: str, label: str, status: Status, name: str) -> Annotation:
    start = TEXT.index(quote)
    return Annotation(
        f"{label}{start}", start, start + len(quote), label, "recogniser:test", DAY, DAY,
        value={"name": name}, status=status,
    )  # fmt: skip


def document(*annotations: Annotation) -> Document:
    return Document(make_article(TEXT, id="x"), annotations)


def quotes(text: str, *entries: Entry) -> list[tuple[str, str, float | None]]:
    found = LibraryRecogniser(entries).suggest(text, None)
    return [(text[each.start : each.end], each.label, each.confidence) for each in found]


def test_an_accepted_name_is_learned_with_its_counts() -> None:
    learned = learn(
        [
            document(
                mention("Акорды", "ORG", "accepted", "Акорда"),
                mention("Акорду", "ORG", "accepted", "Акорда"),
                mention("Акорда", "ORG", "rejected", "Акорда"),
                mention("Романа", "PER", "suggested", "Роман"),
            )
        ]
    )
    assert learned == Learned((Entry("ORG", "Акорда", "Акорды", 2, 1),))


def test_of_two_labels_the_one_that_was_accepted_more_often_is_learned() -> None:
    rows = [
        mention("Акорды", "ORG", "accepted", "Акорда"),
        mention("Акорда", "LOC", "accepted", "Акорда"),
        mention("Акорду", "LOC", "accepted", "Акорда"),
    ]
    assert [(each.label, each.accepted) for each in learn([document(*rows)]).entries] == [
        ("LOC", 2)
    ]


def test_a_name_that_was_rejected_as_often_is_not_suggested() -> None:
    rows = [
        mention("Акорды", "ORG", "accepted", "Акорда"),
        mention("Акорда", "ORG", "rejected", "Акорда"),
        mention("Романа", "PER", "rejected", "Роман"),
    ]
    assert learn([document(*rows)]) == Learned((), frozenset({("PER", "роман")}))


def test_every_case_form_is_suggested_and_the_count_gives_the_confidence() -> None:
    akorda, bank = (
        Entry("ORG", "Акорда", "Акорды", 3),
        Entry("ORG", "Речной банк", "Речной банк", 1),
    )
    assert quotes(TEXT, akorda, bank) == [
        ("Акорда", "ORG", 0.75), ("Акорды", "ORG", 0.75), ("Акорду", "ORG", 0.75),
        ("Речным банком", "ORG", 0.5),
    ]  # fmt: skip


def test_homonyms_are_not_suggested() -> None:
    assert quotes(TEXT, Entry("PER", "Роман", "Романа", 9)) == []


def test_of_two_names_that_overlap_the_longer_is_suggested() -> None:
    short, longer = Entry("ORG", "Ива", "Ива", 9), Entry("ORG", "ТОО «Ива»", "ТОО «Ива»", 1)
    found = [quote for quote, _, _ in quotes("У ТОО «Ива» и ТОО «Ива».", short, longer)]
    assert found == ["ТОО «Ива»", "ТОО «Ива»"]


class Fixed:
    """Finds the same names in every text."""

    name = "fixed"

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:
        return [
            Suggestion(0, 6, "LOC", {"name": "Акорда"}, 0.9),
            Suggestion(text.index("Романа"), text.index("Романа") + 6, "PER", {"name": "Роман"}),
        ]


def test_rejected_names_are_taken_from_every_recogniser() -> None:
    filtered = Unrejected(Fixed(), frozenset({("PER", "роман")}))
    assert [each.label for each in filtered.suggest(TEXT, None)] == ["LOC"]
    assert filtered.name == "fixed"


def test_what_people_decided_comes_before_what_a_recogniser_thinks() -> None:
    learned = Learned((Entry("ORG", "Акорда", "Акорды", 1),), frozenset({("PER", "роман")}))
    article = make_article(TEXT, id="x")
    found = recognise(article, taught([Fixed()], learned), DAY)
    assert [(each.label, each.author) for each in found] == [("ORG", "recogniser:library")] * 3
    assert len({each.entity for each in found}) == 1


def test_nothing_learned_changes_nothing() -> None:
    fixed = Fixed()
    assert taught([fixed], Learned()) == (fixed,)


BY = {"author": "user:anna", "at": f"{DAY}T10:00:00Z"}
ACCEPTED = (
    mention("Акорды", "LOC", "accepted", "Акорда"),
    mention("Романа", "PER", "rejected", "Роман"),
)


def test_what_is_switched_off_is_suggested_by_nobody() -> None:
    learned = learn([document(*ACCEPTED)], [Ruling("LOC", "Акорда", **BY, is_on=False)])
    assert learned == Learned((), frozenset({("LOC", "акорда"), ("PER", "роман")}))
    found = recognise(make_article(TEXT, id="x"), taught([Fixed()], learned), DAY)
    assert found == ()


def test_a_name_is_suggested_as_somebody_laid_down() -> None:
    ruling = Ruling("LOC", "Акорда", **BY, as_label="ORG", as_name="Администрация Президента")
    learned = learn([document(*ACCEPTED)], [ruling])
    article = make_article("В Акорде рады.", id="y")
    (found,) = recognise(article, taught([], learned), DAY)
    assert (found.label, found.value) == ("ORG", {"name": "Администрация Президента"})
    assert article.text[found.start : found.end] == "Акорде"


def test_a_corrected_nominative_is_looked_for_in_its_own_forms() -> None:
    misread = mention("Акорду", "ORG", "accepted", "Акорд")
    learned = learn([document(misread)], [Ruling("ORG", "Акорд", **BY, as_name="Акорда")])
    (entry,) = learned.entries
    assert [quote for quote, _, _ in quotes("Из Акорды, с Акордой.", entry)] == [
        "Акорды", "Акордой",
    ]  # fmt: skip


def test_a_name_that_was_added_by_hand_is_surer_than_one_that_was_accepted_once() -> None:
    learned = learn([], [Ruling("ORG", "Речной банк", **BY, is_new=True)])
    assert quotes(TEXT, *learned.entries) == [("Речным банком", "ORG", 0.9)]
