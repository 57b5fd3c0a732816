"""What a number counts: the noun after it, in agreement, as a dictionary prints it."""

import re

from annotations.figures.numerals import Number, read_number
from annotations.figures.pieces import SUFFIXED, WORD, Line
from annotations.lemmas import Parse, parses

_OBLIQUE = frozenset({"datv", "ablt", "loct"})
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_NAMES = frozenset({"Name", "Surn", "Patr"})
_LEAST_SCORE = 0.05
_REACH = 4  # words that may stand between a numeral and its noun, and the noun
_SKIPPED = frozenset({"самых", "так", "называемых", "более", "менее", "ранее", "уже", "вновь"})
_NEVER = frozenset({"из", "на", "в", "и", "за", "год", "году", "года"})
_ABBREVIATIONS = {"чел": "человек", "экз": "экземпляр", "шт": "штука"}
_DESCRIBING = re.compile(
    r"[0-9].*[-‑–][а-яё]{2,}(?:ый|ий|ой|ая|ое|ые|ие|ого|ой|ых|их|ым|им|ыми|ими|ом|ую)"
)
_ACRONYM = re.compile(r"[А-ЯЁ]{2,6}")
_SHORTEST_WORD = 4  # letters of a word that is not taken for an acronym
_LEAST_YEAR = 1000
_IRREGULAR = {"люди": "человек", "дети": "ребёнок"}


def counted_noun(line: Line, number: Number) -> str | None:
    """The nominative singular of the noun that `number` counts, None where there is none.

    «5 золотых и 7 серебряных медалей»: an adjective alone borrows the noun of the next number.
    """
    if line.low(number.end) in _ABBREVIATIONS:
        return _ABBREVIATIONS[line.low(number.end)]
    for _ in range(_REACH):
        found, is_noun, end = _find(line, number)
        following = read_number(line, end + 1) if line.low(end) in {"и", ","} else None
        if not is_noun and _is_counted_acronym(line, end, number):
            return line.at(end).text
        if found is None:
            return None
        if is_noun or following is None or not _may_borrow(found, number):
            return _dictionary_form(found)
        noun, borrowed, _ = _find(line, following)
        if noun is None or (not borrowed and line.low(end) == "и"):
            return _dictionary_form(found)
        number = following
    return None


def _may_borrow(found: Parse, number: Number) -> bool:
    """«5 золотых» leaves its noun to the next number, «двое погибших» does not."""
    return "ADJF" in found.grammemes and number.kind not in {"part", "collective"}


def _find(line: Line, number: Number) -> tuple[Parse | None, bool, int]:
    """The word that is counted, whether it is a noun, and the piece after it."""
    found: Parse | None = None
    j = number.end
    for j in range(number.end, number.end + _REACH):
        piece = line.at(j)
        if piece.kind == SUFFIXED and _DESCRIBING.fullmatch(piece.low):
            continue  # «двое 19-летних студентов»
        if piece.kind != WORD or piece.low in _NEVER or _has_no_cases(piece.text):
            return found, False, j
        readings = parses(piece.text)
        noun = _best(readings, number, "NOUN")
        adjective = _best(readings, number, *_ADJECTIVES)
        if noun and (adjective is None or noun.score >= adjective.score):
            return noun, True, j + 1
        if adjective is not None and "Apro" in adjective.grammemes:
            continue  # «двое других»
        if adjective is None and piece.low not in _SKIPPED:
            return found, False, j
        found = adjective or found
    return found, False, j


def _has_no_cases(text: str) -> bool:
    """Whether a word in capitals is an acronym, not one of a headline («5 ДОМОВ»)."""
    if len(text) < 2 or not text.isupper():
        return False
    best = parses(text)[0]
    return len(text) < _SHORTEST_WORD or not best.known or "Abbr" in best.grammemes


def _is_counted_acronym(line: Line, j: int, number: Number) -> bool:
    """«половина ВВП», «три новых АЭС»: what has no cases agrees with every number."""
    piece = line.at(j)
    if piece.kind != WORD or not _ACRONYM.fullmatch(piece.text) or not _has_no_cases(piece.text):
        return False
    return not number.is_plain or number.value < _LEAST_YEAR


def counts_plural(line: Line, number: Number) -> bool:
    """Whether a noun in the plural is counted: «главы 9 государств», unlike «глава 9 закона»."""
    found, is_noun, _ = _find(line, number)
    return found is not None and is_noun and "plur" in found.grammemes


def agrees(line: Line, number: Number, j: int) -> bool:
    """Whether the word at `j` may be, or describe, what the number counts."""
    piece = line.at(j)
    return piece.kind == WORD and bool(_best(parses(piece.text), number, "NOUN", *_ADJECTIVES))


def _best(readings: tuple[Parse, ...], number: Number, *classes: str) -> Parse | None:
    """The most probable reading of one of these word classes that agrees with the number."""
    for parse in readings:
        grammemes = parse.grammemes
        fits = not grammemes.isdisjoint(classes) and _agrees(grammemes, number)
        if fits and parse.score >= _LEAST_SCORE and grammemes.isdisjoint(_NAMES):
            return parse
    return None


def _agrees(grammemes: frozenset[str], number: Number) -> bool:
    """Russian agreement: 1 takes the singular, 2 to 4 the genitive singular, more the plural."""
    plural = "plur" in grammemes
    if number.kind == "part" or number.value != int(number.value):
        return "gent" in grammemes or "gen2" in grammemes
    if plural and ("gent" in grammemes or not grammemes.isdisjoint(_OBLIQUE)):
        return True
    if number.kind in {"scaled", "group"}:
        return "gent" in grammemes
    last, teens = abs(int(number.value)) % 10, abs(int(number.value)) % 100 in range(11, 20)
    if last == 1 and not teens:
        return not plural and ("gent" not in grammemes or number.kind != "collective")
    few = (last in {2, 3, 4} and not teens) or number.kind in {"both", "mixed"}
    if few:
        adjective = not grammemes.isdisjoint(_ADJECTIVES)
        return "gent" in grammemes or (plural and (adjective or "accs" in grammemes))
    return False


def _dictionary_form(parse: Parse) -> str:
    lemma = _IRREGULAR.get(parse.lemma, parse.lemma)
    if not parse.grammemes.isdisjoint(_ADJECTIVES):
        gender = () if "plur" in parse.grammemes else parse.grammemes & {"masc", "femn", "neut"}
        return parse.inflect({"nomn", "sing", *(gender or {"masc"})}) or lemma
    return lemma
