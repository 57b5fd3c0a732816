"""The guideline at the cursor: how this name was decided before, and what its label means."""

import asyncio
from collections import Counter

from rich.cells import cell_len

from annotations.decisions import Tally, keys_of
from annotations.errors import AnnotationError
from annotations.model import Annotation, Span
from annotations.schema import Label
from store.errors import StoreError
from tui.display import display
from tui.language import _, counted, description, told
from tui.screens.editing import EditingScreen
from tui.screens.text_page import TextPage
from tui.turns import turn
from tui.wording.words import quoted


def guideline_in_words(tally: Tally, label: Label | None) -> list[str]:
    """«before: ORG 14, LOC 2; rejected PER 1», then «LOC: A country, …»."""
    accepted, rejected = _counts(tally.accepted), _counts(tally.rejected)
    if accepted and rejected:
        before = _("before: {accepted}; rejected {rejected}")
    elif accepted:
        before = _("before: {accepted}")
    elif rejected:
        before = _("before: rejected {rejected}")
    else:
        before = _("not decided before in this library")
    before = before.format(accepted=accepted, rejected=rejected)
    return [before, _label_in_words(label)] if label else [before]


def _label_in_words(label: Label) -> str:
    return f"{label.name}: {description(label)}"


def _counts(counts: "Counter[str]") -> str:
    return ", ".join(f"{label} {count}" for label, count in counts.most_common())


async def tell_guideline(screen: EditingScreen, annotation: Annotation | None, word: Span) -> None:
    """Count the decisions of the whole library about what is at the cursor, and say them.

    Any key ends that: whoever goes on does not want to be interrupted.
    """
    document = screen.document
    place = annotation or word
    label = screen.library.schema.label(annotation.label) if annotation else None
    if label is not None and label.kind != "entity":
        await _show(screen, Span(place.start, place.end), [_label_in_words(label)])
        return
    tally, read, said = Tally(), 0, _looking_back(0)
    screen.say(said)
    keys = await asyncio.to_thread(keys_of, document, place)
    walk = screen.library.documents(on_damage=lambda _damage: None)
    try:
        while count := await asyncio.to_thread(turn, walk, lambda each: tally.take(each, keys)):
            if screen.said != said:
                return
            read += count
            said = _looking_back(read)
            screen.say(said)
    except (AnnotationError, StoreError) as problem:
        screen.say(told(problem))
        return
    lines = guideline_in_words(tally, label)
    if screen.said == said:
        await _show(screen, Span(place.start, place.end), lines)


def _looking_back(count: int) -> str:
    return counted("looking back: {count} article", "looking back: {count} articles", count)


async def _show(screen: EditingScreen, place: Span, lines: list[str]) -> None:
    """In the line where it fits there, else as a page of its own."""
    line = " · ".join(lines)
    if cell_len(display(line)) <= screen.size.width or not screen.is_current:
        screen.say(line)
        return
    screen.say("")
    await screen.app.push_screen(TextPage(quoted(screen.document.article.text, place), lines))
