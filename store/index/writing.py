"""Putting articles into an index and taking them out."""

from collections.abc import Mapping, Sequence
from typing import Any

import apsw

from store.index.database import DAY, one
from store.index.entry import OF, Entry, SpanRow
from store.index.lexis import Form
from store.index.traits import Marked, traits_of

_INSERT_ARTICLE = "INSERT INTO articles VALUES(?,?,?,?,?,?,?,?,?,?)"
_INSERT_SPAN = f"INSERT INTO spans VALUES({','.join('?' * 14)})"
_MARKED = (
    "SELECT labels.text, status, authors.text, deciders.text, units.text, high FROM spans"
    " JOIN atoms AS labels ON labels.atom = label JOIN atoms AS authors ON authors.atom = author"
    " LEFT JOIN atoms AS deciders ON deciders.atom = decider"
    " LEFT JOIN atoms AS units ON units.atom = unit WHERE docid = ?"
)


class Writer:
    """Writes into an index, within whatever transaction its caller has begun.

    It knows which numbers and forms the index has, as long as nothing is rolled back.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._atoms: dict[str, int] = {}
        self._things: dict[tuple[str, str], int] = {}

    def put(self, entry: Entry, stamp: str) -> None:
        """Add an article, in the place of one that had its key, or bring annotations up to date."""
        docid = self._docid(entry.key)
        if docid is not None and entry.body is not None:
            self.remove(entry.key)
            docid = None
        if docid is None:
            docid = self._number(entry.day)
            self._add(docid, entry, stamp)
        else:
            self._execute(
                "UPDATE articles SET stamp = ?, revision = ? WHERE docid = ?",
                (stamp, entry.revision, docid),
            )
            self._drop_spans(docid)
        self._put_spans(docid, entry)
        self.learn(entry.forms)

    def remove(self, key: str) -> None:
        """Take an article out."""
        docid = self._docid(key)
        if docid is None:
            return
        self._drop_spans(docid)
        self._execute("DELETE FROM texts WHERE rowid = ?", (docid,))
        self._execute("DELETE FROM articles WHERE docid = ?", (docid,))

    def _docid(self, key: str) -> int | None:
        found = one(self._connection, "SELECT docid FROM articles WHERE key = ?", (key,))
        return None if found is None else int(found)

    def _number(self, day: int) -> int:
        """The next free number of a day: the later a number, the newer its article.

        Of a day that has more than a million the rest are taken for the newest of all.
        """
        first = day << DAY
        query = "SELECT max(docid) FROM articles WHERE docid BETWEEN ? AND ?"
        last = one(self._connection, query, (first, first + (1 << DAY) - 1))
        if last == first + (1 << DAY) - 1:
            last = one(self._connection, "SELECT max(docid) FROM articles")
        return first + 1 if last is None else int(last) + 1

    def _add(self, docid: int, entry: Entry, stamp: str) -> None:
        facts = (entry.id, stamp, entry.content, entry.revision, entry.published, entry.heading)
        row = (docid, entry.key, *facts, entry.source, entry.sought)
        self._execute(_INSERT_ARTICLE, row)
        self._execute(
            "INSERT INTO texts(rowid, title, body) VALUES(?,?,?)", (docid, entry.title, entry.body)
        )

    def learn(self, forms: Sequence[Form]) -> None:
        """Remember what forms are found by: whoever searches need not work it out."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO forms VALUES(?,?,?,?,?)",
            [(each.form, *map(_apart, (each.best, each.others, *_asked(each)))) for each in forms],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO lemmas VALUES(?,?,?)",
            [
                (lemma, each.form, is_best)
                for each in forms
                for is_best, lemmas in ((1, each.best), (0, each.others))
                for lemma in lemmas
            ],
        )

    def _drop_spans(self, docid: int) -> None:
        old = traits_of(Marked(*row) for row in self._execute(_MARKED, (docid,)))
        self._connection.executemany(
            "DELETE FROM traits WHERE trait = ? AND high = ? AND docid = ?", self._held(docid, old)
        )
        self._execute("DELETE FROM spans WHERE docid = ?", (docid,))
        for (note,) in self._execute("SELECT note FROM notes WHERE docid = ?", (docid,)).fetchall():
            self._execute("DELETE FROM note_texts WHERE rowid = ?", (note,))
        self._execute("DELETE FROM notes WHERE docid = ?", (docid,))

    def _put_spans(self, docid: int, entry: Entry) -> None:
        spans, words = entry.spans, entry.words
        rows = [self._span(docid, n, each, words) for n, each in enumerate(spans)]
        self._connection.executemany(_INSERT_SPAN, rows)
        marked = (Marked(s.label, s.status, s.author, s.decider, s.unit, s.high) for s in spans)
        self._connection.executemany(
            "INSERT INTO traits VALUES(?,?,?)", self._held(docid, traits_of(marked))
        )
        for n, each in enumerate(spans):
            if each.note:
                self._put_note(docid, n, words[each.note])

    def _held(self, docid: int, traits: Mapping[str, float]) -> list[tuple[int, float, int]]:
        return [(self._atom(trait), high, docid) for trait, high in traits.items()]

    def _span(self, docid: int, n: int, span: SpanRow, words: Mapping[str, str]) -> tuple[Any, ...]:
        label = span.label
        return (
            docid,
            n,
            span.start,
            span.end,
            self._atom(label),
            span.status,
            self._atom(span.author),
            None if span.decider is None else self._atom(span.decider),
            None if span.entity is None else self._thing(label, span.entity, words),
            None if span.name is None else self._thing(label, span.name, words),
            span.low,
            span.high,
            None if span.unit is None else self._atom(span.unit),
            None if span.of is None else self._thing(OF, span.of, words),
        )

    def _put_note(self, docid: int, n: int, words: str) -> None:
        self._execute("INSERT INTO notes(docid, n) VALUES(?,?)", (docid, n))
        number = self._connection.last_insert_rowid()
        self._put_words("note_texts", "note", number, words)

    def _put_words(self, table: str, column: str, number: int, words: str) -> None:
        self._execute(f"INSERT INTO {table}(rowid, {column}) VALUES(?,?)", (number, words))

    def _atom(self, text: str) -> int:
        number = self._atoms.get(text)
        if number is None:
            self._execute("INSERT OR IGNORE INTO atoms(text) VALUES(?)", (text,))
            number = int(one(self._connection, "SELECT atom FROM atoms WHERE text = ?", (text,)))
            self._atoms[text] = number
        return number

    def _thing(self, kind: str, name: str, words: Mapping[str, str]) -> int:
        number = self._things.get((kind, name))
        if number is not None:
            return number
        query = "SELECT thing FROM things WHERE kind = ? AND name = ?"
        number = one(self._connection, query, (kind, name))
        if number is None:
            self._execute("INSERT INTO things(kind, name) VALUES(?,?)", (kind, name))
            number = self._connection.last_insert_rowid()
            self._put_words("names", "name", number, words[name])
        self._things[kind, name] = number
        return int(number)


def _apart(terms: tuple[str, ...] | None) -> str | None:
    return None if terms is None else " ".join(terms)


def _asked(form: Form) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    return (form.asked.best, form.asked.others) if form.asked else (None, None)
