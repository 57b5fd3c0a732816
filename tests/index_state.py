"""All that an index says, in words that do not depend on how it came to say it."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import apsw

from annotations.query.parser import parse
from store.index import database
from store.index.index import Index
from store.index.keeping import open_index
from store.index.upkeep import Upkeep
from store.library_reader import LibraryReader

TODAY = date(2026, 1, 31)
QUERIES = (
    *("баржа", "причал", "=Баржа", "прич*", '"у причала"', "баржа NEAR/3 причал", "-баржа"),
    *("title:шлюз", "label:PER", "label:LOC", "status:accepted", "status:rejected", "by:anna"),
    *("entity:Печора", "note:проверить", "note:*", "date:2025", "source:маяк", "label:PER груз"),
)
_KEY = "(SELECT key FROM articles WHERE docid = {})"
_ATOM = "(SELECT text FROM atoms WHERE atom = {})"
_THING = "(SELECT kind || ' ' || name FROM things WHERE thing = {})"
_SPANS = ", ".join(
    (
        *(_KEY.format("docid"), "n", "start", "end", _ATOM.format("label"), "status"),
        *(_ATOM.format("author"), _ATOM.format("decider"), _THING.format("entity")),
        *(_THING.format("spans.name"), "low", "high", _ATOM.format("unit"), _THING.format("of")),
    )
)
_ROWS = {
    "articles": "SELECT docid >> 20, key, id, content, revision, published, title, source, sought"
    " FROM articles",
    "damaged": "SELECT key FROM damaged",
    "spans": f"SELECT {_SPANS} FROM spans",
    "traits": f"SELECT {_KEY.format('docid')}, {_ATOM.format('trait')}, high FROM traits",
    "texts": f"SELECT {_KEY.format('doc')}, term, col, offset FROM temp.told_texts",
    "notes": "SELECT (SELECT key FROM articles WHERE docid = notes.docid), n, term, offset"
    " FROM temp.told_note_texts, notes WHERE note = doc",
    "names": f"SELECT {_THING.format('doc')}, term, offset FROM temp.told_names"
    " WHERE doc IN (SELECT entity FROM spans UNION SELECT name FROM spans UNION"
    " SELECT of FROM spans)",
}
_LEARNED = {"forms": "SELECT * FROM forms", "lemmas": "SELECT * FROM lemmas"}
State = Mapping[str, Sequence[tuple[object, ...]]]


def state_of(connection: apsw.Connection) -> State:
    """The rows of its tables by the keys of articles; the words of its texts too."""
    for table in ("texts", "note_texts", "names"):
        vocabulary = f"temp.told_{table} USING fts5vocab(main, {table}, instance)"
        connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {vocabulary}")
    found = {**_ROWS, **_LEARNED}
    return {name: sorted(connection.execute(query), key=repr) for name, query in found.items()}


def anew(library: LibraryReader) -> apsw.Connection:
    """An index of a library that is made from nothing, in memory."""
    connection = database.create(":memory:")
    for _ in Upkeep(library, connection).run():
        pass
    database.finish(connection)
    return connection


def differences(index: Index, library: LibraryReader) -> list[str]:
    """What the index does not say as one would that is made anew."""
    with closing(anew(library)) as made:
        kept, fresh = state_of(index.connection), state_of(made)
        expected = answers(Index(made, ""))
    found = answers(index)
    pairs = [(name, kept[name], fresh[name]) for name in _ROWS if kept[name] != fresh[name]]
    wrong = [f"{name}: {_lacking(b, a)} instead of {_lacking(a, b)}" for name, a, b in pairs]
    wrong += [f"{name} lack some" for name in _LEARNED if set(fresh[name]) - set(kept[name])]
    unlike = [query for query in QUERIES if found[query] != expected[query]]
    return wrong + [f"{query} is answered otherwise" for query in unlike]


def _lacking(those: Sequence[object], these: Sequence[object]) -> list[object]:
    """Some of these that are none of those."""
    return sorted(set(these) - set(those), key=repr)[:3]


def answers(index: Index) -> dict[str, tuple[int, frozenset[str]]]:
    """How many articles queries are true of, and which."""
    found = {}
    for query in QUERIES:
        answer = index.find(parse(query, TODAY))
        keys = frozenset(row.key for row in index.rows(answer.docids))
        found[query] = answer.count, keys
    return found


def check(library: LibraryReader) -> None:
    """Bring the index of a library up to date, and see to it that it says what the articles do."""
    with closing(open_index(library)) as index:
        assert Path(index.connection.filename) == library.path.resolve() / "index.sqlite"
        assert differences(index, library) == []
