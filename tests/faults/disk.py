"""A disk that refuses: calls of `os` that change something fail, or write less than they were
asked to."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from store.errors import CannotWrite

CALLS = (
    "open", "write", "fdatasync", "fsync", "ftruncate", "truncate", "fchmod", "chmod", "mkdir",
    "rmdir", "replace", "rename", "link", "unlink", "pwrite",
)  # fmt: skip

Fault = Callable[[int], BaseException | None]


@contextmanager
def disk(fault: Fault, most: int | None = None) -> Iterator[list[str]]:
    """Each changing call asks `fault`, by its number, whether it fails; gives their names.

    A write that fails has written half by then, as on a disk that fills up.  With `most`, a
    write takes no more than so many bytes at once and says so.
    """
    calls: list[str] = []

    def wrapped(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if name == "open" and not arguments[1] & (os.O_RDWR | os.O_WRONLY):
                return original(*arguments, **options)
            calls.append(name)
            error = fault(len(calls))
            if error is None and (name != "write" or most is None):
                return original(*arguments, **options)
            if name == "write":
                descriptor, data = arguments
                taken: int = original(descriptor, data[: len(data) // 2 if error else most])
                if error is None:
                    return taken
            assert error is not None
            raise error

        return call

    with ExitStack() as stack:
        for name in CALLS:
            stack.enter_context(mock.patch.object(os, name, wrapped(name, getattr(os, name))))
        yield calls


def never(_: int) -> None:
    """A disk on which all goes well."""


def failing(number: int, at: int, *, lasting: bool) -> Fault:
    """The call `at` fails with this error number, and with `lasting` each one after it too."""

    def fault(call: int) -> OSError | None:
        fails = call >= at if lasting else call == at
        return OSError(number, os.strerror(number)) if fails else None

    return fault


def calls_of(action: Callable[[], object]) -> int:
    """How many changing calls an action makes."""
    with disk(never) as calls:
        action()
    return len(calls)


def attempt(action: Callable[[], object], fault: Fault) -> CannotWrite | None:
    """What the person is told when calls fail; None: it is done."""
    try:
        with disk(fault):
            action()
    except CannotWrite as error:
        return error
    return None
