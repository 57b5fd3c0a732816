"""A name in the nominative, as a dictionary would print it.

One mention rarely settles it («Турчина» is a man in the genitive or a woman in the nominative),
so each function gives all readings with weights; `annotations.entities.naming` chooses among
them with what the whole article says.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotations.lemmas import Parse, parses
from annotations.model import Token
from annotations.name_endings import CONSONANTS
from annotations.name_parts import Forms, best_form, forms_of_parts, hyphenated, stays
from annotations.name_words import (
    GENDERS,
    WordForm,
    adjective_forms,
    noun_forms,
)
from annotations.thing_forms import of_genitive, organisation_forms, place_forms
from annotations.tokens import fold, words

_FROZEN = 0.02  # how likely it is that a part which should agree stays as it is
_NEGLIGIBLE = 0.001  # of the weight of the best reading: less is no reading
_DECLINED_ACRONYM = re.compile(r"([А-ЯЁ]{2,})(?:а|у|е|ы|и|ом|ем|ой|ов|ам|ами|ах)")
# Words before the name proper of a place that never decline: «Сан-Марино», «Лас Вегас».
_FIRST_PARTS = frozenset(
    {"аль", "эль", "ла", "лос", "лас", "сан", "санта", "санто", "сент", "сен", "нью", "порт",
     "форт", "рио", "пуэрто", "буэнос", "жогорку", "олий", "милли", "халк", "лойя", "абу", "куала",
     "куин", "ист", "уэст"}
)  # fmt: skip
_MAX_PARTS = 6
_FORMS: Mapping[str, Forms] = {"LOC": place_forms, "ORG": organisation_forms}


class NameReading(NamedTuple):
    """One way to read a mention: its nominative, the case it stands in, its gender, a weight.

    `parts` are the folded words of the nominative; `gender` is `plur` for a plural.
    """

    name: str
    case: str
    gender: str
    weight: float
    parts: tuple[str, ...]


@lru_cache(maxsize=10_000)
def person_readings(text: str) -> tuple[NameReading, ...]:
    """Readings of a person's name, the likeliest first, at least one.

    The parts agree in case and gender: «Касым-Жомарта Токаева» is «Касым-Жомарт Токаев».
    """
    tokens = list(words(text))[:_MAX_PARTS]
    options = forms_of_parts([token.text for token in tokens])
    if not any(options):
        return (as_it_stands(text),)
    found: dict[tuple[str, str], tuple[list[WordForm | None], float]] = {}
    for agreement in dict.fromkeys(form.agreement for part in options for form in part):
        chosen = [best_form(part, agreement) for part in options]
        found[agreement] = chosen, _weight(tokens, chosen, agreement)
    least = _NEGLIGIBLE * max(weight for _, weight in found.values())
    return _ranked(
        _reading(text, tokens, chosen, agreement, weight)
        for agreement, (chosen, weight) in found.items()
        if weight >= least
    ) + _ranked(_alternatives(text, tokens, options))


def _alternatives(
    text: str, tokens: Sequence[Token], options: Sequence[Sequence[WordForm]]
) -> Iterable[NameReading]:
    """Other nominatives of a lone word in the same case: «Коно» of «Кон» or of «Коно»."""
    if len(tokens) != 1:
        return
    best = {form.agreement: best_form(options[0], form.agreement) for form in options[0]}
    for form in options[0]:
        if form.nominative != getattr(best[form.agreement], "nominative", None):
            weight = _weight(tokens, [form], form.agreement)
            yield _reading(text, tokens, [form], form.agreement, weight)


def _weight(
    tokens: Sequence[Token], chosen: Sequence[WordForm | None], agreement: tuple[str, str]
) -> float:
    weight = 1.0
    for token, form in zip(tokens, chosen, strict=True):
        if form:
            weight *= form.weight
        elif not stays(token.text):
            weight *= _FROZEN
    if agreement[1] == "plur":  # a name seldom stands for several people
        weight *= _FROZEN if len(tokens) > 1 else 0.15
    return weight


def _reading(
    text: str,
    tokens: Sequence[Token],
    chosen: Sequence[WordForm | None],
    agreement: tuple[str, str],
    weight: float,
) -> NameReading:
    """The text with each chosen word in its nominative and the others as they are."""
    new = [
        form.nominative if form else token.text for token, form in zip(tokens, chosen, strict=True)
    ]
    return _rebuilt(text, tokens, new, *agreement, weight)


def _rebuilt(
    text: str, tokens: Sequence[Token], new: Sequence[str], case: str, gender: str, weight: float
) -> NameReading:
    pieces, last = [], 0
    for token, word in zip(tokens, new, strict=False):
        pieces += [text[last : token.start], recased(word, token.text)]
        last = token.end
    name = "".join([*pieces, text[last:]])
    return NameReading(name, case, gender, weight, tuple(fold(word.text) for word in words(name)))


def as_it_stands(text: str, weight: float = 1.0) -> NameReading:
    """A reading that leaves the text alone: Latin, codes, names in the nominative already."""
    return NameReading(text, "nomn", "masc", weight, tuple(fold(word.text) for word in words(text)))


def _ranked(readings: Iterable[NameReading]) -> tuple[NameReading, ...]:
    return tuple(sorted(readings, key=lambda reading: -reading.weight))


def recased(word: str, model: str) -> str:
    """`word` with the capitals of `model`, and its ё only where the model has ё or needs none.

    >>> recased("нью-йорк", "Нью-Йорке")
    'Нью-Йорк'
    """
    if "ё" not in model.lower() and "е" in model.lower():
        word = word.replace("ё", "е")
    if model.isupper() and len(model) > 1:
        return word.upper()
    if model[1:].islower() and model[0].isupper() and "-" not in model + word:
        return word.capitalize()
    parts = word.split("-")
    models = model.split("-")
    if len(parts) != len(models):
        return word.capitalize() if model[:1].isupper() else word
    return "-".join(map(_recased_part, parts, models))


def _recased_part(part: str, model: str) -> str:
    """Letters shared with the model keep its capitals: «ВымпелКома» gives «ВымпелКом»."""
    if model.isupper() and len(model) > 1:
        return part.upper()
    return "".join(
        letter.upper() if index < len(model) and model[index].isupper() else letter
        for index, letter in enumerate(part)
    )


@lru_cache(maxsize=10_000)
def thing_readings(text: str, label: str = "") -> tuple[NameReading, ...]:
    """Readings of the name of a place (LOC) or an organisation, the likeliest first, at least one.

    Only the head and the adjectives that agree with it change; dependent genitives, names in
    «» after the head and abbreviations stay: «Министерства иностранных дел» is «Министерство
    иностранных дел».
    """
    acronym = _DECLINED_ACRONYM.fullmatch(text)
    if acronym:
        return (as_it_stands(acronym[1])._replace(case="gent", weight=0.5),)
    tokens = list(words(text))
    stays_so = of_genitive(text.lower()) if label == "ORG" and len(tokens) == 1 else 0.0
    if stays_so:
        same = as_it_stands(text, stays_so)
        still = [same._replace(gender=gender) for gender in GENDERS]
        return *still, *(() if stays_so == 1.0 else _phrase_readings(text, tokens, [], 0))
    if len(tokens) == 3 and tokens[1].text == "и" and (pair := _pair_readings(text, tokens)):
        return pair
    adjectives, head = ([], 1) if _is_named_before(tokens, label) else _head(text, tokens)
    if head is None:
        return (as_it_stands(text),)
    return _ranked(
        _phrase_readings(text, tokens, adjectives, head, _FORMS.get(label, noun_forms))
    ) or (as_it_stands(text),)


def _head(text: str, tokens: Sequence[Token]) -> tuple[list[int], int | None]:
    """Places of the adjectives that may agree with the head, and of the head itself."""
    adjectives: list[int] = []
    for index, token in enumerate(tokens[:_MAX_PARTS]):
        if token.start and text[token.start - 1] in '«"„“(' and index:
            break
        if token.text == "и" and adjectives:
            continue
        if fold(token.text) in _FIRST_PARTS and index + 1 < len(tokens):
            continue
        if not _declines(token.text):
            return [], None
        following = index + 1 < len(tokens)
        if following and adjective_forms(token.text.lower()) and _noun_follows(tokens, index):
            adjectives.append(index)
            continue
        return adjectives, index
    return [], adjectives[-1] if adjectives else None


def _is_named_before(tokens: Sequence[Token], label: str) -> bool:
    """«Назарбаев Университета», «Эйр Астаны»: the name stands before the noun and stays."""
    if label != "ORG" or len(tokens) != 2 or not tokens[1].text[:1].isupper():
        return False
    first, second = (token.text.lower() for token in tokens)
    if first[-1] not in CONSONANTS or not tokens[1].text[1:].islower():
        return False
    if any(parse.known and not _may_be_first(parse) for parse in parses(first)):
        return False
    return any(parse.known and "NOUN" in parse.grammemes for parse in parses(second))


def _may_be_first(parse: Parse) -> bool:
    """«Назарбаев» also is a genitive of several who are called Назарбай."""
    named = parse.grammemes & {"Surn", "Name", "Geox"}
    return bool(named and parse.grammemes & {"nomn", "accs", "plur"})


def _declines(word: str) -> bool:
    if word[-1].isupper() or fold(word) in _FIRST_PARTS:
        return False
    return re.search("[а-яё]", word.lower()) is not None


def _noun_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that could be an adjective agrees with a word that comes after it."""
    own = {form.agreement for form in adjective_forms(tokens[index].text.lower())}
    for token in tokens[index + 1 : index + 4]:
        word = token.text.lower()
        agreements = {form.agreement for form in _thing_forms(word)}
        agreements |= {form.agreement for form in adjective_forms(word)}
        if own & agreements:
            return True
        if word != "и":
            return False
    return False


def _thing_forms(word: str, nouns: Forms = noun_forms) -> Sequence[WordForm]:
    forms = nouns(word)
    last = word.rpartition("-")[2]
    if "-" in word and any(parse.known for parse in parses(last)):
        whole = any(parse.known for parse in parses(word))
        return forms if whole else hyphenated(word, nouns)
    if "-" in word and not any(form.weight > 0.4 for form in forms):
        return [*forms, *hyphenated(word, nouns)]
    return forms


def _phrase_readings(
    text: str,
    tokens: Sequence[Token],
    adjectives: Sequence[int],
    head: int,
    nouns: Forms = noun_forms,
) -> Iterable[NameReading]:
    by_agreement: dict[tuple[str, str], list[WordForm]] = defaultdict(list)
    word = tokens[head].text.lower()
    forms = _thing_forms(word, nouns) or (() if adjectives else adjective_forms(word))
    for form in forms:
        by_agreement[form.agreement].append(form)
    for agreement, heads in by_agreement.items():
        modifiers = [
            best_form(adjective_forms(tokens[i].text.lower()), agreement) for i in adjectives
        ]
        new = [token.text for token in tokens]
        weight = 1.0
        for index, modifier in zip(adjectives, modifiers, strict=True):
            new[index] = modifier.nominative if modifier else new[index]
            weight *= modifier.weight if modifier else _FROZEN
        for form in _distinct(heads):
            new[head] = form.nominative
            yield _rebuilt(text, tokens, new, *agreement, weight * form.weight)


def _pair_readings(text: str, tokens: Sequence[Token]) -> tuple[NameReading, ...]:
    """«Науке и жизни», «Боснии и Герцеговины»: two nouns in one case."""
    first, last = (_thing_forms(token.text.lower()) for token in (tokens[0], tokens[2]))
    best: dict[tuple[str, str, str], tuple[float, str]] = {}
    for one in first:
        for other in last:
            key = one.nominative, other.nominative, one.case
            weight = one.weight * other.weight
            if one.case == other.case and weight > best.get(key, (0.0, ""))[0]:
                best[key] = weight, one.gender
    return _ranked(
        _rebuilt(text, tokens, [one, "и", other], case, gender, weight)
        for (one, other, case), (weight, gender) in best.items()
    )


def _distinct(forms: Iterable[WordForm]) -> Iterable[WordForm]:
    """The heaviest form of each nominative."""
    best: dict[str, WordForm] = {}
    for form in forms:
        if form.nominative not in best or best[form.nominative].weight < form.weight:
            best[form.nominative] = form
    return best.values()
