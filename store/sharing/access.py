"""Whether this person may change a library; asked before every change that the screen makes."""

import os
from collections.abc import Iterator
from pathlib import Path

from annotations.phrase import Phrase
from store import root
from store.article.article_file import ArticleFile

_ENTER = os.W_OK | os.X_OK
_CHANGE = os.R_OK | os.W_OK


def why_read_only(library: Path, file: ArticleFile | None = None) -> Phrase | None:
    """Why this person may not change the library, or an article of it; None: they may."""
    for path, needed in _needed(library, file):
        if not os.access(path, needed, effective_ids=True):
            from store.sharing.permissions import why_refused  # few need to be told

            return why_refused(library, path)
    return None


def _needed(library: Path, file: ArticleFile | None) -> Iterator[tuple[Path, int]]:
    """What has to be writable; what is not there has to be made in its folder."""
    articles, locks = root.articles(library), root.locks(library)
    yield articles, _ENTER
    yield (locks, _CHANGE) if locks.exists() else (library, _ENTER)
    if file is not None and file.folder.exists():
        yield file.folder, _ENTER
        if file.journal_path.exists():
            yield file.journal_path, _CHANGE
