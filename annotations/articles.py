"""How an article is made where its source gives less than all of it: identity and title."""

import hashlib
import re
from collections.abc import Mapping

from annotations.model import Article, Json, Source
from annotations.tokens import lines, sentences_of_line

TITLE_LENGTH = 120
# What a text may begin with that is no part of it: ` date 2025-11-04 `, its day of publication.
HEADER = re.compile(r"\s*date[ \t]+([0-9]{4}-[0-9]{2}-[0-9]{2})(?=\s|$)\s*")


def make_article(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the record's own word
    title: str | None = None,
    published: str | None = None,
    source: Source = Source(),  # noqa: B008 - immutable
    meta: Mapping[str, Json] | None = None,
) -> Article:
    """An article whose missing id and title are derived from its text."""
    return Article(
        id=text_id(text) if id is None else id,
        text=text,
        title=title_of(text) if title is None else title,
        published=published,
        source=source,
        meta=meta or {},
    )


def text_id(text: str) -> str:
    """The id of an article that has none of its own: the same words, the same article.

    White space does not count: a line break more at the end makes no other article.
    """
    normal = " ".join(text.split())
    return hashlib.blake2b(normal.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def title_of(text: str) -> str:
    """The first line where it is short and has no full stop, else the first sentence."""
    line = next((line for line in lines(text) if text[line.start : line.end].strip()), None)
    if line is None:
        return ""
    first_line = text[line.start : line.end].strip()
    if len(first_line) <= TITLE_LENGTH and "." not in first_line:
        return first_line
    sentence = next(sentences_of_line(text, line))
    return _cut(text[sentence.start : sentence.end].strip())


def _cut(title: str) -> str:
    if len(title) <= TITLE_LENGTH:
        return title
    return title[: TITLE_LENGTH - 1].rstrip() + "…"
