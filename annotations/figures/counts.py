"""NUMBER: counts and shares, with the noun that is counted."""

from annotations.figures.amounts import Amount, read_bare
from annotations.figures.finds import Find, bounds
from annotations.figures.homonyms import is_other_than_count
from annotations.figures.inverted import number_after
from annotations.figures.labels import is_label_or_code
from annotations.figures.nouns import counted_noun
from annotations.figures.numerals import Number, read_number
from annotations.figures.ones import is_one_of_counts
from annotations.figures.ordinals import ordinal_word
from annotations.figures.pieces import WORD, Line
from annotations.figures.words import months, numerals
from annotations.lemmas import parses

_ONE_BEFORE = frozenset(["только", "лишь", "всего", "минимум", "максимум", "менее", "более"])
_JOINED = frozenset({"и", "или", "из", ","})
_SENTENCE_ENDS = frozenset(".!?…")


def read_count(line: Line, i: int) -> Find | None:
    """«12» of «12 совместных проектов», «около двухсот», «половина депутатов»."""
    amount = read_bare(line, i)
    if amount is None:
        return None
    term = amount.high or amount.low
    number = term.parts[0].number if term is not None else None
    if number is None or is_label_or_code(line, amount, number):
        return None
    if line.low(amount.end) in months():  # «31 июня», of which there is none
        return None
    of = _noun_before(line, amount.start)
    if of is not None:
        amount = amount._replace(approx=True)
    of = of or counted_noun(line, number) or _noun_of_next(line, number)
    if number.kind != "digits" and not _is_count_in_words(line, amount, number, of):
        return None
    more = {} if of is None else {"of": of}
    value = bounds(amount, lambda term: term.parts[0].number.value, **more)
    return Find(amount.start, amount.end, "NUMBER", value, 0.96 if of else 0.85)


def _noun_before(line: Line, i: int) -> str | None:
    """«человек сорок», «штук по пять»: the noun that stands before about that many."""
    for j in (i - 1, i - 2):
        kinds = ("count", "unit") if line.low(j) in {"раз", "раза"} else ("count",)
        if j >= 0 and number_after(line, j, *kinds) == i:
            return parses(line.at(j).text)[0].lemma
    return _subject_before(line, i)


def _subject_before(line: Line, i: int) -> str | None:
    """«Машин двадцать стояло у ворот»: a genitive that begins the sentence."""
    noun, verb = line.at(i - 1), line.at(i + 1)
    if i < 1 or noun.kind != WORD or line.at(i).kind != WORD or verb.kind != WORD:
        return None
    if i > 1 and line.low(i - 2) not in _SENTENCE_ENDS:
        return None
    best = parses(noun.text)[0]
    if (
        not {"NOUN", "plur", "gent"} <= best.grammemes
        or "VERB" not in parses(verb.text)[0].grammemes
    ):
        return None
    return best.lemma


def _noun_of_next(line: Line, number: Number) -> str | None:
    """«5 и 7 школ», «12 из 15 школ»: the noun that a second number is given with."""
    if line.low(number.end) not in _JOINED:
        return None
    reached = line.low(number.end) == "," and line.low(number.end + 1) == "до"
    second = read_number(line, number.end + (2 if reached else 1))
    return None if second is None else counted_noun(line, second)


def _is_count_in_words(line: Line, amount: Amount[None], number: Number, of: str | None) -> bool:
    """Whether a numeral in words counts; «один» seldom does, «семью» may be a family."""
    first = line.low(amount.start)
    if number.kind == "half" or (number.kind == "part" and of == "финал"):
        return False
    if number.kind == "zero":
        return of is not None and first.startswith("нол")
    if number.kind == "unit" and number.value == 1:
        alone = amount.start == number.end - 1
        before = line.low(amount.start - 1)
        if line.low(number.end) == "из" or before == "ни":
            return False
        if alone and is_one_of_counts(line, amount.start, number):
            return True
        return of is not None and (not alone or before in _ONE_BEFORE or of == "человек")
    if number.kind == "part" and amount.start == number.end - 1:
        return not _is_described(line, amount.start)
    alone = number.end == amount.start + 1
    return not (alone and is_other_than_count(line, amount.start, of))


def _is_described(line: Line, i: int) -> bool:
    """Whether «половина» or «четверть» is itself counted or described («вторая половина»)."""
    before = line.at(i - 1)
    if before.kind != WORD:
        return False
    if ordinal_word(before.low) is not None or before.low in numerals():
        return True
    best = parses(before.text)[0].grammemes
    return "ADJF" in best and "Apro" not in best
