"""What stands around a name says in which case it stands, and who it is.

Prepositions govern cases, adjectives and titles agree, a verb agrees with its subject in gender
and number, «братья» and «семья» announce a plural.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import PLACE_NOUNS, is_title, is_verb, kinds, lemmas_of
from annotations.lemmas import Parse, parses
from annotations.lexicon import table
from annotations.name_words import CASES, case_of, genders_of
from annotations.names import NameReading
from annotations.tokens import fold

_RARE = 0.05
_TITLE_WINDOW = 7  # words between a title and the name it belongs to
_PARTS_OF_COUNTRIES = frozenset(
    {"столица", "порт", "регион", "территория", "аэропорт", "вокзал", "пригород", "предместье",
     "берег", "квартал", "кладбище", "лес", "степь", "пустыня"}
)  # fmt: skip
_SIDES = frozenset({"берег", "побережье", "пригород", "предместье", "территория", "окрестность"})
_TIMES = frozenset(
    {"лето", "осень", "зима", "весна", "утро", "вечер", "ночь", "год", "месяц", "неделя", "сутки",
     "час", "минута", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота",
     "воскресенье"}
)  # fmt: skip
# Nouns before names of other genders than their own: «деревне Горюхине», «озера Балхаша».
_ALSO = {
    "деревня": {"neut"},
    "станция": {"neut", "masc"},
    "озеро": {"masc", "femn"},
    "город": {"femn"},
}
_LISTED = re.compile(
    r"[»\"”]?(?:,? (?:и|или|либо|а также) |, )[«\"„“]?"
)  # between two names in one case
_WHO = {
    "который": "masc", "которого": "masc", "которому": "masc",
    "которая": "femn", "которую": "femn",
}  # fmt: skip
_BEFORE_WHO = frozenset({"в", "на", "о", "к", "у", "с", "за", "про", "для", "от", "через"})
_SEXES = frozenset({"masc", "femn"})


def _cases(**factors: float) -> Mapping[str, float]:
    return {case: factors.get(case, factors["other"]) for case in CASES}


# How likely each case is where no preposition and no title tells it.
_NEW_SENTENCE = _cases(nomn=1.0, gent=0.3, loct=0.05, other=0.2)
_AFTER_MARK = _cases(nomn=1.0, gent=0.65, loct=0.1, other=0.3)
_AFTER_ANY_WORD = _cases(nomn=1.0, gent=0.7, loct=0.1, other=0.7)
_BEFORE_PLACE = _cases(nomn=1.0, gent=0.35, loct=0.1, other=0.7)  # after an adverb or a verb
_OPENING_PLACE = _cases(nomn=1.0, gent=0.1, loct=0.05, other=0.2)
_OF_PLACE = _cases(gent=1.0, nomn=0.08, loct=0.05, other=0.1)  # «мэр Бельц»
_AFTER_NOUN = _cases(gent=1.0, nomn=0.4, loct=0.05, other=0.15)
_AFTER_VERB = _cases(nomn=1.0, gent=0.25, accs=0.7, datv=0.7, ablt=0.5, other=0.1)

GOVERNMENT: Mapping[str, frozenset[str]] = {
    row[0]: frozenset(row[1].split()) for row in table("prepositions")
}
_DATIVE_VERBS = frozenset(row[0] for row in table("dative_verbs"))
_OF_PLACES = frozenset(
    lemma for row in table("governors") if row[0] == "LOC" for lemma in row[1].split()
)
_FAMILIES = {row[0]: row[1] for row in table("families")}


@dataclass(frozen=True, slots=True)
class Clues:
    """How likely each case is, and what the gender of the name should be where that is told."""

    cases: Mapping[str, float]
    gender: str = ""
    verb: Parse | None = None
    verb_before: Parse | None = None
    kin: frozenset[str] = frozenset()  # genders of the noun before a place, with which it agrees

    @property
    def _object_before(self) -> float:
        """The weight of what is not the subject of the verb after it: no verb without an object
        has it there («Дюлу Хорти отдыхала»)."""
        grammemes = self.verb.grammemes if self.verb else frozenset()
        alone = "intr" in grammemes and grammemes & _SEXES and self.cases["nomn"] == 1.0
        return 0.2 if alone else 0.5

    def weight(self, option: NameReading) -> float:
        """How well a reading of the name goes with what stands around it."""
        weight = self.cases[option.case]
        if self.gender and option.gender != self.gender:
            weight *= 0.03 if "plur" in (self.gender, option.gender) else 0.15
        elif self.gender == "plur":
            weight *= 20.0  # names are seldom read as plurals
        if self.kin and option.case != "nomn" and option.gender not in self.kin:
            weight *= 0.2
        if self.verb and self.gender != "plur" and not self.kin:
            weight *= _agreement(self.verb, option, self._object_before, several=0.05)
            if option.case == "accs" and self.verb.lemma in _DATIVE_VERBS:
                weight *= 0.3
        if self.verb_before:
            weight *= _agreement(self.verb_before, option, 0.8, several=0.6)
        return weight


def clues(reading: Reading, mention: Mention, before: tuple[Mention, Clues] | None) -> Clues:
    """What is told of a mention; `before` is the mention before it with what is told of that."""
    found = _listed(reading, mention, before) or _told_before(reading, mention)
    verb = _verb_after(reading, mention)
    sex = "" if found.gender else _sex_after(reading, mention)
    if sex:
        found = replace(found, gender=sex)
    if verb and not ("plur" in verb.grammemes and _is_listed(reading, mention, before)):
        return replace(found, verb=verb)
    return found


def _listed(
    reading: Reading, mention: Mention, before: tuple[Mention, Clues] | None
) -> Clues | None:
    """«К Полякову и Зайцевой»: the second name stands in the case of the first."""
    if before is None or not _is_listed(reading, mention, before):
        return None
    plural = before[1].gender == "plur" and before[0].end + 3 == mention.start
    cases = before[1].cases
    if mention.label == "LOC" and before[0].end + 2 == mention.start:  # «в Париже, Франция»
        cases = {case: max(cases[case], _AFTER_MARK[case]) for case in CASES}
    return Clues(cases, before[1].gender if plural else "")


def _is_listed(reading: Reading, mention: Mention, before: tuple[Mention, Clues] | None) -> bool:
    if before is None or before[0].label != mention.label:
        return False
    between = reading.text[before[0].end : mention.start]
    return bool(_LISTED.fullmatch(between))


def _told_before(reading: Reading, mention: Mention) -> Clues:
    """What the word that stands before the mention tells."""
    word = fold(reading.before(mention.start))
    if not word:
        opens = reading.starts_sentence(mention.start)
        new = _OPENING_PLACE if mention.label == "LOC" else _NEW_SENTENCE
        return Clues(new if opens else _AFTER_MARK)
    if word in GOVERNMENT:
        return Clues({case: 1.0 if case in GOVERNMENT[word] else _RARE for case in CASES})
    best = next(iter(parses(word)), None) if word.isalpha() or "-" in word else None
    index = reading.index_at(mention.start) - 1
    if best and "ADVB" in best.grammemes and reading.gap(index - 1) in SPACES:
        index -= 1  # «сообщил вчера Поляков»
        best = parses(reading.word(index).lower())[0]
        best = best if "VERB" in best.grammemes else None
    if best is None:
        return Clues(_AFTER_ANY_WORD)
    if "NOUN" in best.grammemes:
        return _after_noun(reading, mention, word)
    if mention.label != "ORG" and best.grammemes & {"ADJF", "PRTF"}:
        return _after_adjective(word, best)
    if mention.label == "LOC" and "CONJ" not in best.grammemes:
        return Clues(_BEFORE_PLACE)
    if mention.label == "PER" and best.grammemes & {"VERB", "INFN", "GRND", "PRTS"}:
        return _after_verb(best, _has_subject(reading, index - 1, best))
    return Clues(_AFTER_ANY_WORD)


def _after_noun(reading: Reading, mention: Mention, word: str) -> Clues:
    if mention.label != "PER":
        return _of_noun(word, mention.label)
    family = next((_FAMILIES[lemma] for lemma in lemmas_of(word) if lemma in _FAMILIES), None)
    if family == "of" and " " in reading.of(mention):  # «семью Анны Мороз»
        return Clues(_cases(gent=1.0, nomn=0.1, other=0.05))
    if family == "of":
        return Clues(_cases(gent=1.0, nomn=0.3, other=0.05), "plur")
    title = _title_before(reading, mention)
    if not title:
        return Clues(_AFTER_NOUN)
    if family == "are" and _is_plural(title):
        several = " " not in reading.of(mention)
        cases = _agreeing(title, number="plur", gent=0.3 if several else 1.0)
        return Clues(cases, "plur" if several else "")
    return Clues(_agreeing(title), _sex_of(title))


def _of_noun(word: str, label: str) -> Clues:
    """A place or an organisation after a noun: «на реке Бирюсе», «города Ниш», «мэр Бельц»."""
    lemmas = lemmas_of(word)
    if lemmas & _TIMES:
        return Clues(_NEW_SENTENCE)
    if lemmas & PLACE_NOUNS and not lemmas & _SIDES:
        gent = 0.5 if lemmas & _PARTS_OF_COUNTRIES else 0.1
        return Clues({**_agreeing(word, gent=gent), "nomn": 1.0}, kin=_kin(word, lemmas))
    governs = label == "LOC" and (lemmas & _OF_PLACES or lemmas & _SIDES or is_title(word))
    return Clues(_OF_PLACE if governs else _AFTER_NOUN)


def _kin(word: str, lemmas: Collection[str]) -> frozenset[str]:
    """The genders of a place in the case of a noun before it, none where that is a plural."""
    nouns = [parse for parse in parses(word) if parse.lemma in PLACE_NOUNS]
    own = {gender for parse in nouns if "sing" in parse.grammemes for gender in genders_of(parse)}
    return frozenset(own.union(*(_ALSO.get(lemma, ()) for lemma in lemmas))) if own else frozenset()


def _after_adjective(word: str, best: Parse) -> Clues:
    """«Самого Полякова», «52-летней Зайцевой»: the adjective agrees with the name."""
    found = [parse for parse in parses(word) if parse.grammemes & {"ADJF", "PRTF"}]
    cases = {case_of(parse) for parse in found if "sing" in parse.grammemes}
    if not cases or best.grammemes >= {"Apro", "Anph"}:
        return Clues(_AFTER_ANY_WORD)
    genders = {gender for parse in found for gender in genders_of(parse)} & _SEXES
    sex = next(iter(genders)) if len(genders) == 1 else ""
    return Clues({case: 1.0 if case in cases else 0.3 for case in CASES}, sex)


def _has_subject(reading: Reading, index: int, verb: Parse) -> bool:
    """Whether the word before a verb is its subject: «суд обязал Полякова»."""
    if reading.gap(index) not in SPACES:
        return False
    word = reading.word(index).lower()
    if word == "не" and reading.gap(index - 1) in SPACES:
        word = reading.word(index - 1).lower()
    found = parses(word)[0] if word else None
    if found is None or not found.grammemes & {"NOUN", "NPRO"} or "nomn" not in found.grammemes:
        return False
    if "past" not in verb.grammemes:
        return True
    number = "plur" if "plur" in found.grammemes else "sing"
    told = number in verb.grammemes and number == "plur"
    return told or (number == "sing" and bool(set(genders_of(found)) & set(genders_of(verb))))


def _after_verb(best: Parse, has_subject: bool) -> Clues:
    """The subject agrees with a verb; what has no subject is not followed by a nominative."""
    factors = dict(_AFTER_VERB)
    grammemes = best.grammemes
    if has_subject or grammemes & {"INFN", "GRND", "impr", "1per", "2per"}:
        factors["nomn"] = 0.15
    if best.lemma in _DATIVE_VERBS:
        factors.update(accs=0.25, datv=1.0)
    elif "tran" in grammemes:
        factors.update(accs=1.0, datv=0.3)
    elif grammemes & {"VERB", "INFN", "GRND"}:
        factors.update(accs=0.1)
    if "PRTS" in grammemes:
        factors.update(accs=0.05)
    subject = grammemes & {"VERB", "PRTS"} and grammemes & {"past", "PRTS", "3per"}
    return Clues(factors, verb_before=best if subject else None)


def _title_before(reading: Reading, mention: Mention) -> str:
    """The title that a name stands to: «посол» in «посол Японии в Чехии Сумэ Танака»."""
    index = reading.index_at(mention.start) - 1
    nearest = reading.word(index)
    if parses(nearest.lower())[0].grammemes >= {"NOUN", "anim"} and kinds(nearest).person < 0.5:
        return nearest
    for back in range(index, max(index - _TITLE_WINDOW, -1), -1):
        if reading.gap(back) not in SPACES or is_verb(reading.word(back)):
            break
        if is_title(reading.word(back)) and kinds(reading.word(back)).person < 0.3:
            return reading.word(back)
    return ""


def _persons(title: str) -> Sequence[Parse]:
    nouns = [parse for parse in parses(title.lower()) if "NOUN" in parse.grammemes]
    return [parse for parse in nouns if "anim" in parse.grammemes] or nouns


def _agreeing(title: str, number: str = "sing", gent: float = 0.7) -> Mapping[str, float]:
    """A title before a name stands in its case: «премьер-министру Эрдогану»."""
    cases = {case_of(parse) for parse in _persons(title) if number in parse.grammemes}
    other = {"gent": 0.1 if is_title(title) else gent}  # «вдова Полякова»
    return {case: 1.0 if case in cases else other.get(case, 0.1) for case in CASES}


def _is_plural(title: str) -> bool:
    return all("plur" in parse.grammemes for parse in _persons(title))


def _sex_of(title: str) -> str:
    """A woman's title («певица») is no man's; a man's («депутат») may be a woman's."""
    first = next(iter(_persons(title)), None)
    women = first and first.grammemes >= {"femn", "anim", "sing"} and "ms-f" not in first.grammemes
    return "femn" if women and is_title(title) else ""


def _verb_after(reading: Reading, mention: Mention) -> Parse | None:
    """The verb in the past right after a name, which tells the gender of the subject."""
    word = reading.after(mention.end)
    if not word.islower():
        return None
    first = parses(word)[0]
    if not first.grammemes >= {"VERB", "past"} and not (
        mention.label == "PER" and first.grammemes >= {"VERB", "3per", "intr"}
    ):
        return None
    object_first = reading.word(reading.index_at(mention.end) + 1)[:1].isupper()
    return None if object_first else first  # «Полякова встретил Игорь Зуев»


def _sex_after(reading: Reading, mention: Mention) -> str:
    """The gender that a clause about a name tells: «Арина Зотова, которую избрали»."""
    if mention.label == "ORG" or not reading.text.startswith(", ", mention.end):
        return ""
    index = reading.index_at(mention.end)
    word = reading.word(index).lower()
    if word in _BEFORE_WHO and reading.gap(index) in SPACES:
        word = reading.word(index + 1).lower()
    return _WHO.get(word, "")


def _agreement(verb: Parse, option: NameReading, other: float, several: float) -> float:
    """How well a reading goes with a verb next to it; `other` for what is not its subject,
    `several` for one person before or after a verb in the plural."""
    plural = "plur" in verb.grammemes
    if option.case != "nomn":
        return other
    if option.gender == "plur":
        return 5.0 if plural else 0.1
    if plural or not verb.grammemes & {"past", "PRTS"}:
        return several if plural else 1.5
    return 2.0 if option.gender in genders_of(verb) else 0.1
