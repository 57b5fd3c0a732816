"""What a word is found by: the lemmas that it may be a form of, and stems where nobody knows.

A word of a text matches a word of a query where their terms meet; see `annotations.asked`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from annotations.asked import (
    CYRILLIC,
    LONGEST,
    MOST_PARTS,
    Terms,
    as_terms,
    asked_for,
    normal,
    stem_terms,
)
from annotations.lemmas import Reading, is_known, readings
from annotations.lexicon import table

_SHARE_OF_BEST = 0.5  # a lemma is one of the best from this share of the likeliest's score
_LEAST = 0.005  # below this score a lemma is left out: «для» is hardly ever of длить
_LEAST_OF_GUESSES = 0.02  # the same of guesses at a word that the dictionary does not know
_DECLINED_LATIN = re.compile(  # «iPhone'ов», «PDF-ах»
    r"(?P<head>[a-z0-9]*[a-z][a-z0-9]*)['-]"
    r"(?:[аяоеыиуюй]|[ое]в|[аеоыя]х|[аеоыя]м|[аяыи]ми|[оеи]й|[оеь]ю)"
)
_CARDINAL = re.compile(r"(?P<number>[0-9]+)-(?:ти|мя)")  # «5-ти»
_ORDINAL = re.compile(  # «90-е», «5-й», «2025-го»
    r"(?P<number>[0-9]+)-"
    r"(?:[ыои]?й|[аоыи]?[яе]|ь[яею]|у?ю|[ыи]?[хм]|[ыи]?ми|[ое]?го|[ое]?му|[ое]м|ей)"
)
_WITH_PARTICLE = re.compile(r"(?P<word>.*[а-я])-(?:то|ка|таки|де|с)")
_UNDIVIDED = ("ADVB", "NPRO", "PREP", "CONJ", "PRCL")  # «по-русски», «кто-то», «из-за»
_ADVERBS = {"больше": "много", "меньше": "мало", "раньше": "рано"}


def terms_of(form: str) -> Terms:
    """What a word in a text is found by; a hyphenated word also by its parts."""
    word = normal(form)
    whole = _whole(word)
    of_parts = [_whole(part) for part in _parts(word)]
    if not of_parts:
        return whole
    more = (term for terms in of_parts for term in (*terms.best, *terms.others))
    return as_terms(whole.best, (*whole.others, *more))


def asked_terms(form: str, *, is_name: bool = False) -> Terms:
    """What a word in a query asks for; never the parts of a hyphenated word."""
    return asked_for(form, _whole(normal(form)), is_name=is_name)


def _whole(word: str) -> Terms:
    """The terms of a folded word, its parts apart."""
    if len(word) > LONGEST or not CYRILLIC.search(word):
        return as_terms([word])
    if number := _CARDINAL.fullmatch(word):
        return as_terms([number["number"]], [word])
    if number := _ORDINAL.fullmatch(word):
        return as_terms([f"{number['number']}-й"], _ordinals().get(number["number"], ()))
    if latin := _DECLINED_LATIN.fullmatch(word):
        return as_terms([latin["head"]], [word])
    if word in _abbreviations():
        sure, possible = _abbreviations()[word]
        found = _read(word)
        return as_terms((*sure, *found.best), (*possible, *found.others))
    return _read(word)


def _read(word: str) -> Terms:
    """The terms of a word by the dictionary, or by its guesses and our stems."""
    found = _but_for_many_of_a_name(readings(word))
    scores: dict[str, float] = {}
    added: list[str] = []
    for reading in found:
        lemma = reading.lemma.replace("ё", "е")
        tag = reading.tag
        if "Patr" in tag and "femn" in tag:
            lemma = _patronymic(word)
        elif "Supr" in tag:
            added.append(_superlative(word))
        scores[lemma] = scores.get(lemma, 0.0) + reading.score
    enough = max(scores.values()) * _SHARE_OF_BEST
    best = [lemma for lemma, score in scores.items() if score >= enough]
    if not is_known(word):
        return _guessed(word, best, scores)
    others = [lemma for lemma, score in scores.items() if score >= _LEAST]
    return as_terms((*best, *added), (*others, *_adverbs(word, found)))


def _but_for_many_of_a_name(found: list[Reading]) -> list[Reading]:
    """«Иванов» is a surname, and next to never several people called Иван."""
    if not any("Surn" in each.tag for each in found):
        return found
    return [each for each in found if not ("Name" in each.tag and "plur" in each.tag)]


def _guessed(word: str, best: list[str], scores: Mapping[str, float]) -> Terms:
    """The terms of a word that the dictionary does not know."""
    others = [lemma for lemma, score in scores.items() if score >= _LEAST_OF_GUESSES]
    if particle := _WITH_PARTICLE.fullmatch(word):
        bare = _whole(particle["word"])
        return as_terms((*bare.best, *best), (*bare.others, *others))
    return as_terms((*best, *stem_terms(word)), others)


def _patronymic(word: str) -> str:
    """«Петровна» of «Петровны», which the dictionary takes for a form of «Петрович»."""
    if word.endswith("ен"):
        return word[:-2] + "на"
    return word[: word.rfind("н") + 1] + "а"


def _superlative(word: str) -> str:
    """«Лучший» of «лучшему», which the dictionary takes for a form of «хороший» only."""
    return word[: word.rfind("ш") + 1] + "ий"


def _adverbs(word: str, found: Iterable[Reading]) -> list[str]:
    """«Быстро» of «быстрее», which the dictionary takes for a form of «быстрый» only."""
    adverbs = [_ADVERBS[word]] if word in _ADVERBS else []
    for reading in found:
        if reading.tag.startswith("COMP"):
            base = reading.lemma.replace("ё", "е")[:-2]
            adverbs += filter(is_known, (base + "о", base + "е"))
    return adverbs


def _parts(word: str) -> list[str]:
    """The parts of a hyphenated word that one may look for; none of «кто-то», «по-русски»."""
    if "-" not in word or _DECLINED_LATIN.fullmatch(word):
        return []
    if number := _ORDINAL.fullmatch(word):
        return [number["number"]]
    if len(word) <= LONGEST and readings(word)[0].tag[:4] in _UNDIVIDED:
        return []
    return [part for part in word.split("-") if part][:MOST_PARTS]


@cache
def _abbreviations() -> dict[str, tuple[list[str], list[str]]]:
    """Of each abbreviation what it stands for beyond doubt, and what else it may stand for."""
    rows = [(*row, "", "")[:3] for row in table("abbreviations")]
    return {form: (sure.split(","), possible.split(",")) for form, sure, possible in rows}


@cache
def _ordinals() -> dict[str, tuple[str, ...]]:
    endings = {"hard": "ый", "struck": "ой", "soft": "ий"}
    return {row[0]: (row[1] + endings[row[2]],) for row in table("ordinals") if len(row) >= 3}
