"""`benchmarks/search.py`, with small numbers: the table comes out whole, and all find the same."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from annotations.model import Document
from annotations.tokens import WORD
from benchmarks.news import Newsroom
from benchmarks.search import OURS, bars, differences
from benchmarks.search_engine import Answer, Engine, NotHere, Query, amounts, number_of
from benchmarks.search_ours import Ours
from benchmarks.search_queries import make_queries
from benchmarks.search_ripgrep import Ripgrep
from benchmarks.search_sqlite import PlainSQLite
from benchmarks.search_table import Bar, Row, Spread, times
from benchmarks.search_writes import changed

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = 60
ALL = 1_000
KINDS = 8


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return Newsroom(lemmas=3_000, beginning="тр")


@pytest.fixture(scope="module")
def documents(newsroom: Newsroom) -> Sequence[Document]:
    return list(newsroom.articles(range(ARTICLES)))


@pytest.fixture(scope="module")
def engines(
    documents: Sequence[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sequence[Engine]]:
    opened: list[Engine] = []
    for kind in (Ours, PlainSQLite, Ripgrep):
        try:
            opened.append(kind(tmp_path_factory.mktemp("engine") / "index"))
        except NotHere:
            continue
        opened[-1].fill(documents, 1)
    yield opened
    for engine in opened:
        engine.close()


def forms(document: Document) -> set[str]:
    return set(WORD.findall(document.article.text.lower()))


def test_all_find_the_same_exact_words(
    engines: Sequence[Engine], documents: Sequence[Document]
) -> None:
    """They find the articles that have the word, no matter who is asked."""
    words = sorted(form for form in forms(documents[7]) if form.isalpha() and "ё" not in form)
    queries = [Query("exact", (word,)) for word in words[::10]]
    assert len(queries) > 10
    assert differences(engines, queries) == []
    for query in queries:
        having = {number_of(each) for each in documents if query.words[0] in forms(each)}
        assert set(engines[0].search(query, ALL).numbers) == having


def test_it_is_found_out_when_not_all_find_the_same(engines: Sequence[Engine]) -> None:
    class Blind(PlainSQLite):
        name = "blind"

        def search(self, query: Query, limit: int = 20) -> Answer:
            return Answer(0, [])

    with closing(Blind(engines[0].folder / "blind")) as blind:
        assert differences([engines[0], blind], [Query("exact", ("в",))])


def test_an_article_is_the_same_each_time(documents: Sequence[Document]) -> None:
    again = Newsroom(lemmas=3_000, beginning="тр")
    assert [again.article(number) for number in (3, 1)] == [documents[3], documents[1]]


def test_annotations_of_an_article_are_where_they_say(documents: Sequence[Document]) -> None:
    for document in documents[:20]:
        text = document.article.text
        for each in document.annotations:
            said = text[each.start : each.end]
            match each.label:
                case "PERCENT":
                    assert each.value
                    assert said == f"{each.value['min']}%"
                case "NUMBER":
                    assert each.value
                    assert said == each.value["min"]
                case "MONEY":
                    assert said.endswith(("рублей", "тенге", "долларов"))
                case "DATE":
                    assert said.endswith("года")
                case _:
                    assert said[0].isupper() or said[0] == "«" or "«" in said
            assert not text[: each.start].endswith(tuple("абвгдежзиклмнопрстуфхцчшщыьэюя"))


def test_the_same_is_asked_each_time(newsroom: Newsroom, documents: Sequence[Document]) -> None:
    first, second = (make_queries(newsroom, documents, 6) for _ in range(2))
    assert first == second
    assert len(first) == KINDS
    assert {len(queries) for queries in first.values()} == {6}


def test_what_is_written_is_found(documents: Sequence[Document], tmp_path: Path) -> None:
    for kind in (Ours, PlainSQLite):
        engine = kind(tmp_path / kind.__name__)
        engine.fill(documents[:-1], 1)
        new = documents[-1]
        engine.add(new)
        word = max(forms(new), key=len)
        assert number_of(new) in engine.search(Query("exact", (word,)), ALL).numbers
        some = next(each for each in documents if amounts(each))
        engine.change(changed(some))
        least = Query("money", amount=min(amounts(some)) - 1)
        assert number_of(some) in engine.search(least, ALL).numbers
        engine.close()


@pytest.mark.parametrize(
    ("found", "is_least", "said"),
    [(2.0, False, "yes, 2 ×"), (2.01, False, "no, 2.01 ×"), (2.0, True, "yes, 2 ×")],
)
def test_a_bar_is_met_up_to_it(found: float, is_least: bool, said: str) -> None:
    assert Bar("2 ×", found, 2, is_least=is_least).verdict() == said


def test_a_kind_of_query_is_held_against_who_is_there() -> None:
    ours, tantivy = Spread(1.0, 9.0, 64), Spread(0.2, 1.0, 64)
    found = bars("phrase", {OURS: ours, "tantivy": tantivy})
    assert [bar.verdict() for bar in found] == ["yes, 5 ×", "yes, 9 ms"]


def test_it_is_said_of_how_many_where_fewer_were_measured() -> None:
    row = times("word", {"a": Spread(1, 2, 64), "b": Spread(3, 4, 7)})
    assert row == Row("word, ms", {"a": "1 / 2", "b": "3 / 4 (of 7)"})


def test_the_table_comes_out_whole(tmp_path: Path) -> None:
    command = (
        *(sys.executable, "benchmarks/search.py", "--articles", "60", "--queries", "2"),
        *("--library", "8", "--seconds", "0.2", "--writes", "4", "--runs", "1"),
        *("--folder", str(tmp_path)),
    )
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    head, _, *rows = [line for line in result.stdout.splitlines() if line.startswith("|")]
    columns = head.count("|")
    assert head.startswith("| what | zametka | ")
    assert [row.count("|") for row in rows] == [columns] * len(rows)
    assert len(rows) == 3 + KINDS + 3 + 2
    assert "Python" in result.stdout.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []
