"""What the lines of an article are: headings, credits, direct speech.  Pure, and lazy.

Everything is looked at a paragraph at a time (a stretch without a line break), when a line of
it is shown; only `is_close` looks at more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["", "dateline", "title", "heading", "credit"]

HEADING_LENGTH = 90
CREDIT_LENGTH = 160
SHORT = 60  # characters: a line that does not look like a paragraph
LONG = 20_000  # characters: no paragraph that people wrote
MANY = 80  # of a hundred
SEEN = 100_000  # characters at the beginning, after which it is known how a text is set

_ENDS = (".", "!", "?", "…", "»", '"', "”", "“", ":", ";", ")")
_NO_HEADING_ENDS = (".", ",", ":", ";", "…")
_ITEM = re.compile(r"[-–—•*·]|\d+[.)]")
_LETTER = re.compile(r"[^\W\d_]")

_CREDIT = re.compile(
    r"\W{0,2}(?:(?:Фото(?:графи[яи])?|Видео|Иллюстраци[яи]|Инфографика|Коллаж|Снимок|Скриншот"
    r"|Кадр|Автор|Текст|Корреспондент|Редактор|Подготовил[аи]?|Источник|Photo|Video|Source|By)"
    r"(?: (?:автора|из|с|предоставлен[аоы]?)(?: [^\n:]{1,40})?)?\s?(?:[:©/]|[—–-] )|©|\([cCсС]\))"
)
_SENTENCE_END = re.compile(r"(?<![\s.][^\W\d_])(?<!^[^\W\d_])[.!?…]\s+(?=[А-ЯЁA-Z«„])")

_QUOTES = re.compile(r"[«»„“”\"]")
_CLOSED_BY = {"«": "»", "„": "“”", "“": "”", '"': '"'}
_AUTHOR_FOLLOWS = re.compile(r"\s?,\s?[—–-]\s")  # «…», — сказал
_DASH_FOLLOWS = re.compile(r"\s?[—–-]\s")
_SENTENCE = re.compile(r"[^\W\d_A-ZА-ЯЁ]{2}[»“”)]?[.!?…](?:\s|$)")
_SAID = 30  # characters: a shorter quotation that is a whole paragraph may be a name


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text between line breaks, and what it is; `credit` is where a credit ends."""

    start: int
    end: int
    kind: Kind = ""
    credit: int = 0
    speech: tuple[tuple[int, int], ...] = ()

    def has_speech(self, start: int, end: int) -> bool:
        """Whether any of `[start, end)` is direct speech."""
        return any(first < end and start < last for first, last in self.speech)


def paragraph_at(text: str, offset: int, title: str = "", *, close: bool = False) -> Paragraph:
    """The paragraph that an offset stands in; `close` as `is_close` says of the text."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    if end - start > LONG:
        return Paragraph(start, end)
    line = text[start:end]
    credit = credit_length(line)
    if credit:
        return Paragraph(start, end, "credit", start + credit)
    if title and line.strip() == title and not text[:start].strip():
        return Paragraph(start, end, "title")
    if _is_heading(line) and _stands_alone(text, start, end, close):
        return Paragraph(start, end, "heading")
    speech = tuple((start + first, start + last) for first, last in speech_in(line))
    return Paragraph(start, end, speech=speech)


def _is_heading(line: str) -> bool:
    line = line.strip()
    if not 0 < len(line) <= HEADING_LENGTH or line.endswith(_NO_HEADING_ENDS):
        return False
    if line[-1] in "»“”" and (line[0] in "«„“" or ": «" in line):
        return False
    return not _ITEM.match(line) and _LETTER.search(line) is not None


def _stands_alone(text: str, start: int, end: int, close: bool) -> bool:
    """Whether no sentence goes on from the line before into this one, or from it into the next."""
    before = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].rstrip()
    stop = text.find("\n", end + 1)
    after = text[end + 1 : len(text) if stop < 0 else min(stop, end + LONG)].strip()
    ended = not before or before.endswith(_ENDS) or credit_length(before) > 0
    return (ended or close) and (not after or close or credit_length(after) > 0)


def credit_length(line: str) -> int:
    """How much of a line's beginning names who took a photo or wrote it; 0: none of it."""
    if not _CREDIT.match(line):
        return 0
    sentence = _SENTENCE_END.search(line)
    length = sentence.start() + 1 if sentence else len(line.rstrip())
    return length if length <= CREDIT_LENGTH else 0


def quotations(line: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is closed) of each outermost quotation of a paragraph.

    One that is not closed goes to the paragraph's end.
    """
    waiting: list[tuple[str, int]] = []
    for match in _QUOTES.finditer(line):
        mark, place = match.group(), match.start()
        closes = [
            number for number, (opened, _) in enumerate(waiting) if mark in _CLOSED_BY[opened]
        ]
        if closes and not (mark == "“" and waiting[-1][0] == "«"):
            number = 0 if _AUTHOR_FOLLOWS.match(line, place + 1) else closes[-1]
            start = waiting[number][1]
            del waiting[number:]
            if not waiting:
                yield start, place + 1, True
        elif mark in _CLOSED_BY:
            waiting.append((mark, place))
    if waiting:
        yield waiting[0][1], len(line), False


def speech_in(line: str) -> list[tuple[int, int]]:
    """The quotations that are what somebody said, not names or single words."""
    return [
        (start, end)
        for start, end, closed in quotations(line)
        if _is_said(line, start, end, closed)
    ]


def _is_said(line: str, start: int, end: int, closed: bool) -> bool:
    begins = not line[:start].strip() or line[:start].rstrip().endswith(":")
    if not closed:
        return begins
    said = line[start + 1 : end - 1]
    if _AUTHOR_FOLLOWS.match(line, end) or _SENTENCE.search(said):
        return True
    if said.endswith(("!", "?", "…")) and _DASH_FOLLOWS.match(line, end):
        return True
    return begins and len(said) >= _SAID and " " in said and line[end:].strip(" .,!?…;") == ""


def is_close(text: str) -> bool:
    """Whether paragraphs follow one another without an empty line between them.

    Lines of even length that end in the middle of sentences are one paragraph, broken by hand:
    these are left as they are.
    """
    text = text[:SEEN]
    breaks = text.count("\n")
    if not breaks or 3 * text.count("\n\n") > breaks:
        return False
    lines = [line.rstrip() for line in text.split("\n") if len(line) > SHORT]
    ended = sum(line.endswith(_ENDS) for line in lines)
    return len(lines) > 1 and 100 * ended >= MANY * len(lines)


def opening(
    text: str, title: str, published: str | None, source: str | None
) -> list[tuple[str, Kind]]:
    """The lines above the text: when and where it appeared, and its title unless it begins so."""
    dateline = " · ".join(part for part in (published, source) if part)
    start = text[: len(text) - len(text.lstrip()) + len(title) + 1].lstrip()
    lines: list[tuple[str, Kind]] = [(dateline, "dateline")] if dateline else []
    if title and not start.startswith(title.removesuffix("…")):
        return [*lines, (title, "title"), ("", "")]
    begins_with_title = title and start.rstrip("\n") == title
    return lines if begins_with_title or not lines else [*lines, ("", "")]
