"""The endings of names that no dictionary has: of surnames and things, and of given names.

Longer and more telling endings weigh more; `all` is every case, as of an indeclinable name.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

VOWELS = "аеёиоуыэюя"
CONSONANTS = "бвгджзклмнпрстфхцчшщ"
HUSHING = "жшчщц"
_ANY = ""
_VELAR = "гкхжшчщ"  # и, not ы, stands after them
_HARD = "бвдзлмнпрст"  # before -ый of adjectives
_OBLIQUE = "gent datv ablt loct"  # of feminine adjectives
_LONGEST = 6  # letters of the longest ending
_LONG = 3  # letters of an ending that only a stem with a vowel has


@dataclass(frozen=True, slots=True)
class Ending:
    """`suffix` after one of the letters `after` becomes `base` in the nominative."""

    suffix: str
    after: str
    base: str
    cases: str
    genders: str
    weight: float
    example: str = ""

    def nominative_of(self, word: str) -> str:
        """The nominative of a word that fits."""
        return word[: len(word) - len(self.suffix)] + self.base

    def fits(self, word: str) -> bool:
        """Whether what stands before the suffix, which the word has, goes with it."""
        stem = word[: len(word) - len(self.suffix)]
        return (
            len(stem) > 1
            and (not self.after or stem[-1] in self.after)
            and (len(self.suffix) < _LONG or any(letter in VOWELS for letter in stem))
        )


# What men's and women's names have in common whose declension their last letter tells.
_NOUNS = (
    Ending("ом", CONSONANTS, "", "ablt", "masc", 1.5, "Гордоном"),
    Ending("ем", HUSHING, "", "ablt", "masc", 1.5, "Ковачем"),
    Ending("", "ь", "", "nomn", "masc", 1.0, "Врубель"),
    Ending("ем", VOWELS, "й", "ablt", "masc", 1.0, "Шалаем"),
    Ending("ем", CONSONANTS, "ь", "ablt", "masc", 0.8, "Врубелем"),
    Ending("ии", _ANY, "ия", "gent datv loct", "femn", 0.8, "Эмилии"),
    Ending("ии", _ANY, "ий", "loct", "masc", 0.3, "Евстафии"),
    Ending("ей", HUSHING, "а", "ablt", "masc femn", 0.6, "Капицей"),
    Ending("ей", "лнрст" + VOWELS, "я", "ablt", "femn masc", 0.5, "Зозулей"),
)


def _russian(base: str) -> tuple[Ending, ...]:
    """The endings of surnames like Жаксылыков and Сулейменин."""
    return (
        Ending(base, _ANY, base, "nomn", "masc", 1.0, "Жаксылыков"),
        Ending(base + "а", _ANY, base, "gent accs", "masc", 1.0, "Жаксылыкова"),
        Ending(base + "а", _ANY, base + "а", "nomn", "femn", 0.6, "Жаксылыкова"),
        Ending(base + "у", _ANY, base, "datv", "masc", 1.0, "Жаксылыкову"),
        Ending(base + "у", _ANY, base + "а", "accs", "femn", 0.5, "Жаксылыкову"),
        Ending(base + "ым", _ANY, base, "ablt", "masc", 2.0, "Жаксылыковым"),
        Ending(base + "е", _ANY, base, "loct", "masc", 1.0, "Жаксылыкове"),
        Ending(base + "ой", _ANY, base + "а", _OBLIQUE, "femn", 1.5, "Жаксылыковой"),
        Ending(base + "ы", _ANY, base + "ы", "nomn", "plur", 0.8, "Жаксылыковы"),
        Ending(base + "ых", _ANY, base + "ы", "gent accs loct", "plur", 0.8, "Жаксылыковых"),
        Ending(base + "ым", _ANY, base + "ы", "datv", "plur", 0.8, "Жаксылыковым"),
        Ending(base + "ыми", _ANY, base + "ы", "ablt", "plur", 1.5, "Жаксылыковыми"),
    )


def _diminutive(letter: str) -> tuple[Ending, ...]:
    """The endings of surnames like Гавелка, which cannot be forms of «Гавелк»."""
    ends = (("а", "nomn"), ("и", "gent"), ("е", "datv loct"), ("у", "accs"), ("ой", "ablt"))
    base = letter + "ка"
    return tuple(
        Ending(f"{letter}к{end}", _ANY, base, cases, "masc femn", 1.2, "Гавелка")
        for end, cases in ends
    )


# After ь: Фаринья, Гарсия.
_SOFT = (
    ("я", "ь", "я", "nomn"),
    ("и", "ь", "я", "gent"),
    ("е", "ь", "я", "datv loct"),
    ("ю", "ь", "я", "accs"),
    ("ей", "ь", "я", "ablt"),
)

_SURNAMES = (
    *_NOUNS,
    *(ending for base in ("ов", "ев", "ёв", "ин", "ын") for ending in _russian(base)),
    # adjectives
    Ending("кий", "сцжш", "кий", "nomn", "masc", 2.0, "Бжезицкий"),
    Ending("кого", _ANY, "кий", "gent accs", "masc", 2.0, "Бжезицкого"),
    Ending("кому", _ANY, "кий", "datv", "masc", 2.0, "Бжезицкому"),
    Ending("ким", "сцжш", "кий", "ablt", "masc", 2.0, "Бжезицким"),
    Ending("ком", "сцжш", "кий", "loct", "masc", 1.0, "Бжезицком"),
    Ending("кая", "сцжш", "кая", "nomn", "femn", 2.0, "Бжезицкая"),
    Ending("кую", _ANY, "кая", "accs", "femn", 2.0, "Бжезицкую"),
    Ending("кой", "сцжш", "кая", _OBLIQUE, "femn", 2.0, "Бжезицкой"),
    Ending("кие", "сцжш", "кие", "nomn", "plur", 2.0, "Бжезицкие"),
    Ending("ких", "сцжш", "кие", "gent accs loct", "plur", 2.0, "Бжезицких"),
    Ending("ким", "сцжш", "кие", "datv", "plur", 1.5, "Бжезицким"),
    Ending("кими", "сцжш", "кие", "ablt", "plur", 2.0, "Бжезицкими"),
    Ending("вого", "ое", "вой", "gent accs", "masc", 3.0, "Берегового"),
    Ending("вому", "ое", "вой", "datv", "masc", 3.0, "Береговому"),
    Ending("вым", "ое", "вой", "ablt", "masc", 0.1, "Береговым"),
    Ending("ого", _HARD, "ый", "gent accs", "masc", 2.0, "Подгорного"),
    Ending("ому", _HARD, "ый", "datv", "masc", 2.0, "Подгорному"),
    Ending("ым", _HARD, "ый", "ablt", "masc", 1.0, "Подгорным"),
    Ending("ый", _HARD, "ый", "nomn", "masc", 1.0, "Подгорный"),
    Ending("его", "щшчжн", "ий", "gent accs", "masc", 2.0, "Ведущего"),
    Ending("ему", "щшчжн", "ий", "datv", "masc", 2.0, "Ведущему"),
    Ending("им", "щшчж", "ий", "ablt", "masc", 1.0, "Ведущим"),
    Ending("ем", "щ", "ий", "loct", "masc", 1.0, "Ведущем"),
    Ending("щий", _ANY, "щий", "nomn", "masc", 2.0, "Ведущий"),
    Ending("ая", _HARD + _VELAR, "ая", "nomn", "femn", 1.5, "Подгорная, Ведущая"),
    Ending("ую", _HARD + _VELAR, "ая", "accs", "femn", 2.0, "Подгорную"),
    Ending("ой", "нт", "ая", _OBLIQUE, "femn", 0.3, "Подгорной"),
    Ending("щей", _ANY, "щая", _OBLIQUE, "femn", 2.0, "Ведущей"),
    # indeclinable ones
    Ending("ко", _ANY, "ко", "all", "masc femn", 2.0, "Нечипайко"),
    Ending("швили", _ANY, "швили", "all", "masc femn", 4.0, "Кереселашвили"),
    Ending("дзе", _ANY, "дзе", "all", "masc femn", 4.0, "Канделадзе"),
    Ending("заде", _ANY, "заде", "all", "masc femn", 4.0, "Керимзаде"),
    Ending("оглу", _ANY, "оглу", "all", "masc femn", 4.0, "Кылычоглу"),
    Ending("ых", _ANY, "ых", "all", "masc femn", 0.3, "Седых"),
    Ending("их", _ANY, "их", "all", "masc femn", 0.3, "Кривошеих"),
    # foreign ones
    Ending("х", "аеоуюья", "х", "nomn", "masc", 1.0, "Эрлах"),
    Ending("", CONSONANTS.replace("х", ""), "", "nomn", "masc", 1.0, "Гордон"),
    Ending("", CONSONANTS + "ь", "", "all", "femn", 0.15, "(Элен) Гордон"),
    Ending("й", "аеуыюя", "й", "all", "femn", 0.15, "(Элен) Гамалей"),
    Ending("ой", CONSONANTS, "ой", "all", "femn", 0.2, "(Элен) Маккой"),
    Ending("а", CONSONANTS, "", "gent accs", "masc", 1.0, "Гордона"),
    Ending("а", CONSONANTS, "а", "nomn", "masc femn", 0.2, "Цугба"),
    *(
        Ending(vowel + letter + end, _ANY, f"{vowel}{letter}а", cases, "masc femn", weight)
        for vowel in "аиоуя"
        for letter in "бвгдзмрт"
        for end, cases, weight in (("а", "nomn", 0.6), ("у", "accs", 0.5), ("е", "datv loct", 0.5))
    ),
    Ending("ба", CONSONANTS, "ба", "nomn", "masc femn", 1.0, "Цугба"),
    Ending("ба", CONSONANTS, "ба", "all", "masc femn", 0.5, "Цугба"),
    Ending("у", CONSONANTS, "", "datv", "masc", 1.0, "Гордону"),
    Ending("у", CONSONANTS, "а", "accs", "masc femn", 0.25, "Цугбу"),
    Ending("е", CONSONANTS, "", "loct", "masc", 0.6, "Гордоне"),
    Ending("е", CONSONANTS, "а", "datv loct", "masc femn", 0.4, "Цугбе"),
    Ending("е", "ао", "я", "datv loct", "masc femn", 0.4, "Гойе, Одайе"),
    Ending("е", "еи", "я", "datv loct", "femn", 0.6, "Никее"),
    Ending("е", _ANY, "е", "all", "masc femn", 0.35, "Лефевре"),
    Ending("ье", _ANY, "ье", "all", "masc femn", 0.8, "Шарпантье"),
    Ending("ы", CONSONANTS, "а", "gent", "masc femn", 1.0, "Кавабаты"),
    Ending("и", "гкхжшчщ", "а", "gent", "masc femn", 0.5, "Накаяки"),
    Ending("и", CONSONANTS, "я", "gent", "femn masc", 0.1, "Зозули"),
    Ending("и", "ой", "я", "gent", "femn masc", 0.4, "Гойи"),
    Ending("ии", _ANY, "ия", "gent datv loct", "masc", 0.8, "Гварамии"),
    Ending("и", CONSONANTS + "аеёоуыэюяй", "и", "all", "masc femn", 0.6, "Росселлини"),
    *(Ending(*row, "masc femn", 0.6, "Фаринья") for row in _SOFT),
    *(ending for letter in "бвгджзлмптхчш" for ending in _diminutive(letter)),
    Ending("ой", CONSONANTS, "а", "ablt", "femn masc", 0.5, "Кавабатой"),
    Ending("й", "аеёиуыюя", "й", "nomn", "masc", 0.8, "Гамалей"),
    Ending("ой", "бгджзлмпрстфхцчшщ", "ой", "nomn", "masc", 0.8, "Эркой"),
    Ending("ой", "внк", "ой", "nomn", "masc", 0.15, "Береговой"),
    Ending("я", VOWELS, "й", "gent accs", "masc", 0.7, "Шаля: Шалай, Шалая"),
    Ending("я", CONSONANTS, "ь", "gent accs", "masc", 0.7, "Врубеля"),
    Ending("я", _ANY, "я", "nomn", "femn masc", 0.6, "Эмилия"),
    Ending("ю", VOWELS, "й", "datv", "masc", 0.7, "Шалаю"),
    Ending("ю", CONSONANTS, "ь", "datv", "masc", 0.7, "Врубелю"),
    Ending("ю", _ANY, "я", "accs", "femn masc", 0.6, "Эмилию"),
    Ending("е", "ае", "й", "loct", "masc", 0.6, "Шалае"),
    Ending("е", CONSONANTS, "ь", "loct", "masc", 0.2, "Врубеле"),
    Ending("", "оэюыё", "", "all", "masc femn", 0.3, "Риттбергео, Камю, Дефо"),
    Ending("", "у", "", "all", "masc femn", 0.15, "Нкомоу"),
    *(Ending(end, _ANY, end, "all", "masc femn", 0.5, "Василеску") for end in ("яну", "ску")),
    *(
        Ending(end, _ANY, end, "nomn", "masc femn", 1.2, "Тейшейра")
        for end in ("ейра", "эйра", "енья", "инья", "илья", "ендоса")
    ),
    Ending("", "аия", "", "all", "masc femn", 0.05, "Дюма"),
)

# Of places and organisations: Сурабая, Никея, cities of the Far East.
_THINGS = (
    *_SURNAMES,
    Ending("и", "ао", "я", "gent", "femn", 0.9, "Сурабаи"),
    Ending("и", "еу", "я", "gent", "femn", 0.7, "Никеи"),
    Ending("е", CONSONANTS, "а", "datv loct", "femn", 0.2, "Рамалле"),
    Ending("орде", _ANY, "орда", "datv loct", "femn", 1.0, "Сарыорде"),
    Ending("кале", _ANY, "кала", "datv loct", "femn", 1.0, "Белоканкале"),
    *(
        Ending(end, _ANY, end, "all", "masc", 2.0, "Актобе, Шолактау")
        for end in ("тобе", "тюбе", "тепе", "тау", "суу", "басы")
    ),
    *(
        Ending(end, _ANY, end, "all", "masc", 2.0, "Чхонджу, Ханчжоу")
        for end in ("джу", "чжоу", "чжу", "цзу", "дзу", "дзю", "мацу", "току", "фуку", "шу")
    ),
)

_GIVEN = (
    *_NOUNS,
    Ending("", CONSONANTS + "й", "", "nomn", "masc", 1.0, "Джастин"),
    Ending("", CONSONANTS + "йь", "", "all", "femn", 0.15, "Айнур"),
    Ending("а", CONSONANTS, "", "gent accs", "masc", 1.0, "Джастина"),
    Ending("а", CONSONANTS, "а", "nomn", "femn", 1.0, "Дилноза"),
    Ending("а", CONSONANTS + "у", "а", "nomn", "masc", 0.2, "Мустафа"),
    Ending("а", "еиоу", "а", "nomn", "femn", 1.0, "Андреа"),
    Ending("у", CONSONANTS, "", "datv", "masc", 1.0, "Джастину"),
    Ending("у", CONSONANTS, "а", "accs", "femn", 1.0, "Дилнозу"),
    Ending("у", CONSONANTS + "у", "а", "accs", "masc", 0.2, "Мустафу"),
    Ending("е", CONSONANTS, "", "loct", "masc", 0.6, "Джастине"),
    Ending("е", CONSONANTS, "а", "datv loct", "femn", 0.8, "Дилнозе"),
    Ending("е", CONSONANTS + "у", "а", "datv loct", "masc", 0.2, "Мустафе"),
    Ending("е", VOWELS + "й", "я", "datv loct", "femn masc", 0.4, "Кайе"),
    Ending("е", VOWELS, "й", "loct", "masc", 0.5, "Абае"),
    Ending("е", CONSONANTS, "я", "datv loct", "femn", 0.3, "Кате"),
    Ending("е", CONSONANTS, "ь", "loct", "masc", 0.3, "Эмиле"),
    Ending("ы", CONSONANTS, "а", "gent", "femn", 1.0, "Дилнозы"),
    Ending("ы", CONSONANTS + "у", "а", "gent", "masc", 0.2, "Мустафы"),
    Ending("и", "гкх", "а", "gent", "femn", 0.7, "Эрики"),
    Ending("и", "жшчщ", "а", "gent", "femn", 0.15, "Даши"),
    Ending("и", _VELAR, "а", "gent", "masc", 0.2, "Луки"),
    Ending("и", CONSONANTS + "й" + VOWELS, "я", "gent", "femn", 0.3, "Кати, Кайи"),
    Ending("и", CONSONANTS + VOWELS, "я", "gent", "masc", 0.1, "Ильи, Бачаи"),
    Ending("ой", CONSONANTS, "а", "ablt", "femn", 1.0, "Дилнозой"),
    Ending("ой", CONSONANTS + "у", "а", "ablt", "masc", 0.2, "Мустафой"),
    Ending("ей", "й", "я", "ablt", "femn masc", 0.6, "Кайей"),
    Ending("я", VOWELS, "й", "gent accs", "masc", 0.7, "Абая"),
    Ending("я", CONSONANTS, "ь", "gent accs", "masc", 0.6, "Эмиля"),
    Ending("я", CONSONANTS + "й" + VOWELS, "я", "nomn", "femn", 0.8, "Катя, Кайя"),
    Ending("я", CONSONANTS + "й" + VOWELS, "я", "nomn", "masc", 0.2, "Илья, Готабая"),
    Ending("ю", VOWELS, "й", "datv", "masc", 0.7, "Абаю"),
    Ending("ю", CONSONANTS, "ь", "datv", "masc", 0.7, "Эмилю"),
    Ending("ю", CONSONANTS + "й" + VOWELS, "я", "accs", "femn", 0.6, "Катю"),
    Ending("ю", CONSONANTS + "й" + VOWELS, "я", "accs", "masc", 0.2, "Илью"),
    *(Ending(*row, "femn", 0.8, "Наталья") for row in _SOFT),
    *(Ending(*row, "masc", 0.2, "Илья") for row in _SOFT),
    Ending("", "оэёю", "", "all", "masc", 0.6, "Умберто"),
    Ending("", "оэёю", "", "all", "femn", 0.3, "Юмико"),
    Ending("", "и", "", "all", "masc", 0.5, "Такэси"),
    Ending("", "и", "", "all", "femn", 0.2, "Мари"),
    Ending("", "ы", "", "all", "masc", 0.1, "Мамасалы"),
    *(Ending(end, _ANY, end, "all", "masc", 0.5, "Чары") for end in ("лы", "ды")),
    Ending("", "уе", "", "all", "masc", 0.3, "Марселу"),
    Ending("", "уе", "", "all", "femn", 0.1, "Софие"),
)


Rules = Mapping[str, Sequence[Ending]]


def _by_suffix(endings: Sequence[Ending]) -> Rules:
    found: dict[str, list[Ending]] = defaultdict(list)
    for ending in endings:
        found[ending.suffix].append(ending)
    return dict(found)


_SURNAME_RULES = _by_suffix(_SURNAMES)
_THING_RULES = _by_suffix(_THINGS)
_GIVEN_RULES = _by_suffix(_GIVEN)


def surname_endings(word: str) -> Iterator[Ending]:
    """The rules that a surname (in lower case) fits, the longest endings first."""
    return _fitting(word, _SURNAME_RULES)


def thing_endings(word: str) -> Iterator[Ending]:
    """The rules that a name of a place or a thing fits."""
    return _fitting(word, _THING_RULES)


def given_endings(word: str) -> Iterator[Ending]:
    """The rules that a given name fits."""
    return _fitting(word, _GIVEN_RULES)


def _fitting(word: str, rules: Rules) -> Iterator[Ending]:
    for length in range(min(_LONGEST, len(word)), -1, -1):
        for ending in rules.get(word[len(word) - length :], ()):
            if ending.fits(word):
                yield ending
