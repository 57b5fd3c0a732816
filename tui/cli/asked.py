"""What the arguments ask for, where that is understood before anything is loaded."""

from collections.abc import Sequence

Asked = tuple[str | None, str | None]  # library, article


def asked(arguments: Sequence[str]) -> Asked | None:
    """`[--library PATH] [browse [ARTICLE] [--library PATH]]`; None for anything else.

    Where this understands the arguments, it does so as the command line's own parser would,
    which has to be loaded for all others.
    """
    library: str | None = None
    article: str | None = None
    is_browsing = False
    left = list(arguments)
    while left:
        each = left.pop(0)
        path = _option(each, left)
        if path:
            library = path
        elif each.startswith("-") or not each:
            return None
        elif not is_browsing:
            if each != "browse":
                return None
            is_browsing = True
        elif article is None:
            article = each
        else:
            return None
    return library, article


def _option(argument: str, following: list[str]) -> str:
    """The path that `--library PATH` or `--library=PATH` gives; empty where it gives none."""
    if argument == "--library" and following:
        return following.pop(0)
    return argument.removeprefix("--library=") if argument.startswith("--library=") else ""


def search_asked(arguments: Sequence[str]) -> Asked | None:
    """`[--library PATH] search [--library PATH] WORD...`: a library, a query.

    None for anything else, and for a search with options.
    """
    library: str | None = None
    words: list[str] = []
    is_searching = False
    left = list(arguments)
    while left:
        each = left.pop(0)
        path = _option(each, left)
        if path:
            library = path
        elif each.startswith("--") or each in ("", "-", "-h"):
            return None
        elif is_searching:
            words.append(each)
        elif each != "search":
            return None
        else:
            is_searching = True
    return (library, " ".join(words)) if words else None
