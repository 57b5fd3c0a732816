"""The repairs of raw spans, the same for every recogniser: an ordered table of pure functions.

Each takes the reading and the mentions in text order and gives new mentions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from annotations.entities import (
    context_labels,
    document,
    headings,
    honours,
    joins,
    label_repairs,
    listed_places,
    offices,
    openings,
    people,
    person_repairs,
    span_repairs,
)
from annotations.entities.quoted_names import quoted_names
from annotations.entities.reading import Mention, Reading, in_order
from annotations.entities.sources import sources


@dataclass(frozen=True, slots=True)
class Rule:
    """A named repair with an example: what it makes of what."""

    name: str
    repair: Callable[[Reading, Sequence[Mention]], Iterable[Mention]]
    example: str


REPAIRS = (
    Rule("split at marks", span_repairs.split_at_marks, "Сумэ Танака (Sume Tanaka) → two spans"),
    Rule("endless off", label_repairs.endless_off, "0KHQtdC60YDQtdGC… → nothing"),
    Rule("trim", span_repairs.trim, "«Маяк», → Маяк"),
    Rule("whole sites", span_repairs.whole_sites, "Lada + kz → Lada.kz"),
    Rule("loose ends", span_repairs.loose_ends, "Агентство передаёт → Агентство"),
    Rule("close quotes", span_repairs.close_quotes, "ООО «Маяк → ООО «Маяк»"),
    Rule("legal forms in", span_repairs.forms_in, "СП + ООО «Маяк» → one span"),
    Rule("announcing nouns off", span_repairs.announcing_nouns_off, "Концерн «Маяк» → Маяк"),
    Rule("listed names", offices.listed_names, "РИА + Новости → one span"),
    Rule("openings off", openings.openings_off, "Меценату Петренко (opens) → Петренко"),
    Rule("titles off", person_repairs.titles_off, "Президента Петренко → Петренко"),
    Rule("initials in", person_repairs.initials_in, "А. + Петренко → А. Петренко"),
    Rule("join parts", person_repairs.join_parts, "Ивана Павловича + Петренко → one span"),
    Rule("join left", people.join_left, "Си + Цзиньпин → one span"),
    Rule(
        "organisations and people",
        people.organisations_and_people,
        "Университета Бенуа Дюпре → two spans",
    ),
    Rule("split cases", people.split_cases, "Гриневичем Сериков → two spans"),
    Rule("split persons", person_repairs.split_persons, "Иван Петренко Анна Гордон → two spans"),
    Rule("offices", offices.offices, "ГУ + МВД → one span"),
    Rule("headings", headings.headings, "ОСЛО, 2 мая ORG → LOC"),
    Rule("honours off", honours.honours_off, "Его Преосвященству → nothing"),
    Rule("listed places", listed_places.listed_places, "из сёл Анна и Садовое PER → LOC"),
    Rule("no names off", label_repairs.no_names_off, "СМИ → nothing"),
    Rule("announced labels", label_repairs.announced, "клуба Заря PER → ORG"),
    Rule("openings alone off", openings.openings_alone_off, "Аким (opens) → nothing"),
    Rule("quoted names", quoted_names, "акции «Севера» → ORG"),
    Rule("events off", label_repairs.events_off, "Лига чемпионов → nothing"),
    Rule("products off", label_repairs.products_off, "браузер Chrome → nothing"),
    Rule("things off", label_repairs.things_off, "фильм «Море» → nothing"),
    Rule("join neighbours", joins.join_neighbours, "Институт права + РАН → one span"),
    Rule(
        "common words off", label_repairs.common_words_off, "Почта (opens the sentence) → nothing"
    ),
    Rule("context", context_labels.context_labels, "из Аягоза PER → LOC"),
    Rule("fixed labels", document.fixed_labels, "Евросоюз LOC → ORG"),
    Rule("acronyms in brackets", document.bracketed, "Союз рыбаков (СРП) → both ORG"),
    Rule("sources", sources, "сообщает Степняк → ORG"),
    Rule("one label", document.one_label, "Петренко PER ×3, LOC ×1 → PER ×4"),
    Rule("known elsewhere", document.known_elsewhere, "Петренко, found once, is found everywhere"),
)


def repaired(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions after all repairs, in text order, none overlapping."""
    current = in_order(mentions)
    for rule in REPAIRS:
        current = in_order(list(rule.repair(reading, current)))
    return current
