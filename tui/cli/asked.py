"""What the arguments ask for, where that is understood before anything is loaded."""

from collections.abc import Sequence

Asked = tuple[str | None, str | None]  # library, article


def asked(arguments: Sequence[str]) -> Asked | None:
    """`[--library PATH] [browse [ARTICLE] [--library PATH]]`; None for anything else.

    Where this understands the arguments, it does so as the command line's own parser would,
    which has to be loaded for all others.
    """
    library, rest = _without_library(arguments)
    if any(each.startswith("-") or not each for each in rest):
        return None
    match rest:
        case [] | ["browse"]:
            return library, None
        case ["browse", article]:
            return library, article
    return None


def search_asked(arguments: Sequence[str]) -> Asked | None:
    """`[--library PATH] search [--library PATH] WORD...`: a library, a query.

    None for anything else, and for a search with options.
    """
    library, rest = _without_library(arguments)
    if len(rest) < 2 or rest[0] != "search":
        return None
    if any(each.startswith("--") or each in ("", "-", "-h") for each in rest):
        return None
    return library, " ".join(rest[1:])


def _without_library(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The path that `--library PATH` or `--library=PATH` gives, and the other arguments."""
    library: str | None = None
    rest: list[str] = []
    left = list(arguments)
    while left:
        each = left.pop(0)
        if each == "--library" and left and left[0]:
            library = left.pop(0)
        elif each.startswith("--library=") and each != "--library=":
            library = each.removeprefix("--library=")
        else:
            rest.append(each)
    return library, rest
