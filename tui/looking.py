"""Looking at saved queries beside the screen: in a thread, the index brought up to date first."""

from collections.abc import Callable, Iterator, Sequence

from annotations.errors import AnnotationError
from annotations.phrase import Words
from annotations.query.saved import SavedQuery
from store.feeds import Feeds, Look
from store.index.index import Index
from store.library import Library
from tui.indexing import Indexing, Stopped

Seen = tuple[SavedQuery, Look | AnnotationError]


def looks(
    library: Library,
    feeds: Feeds,
    queries: Sequence[SavedQuery],
    tell: Callable[[Words], None],
    stops: Callable[[], bool],
) -> list[Seen]:
    """What each query finds, or why it means nothing any longer.

    Raises StoreError, and Stopped once `stops` says so.
    """

    def look(index: Index) -> Iterator[Seen]:
        for query in queries:
            if stops():
                raise Stopped
            try:
                yield query, feeds.look(index, query)
            except AnnotationError as problem:
                yield query, problem

    return Indexing(library, tell, stops).using(lambda index: list(look(index)))
