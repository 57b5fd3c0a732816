"""The endings of places that no dictionary has, and what the end of a stem says of the gender.

«Вильве» is of Вильва and not of Вильв, «Шуртане» of Шуртан and not of Шуртана: each reading weighs
what its gender weighs after such a stem.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from annotations.name_endings import CONSONANTS, HUSHING, VOWELS, Ending

_Weights = tuple[float, float, float]  # of a masculine, a feminine and a third kind

_LONGEST = 4  # letters of the longest ending
_LONGEST_STEM = 5  # letters of the longest end of a stem
_VELAR = "гкх"

# How likely a noun is masculine, feminine or neuter by the end of its stem.
_HARD_STEMS: Mapping[_Weights, str] = {
    (1.0, 0.03, 0.0): "ск цк град бург бад стан кент пур таун тон вилл ленд берг форд вуд форт"
    " рук борг штейн хейм гейм штадт дорф хафен фурт брюк стер булак агаш сай кол гар даг",
    (0.9, 0.05, 0.05): "ич ыч еч яч",
    (0.8, 0.25, 0.0): "рг нт рд рт нд нг кс мп льд льт льц рн рс нс нц льн лт рх нч",
    (0.7, 0.35, 0.0): "ан он ен эн ён ун юн ор ёр ер ар ир ёл ал эл ол от ет од ос ес ус ис ас ум"
    " ук ак як ек ок яр ям ст",
    (0.2, 0.4, 0.0): "ом ем",
    (0.3, 0.3, 0.6): "ов ев ёв",
    (0.3, 0.3, 0.5): "ин ын",
    (0.1, 1.0, 0.0): "иц",
    (0.03, 1.0, 0.0): "бк вк гк дк жк зк лк мк нк пк тк фк хк чк шк щк ьк йк"
    " мв пв гв дв бв шв хв тв св кв рв лв йв ьв нв зв ств бл вл дл тл пл сл шл кл гл рл вр"
    " шн чн жн вн дн зн йн сн тн мн бн гн кн пн лн зм дм шм чм йм"
    " вш кш гш пш рш нш лш хч шч дж вж рж нж мж нгр",
    (0.3, 0.7, 0.0): "ав ив ув яв юв эв вд жд зд мб рб лб рч хт йт вт шт жм рм лм ндр тр",
    (0.4, 0.6, 0.0): "ег уг юг ёг аш еш иш уш юш ч рк",
    (0.2, 0.9, 0.0): "орд кал",
    (0.0, 0.4, 1.0): "озер",
}
_OTHER: _Weights = (0.5, 0.45, 0.0)
# The same of stems that end in a soft consonant: masculine in ь, feminine in я, feminine in ь.
_SOFT_STEMS: Mapping[_Weights, str] = {
    (1.0, 0.05, 0.02): "пол кол кул вол аул дел гел сел тал гал",
    (0.05, 0.3, 1.0): "ост ест",
    (0.02, 0.05, 0.4): "ст",
    (0.3, 0.2, 0.2): "л",
    (0.15, 0.25, 0.3): "н",
    (0.15, 0.15, 0.3): "р",
    (0.02, 0.05, 0.1): "т д з с в м п б",
}
_SELDOM: _Weights = (0.0, 0.05, 0.0)
_HARD_KINDS = ("masc", "femn", "neut")
_SOFT_KINDS = ("soft masc", "soft femn", "third")


class PlaceEnding(NamedTuple):
    """`suffix` after one of the letters `after` becomes `base` in the nominative.

    `kind` tells which weight of the stem counts, if one does.
    """

    suffix: str
    after: str
    base: str
    cases: str
    gender: str
    weight: float
    kind: str = ""


def _hard(suffixes: Mapping[str, str], base: str, gender: str) -> Iterator[PlaceEnding]:
    for suffix, cases in suffixes.items():
        yield PlaceEnding(suffix, CONSONANTS, base, cases, gender, 1.0, gender)


_RULES = (
    *_hard({"": "nomn accs", "а": "gent", "у": "datv", "ом": "ablt", "е": "loct"}, "", "masc"),
    *_hard({"а": "nomn", "у": "accs", "е": "datv loct", "ой": "ablt"}, "а", "femn"),
    *_hard({"а": "gent", "у": "datv", "ом": "ablt", "е": "loct"}, "о", "neut"),
    PlaceEnding("ем", HUSHING + "ц", "", "ablt", "masc", 1.2, "masc"),
    PlaceEnding("ей", HUSHING + "ц", "а", "ablt", "femn", 1.0, "femn"),
    PlaceEnding("ы", CONSONANTS, "а", "gent", "femn", 1.0, "femn"),
    PlaceEnding("и", _VELAR + HUSHING, "а", "gent", "femn", 1.0, "femn"),
    *(
        PlaceEnding(letter + end, "", letter + "ец", case, "masc", 0.5)
        for letter in "вн"
        for end, case in (("ца", "gent"), ("цу", "datv"), ("цом", "ablt"), ("це", "loct"))
    ),
    # after a vowel
    PlaceEnding("а", VOWELS, "а", "nomn", "femn", 1.0),
    PlaceEnding("у", "иоу", "а", "accs", "femn", 0.2),
    PlaceEnding("е", "уо", "а", "datv loct", "femn", 0.15),
    PlaceEnding("ой", "уаоия", "а", "ablt", "femn", 0.5),
    PlaceEnding("й", "аиуыэюя", "й", "nomn accs", "masc", 1.0),
    PlaceEnding("й", "ео", "й", "nomn accs", "masc", 0.15),
    PlaceEnding("я", "а", "й", "gent", "masc", 0.8),
    PlaceEnding("я", "оуеюэ", "й", "gent", "masc", 0.4),
    PlaceEnding("я", VOWELS, "я", "nomn", "femn", 0.8),
    PlaceEnding("я", CONSONANTS, "я", "nomn", "femn", 3.0, "soft femn"),
    PlaceEnding("ю", VOWELS, "й", "datv", "masc", 0.5),
    PlaceEnding("ю", VOWELS, "я", "accs", "femn", 0.8),
    PlaceEnding("ем", VOWELS, "й", "ablt", "masc", 1.0),
    PlaceEnding("ей", VOWELS, "я", "ablt", "femn", 0.8),
    PlaceEnding("е", "аэоую", "й", "loct", "masc", 0.7),
    PlaceEnding("е", "е", "й", "loct", "masc", 0.4),
    PlaceEnding("е", "аоуюя", "я", "datv loct", "femn", 0.35),
    PlaceEnding("е", "еэ", "я", "datv loct", "femn", 0.6),
    PlaceEnding("и", "аоеуюэ", "я", "gent", "femn", 0.8),
    PlaceEnding("е", "и", "я", "datv loct", "femn", 0.4),
    PlaceEnding("ии", "", "ия", "gent datv loct", "femn", 1.0),
    PlaceEnding("ии", "", "ий", "loct", "masc", 0.2),
    # after й or ь
    PlaceEnding("я", "й", "я", "nomn", "femn", 1.0),
    PlaceEnding("и", "й", "я", "gent", "femn", 1.0),
    PlaceEnding("е", "й", "я", "datv loct", "femn", 1.0),
    PlaceEnding("ю", "й", "я", "accs", "femn", 1.0),
    PlaceEnding("ей", "й", "я", "ablt", "femn", 1.0),
    PlaceEnding("я", "ь", "я", "nomn", "femn", 0.7),
    PlaceEnding("и", "ь", "я", "gent", "femn", 0.7),
    PlaceEnding("е", "ь", "я", "datv loct", "femn", 0.5),
    PlaceEnding("ю", "ь", "я", "accs", "femn", 0.6),
    PlaceEnding("ей", "ь", "я", "ablt", "femn", 0.7),
    PlaceEnding("я", "ь", "е", "gent", "neut", 0.4),
    PlaceEnding("ю", "ь", "е", "datv", "neut", 0.4),
    PlaceEnding("ем", "ь", "е", "ablt", "neut", 0.8),
    PlaceEnding("е", "ь", "е", "nomn accs loct", "neut", 0.8),
    # a soft consonant
    PlaceEnding("ь", CONSONANTS, "ь", "nomn accs", "masc", 1.0),
    PlaceEnding("ь", CONSONANTS, "ь", "nomn accs", "femn", 1.0),
    *(
        PlaceEnding(suffix, CONSONANTS, "ь", case, "masc", 1.0, "soft masc")
        for suffix, case in (("я", "gent"), ("ю", "datv"), ("ем", "ablt"), ("е", "loct"))
    ),
    *(
        PlaceEnding(suffix, CONSONANTS, "я", case, "femn", 1.0, "soft femn")
        for suffix, case in (("и", "gent"), ("ю", "accs"), ("ей", "ablt"), ("е", "datv loct"))
    ),
    PlaceEnding("и", CONSONANTS, "ь", "gent datv loct", "femn", 1.0, "third"),
    PlaceEnding("ью", CONSONANTS, "ь", "ablt", "femn", 2.0),
    # plurals
    PlaceEnding("ы", CONSONANTS, "ы", "nomn accs", "plur", 0.25),
    PlaceEnding("ицы", "", "ицы", "nomn accs", "plur", 0.6),
    PlaceEnding("и", CONSONANTS + VOWELS, "и", "nomn accs", "plur", 0.2),
    PlaceEnding("", "бвдзлмнпрстфц", "ы", "gent", "plur", 0.15, "plural"),
    PlaceEnding("", _VELAR + HUSHING, "и", "gent", "plur", 0.12, "plural"),
    PlaceEnding("ок", CONSONANTS, "ки", "gent", "plur", 0.1),
    *(
        PlaceEnding(suffix, after, base, case, "plur", weight)
        for after, base, first in (
            ("бвдзлмнпрстфц", "ы", "а"),
            (_VELAR + HUSHING, "и", "а"),
            ("лнрт" + VOWELS, "и", "я"),
        )
        for suffix, case, weight in (
            (first + "м", "datv", 0.6),
            (first + "ми", "ablt", 1.5),
            (first + "х", "loct", 1.0),
        )
    ),
    # adjectives
    *(
        PlaceEnding(before + end, "", before + base, cases, gender, weight)
        for before in ("ск", "цк")
        for end, base, cases, gender, weight in (
            ("ий", "ий", "nomn accs", "masc", 2.0),
            ("ая", "ая", "nomn", "femn", 2.0),
            ("ое", "ое", "nomn accs", "neut", 2.0),
            ("ие", "ие", "nomn accs", "plur", 2.0),
            ("ого", "ое", "gent", "neut", 2.0),
            ("ого", "ий", "gent", "masc", 1.8),
            ("ому", "ое", "datv", "neut", 2.0),
            ("ому", "ий", "datv", "masc", 1.8),
            ("им", "ое", "ablt", "neut", 2.0),
            ("им", "ий", "ablt", "masc", 1.8),
            ("ом", "ое", "loct", "neut", 1.0),
            ("ом", "ий", "loct", "masc", 0.9),
            ("ой", "ая", "gent datv ablt loct", "femn", 2.0),
            ("ую", "ая", "accs", "femn", 2.0),
            ("их", "ие", "gent loct", "plur", 2.0),
        )
    ),
    *(
        PlaceEnding(before + end, "", before + base, cases, gender, weight)
        for before in ("н", "в")
        for end, base, cases, gender, weight in (
            ("ый", "ый", "nomn accs", "masc", 2.0),
            ("ая", "ая", "nomn", "femn", 1.5),
            ("ое", "ое", "nomn accs", "neut", 1.5),
            ("ые", "ые", "nomn accs", "plur", 1.5),
            ("ого", "ое", "gent", "neut", 1.5),
            ("ого", "ый", "gent", "masc", 1.5),
            ("ому", "ое", "datv", "neut", 1.5),
            ("ому", "ый", "datv", "masc", 1.5),
            ("ой", "ая", "gent datv loct", "femn", 0.2),
            ("ую", "ая", "accs", "femn", 1.5),
            ("ых", "ые", "gent loct", "plur", 1.5),
        )
    ),
    # what does not decline
    PlaceEnding("о", "", "о", "all", "neut", 1.0),
    *(
        PlaceEnding(letter, "", letter, "all", "masc", weight)
        for letter, weight in (("э", 1.0), ("ю", 0.3), ("у", 0.3), ("е", 0.3), ("ы", 0.1),
                               ("ау", 1.0), ("оу", 1.0))
    ),
    PlaceEnding("и", CONSONANTS, "и", "all", "masc", 0.4),
    PlaceEnding("и", "аоуэ", "и", "all", "masc", 0.2),
    *(
        PlaceEnding(end, "", end, "all", "masc", 2.0)
        for end in ("тобе", "тюбе", "тепе", "суу", "нджу", "чжоу", "чжу", "цзу", "дзу", "дзю",
                    "току", "фуку", "мацу", "басы", "зее")
    ),
)  # fmt: skip


def _by_suffix() -> Mapping[str, Sequence[PlaceEnding]]:
    found: dict[str, list[PlaceEnding]] = defaultdict(list)
    for rule in _RULES:
        found[rule.suffix].append(rule)
    return dict(found)


def _by_stem(rows: Mapping[_Weights, str]) -> Mapping[str, _Weights]:
    return {stem: weights for weights, stems in rows.items() for stem in stems.split()}


_BY_SUFFIX = _by_suffix()
_HARD, _SOFT = _by_stem(_HARD_STEMS), _by_stem(_SOFT_STEMS)


def place_endings(word: str) -> Iterator[Ending]:
    """The rules that a name of a place or a thing (in lower case) fits, weighed by its stem."""
    for length in range(min(_LONGEST, len(word)), -1, -1):
        stem = word[: len(word) - length]
        for rule in _BY_SUFFIX.get(word[len(stem) :], ()) if len(stem) > 1 else ():
            if not rule.after or stem[-1] in rule.after:
                weight = rule.weight * _of_stem(stem, rule.kind)
                if weight:
                    yield Ending(rule.suffix, "", rule.base, rule.cases, rule.gender, weight)


def _of_stem(stem: str, kind: str) -> float:
    """How much a noun of a kind weighs with such a stem."""
    match kind:
        case "":
            return 1.0
        case "plural":  # «Гайн» of Гайны: the less likely, the likelier a masculine
            return 1.0 - 0.9 * _weights(stem, _HARD)[0]
        case _ if kind in _SOFT_KINDS:
            return _weights(stem, _SOFT)[_SOFT_KINDS.index(kind)]
    return _weights(stem, _HARD)[_HARD_KINDS.index(kind)]


def _weights(stem: str, rows: Mapping[str, _Weights]) -> _Weights:
    """What is told by the longest end of a stem that is listed."""
    for length in range(min(_LONGEST_STEM, len(stem)), 0, -1):
        if found := rows.get(stem[-length:]):
            return found
    return _OTHER if rows is _HARD else _SELDOM
