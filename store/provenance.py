"""Who and when: the store's clock and the person behind this process."""

import os
import pwd
import time
from datetime import UTC, datetime
from functools import lru_cache

from annotations.phrase import Phrase
from store.errors import StoreError


def now() -> str:
    """The time as ISO 8601 in UTC, whole seconds: `2026-01-31T10:00:00Z`.

    SOURCE_DATE_EPOCH (seconds since 1970) stops the clock, for reproducible exports.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return _instant(int(time.time()))
    try:
        return _instant(int(epoch))
    except (ValueError, OverflowError, OSError):
        raise StoreError(
            Phrase(
                "SOURCE_DATE_EPOCH must be whole seconds since 1970, got {epoch!r}: correct it "
                "or unset it",
                epoch=epoch,
            )
        ) from None


@lru_cache(maxsize=1)
def _instant(second: int) -> str:
    return f"{datetime.fromtimestamp(second, UTC).isoformat()[:19]}Z"


def login() -> str:
    """The login of the process's real user id; the number itself where pwd has no name for it.

    $USER is no evidence: anyone can set it.
    """
    return login_of(os.getuid())


def login_of(uid: int) -> str:
    """The login of a user id; the number itself where pwd has no name for it."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
