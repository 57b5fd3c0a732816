"""The guideline at the cursor: how this name was decided before, and what its label means."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator

from annotations.decisions import Tally, keys_of
from annotations.errors import AnnotationError
from annotations.model import Annotation, Document, Span
from annotations.schema import Label
from store.errors import StoreError
from tui.screens.editing import EditingScreen
from tui.words import plural

_TURN = 0.2  # seconds of reading between two lines about how far it is


def guideline_in_words(tally: Tally, label: Label | None) -> str:
    """«before: ORG 14, LOC 2; rejected PER 1 · LOC: A country, …»."""
    parts = [_counts(tally.accepted)] if tally.accepted else []
    parts += [f"rejected {_counts(tally.rejected)}"] if tally.rejected else []
    before = f"before: {'; '.join(parts)}" if parts else "not decided before in this library"
    return f"{before} · {label.name}: {label.description}" if label else before


def _counts(counts: "Counter[str]") -> str:
    return ", ".join(f"{label} {count}" for label, count in counts.most_common())


async def tell_guideline(screen: EditingScreen, annotation: Annotation | None, word: Span) -> None:
    """Count the decisions of the whole library about what is at the cursor, and say them."""
    document = screen.document
    place = annotation or word
    label = screen.library.schema.label(annotation.label) if annotation else None
    if label is not None and label.kind != "entity":
        screen.say(f"{label.name}: {label.description}")
        return
    tally, read = Tally(), 0
    keys = await asyncio.to_thread(keys_of, document, place)
    walk = screen.library.documents(on_damage=lambda _: None)
    try:
        while count := await asyncio.to_thread(_turn, walk, tally, keys):
            read += count
            screen.say(f"looking back: {plural(read, 'article')}")
    except (AnnotationError, StoreError) as problem:
        screen.say(str(problem))
        return
    screen.say(guideline_in_words(tally, label))


def _turn(walk: Iterator[Document], tally: Tally, keys: frozenset[str]) -> int:
    """Count for some time; says how many articles that were, 0 at the end."""
    until, count = time.monotonic() + _TURN, 0
    for document in walk:
        tally.take(document, keys)
        count += 1
        if time.monotonic() > until:
            break
    return count
