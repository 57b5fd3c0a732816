"""Places and persons that are taken for each other: prepositions and neighbours tell."""

import re
from collections.abc import Iterable, Sequence

from annotations.entities.document import nominatives
from annotations.entities.people import part_cases
from annotations.entities.reading import OPENING, SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    COMPASS,
    PLACE_NOUNS,
    is_capitalised,
    is_cyrillic,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.name_words import PARTICLES, adjective_forms, noun_forms

# Prepositions of place, with the case of a place after them.
_PLACED = {
    "в": "loct", "во": "loct", "из": "gent", "под": "ablt", "близ": "gent", "вблизи": "gent",
    "возле": "gent", "через": "accs", "самого": "gent", "города": "gent",
}  # fmt: skip
_STRONG = frozenset({"в", "во", "из", "под", "близ", "вблизи", "самого"})
_COMMA = re.compile(r",? (?:и|или|а также) |, ?")
_COMPOUND_SURNAME = re.compile(r"\w{2,}(?:ов|ев|ёв|ин|ын)(?:а|у|ым|е|ой|ых)?-\w{4,}")
_FLOWING = frozenset(
    {"разлиться", "обмелеть", "мелеть", "вскрыться", "впадать", "протекать", "пересохнуть",
     "замёрзнуть", "течь", "струиться", "разливаться", "пересыхать"}
)  # fmt: skip
_MAYORS = frozenset({"мэр", "экс-мэр", "вице-мэр", "аким", "хоким", "губернатор", "градоначальник"})
_NEAR = frozenset({"соседний", "далёкий", "дальний", "ближний", "родной", "близлежащий"})
_SURE = 0.96  # a listed name, or one of a list that a noun announces
_AGED = re.compile(
    r" (?:(?:всего|уже|пока|только|лишь|ещё|сейчас|тогда|было|исполнилось|исполнится) ){0,2}"
    r"(?:(?:\d\d?|(?:двадцать|тридцать|сорок|пятьдесят|шестьдесят)(?: \w+)?) (?:лет|год|года)\b"
    r"|(?<=всего )(?:двадцать|тридцать|десять)\b|\w+надцать(?: лет)?\b)"
)
_SURNAME = re.compile(r"\w{2,}(?:ов|ев|ёв|ин|ын|ск|цк)(?:а|у|ым|им|е|ой|ая|ий|ого|ому)?")


def context_labels(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«из Аягоза», «Аркалыка, Жезказгана, Аягоза» are LOC, «с Ларисой Климовой» is PER."""
    mentions = [_as_person(reading, mention) for mention in mentions]
    places = _placed_names(reading, mentions)
    mentions = list(mentions) if not places else [
        _as_place(reading, mention, places) for mention in mentions
    ]  # fmt: skip
    return _in_lists(reading, mentions)


def _is_lone(reading: Reading, mention: Mention) -> bool:
    inside = reading.of(mention)
    quoted = reading.text[mention.start - 1 : mention.start] in OPENING
    return " " not in inside and "." not in inside and is_cyrillic(inside) and not quoted


def _as_person(reading: Reading, mention: Mention) -> Mention:
    """A LOC of a first name and a surname, «Мамина-Сибиряка»."""
    if mention.label != "LOC" or mention.confidence >= _SURE:
        return mention
    words = [word.text for word in reading.within(mention.start, mention.end)]
    before = reading.before(mention.start).lower()
    if not all(map(is_capitalised, words)) or not all(map(is_cyrillic, words)):
        return mention
    if before and lemmas_of(before) & PLACE_NOUNS:
        return mention
    if len(words) == 1:
        if _is_aged(reading, mention):
            return mention._replace(label="PER")
        return mention._replace(label="PER") if _is_persons(words[0], before) else mention
    if before in _STRONG or any(word.lower() in PARTICLES for word in words):
        return mention
    person = len(words) in (2, 3) and _is_full_name(words)
    return mention._replace(label="PER") if person else mention


def _is_aged(reading: Reading, mention: Mention) -> bool:
    """«Сатпаеву всего семнадцать»: a surname of a city in the dative, and an age."""
    lower = reading.of(mention).lower()
    surname = lower.endswith(("ову", "еву", "ёву", "ину", "ыну", "овой", "евой", "иной", "скому"))
    return surname and _AGED.match(reading.text, mention.end) is not None


def _is_persons(word: str, before: str) -> bool:
    """«Мамина-Сибиряка», «влюблён в Наташу»; not «в Анне», where the case is that of a place."""
    lower, kind = word.lower(), kinds(word)
    if not kind.known:
        compound = _COMPOUND_SURNAME.fullmatch(lower) and kinds(lower.split("-")[0]).place < 0.1
        return bool(compound) and before not in _STRONG
    placed = before in _STRONG and _PLACED[before] in part_cases(word)
    return kind.first_name > 0.8 and kind.place + kind.ordinary < 0.05 and not placed


def _is_full_name(words: Sequence[str]) -> bool:
    """Parts that agree, of which one is a first name or a surname and none is of a place."""
    first, last = kinds(words[0]), kinds(words[-1])
    if any(lemmas_of(word.lower()) & (COMPASS | PLACE_NOUNS) for word in words):
        return False
    if not set.intersection(*map(part_cases, words)):
        return False
    given = first.first_name > 0.5 or (first.first_name > 0.2 and first.place < 0.05)
    if given and first.known and not adjective_forms(words[-1].lower()):
        return True
    if given and first.known and _SURNAME.fullmatch(words[-1].lower()):
        return True
    whole = last.known and last.surname > 0.3 and first.place < 0.1 and last.place < 0.1
    return whole and first.adjective < 0.5


def _placed_names(reading: Reading, mentions: Sequence[Mention]) -> set[str]:
    """Folded nominatives of lone names after a preposition of place that nobody bears."""
    places: set[str] = set()
    full: list[Mention] = []
    for mention in mentions:
        if mention.label != "PER":
            continue
        if not _is_lone(reading, mention) or _is_aged(reading, mention):
            full.append(mention)
        elif _may_be_place(reading, mention):
            places |= nominatives(reading.of(mention))
    if not places:
        return places
    people = {
        name
        for mention in full
        for word in reading.within(mention.start, mention.end)
        for name in nominatives(word.text)
    }
    return places - people


def _may_be_place(reading: Reading, mention: Mention) -> bool:
    """A city of the dictionary, or a strange name in the case that a place has here."""
    word = reading.of(mention)
    before = reading.before(mention.start).lower()
    kind = kinds(word)
    if kind.known and kind.place > 0.4 and kind.person < 0.05:
        return True
    if not kind.known and (_flows(reading, mention, before) or _is_ruled(word, before)):
        return True
    if before not in _STRONG:
        before = _through_adjective(reading, mention, before)
    if before not in _STRONG or (kind.known and kind.person > 0.3 and kind.place < 0.02):
        return False
    cases = {form.case for form in noun_forms(word.lower()) if form.weight > 0.05}
    return _PLACED[before] in cases


def _flows(reading: Reading, mention: Mention, before: str) -> bool:
    """«разлилась Каменка», «Каменка обмелела»: what only rivers do."""
    return reading.of(mention)[-1] in "аяьй" and any(
        parse.lemma in _FLOWING
        for near in (before, reading.after(mention.end))
        if near.islower()
        for parse in parses(near)
    )


def _is_ruled(word: str, before: str) -> bool:
    """«мэр Пайты»: a genitive after who rules there, himself in the nominative."""
    return before in _MAYORS and word.endswith(("ы", "ии"))


def _through_adjective(reading: Reading, mention: Mention, before: str) -> str:
    """The preposition before an adjective of places: «из соседнего Бурзянска»."""
    index = reading.index_at(mention.start) - 1
    if not before or reading.gap(index - 1) not in SPACES:
        return before
    lemmas = lemmas_of(before)
    place = any(lemma.endswith(("ский", "цкий")) for lemma in lemmas) or lemmas & _NEAR
    preposition = reading.word(index - 1).lower()
    if not place or preposition not in _STRONG:
        return before
    agreed = any(form.case == _PLACED[preposition] for form in adjective_forms(before))
    return preposition if agreed else before


def _as_place(reading: Reading, mention: Mention, places: set[str]) -> Mention:
    if mention.label != "PER" or not _is_lone(reading, mention):
        return mention
    word = reading.of(mention)
    before = reading.before(mention.start).lower()
    placed = bool(_PLACED.get(_through_adjective(reading, mention, before)))
    placed = placed or _is_ruled(word, before) or _flows(reading, mention, before)
    if not nominatives(word) & places or (kinds(word).person > 0.5 and not placed):
        return mention
    return mention._replace(label="LOC", confidence=0.85)


def _in_lists(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """A strange name among places of the dictionary is a place: «Дохе, Стамбуле и Аягозе»."""
    run: list[Mention] = []
    for mention in mentions:
        if run and not _COMMA.fullmatch(reading.text[run[-1].end : mention.start]):
            yield from _judged(reading, run)
            run = []
        run.append(mention)
    yield from _judged(reading, run)


def _judged(reading: Reading, run: Sequence[Mention]) -> Iterable[Mention]:
    """The members of a list; those that are strange get the label of most."""
    if len(run) < 2 or {mention.label for mention in run} != {"LOC", "PER"}:
        return run
    people = [mention for mention in run if mention.label == "PER"]
    places = [mention for mention in run if mention.label == "LOC"]
    strange = all(_is_lone(reading, one) and not _is_known_person(reading, one) for one in people)
    known = any(kinds(reading.of(one)).place > 0.5 for one in places)
    if strange and (known or len(places) > 1) and len(places) >= len(people):
        return [mention._replace(label="LOC") for mention in run]
    if (
        len(people) > len(places)
        and not _is_placed(reading, run[0])
        and all(_is_lone(reading, one) and kinds(reading.of(one)).person > 0.3 for one in places)
    ):
        return [mention._replace(label="PER") for mention in run]
    return run


def _is_placed(reading: Reading, mention: Mention) -> bool:
    return reading.before(mention.start).lower() in _PLACED


def _is_known_person(reading: Reading, mention: Mention) -> bool:
    kind = kinds(reading.of(mention))
    return kind.known and kind.person > 0.3 and kind.place < 0.05
