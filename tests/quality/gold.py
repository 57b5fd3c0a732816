"""Gold for the recognisers: texts with the spans, values and names that they are to find.

Our own texts are written with the spans marked in them, `[quote|LABEL value]`.  A figure's value
is in the notation of `tests.figure_notation`; an entity's is its name and, after `#`, which of
the document's entities it is: `[Берестову|PER Берестов #1]`.  Every line is a document, save in
files that divide them by lines of `=====`; lines that begin with `# ` are remarks.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.figure_notation import read_value

OWN = Path(__file__).with_name("own")
PUBLISHED = date(2025, 11, 4)  # a Tuesday, the day of our own texts
DIVIDER = "\n=====\n"
ENTITIES = ("PER", "LOC", "ORG")
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+) ([^\[\]|]+)\]")
_REMARK = re.compile(r"^# .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """What is to be found at a place; nothing is said of its value where `value` is None."""

    start: int
    end: int
    label: str
    value: dict[str, Any] | None = None
    names: frozenset[str] = frozenset()  # each of them is right
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and all that is to be found in it of the labels that its corpus marks."""

    id: str
    text: str
    published: date | None
    spans: tuple[GoldSpan, ...]


def corpus(path: Path) -> list[GoldDocument]:
    """The documents of a file, marked text or JSONL."""
    with path.open(encoding="utf-8") as file:
        if path.suffix == ".jsonl":
            return [_from_json(json.loads(line)) for line in file if line.strip()]
        return list(_marked(file.read(), path.stem))


def _marked(text: str, name: str) -> Iterator[GoldDocument]:
    text = _REMARK.sub("", text)
    parts = text.split(DIVIDER) if DIVIDER in text else text.splitlines()
    for number, part in enumerate(filter(str.strip, parts), 1):
        yield unmarked(part.strip("\n"), f"{name}-{number}")


def unmarked(marked: str, id_: str = "") -> GoldDocument:
    """The document that a marked text stands for; raises ValueError for a stray mark."""
    text, spans, place = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[place : mark.start()]
        spans.append(_span(len(text), *mark.groups()))
        text += mark[1]
        place = mark.end()
    text += marked[place:]
    if "[" in text or "|" in text:
        raise ValueError(f"{id_}: a mark that cannot be read in {text!r}")
    return GoldDocument(id_, text, PUBLISHED, tuple(spans))


def _span(start: int, quote: str, label: str, value: str) -> GoldSpan:
    end = start + len(quote)
    if label in ENTITIES:
        name, _, entity = value.partition("#")
        return GoldSpan(start, end, label, None, frozenset({folded(name)}), entity or None)
    return GoldSpan(start, end, label, read_value(label, value))


def _from_json(row: dict[str, Any]) -> GoldDocument:
    day = row.get("published")
    return GoldDocument(
        str(row["id"]),
        row["text"],
        date.fromisoformat(day) if day else None,
        tuple(
            GoldSpan(
                each["start"],
                each["end"],
                each["label"],
                each.get("value"),
                frozenset(map(folded, each.get("names", ()))),
                each.get("entity"),
            )
            for each in row["spans"]
        ),
    )


def folded(name: str) -> str:
    """A name without what is no difference: case, ё, quotes, blanks."""
    plain = name.casefold().replace("ё", "е")
    return " ".join("".join(letter for letter in plain if letter not in '«»"').split())
