"""Where else an article names what a mention names, and what stands in the way there."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from annotations import edits
from annotations.edits import Edit, Group, Stamp
from annotations.entities.reading import Reading
from annotations.lemmas import Parse, parses
from annotations.model import MAIN_LAYER, Annotation, Document, Span
from annotations.name_patterns import Pattern, spans_of
from annotations.phrase import Phrase, Words
from annotations.tokens import WORD, fold

HOMONYM = Phrase("may be another word")
OPENING = Phrase("the capital proves nothing")
LONGER = Phrase("part of a longer name?")
ANOTHER = Phrase("is somebody else?")

_LIKELY = 0.2  # from this share of its readings on, a nominative is a homonym
_AROUND = 60  # characters on either side that tell whether a line is in capitals
_KINDS = {"PER": {"Name", "Surn", "Patr"}, "LOC": {"Geox"}, "ORG": {"Orgn", "Trad"}}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the name stands.

    `there` is what is annotated at it; `is_open` says that it can be annotated without undoing
    what somebody decided.  `doubt` is why it may be something else, empty where nothing is.
    """

    span: Span
    there: Annotation | None
    is_open: bool
    doubt: Words

    @property
    def is_sure(self) -> bool:
        return self.is_open and not self.doubt


def occurrences(
    document: Document, pattern: Pattern, mention: Annotation | None = None
) -> list[Occurrence]:
    """Where the name stands in an article, in text order; `mention` is known to be it."""
    text = document.article.text
    reading = Reading(text)
    there = sorted(
        (each for each in document.annotations if each.layer == MAIN_LAYER),
        key=lambda each: each.start,
    )
    place, active = 0, list[Annotation]()
    found = []
    for span in spans_of(text, pattern):
        while place < len(there) and there[place].start < span.end:
            active.append(there[place])
            place += 1
        active = [each for each in active if each.end > span.start]
        annotation, is_open = _standing(active, span)
        covered = annotation is not None and annotation.span.covers(span)
        if mention is not None and span == mention.span:
            doubt: Words = ""
        elif annotation is not None and _is_another(annotation, span, pattern, mention):
            doubt = ANOTHER
        else:
            doubt = doubt_of(reading, pattern, span, covered=covered)
        found.append(Occurrence(span, annotation, is_open, doubt))
    return found


def _standing(active: Sequence[Annotation], span: Span) -> tuple[Annotation | None, bool]:
    """What is annotated at a place, and whether that leaves it open.

    A suggestion that the name covers may be corrected; what somebody decided about this very
    place, or accepted across it, stands.
    """
    over = [each for each in active if each.span.overlaps(span)]
    exact = [each for each in over if each.span == span and is_decided(each)]
    across = [each for each in over if is_decided(each) and each.status != "rejected"]
    if exact or across:
        return (exact or across)[0], False
    left = [each for each in over if each.status == "suggested"]
    if not left:
        return None, True
    return left[0], len(left) == 1 and span.covers(left[0].span)


def _is_another(
    there: Annotation, span: Span, pattern: Pattern, mention: Annotation | None
) -> bool:
    """Whether a suggestion there, with the same label, is of another name and entity."""
    if (there.span, there.label) != (span, pattern.label):
        return False
    same_entity = mention is not None and there.entity and there.entity == mention.entity
    return not same_entity and (there.value or {}).get("name") != pattern.name


def is_decided(annotation: Annotation) -> bool:
    """Whether a person accepted, rejected or made it."""
    return annotation.status != "suggested" or annotation.author.startswith("user:")


def doubt_of(reading: Reading, pattern: Pattern, span: Span, *, covered: bool) -> Words:
    """Why a lone word may be something else than the name: homonyms, capitals that say nothing."""
    if len(pattern.words) > 1:
        return ""
    text = reading.text
    start, end = span.start + len(pattern.before), span.end - len(pattern.after)
    word, base = text[start:end], pattern.words[0].base
    if _homonymy(base, pattern.label) >= _LIKELY:
        return HOMONYM
    if _is_ordinary(word, pattern.label) and (
        reading.starts_sentence(start) or _in_capitals(text, span)
    ):
        return OPENING
    if not covered and not pattern.before and not pattern.after and _is_in_name(reading, span):
        return LONGER
    return ""


def _is_meant(parse: Parse, label: str) -> bool:
    return bool(parse.grammemes & _KINDS.get(label, set()))


@lru_cache(maxsize=10_000)
def _homonymy(base: str, label: str) -> float:
    """How probable it is that a nominative is that of another thing: «роман», «вера»."""
    return sum(
        parse.score
        for parse in parses(base)
        if parse.known and fold(parse.lemma) == base and not _is_meant(parse, label)
    )


@lru_cache(maxsize=10_000)
def _is_ordinary(word: str, label: str) -> bool:
    """Whether a word, in lower case, may also be a form of another one: «токаев» of «токай»."""
    return any(parse.known and not _is_meant(parse, label) for parse in parses(fold(word)))


def _in_capitals(text: str, span: Span) -> bool:
    """Whether the words around are in capitals too."""
    left = text[max(span.start - _AROUND, 0) : span.start].rpartition("\n")[2]
    right = text[span.end : span.end + _AROUND].partition("\n")[0]
    return (left + right).isupper() and text[span.start : span.end].isupper()


def _is_in_name(reading: Reading, span: Span) -> bool:
    """Whether a word with a capital stands right before or right after."""
    text = reading.text
    after = WORD.match(text, span.end + 1) if text[span.end : span.end + 1] == " " else None
    if after is not None and after[0][0].isupper():
        return True
    before = re.search(r"\w[\w-]*\Z", text[max(span.start - 40, 0) : max(span.start - 1, 0)])
    if (
        before is None
        or len(before[0]) == 1
        or text[span.start - 1 : span.start] != " "
        or not before[0][0].isupper()
    ):
        return False
    return not reading.starts_sentence(span.start - 1 - len(before[0]))


def annotate(
    document: Document,
    pattern: Pattern,
    spans: Collection[Span],
    stamp: Stamp,
    entity: str | None = None,
) -> Group | None:
    """One step that annotates the name at these places; None where none of them is open.

    What somebody has decided by now is left as it is.
    """
    entity = entity or _entity(document, pattern)
    value = {"name": pattern.name}
    parts: list[Edit] = []
    for each in occurrences(document, pattern):
        if each.span not in spans or not each.is_open:
            continue
        there = each.there
        if there is None:
            parts.append(edits.new_annotation(each.span, pattern.label, stamp, value, entity))
        elif (there.span, there.label, there.value, there.entity) == (
            each.span, pattern.label, value, entity,
        ):  # fmt: skip
            parts.append(edits.set_status(there, "accepted", stamp))
        else:
            parts.append(
                edits.correct(
                    there, stamp, span=each.span, label=pattern.label, value=value, entity=entity
                )
            )
    return Group(tuple(parts)) if parts else None


def _entity(document: Document, pattern: Pattern) -> str:
    """The entity that has this name already, else a new one."""
    for each in document.annotations:
        same = each.label == pattern.label and (each.value or {}).get("name") == pattern.name
        if same and each.entity and each.status != "rejected":
            return each.entity
    taken = {each.entity for each in document.annotations}
    return next(name for number in count(1) if (name := f"e{number}") not in taken)
