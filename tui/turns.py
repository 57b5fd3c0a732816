"""Reading a whole library beside the screen: a turn at a time, in a thread."""

import time
from collections.abc import Callable, Iterator

from annotations.model import Document

TURN = 0.2  # seconds of reading between two lines about how far it is


def turn(walk: Iterator[Document], take: Callable[[Document], None]) -> int:
    """Take articles for some time; says how many that were, 0 at the end."""
    until, count = time.monotonic() + TURN, 0
    for document in walk:
        take(document)
        count += 1
        if time.monotonic() > until:
            break
    return count
