"""What people decided about a name is counted whatever its case form, by label."""

from dataclasses import replace

from annotations.articles import make_article
from annotations.decisions import Tally, decisions, keys_of, name_key
from annotations.model import Annotation, Document, Span, Status

TEXT = "Из Акорды сообщили: в Акорде рады. Об Акорду и Чайковского."


def mention(
    quote: str, label: str, status: Status, name: str | None, author: str = "recogniser:test"
) -> Annotation:
    start = TEXT.index(quote)
    return Annotation(
        f"{label}{start}", start, start + len(quote), label, author,
        "2026-01-31", "2026-01-31", value={"name": name}, status=status,
    )  # fmt: skip


def document(*annotations: Annotation) -> Document:
    return Document(make_article(TEXT, id="x"), annotations)


def test_names_are_compared_by_their_folded_words() -> None:
    assert name_key("«Речной  Банк»") == name_key("речной банк") == "речной банк"


def test_a_mention_is_known_by_its_name_and_a_word_by_all_it_may_be_a_form_of() -> None:
    here = mention("Акорде", "ORG", "suggested", "Акорда")
    assert keys_of(document(here), here) == {"акорда"}
    assert {"акорда", "акорде"} <= keys_of(document(), Span(here.start, here.end))


def test_decisions_are_counted_by_label_and_suggestions_are_not() -> None:
    tally = Tally()
    decided = document(
        mention("Акорды", "ORG", "accepted", "Акорда"),
        mention("Акорде", "LOC", "rejected", "Акорда"),
        mention("Акорду", "ORG", "suggested", "Акорда"),
        mention("Чайковского", "PER", "accepted", "Чайковский"),
    )
    tally.take(decided, frozenset({"акорда"}))
    tally.take(decided, frozenset({"акорда"}))
    assert (tally.accepted, tally.rejected) == ({"ORG": 2}, {"LOC": 2})


def test_a_name_that_was_misread_is_found_by_the_text_of_its_mention() -> None:
    tally = Tally()
    tally.take(document(mention("Акорду", "ORG", "accepted", "Акорд")), frozenset({"акорду"}))
    assert tally.accepted == {"ORG": 1}


def test_decisions_are_what_somebody_accepted_or_rejected_in_the_main_layer() -> None:
    other_layer = replace(mention("Акорде", "ORG", "accepted", "Акорда"), layer="second")
    found = decisions(
        document(
            mention("Акорды", "ORG", "accepted", "Акорда"),
            mention("Акорду", "ORG", "suggested", "Акорда"),
            mention("Чайковского", "PER", "rejected", "Чайковский"),
            mention("рады", "ORG", "accepted", None),
            other_layer,
        )
    )
    assert [(each.key, each.is_accepted) for each in found] == [
        ("акорда", True), ("чайковский", False),
    ]  # fmt: skip
