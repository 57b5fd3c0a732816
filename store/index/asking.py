"""From the tree of a query to what SQLite is asked."""

from collections.abc import Iterator
from typing import NamedTuple

from annotations.folding import fold
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
from store.index.database import DAY
from store.index.traits import NO_NUMBER, trait_of
from store.index.vocabulary import Vocabulary
from store.index.words import REJECTED, STATUSES

Parameters = tuple[str | int | float, ...]
_IN_TEXTS = "{member} IN (SELECT rowid FROM texts WHERE texts MATCH ?)"


class Text(NamedTuple):
    """What FTS5 is asked for: all that matches, and what the likeliest lemmas match.

    `is_phrase`: it is words that stand together, and no more.
    """

    all: str
    best: str
    is_phrase: bool = False


class Facts(NamedTuple):
    """A condition in SQL on an article, whose number it calls {docid}; {member} where it is only
    to be looked up in a list.

    `each` says the same in a way that is fast for few articles, by a look at each of them;
    `listed` is the list that they have to be in, each once, where that is all (with `parameters`).
    """

    condition: str
    parameters: Parameters = ()
    each: str = ""
    each_parameters: Parameters = ()
    listed: str = ""


class Question(NamedTuple):
    """All of a query: what stands in the text, if anything, and what else must hold."""

    text: Text | None
    facts: Facts | None


def question(node: Node, vocabulary: Vocabulary) -> Question:
    """What a query asks of an index."""
    return _Compiler(vocabulary).question(node)


class _Compiler:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def question(self, node: Node) -> Question:
        if isinstance(node, And):
            return self._all(node.parts)
        found = self._compiled(node)
        return Question(found, None) if isinstance(found, Text) else Question(None, found)

    def _compiled(self, node: Node) -> Text | Facts:
        match node:
            case Phrase() | Near():
                ask = self._vocabulary.match
                is_phrase = isinstance(node, Near) or len(node.words) > 1
                return Text(ask(node, best=False), ask(node, best=True), is_phrase)
            case Annotated():
                return self._annotated(node)
            case Published(first, last):
                return _published(
                    first.toordinal() if first else 1, last.toordinal() if last else None
                )
            case FromSource(text):
                condition = "{member} IN (SELECT docid FROM articles WHERE instr(sought, ?))"
                return Facts(condition, (fold(text),))
            case Not(part):
                return _denied(_facts(self._compiled(part)))
            case Or(parts):
                return self._any([self._compiled(part) for part in parts])
            case And(parts):
                asked = self._all(parts)
                found = [each for each in asked if each is not None]
                return found[0] if len(found) == 1 else _joined(list(map(_facts, found)), "AND")

    def _all(self, parts: tuple[Node, ...]) -> Question:
        texts: list[Text] = []
        without: list[str] = []
        facts: list[Facts] = []
        for part in parts:
            negated = isinstance(part, Not)
            found = self._compiled(part.part if isinstance(part, Not) else part)
            if isinstance(found, Facts):
                facts.append(_denied(found) if negated else found)
            elif negated:
                without.append(found.all)
            else:
                texts.append(found)
        if without and not texts:
            facts.append(Facts(f"NOT ({_IN_TEXTS})", (" OR ".join(without),)))
        text = None
        if texts:
            text = Text(
                _with_and_without([each.all for each in texts], without),
                _with_and_without([each.best for each in texts], without),
            )
        return Question(text, _joined(facts, "AND") if facts else None)

    def _any(self, found: list[Text | Facts]) -> Text | Facts:
        texts = [each for each in found if isinstance(each, Text)]
        if len(texts) == len(found):
            return Text(
                f"({' OR '.join(each.all for each in texts)})",
                f"({' OR '.join(each.best for each in texts)})",
            )
        return _joined([_facts(each) for each in found], "OR")

    # annotations

    def _annotated(self, node: Annotated) -> Facts:
        tests = _joined([*self._tests(node)], "AND")
        trait = trait_of(node)
        if trait is not None:
            listed = _of_trait(trait, node.within)
        elif node.name:
            listed = self._listed_by_name(node, tests)
        else:
            listed = Facts(
                f"SELECT DISTINCT docid FROM spans WHERE {tests.condition}", tests.parameters
            )
        if node.name:
            things = self._things(node.name)
            named = Facts(f"(entity IN ({things}) OR name IN ({things}))")
            tests = _joined([named, tests], "AND")
        return Facts(
            f"{{member}} IN ({listed.condition})",
            listed.parameters,
            f"EXISTS (SELECT 1 FROM spans WHERE docid = {{docid}} AND {tests.condition})",
            tests.parameters,
            listed.condition,
        )

    def _listed_by_name(self, node: Annotated, tests: Facts) -> Facts:
        things = self._things(node.name)
        lists = " UNION ".join(
            f"SELECT docid FROM spans WHERE {column} IN ({things}) AND {tests.condition}"
            for column in ("entity", "name")
        )
        return Facts(lists, tests.parameters * 2)

    def _tests(self, node: Annotated) -> Iterator[Facts]:
        """What its row must meet, but for its name."""
        if node.label is not None:
            yield Facts("label = (SELECT atom FROM atoms WHERE text = ?)", (node.label,))
        if node.status is None:
            yield Facts(f"status < {REJECTED}")
        else:
            yield Facts("status = ?", (STATUSES.index(node.status),))
        if node.author is not None:
            own = "(SELECT atom FROM atoms WHERE text = ?)"
            yield Facts(f"(author = {own} OR decider = {own})", (node.author, node.author))
        if node.unit is not None:
            yield Facts("unit = (SELECT atom FROM atoms WHERE text = ?)", (node.unit,))
        if node.of:
            yield Facts(f"of IN ({self._things(node.of)})")
        if node.note:
            yield self._noted(node.note)
        if node.within is not None:
            yield from _within(node.within)

    def _things(self, words: tuple[Word, ...]) -> str:
        """The numbers of the things whose names have the words, apart by commas."""
        return ",".join(map(str, self._vocabulary.things(words)))

    def _noted(self, words: tuple[Word, ...]) -> Facts:
        rows = "(docid, n) IN (SELECT docid, n FROM notes{})"
        if not any(word.text for word in words):
            return Facts(rows.format(""))
        those = " WHERE note IN (SELECT rowid FROM note_texts WHERE note_texts MATCH ?)"
        return Facts(rows.format(those), (self._vocabulary.string(words),))


def _of_trait(trait: str, within: Interval | None) -> Facts:
    """The articles that have a trait, with a number that is great enough."""
    condition = "SELECT docid FROM traits WHERE trait = (SELECT atom FROM atoms WHERE text = ?)"
    if within is None:
        return Facts(condition, (trait,))
    if within.low is None:
        return Facts(f"{condition} AND high > ?", (trait, NO_NUMBER))
    sign = ">" if within.low_open else ">="
    return Facts(f"{condition} AND high {sign} ?", (trait, within.low))


def _within(interval: Interval) -> Iterator[Facts]:
    """A figure that may be several numbers fits if one of them does."""
    yield Facts("high IS NOT NULL")
    if interval.low is not None:
        yield Facts(f"high {'>' if interval.low_open else '>='} ?", (interval.low,))
    if interval.high is not None:
        yield Facts(f"low {'<' if interval.high_open else '<='} ?", (interval.high,))


def _published(first: int, last: int | None) -> Facts:
    """Articles of which no day is known were published on none."""
    if last is None:
        return Facts("{docid} >= ?", (first << DAY,))
    return Facts("{docid} BETWEEN ? AND ?", (first << DAY, ((last + 1) << DAY) - 1))


def _with_and_without(texts: list[str], without: list[str]) -> str:
    found = f"({' AND '.join(texts)})"
    return f"({found} NOT ({' OR '.join(without)}))" if without else found


def _facts(found: Text | Facts) -> Facts:
    return Facts(_IN_TEXTS, (found.all,)) if isinstance(found, Text) else found


def _denied(facts: Facts) -> Facts:
    each = f"NOT ({facts.each})" if facts.each else ""
    return Facts(f"NOT ({facts.condition})", facts.parameters, each, facts.each_parameters)


def _joined(facts: list[Facts], word: str) -> Facts:
    if len(facts) == 1:
        return facts[0]
    parts = [(each.condition, each.parameters) for each in facts]
    condition, parameters = _put_together(parts, word)
    if not any(each.each for each in facts):
        return Facts(condition, parameters)
    own = [(f.each, f.each_parameters) if f.each else (f.condition, f.parameters) for f in facts]
    return Facts(condition, parameters, *_put_together(own, word))


def _put_together(parts: list[tuple[str, Parameters]], word: str) -> tuple[str, Parameters]:
    condition = f" {word} ".join(part for part, _ in parts)
    return f"({condition})", tuple(value for _, values in parts for value in values)
