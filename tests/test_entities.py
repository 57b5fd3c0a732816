"""What the recognisers find.  «[Самару]LOC» marks what must be found, and nothing else may be."""

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations import entities
from annotations.entities import slovnet_recogniser
from annotations.entities.reading import Mention, Reading
from annotations.entities.repairs import REPAIRS, repaired
from annotations.errors import RecogniserUnavailable
from annotations.model import Suggestion
from annotations.recognise import Recogniser

MARK = re.compile(r"\[([^\]]+)\](PER|LOC|ORG)")
needs_slovnet = pytest.mark.skipif(
    not slovnet_recogniser.is_available(), reason='needs the extra: pip install "zametka[ner]"'
)


def unmarked(marked: str) -> str:
    return MARK.sub(r"\1", marked)


def mentions_of(marked: str) -> list[Mention]:
    """The marked spans, with their offsets in the unmarked text."""
    found, removed = [], 0
    for match in MARK.finditer(marked):
        start = match.start() - removed
        found.append(Mention(start, start + len(match[1]), match[2], 0.8))
        removed += len(match.group()) - len(match[1])
    return found


def remarked(text: str, spans: Iterable[Suggestion | Mention]) -> str:
    """The text with its spans marked, to compare with what was expected."""
    for span in sorted(spans, key=lambda one: -one.start):
        inside = text[span.start : span.end]
        text = f"{text[: span.start]}[{inside}]{span.label}{text[span.end :]}"
    return text


# What both recognisers must find.
SENTENCES = [
    # persons
    "Вчера [Игорь Поляков]PER вернулся домой.",
    "Слово взяла [Мария Петровна Зайцева]PER.",
    "Вечер открыл [И. С. Поляков]PER.",
    "Жалобу подписала [Зайцева М. П.]PER и соседи.",
    "Роль сыграл [Гэвин Хартвелл]PER ([Gavin Hartwell]PER).",
    "Это видели [Игорь Поляков]PER и [Мария Зайцева]PER.",
    "Песню написал [Людвиг ван Бетховен]PER.",
    "Президент [Игорь Поляков]PER подписал указ.",
    "Премьер-министру [Марии Зайцевой]PER задали вопрос.",
    "На сцену вышел [Жан-Поль Бельмондо]PER.",
    # places
    "Поезд идёт из [Самары]LOC в [Нижний Новгород]LOC.",
    "Снег выпал в [Ленинградской области]LOC.",
    "Они живут в [Нидерландах]LOC и [Южной Корее]LOC.",
    "Посол [Казахстана]LOC посетил [Республику Беларусь]LOC.",
    "Корабль вышел в [Чёрное море]LOC.",
    "Завод строят у города [Бобровск]LOC.",
    "Товары везут в [США]LOC и [ОАЭ]LOC.",
    # organisations
    "Договор подписало [ООО «Северный ветер»]ORG.",
    "Так пишет газета «[Вечерний город]ORG».",
    "В партии «[Зелёный берег]ORG» сменился лидер.",
    "Проверку начало [Министерство сельского хозяйства]ORG.",
    "Заявление сделали в [НАТО]ORG и [ООН]ORG.",
    "Штраф заплатила компания [Microsoft]ORG.",
    "[Союз писателей]ORG выбрал нового председателя, сообщает [Gazeta.uz]ORG.",
    "Об этом сообщает [Тенгриньюс]ORG.",
    "Агентство передаёт это со ссылкой на [КазТАГ]ORG.",
    "Иск подал [Фонд защиты рек]ORG ([ФЗР]ORG).",
    "Рейс отменил [Росавианадзор]ORG.",
    "Он дал интервью «[Голосу моря]ORG» вчера.",
    # nothing
    "Казахстанский рынок вырос, московские цены упали.",
    "Полиция и суд проверяют сообщения СМИ о ДТП.",
    "Сегодня вечером обещают дождь.",
    "Фильм «Звёздный час» показали на фестивале «Золотая осень».",
    "Пишите нам: news@example.com, https://example.com/Moscow/news.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_morphology_finds_names_and_nothing_else(marked: str) -> None:
    text = unmarked(marked)
    assert remarked(text, entities.by_name("morphology").suggest(text, None)) == marked


@needs_slovnet
@pytest.mark.parametrize("marked", SENTENCES)
def test_slovnet_finds_names_and_nothing_else(marked: str) -> None:
    text = unmarked(marked)
    assert remarked(text, entities.by_name("slovnet").suggest(text, None)) == marked


# What a recogniser may bring, and what the repairs make of it.
REPAIRED = [
    ("brackets", "Пел [Гэвин Хартвелл (Gavin Hartwell)]PER.",
     "Пел [Гэвин Хартвелл]PER ([Gavin Hartwell]PER)."),
    ("acronym in brackets", "Иск подал [Фонд защиты рек (ФЗР)]ORG.",
     "Иск подал [Фонд защиты рек]ORG ([ФЗР]ORG)."),
    ("acronym left out", "Иск подал [Фонд защиты рек]ORG (ФЗР).",
     "Иск подал [Фонд защиты рек]ORG ([ФЗР]ORG)."),
    ("punctuation", "Ура, [Самара,]LOC вперёд!", "Ура, [Самара]LOC, вперёд!"),
    ("quotes around the whole", "Клуб [«Заря»]ORG победил.", "Клуб «[Заря]ORG» победил."),
    ("closing quote", "Иск к [ПАО «Заря]ORG» отклонён.", "Иск к [ПАО «Заря»]ORG отклонён."),
    ("stray quote", "Клуб «[Заря»]ORG победил.", "Клуб «[Заря]ORG» победил."),
    ("legal form", "Иск к ПАО «[Заря]ORG» отклонён.", "Иск к [ПАО «Заря»]ORG отклонён."),
    ("the rest of the quote", "Партия «[Чистый]ORG берег» победила.",
     "Партия «[Чистый берег]ORG» победила."),
    ("announcing noun", "[Концерн «Заря»]ORG закрыт.", "Концерн «[Заря]ORG» закрыт."),
    ("title", "[Президента Игоря Полякова]PER ждут.", "Президента [Игоря Полякова]PER ждут."),
    ("role in lower case", "[актёр Игорь Поляков]PER здесь", "актёр [Игорь Поляков]PER здесь"),
    ("initials", "Пришёл И. С. [Поляков]PER.", "Пришёл [И. С. Поляков]PER."),
    ("initials behind", "Пришёл [Поляков]PER И. С.", "Пришёл [Поляков И. С.]PER"),
    ("parts of one name", "Речь [Игоря Семёновича]PER [Полякова]PER длинна.",
     "Речь [Игоря Семёновича Полякова]PER длинна."),
    ("two people", "Пели [Игорь Поляков Мария Зайцева]PER.",
     "Пели [Игорь Поляков]PER [Мария Зайцева]PER."),
    ("list of people", "Голы: [Поляков, Зайцев]PER.", "Голы: [Поляков]PER, [Зайцев]PER."),
    ("bullets", "[Чили • Перу]LOC", "[Чили]LOC • [Перу]LOC"),
    ("line break", "[Самара\nПермь]LOC", "[Самара]LOC\n[Пермь]LOC"),
    ("half a site", "Так пишет [Gazeta]ORG.uz вчера.", "Так пишет [Gazeta.uz]ORG вчера."),
    ("address", "Почта: [moscow]LOC@example.org", "Почта: moscow@example.org"),
    ("common acronym", "Пишут [СМИ]ORG.", "Пишут СМИ."),
    ("adjective", "[Украинский]LOC завод закрыт.", "Украинский завод закрыт."),
    ("common word", "[Почта]ORG закрыта.", "Почта закрыта."),
    ("verb", "[Агентство передаёт]ORG это.", "Агентство передаёт это."),
    ("ship", "Корабль «[Заря]ORG» вышел. За «[Зарёй]ORG» следят.",
     "Корабль «Заря» вышел. За «Зарёй» следят."),
    ("fixed label", "Он уехал в [Евросоюз]LOC.", "Он уехал в [Евросоюз]ORG."),
    ("source", "Об этом сообщает [Степняк]PER.", "Об этом сообщает [Степняк]ORG."),
    ("a person is no source", "Об этом сообщает [Игорь]PER.", "Об этом сообщает [Игорь]PER."),
    ("club", "Матч клуба [Эрманис]PER отменён.", "Матч клуба [Эрманис]ORG отменён."),
    ("institute of an academy", "Он окончил [Институт права]ORG [РАН]ORG.",
     "Он окончил [Институт права РАН]ORG."),
    ("one label", "[Игорь Хартвелл]PER пел. Слова [Хартвелла]LOC забыты.",
     "[Игорь Хартвелл]PER пел. Слова [Хартвелла]PER забыты."),
    ("known elsewhere", "[Игорь Хартвелл]PER пел. Хартвеллу хлопали.",
     "[Игорь Хартвелл]PER пел. [Хартвеллу]PER хлопали."),
    ("endless word", f"[{'Аб' * 200}]ORG", "Аб" * 200),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "expected"), [row[1:] for row in REPAIRED], ids=[row[0] for row in REPAIRED]
)
def test_repairs(raw: str, expected: str) -> None:
    text = unmarked(raw)
    assert remarked(text, repaired(Reading(text), mentions_of(raw))) == expected


def test_every_repair_has_a_name_of_its_own_and_an_example() -> None:
    names = [rule.name for rule in REPAIRS]
    assert len(set(names)) == len(names)
    assert all("→" in rule.example or "," in rule.example for rule in REPAIRS)


def test_a_city_that_is_also_a_surname_stays_a_place() -> None:
    raw = "[Анна Киевская]PER живёт в [Киеве]LOC."
    assert remarked(unmarked(raw), repaired(Reading(unmarked(raw)), mentions_of(raw))) == raw


# Any text: words of names, marks and line breaks thrown together.
PIECES = [
    "Игорь", "Поляков", "Полякова", "И.", "Ж.-П.", "Самара", "в Самаре", "ООН", "МИДом", "«",
    "»", '"', "(", ")", "[", "ООО", "партия", "сообщает", "со ссылкой на", "Gazeta.uz", "@",
    "министр", "Министерство", "иностранных", "дел", "и", "—", "-", ".", ",", ":", "\n", "  ",
    "\t", "Bank of", "Northern", "аль-Масри", "ибн", "Ё", "\u0301", "12", "•", "область",
    "Тверская", "город", "а" * 100, "а-" * 20, "_", "…", "😀", "\r", "\u2028",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.text(max_size=80),
)


def check(text: str, found: Sequence[Suggestion]) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all("\n" not in text[one.start : one.end] for one in found)
    assert all(one.label in {"PER", "LOC", "ORG"} for one in found)
    assert all(one.value and str(one.value["name"]).strip() for one in found)
    assert all(one.entity and one.confidence and 0 < one.confidence <= 1 for one in found)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_morphology_gives_sound_spans_of_any_text(text: str) -> None:
    recogniser = entities.by_name("morphology")
    found = recogniser.suggest(text, None)
    check(text, found)
    assert recogniser.suggest(text, None) == found


@needs_slovnet
@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_slovnet_gives_sound_spans_of_any_text(text: str) -> None:
    recogniser = entities.by_name("slovnet")
    found = recogniser.suggest(text, None)
    check(text, found)
    assert recogniser.suggest(text, None) == found


@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join), st.data())
@settings(max_examples=200, deadline=None)
def test_repairs_bear_any_spans(text: str, data: st.DataObject) -> None:
    places = st.integers(0, max(len(text) - 1, 0))
    raw = []
    for _ in range(data.draw(st.integers(0, 4)) if text else 0):
        start, end = sorted((data.draw(places), data.draw(places)))
        raw.append(Mention(start, end + 1, data.draw(st.sampled_from(["PER", "LOC", "ORG"])), 0.7))
    found = repaired(Reading(text), raw)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@needs_slovnet
def test_slovnet_reads_a_line_longer_than_it_can_hold_at_once() -> None:
    text = "Игорь Поляков живёт в Самаре. " * 200
    found = entities.by_name("slovnet").suggest(text, None)
    assert len(found) == 400
    assert {one.entity for one in found} == {found[0].entity, found[1].entity}


def test_recognisers_are_chosen_by_name() -> None:
    chosen: list[Recogniser] = [entities.by_name(name) for name in entities.NAMES]
    assert [recogniser.name for recogniser in chosen] == ["slovnet", "morphology"]
    with pytest.raises(ValueError, match="choose one of slovnet, morphology"):
        entities.by_name("oracle")


def test_the_default_is_slovnet_where_its_packages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slovnet_recogniser, "_missing", lambda: "")
    assert entities.default_recogniser().name == "slovnet"
    monkeypatch.setattr(slovnet_recogniser, "_missing", lambda: "no packages")
    assert entities.default_recogniser().name == "morphology"


def test_slovnet_without_its_packages_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slovnet_recogniser, "find_spec", lambda name: None)
    slovnet_recogniser._load.cache_clear()
    with pytest.raises(RecogniserUnavailable, match=r'pip install "zametka\[ner\]"'):
        entities.by_name("slovnet").suggest("Самара", None)


def test_the_embedded_recogniser_loads_no_model() -> None:
    code = (
        "import sys; from annotations import entities; entities.default_recogniser();"
        "entities.by_name('morphology').suggest('Игорь Поляков живёт в Самаре.', None);"
        "print([name for name in ('numpy', 'slovnet', 'navec', 'natasha') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
