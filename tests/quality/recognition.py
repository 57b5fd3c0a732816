"""How right a recogniser's suggestions are, against gold: spans, values, names, groups.

A span is right if its start, its end and its label are; a value if each key of the gold's has
the same content; a name if it is one of the gold's.  Groups are measured by B³ (Bagga and Baldwin,
1998) on the spans that are right.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from annotations.model import Annotation, Article
from annotations.recognise import Recogniser, recognise
from tests.quality.gold import GoldDocument, GoldSpan, folded

NOW = "2026-01-31T10:00:00Z"


@dataclass(slots=True)
class Scores:
    """Counts of one label; shares are in per cent, nan where there is nothing to measure."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    valued: int = 0  # exact ones of which the gold has the value or the name
    right: int = 0  # of them, those with the gold's
    inflected: int = 0  # exact mentions that are not written as their name is
    named: int = 0  # of them, those with the right name
    grouped: int = 0  # exact mentions of which the gold has the entity
    group_precision: float = 0.0
    group_recall: float = 0.0

    @property
    def precision(self) -> float:
        return _share(self.exact, self.found)

    @property
    def recall(self) -> float:
        return _share(self.exact, self.gold)

    @property
    def f1(self) -> float:
        return _share(2 * self.exact, self.gold + self.found)

    @property
    def values(self) -> float:
        return _share(self.right, self.valued)

    @property
    def names(self) -> float:
        return _share(self.named, self.inflected)

    @property
    def groups(self) -> float:
        """B³: the harmonic mean of its precision and its recall."""
        both = self.group_precision * self.group_recall
        sums = self.group_precision + self.group_recall
        return _share(2 * both / sums, self.grouped) if sums else float("nan")

    def __add__(self, other: "Scores") -> "Scores":
        names = self.__dataclass_fields__
        return Scores(**{name: getattr(self, name) + getattr(other, name) for name in names})


def _share(part: float, whole: float) -> float:
    return 100 * part / whole if whole else float("nan")


@dataclass(slots=True)
class Judged:
    """A suggestion's confidence, and whether its span and label are right."""

    label: str
    author: str
    confidence: float
    is_right: bool


@dataclass(slots=True)
class Measured:
    """The scores of each label, and every suggestion of a label that the gold has."""

    scores: dict[str, Scores] = field(default_factory=lambda: defaultdict(Scores))
    judged: list[Judged] = field(default_factory=list)

    def of(self, labels: Iterable[str]) -> Scores:
        """The scores of some labels together."""
        return sum((self.scores[label] for label in labels), Scores())


def measure(
    documents: Iterable[GoldDocument], recognisers: Sequence[Recogniser], labels: Iterable[str]
) -> Measured:
    """Run the recognisers on the documents; what they suggest of other labels does not count."""
    measured, wanted = Measured(), frozenset(labels)
    for document in documents:
        published = document.published.isoformat() if document.published else None
        article = Article("gold", document.text, "", published)
        found = [each for each in recognise(article, recognisers, NOW) if each.label in wanted]
        _judge(measured, document, wanted, found)
    return measured


def _judge(
    measured: Measured, document: GoldDocument, wanted: frozenset[str], found: Sequence[Annotation]
) -> None:
    spans = {
        (each.start, each.end, each.label): each for each in document.spans if each.label in wanted
    }
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for gold in spans.values():
        measured.scores[gold.label].gold += 1
    for each in found:
        scores = measured.scores[each.label]
        scores.found += 1
        gold = spans.get((each.start, each.end, each.label))
        measured.judged.append(
            Judged(each.label, each.author, each.confidence or 0.0, gold is not None)
        )
        if gold is not None:
            scores.exact += 1
            _judge_value(scores, gold, document.text, each.value)
            if gold.entity is not None:
                pairs[each.label].append((gold.entity, each.entity or each.id))
    for label, grouped in pairs.items():
        _judge_groups(measured.scores[label], grouped)


def _judge_value(
    scores: Scores, gold: GoldSpan, text: str, value: Mapping[str, Any] | None
) -> None:
    if gold.names:
        is_right = folded(str((value or {}).get("name", ""))) in gold.names
        scores.valued += 1
        scores.right += is_right
        if folded(text[gold.start : gold.end]) not in gold.names:
            scores.inflected += 1
            scores.named += is_right
    elif gold.value is not None:
        scores.valued += 1
        scores.right += all(
            _norm((value or {}).get(key)) == _norm(content) for key, content in gold.value.items()
        )


def _norm(content: object) -> object:
    """Decimals by their number, other text without what is no difference."""
    if not isinstance(content, str):
        return content
    try:
        return Decimal(content)
    except InvalidOperation:
        return folded(content)


def _judge_groups(scores: Scores, pairs: Sequence[tuple[str, str]]) -> None:
    golds, founds, both = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(pairs)
    scores.grouped += len(pairs)
    scores.group_precision += sum(both[a, b] / founds[b] for a, b in pairs)
    scores.group_recall += sum(both[a, b] / golds[a] for a, b in pairs)
