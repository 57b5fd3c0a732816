"""The query language: what is typed, the tree that it means, and what is said of mistakes."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import QueryError
from annotations.query.explain import explain
from annotations.query.nodes import (
    And,
    Annotated,
    FromSource,
    Interval,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Published,
    Word,
)
from annotations.query.parser import DEEPEST, MOST, parse

TODAY = date(2026, 1, 31)


def shown(node: Node) -> str:
    """A tree in one line: `=` before an exact word, `*` behind a prefix, {} round an annotation."""
    match node:
        case Phrase(words, field):
            return ("title:" if field == "title" else "") + _words(words)
        case Near(phrases, distance, field):
            where = "title:" if field == "title" else ""
            return f"{where}near{distance}({', '.join(_words(each.words) for each in phrases)})"
        case And(parts):
            return f"({' & '.join(map(shown, parts))})"
        case Or(parts):
            return f"({' | '.join(map(shown, parts))})"
        case Not(part):
            return f"!{shown(part)}"
        case Published(first, last):
            return f"day[{first or ''}..{last or ''}]"
        case FromSource(text):
            return f"source[{text}]"
        case Annotated():
            return f"{{{' '.join(_aspects(node))}}}"


def _words(words: tuple[Word, ...]) -> str:
    said = " ".join("=" * each.exact + each.text + "*" * each.prefix for each in words)
    return said if len(words) == 1 else f"«{said}»"


def _aspects(node: Annotated) -> list[str]:
    said = [node.label, node.status, node.author, node.unit]
    said += [f"{name}:{_words(words)}" for name, words in _said(node) if words]
    if node.within is not None:
        said.append(_interval(node.within))
    return [each for each in said if each]


def _said(node: Annotated) -> list[tuple[str, tuple[Word, ...]]]:
    return [("name", node.name), ("of", node.of), ("note", node.note)]


def _interval(within: Interval) -> str:
    low = "" if within.low is None else f"{within.low:.15g}"
    high = "" if within.high is None else f"{within.high:.15g}"
    return f"{'(' if within.low_open else '['}{low}..{high}{')' if within.high_open else ']'}"


def understood(query: str) -> str:
    return shown(parse(query, TODAY))


WORDS = [
    ("Токаев", "Токаев"),
    ("премьер-министр", "премьер-министр"),
    ("Токаев Астана", "(Токаев & Астана)"),
    ("Токаев — Астана!", "(Токаев & Астана)"),
    ("Lada.kz", "«Lada kz»"),
    ("а/б", "«а б»"),
    ("12:30", "«12 30»"),
    ("«премьер-министр Беларуси»", "«премьер-министр Беларуси»"),
    ('"премьер-министр Беларуси"', "«премьер-министр Беларуси»"),
    ("“два слова”", "«два слова»"),
    ("„два слова“", "«два слова»"),
    ('«газета "Время" пишет»', "«газета Время пишет»"),
    ("«фонд «Новое время» пишет»", "«фонд Новое время пишет»"),
    ('"слово"', "слово"),
    ('"Токаев (президент) | да"', "«Токаев президент да»"),
    ("=Токаева", "=Токаева"),
    ('="в Астане"', "«=в =Астане»"),
    ("торг*", "торг*"),
    ('"торговый оборот*"', "«торговый оборот*»"),
    ('="в Аста*"', "«=в Аста*»"),
    ('"" слово', "слово"),
    ("_ слово", "слово"),
]
OPERATORS = [
    ("a AND b", "(a & b)"),
    ("а И б", "(а & б)"),
    ("a OR b", "(a | b)"),
    ("а ИЛИ б", "(а | б)"),
    ("a|b", "(a | b)"),
    ("a or b", "(a & or & b)"),
    ("NOT a", "!a"),
    ("НЕ а", "!а"),
    ("-a", "!a"),
    ("a -b", "(a & !b)"),
    ("a - b", "(a & b)"),
    ("a -- b", "(a & b)"),
    ("a = b", "(a & b)"),
    ('-"a b"', "!«a b»"),
    ("NOT NOT a", "a"),
    ("a b OR c d", "((a & b) | (c & d))"),
    ("a (b OR c) d", "(a & (b | c) & d)"),
    ("(a b) c", "(a & b & c)"),
    ("a OR (b OR c)", "(a | b | c)"),
    ("-(a b)", "!(a & b)"),
    ("NOT a b", "(!a & b)"),
    ("NOT a OR b", "(!a | b)"),
    ("a NEAR b", "near10(a, b)"),
    ("a NEAR/5 b", "near5(a, b)"),
    ("а РЯДОМ/5 б", "near5(а, б)"),
    ('a NEAR/0 "b c" NEAR/0 =d', "near0(a, «b c», =d)"),
    ("a b NEAR/3 c d", "(a & near3(b, c) & d)"),
    ("a NEAR/3 b OR c", "(near3(a, b) | c)"),
    ("(a NEAR/3 b*) -c", "(near3(a, b*) & !c)"),
]
ARTICLES = [
    ("title:Токаев", "title:Токаев"),
    ("Заголовок:=Токаева", "title:=Токаева"),
    ('title:"a b*"', "title:«a b*»"),
    ("title:(a OR b NEAR/2 c) d", "((title:a | title:near2(b, c)) & d)"),
    ("title:((a) -b)", "(title:a & !title:b)"),
    ("source:lada.kz", "source[lada.kz]"),
    ('источник:«Газета "Время"»', 'source[Газета "Время"]'),
    ("date:2025", "day[2025-01-01..2025-12-31]"),
    ("дата:2024-02", "day[2024-02-01..2024-02-29]"),
    ("date:2025-11-04", "day[2025-11-04..2025-11-04]"),
    ("date:04.11.2025", "day[2025-11-04..2025-11-04]"),
    ("date:11.2025", "day[2025-11-01..2025-11-30]"),
    ("date:2025-11..2025-12", "day[2025-11-01..2025-12-31]"),
    ("date:01.11.2025..15.11.2025", "day[2025-11-01..2025-11-15]"),
    ("date:2025-11..", "day[2025-11-01..]"),
    ("date:..2025-12", "day[..2025-12-31]"),
    ("date>2025-11", "day[2025-12-01..]"),
    ("date>=2025-11", "day[2025-11-01..]"),
    ("date<2025-11", "day[..2025-10-31]"),
    ("date<=2025-11", "day[..2025-11-30]"),
    ("date:>2025", "day[2026-01-01..]"),
    ("date≥2025", "day[2025-01-01..]"),
    ("date:today", "day[2026-01-31..2026-01-31]"),
    ("дата:вчера", "day[2026-01-30..2026-01-30]"),
    ("newer:1d", "day[2026-01-30..]"),
    ("новее:2н", "day[2026-01-17..]"),
    ("newer:2m", "day[2025-11-30..]"),
    ("новее:1г", "day[2025-01-31..]"),
    ("older:11m", "day[..2025-02-28]"),
    ("старше:7д", "day[..2026-01-24]"),
]
ANNOTATIONS = [
    ("label:per", "{PER}"),
    ("метка:PER,org", "({PER} | {ORG})"),
    ("label:*", "{}"),
    ("entity:Токаева", "{name:Токаева}"),
    ('имя:"Касым-Жомарт Токаев"', "{name:«Касым-Жомарт Токаев»}"),
    ("status:suggested", "{suggested}"),
    ("статус:принята", "{accepted}"),
    ("статус:отклонённое", "{rejected}"),
    ("status:предложенный", "{suggested}"),
    ("by:ann", "{user:ann}"),
    ("by:slovnet", "{recogniser:slovnet}"),
    ("кем:recogniser:slovnet", "{recogniser:slovnet}"),
    ("note:проверить", "{note:проверить}"),
    ("примечание:*", "{note:*}"),
    ("заметка:спорно", "{note:спорно}"),
    ("чего:мигрант", "{NUMBER of:мигрант}"),
    # conditions that are about one annotation
    ("label:PER status:suggested by:ann", "{PER suggested user:ann}"),
    ("status:suggested label:PER", "{PER suggested}"),
    ("label:PER AND status:suggested", "{PER suggested}"),
    ("label:PER entity:Токаев", "{PER name:Токаев}"),
    ("label:PER status:accepted entity:Токаев", "{PER accepted name:Токаев}"),
    ("label:MONEY money>5", "{MONEY (5..]}"),
    ("label:PER,ORG status:accepted", "({PER accepted} | {ORG accepted})"),
    ("label:MONEY,PERCENT money>5", "{MONEY (5..]}"),
    ("status:suggested,rejected label:PER", "({PER suggested} | {PER rejected})"),
    ("number>5 of:мигрант", "{NUMBER of:мигрант (5..]}"),
    ("status:accepted by:ann", "{accepted user:ann}"),
    # … and about two
    ("label:PER label:ORG", "({PER} & {ORG})"),
    ("label:PER money>5", "({PER} & {MONEY (5..]})"),
    ("entity:Токаев label:ORG", "({name:Токаев} & {ORG})"),
    ("entity:Токаев entity:Путин", "({name:Токаев} & {name:Путин})"),
    ("money>5 money<9", "{MONEY (5..9)}"),
    ("money>5 of:мигрант", "({MONEY (5..]} & {NUMBER of:мигрант})"),
    ("label:PER слово status:suggested", "({PER} & слово & {suggested})"),
    ("label:PER date:2025 by:ann", "({PER} & day[2025-01-01..2025-12-31] & {user:ann})"),
    ("label:PER (status:suggested)", "({PER} & {suggested})"),
    ("label:PER OR status:suggested", "({PER} | {suggested})"),
    ("label:PER status:suggested status:accepted", "({PER suggested} & {accepted})"),
    (
        "status:suggested label:PER status:accepted label:ORG",
        "({PER suggested} & {ORG accepted})",
    ),
    ("label:PER -status:suggested", "({PER} & !{suggested})"),
    ("-status:suggested", "!{suggested}"),
    ("-(label:PER status:suggested)", "!{PER suggested}"),
    ("-label:PER status:suggested", "(!{PER} & {suggested})"),
]
FIGURES = [
    ("money:*", "{MONEY}"),
    ("money>100", "{MONEY (100..]}"),
    ("money>=100", "{MONEY [100..]}"),
    ("деньги<100", "{MONEY [..100)}"),
    ("money<=100", "{MONEY [..100]}"),
    ("money=100", "{MONEY [100..100]}"),
    ("money:100", "{MONEY [100..100]}"),
    ("money:>100", "{MONEY (100..]}"),
    ("money:USD", "{MONEY USD}"),
    ("money:usd>=1e9", "{MONEY USD [1000000000..]}"),
    ("money:$>5", "{MONEY USD (5..]}"),
    ("money:XYZ>5", "{MONEY XYZ (5..]}"),
    ("money:тенге>1млрд", "{MONEY KZT (1000000000..]}"),
    ("money:рублей>1", "{MONEY RUB (1..]}"),
    ("money:100млн..1млрд", "{MONEY [100000000..1000000000]}"),
    ("money:USD:1млн..2млн", "{MONEY USD [1000000..2000000]}"),
    ("money:1..2млн€", "{MONEY EUR [1..2000000]}"),
    ("money:5..", "{MONEY [5..]}"),
    ("money:..5", "{MONEY [..5]}"),
    ("money>100млн$", "{MONEY USD (100000000..]}"),
    ("money>1e9USD", "{MONEY USD (1000000000..]}"),
    ("money>5млн.тенге", "{MONEY KZT (5000000..]}"),
    ("money>$5", "{MONEY USD (5..]}"),
    ("money>50центов", "{MONEY USD (0.5..]}"),
    ("money>2.3млн", "{MONEY (2300000..]}"),
    ("money>1,5тыс", "{MONEY (1500..]}"),
    ("money>5k", "{MONEY (5000..]}"),
    ("money>5к₽", "{MONEY RUB (5000..]}"),
    ("money>5bn", "{MONEY (5000000000..]}"),
    ("money>5tn", "{MONEY (5000000000000..]}"),
    ('money>"1 000 000 тенге"', "{MONEY KZT (1000000..]}"),
    ('money:"доллар США">5', "{MONEY USD (5..]}"),
    ("percent>20", "{PERCENT (20..]}"),
    ("percent>20%", "{PERCENT % (20..]}"),
    ("процент:пп>1", "{PERCENT pp (1..]}"),
    ("percent>1п.п.", "{PERCENT pp (1..]}"),
    ("number>3тыс", "{NUMBER (3000..]}"),
    ("порядок:1", "{ORDINAL [1..1]}"),
    ("percent>11 percent<12", "{PERCENT (11..12)}"),
    ("percent<12 percent>=11 status:accepted", "{PERCENT accepted [11..12)}"),
    ("percent>12 percent<11", "({PERCENT (12..]} & {PERCENT [..11)})"),
    ("money>1 мост", "({MONEY (1..]} & мост)"),
    ("quantity:км>100", "{QUANTITY metre (100000..]}"),
    ("quantity:kilometre>100", "{QUANTITY metre (100000..]}"),
    ("quantity>100км", "{QUANTITY metre (100000..]}"),
    ("quantity>5тыс.тонн", "{QUANTITY gram (5000000000..]}"),
    ("quantity>5м", "{QUANTITY metre (5..]}"),
    ("quantity>20км/ч", "{QUANTITY kilometre/hour (20..]}"),
    ("quantity:м2", "{QUANTITY square metre}"),
    ("quantity<-5°C", "{QUANTITY degree Celsius [..-5)}"),
    ("quantity>2раза", "{QUANTITY times (2..]}"),
    ("duration>=2w", "{DURATION [14..]}"),
    ("duration:3m", "{DURATION [91.3125..91.3125]}"),
    ("duration:P3M", "{DURATION [91.3125..91.3125]}"),
    ("срок>5лет", "{DURATION (1826.25..]}"),
    ("срок:10дн..2нед", "{DURATION [10..14]}"),
    ("duration>1ч30мин", "{DURATION (0.0625..]}"),
    ("age>18", "{AGE (18..]}"),
    ("возраст>6мес", "{AGE (0.5..]}"),
    ("age:18..30", "{AGE [18..30]}"),
    ("time>18:00", "{TIME (1080..]}"),
    ("time:9:00..12:00", "{TIME [540..720]}"),
    ("время:22:00..2:00", "({TIME [1320..]} | {TIME [..120]})"),
    ("when:2025-11-04", "{DATE [739559..739559]}"),
    ("when:2025-11..2026", "{DATE [739556..739981]}"),
    ("когда>2026", "{DATE (739981..]}"),
]
CASES = WORDS + OPERATORS + ARTICLES + ANNOTATIONS + FIGURES


@pytest.mark.parametrize(("query", "tree"), CASES, ids=[query for query, _ in CASES])
def test_a_query_means_a_tree(query: str, tree: str) -> None:
    assert understood(query) == tree


NO_WORD = "there is no word to look for: a word has letters or digits"
STAR = "a * stands only right after the last word, as in торг*"
MISTAKES = [
    # query, what of it is pointed at, how what is said begins
    ("", "", NO_WORD),
    ("— !", "— !", NO_WORD),
    ('слово ="—"', '="—"', NO_WORD),
    ("note:— слово", "note:—", NO_WORD),
    ('слово "два слова', '"', 'this quotation has no end: " is missing'),
    ("слово «два „слова“", "«", "this quotation has no end: » is missing"),
    ("торг * слово", "*", STAR),
    ("то*рг", "*", STAR),
    ("*торг", "*", STAR),
    ("торг**", "*", STAR),
    ('"торг* слово"', "*", STAR),
    ('"торговый оборот"*', "*", STAR),
    ("(слово", "(", "there is no ) that closes this ("),
    ("слово)", ")", "there is no ( that this ) closes"),
    (") слово", ")", "there is no ( that this ) closes"),
    ("слово ()", "(", "a word or a condition is missing after ("),
    ("слово OR", "OR", "a word or a condition is missing after OR"),
    ("слово ИЛИ И да", "ИЛИ", "a word or a condition is missing after ИЛИ"),
    ("AND слово", "AND", "a word or a condition is missing before AND"),
    ("слово AND AND да", "AND", "a word or a condition is missing after AND"),
    ("НЕ", "НЕ", "a word or a condition is missing after НЕ"),
    ("слово NEAR/5", "NEAR/5", "a word or a condition is missing after NEAR/5"),
    ("a NEAR/x b", "NEAR/x", "how many words may lie between: a number up to 1000"),
    ("a NEAR/1001 b", "NEAR/1001", "how many words may lie between: a number up to 1000"),
    ("a РЯДОМ/ b", "РЯДОМ/", "how many words may lie between: a number up to 1000"),
    ("a NEAR/2 b NEAR/3 c", "NEAR/3", "words that stand near each other have one distance"),
    ("a NEAR/2 (b c)", "NEAR/2", "on both sides of NEAR/2 stand words or quotations"),
    ("a NEAR -b", "NEAR", "on both sides of NEAR stand words or quotations"),
    ("label:PER NEAR b", "NEAR", "on both sides of NEAR stand words or quotations"),
    ("a NEAR title:b", "NEAR", "on both sides of NEAR stand words or quotations"),
    ("слово lable:PER", "lable", "there is no field lable; did you mean label?"),
    ("загаловок:слово", "загаловок", "there is no field загаловок; did you mean заголовок?"),
    ("https://lada.kz", "https", "there is no field https: put words in quotation marks, or"),
    ("foo>5", "foo", "there is no field foo: put words"),
    (
        "Глава: слово",
        "Глава",
        "there is no field Глава: put words in quotation marks, or use one of заголовок, дата",
    ),
    ("label: PER", "label:", "what is looked for comes right after label:, without a space"),
    ("money > 5", ">", "a comparison stands right after the name of a figure"),
    ("money> 5", "money>", "what is looked for comes right after money>, without a space"),
    ("title>слово", "title>", "after title stands a colon, as in title:…"),
    ("label:(PER OR ORG)", "label:", "no bracket can follow label: (only title: has one)"),
    ("title:(a label:PER)", "label:PER", "only words stand in the brackets of title:"),
    ("label:персона", "персона", "персона is no label: labels are Latin letters"),
    ("label:,", ",", "a name is missing here"),
    ('source:"" слово', '""', "a name is missing here"),
    ("status:новый", "новый", "новый is no status: use one of suggested, accepted, rejected"),
    ("date:ноябрь", "ноябрь", "ноябрь is no day: write 2025, 2025-11"),
    ("date:2025-02-30", "2025-02-30", "the calendar has no 2025-02-30"),
    ("date:2025-13", "2025-13", "the calendar has no 2025-13"),
    ("date:0000", "0000", "the calendar has no 0000"),
    ("date:2026..2025", "2026..2025", "2026..2025 ends before it begins"),
    ("слово date:..", "..", "a range stands after a colon and has a bound"),
    ("date>2025..2026", "2025..2026", "a range stands after a colon and has a bound"),
    ("date>9999", "9999", "the calendar ends there: 9999"),
    ("newer:7", "7", "7 is no length of time: write 7d"),
    ("newer:5h", "5h", "5h: write whole days, weeks, months or years"),
    ("older:5000y", "5000y", "5000y ago there was no calendar"),
    ("newer:999999999d", "999999999d", "999999999d ago there was no calendar"),
    ("money>много", "много", "много is no number: write 100, 1.5, 1e9 or 100млн"),
    ("money>5кг", "5кг", "there is no unit кг here"),
    ("quantity:попугай>5", "попугай>5", "there is no unit попугай here"),
    ("money:1$..2€", "1$..2€", "both ends of 1$..2€ must have the same unit"),
    ("money:2..1", "2..1", "2..1 ends before it begins"),
    ("money>1..2", "1..2", "a range stands after a colon and has a bound"),
    ("time>25:00", "25:00", "25:00 is no time of day: write 18:00"),
    ("duration>5", "5", "5 is no length of time"),
    ("age>5h", "5h", "5h: an age is in years or months"),
    ("(" * (DEEPEST + 1) + "a", "(", f"more than {DEEPEST} brackets within one another"),
    (
        "мост \udcd0\udcff порт",
        "\udcd0\udcff",
        "the query has a character that is none (it is not UTF-8)",
    ),
    ("\ud800", "\ud800", "the query has a character that is none"),
]


@pytest.mark.parametrize(("query", "part", "said"), MISTAKES, ids=[each[0] for each in MISTAKES])
def test_a_mistake_is_pointed_at(query: str, part: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, TODAY)
    error = caught.value
    assert query[error.start : error.end] == part
    assert str(error.message).startswith(said)
    assert error.args[0] is error.message


def many(count: int, name: str = "A") -> str:
    return ",".join(f"{name}{number}" for number in range(count))


TOO_MANY = [
    pytest.param(f"{'да ' * MOST}слово", "слово", id="words"),
    pytest.param(f'"{"да " * MOST}слово"', f'"{"да " * MOST}слово"', id="a phrase"),
    pytest.param(f"{'да NEAR ' * MOST}слово", "слово", id="words near each other"),
    pytest.param(f"({'да OR ' * MOST}да) слово", "да", id="alternatives"),
    pytest.param(f"{'-да ' * MOST}слово", "слово", id="negations"),
    pytest.param(f"{'newer:1d ' * MOST}older:1d", "older:1d", id="conditions"),
    pytest.param(f"да label:{many(MOST)}", f"label:{many(MOST)}", id="labels"),
    pytest.param(f'имя:"{"да " * MOST}слово"', f'имя:"{"да " * MOST}слово"', id="a name"),
    pytest.param(f"label:{many(MOST)} слово", "слово", id="a word after labels"),
    pytest.param(f"label:{many(15)} by:{many(14)}", f"by:{many(14)}", id="labels by authors"),
    pytest.param(
        f"label:{many(60)} by:{many(60)} status:suggested,accepted",
        f"by:{many(60)}",
        id="labels by authors in two states",
    ),
]


@pytest.mark.parametrize(("query", "part"), TOO_MANY)
def test_a_query_of_too_many_words_and_conditions_is_refused(query: str, part: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, TODAY)
    error = caught.value
    assert query[error.start : error.end] == part
    assert str(error.message) == "a query has at most 200 words and conditions: shorten it"


@pytest.mark.parametrize(
    "query",
    [
        "да " * MOST,
        f'"{"да " * MOST}"',
        f"label:{many(MOST)}",
        f"label:{many(100)} label:{many(100, 'B')}",
        f"label:{many(20)} by:{many(10)}",
        f"{'(' * DEEPEST}да{')' * DEEPEST}",
    ],
    ids=["words", "a phrase", "labels", "other labels", "labels by authors", "brackets"],
)
def test_a_query_may_be_that_long_and_that_deep(query: str) -> None:
    assert parse(query, TODAY)


PIECES = [
    *(
        "слово",
        "a",
        "7",
        " ",
        "  ",
        "—",
        "-",
        "*",
        "=",
        ":",
        ">",
        "<=",
        "..",
        "/",
        ",",
        "$",
        "\x00",
    ),
    *('"', "«", "»", "“", "„", "(", ")", "|", "OR", "НЕ", "NEAR/2", "title:", "label:PER"),
    *("money", "money>", "5млн", "when:", "date:", "2025-11", "newer:", "time:", "age>", "of:"),
    *("duration:", "P3M", "e9", "note:", "quantity:", "км", "by:", "\u0301", "_", "²", "٣"),
]
QUERIES = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=12).map("".join)


@given(QUERIES)
def test_any_text_is_a_query_or_a_mistake_in_a_place_of_it(query: str) -> None:
    mistake = None
    try:
        node = parse(query, TODAY)
    except QueryError as error:
        mistake = error
    if mistake is None:
        assert all(str(said) for _, said in explain(node, lambda word: [word]))
    else:
        assert 0 <= mistake.start <= mistake.end <= len(query)
        assert str(mistake.message)


def test_a_query_of_words_loads_nothing_that_figures_need() -> None:
    program = (
        "import sys; from datetime import date; from annotations.query.parser import parse;"
        "parse('label:PER \"два слова\" -торг*', date(2026, 1, 31));"
        "print(*sorted({'annotations.query.amounts', 'annotations.lexicon', 'decimal',"
        " 'importlib.resources', 'pymorphy3'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "\n", "")


def explained(query: str) -> list[str]:
    """The lines of an explanation; a lemma of a word is said to be the word in capitals."""
    lines = explain(parse(query, TODAY), lambda word: [word.upper()])
    return ["  " * depth + str(said) for depth, said in lines]


def test_an_explanation_says_how_words_were_understood() -> None:
    assert explained('сталь =Токаева OR title:(a NEAR/5 "b c*")') == [
        "at least one of these:",
        "  all of these:",
        "    the word «сталь» in any form: СТАЛЬ",
        "    the word «Токаева» in this form only",
        "  in the title: near each other (words between them: up to 5):",
        "    the word «a» in any form: A",
        "    words that follow one another:",
        "      the word «b» in any form: B",
        "      a word that begins with «c»",
    ]


EXPLAINED = [
    ("-status:suggested", ["not:", "  an annotation: suggested"]),
    ("label:*", ["an annotation"]),
    ("label:PER by:ann note:*", ["an annotation: PER, by user:ann, with a note"]),
    (
        "entity:Токаев",
        ["an annotation", "  in its name:", "    the word «Токаев» in any form: ТОКАЕВ"],
    ),
    ("money>100млн$", ["an annotation: MONEY, more than 100 000 000 USD"]),
    ("money:USD", ["an annotation: MONEY, in USD"]),
    ("money<0,5", ["an annotation: MONEY, less than 0.5"]),
    ("quantity:5..10км", ["an annotation: QUANTITY, from 5 000 metre to 10 000 metre"]),
    ("when:2025-11", ["an annotation: DATE, from 2025-11-01 to 2025-11-30"]),
    ("time<=9:05", ["an annotation: TIME, 09:05 or less"]),
    ("duration:2w", ["an annotation: DURATION, exactly 14 days"]),
    ("age>=18", ["an annotation: AGE, 18 years or more"]),
    ("newer:7d", ["published on 2026-01-24 or later"]),
    ("older:7d", ["published on 2026-01-24 or earlier"]),
    ("date:вчера", ["published on 2026-01-30"]),
    ("date:2025", ["published from 2025-01-01 to 2025-12-31"]),
    ("source:lada", ["from a source with «lada» in its name, address or file"]),
]


@pytest.mark.parametrize(("query", "lines"), EXPLAINED, ids=[query for query, _ in EXPLAINED])
def test_an_explanation_says_each_condition(query: str, lines: list[str]) -> None:
    assert explained(query) == lines
