"""What the list of articles says of itself: pure, tested without a screen."""

from annotations.phrase import nested
from store.summaries import Progress, Selection
from tui.keyboard.keys import pressed
from tui.language import N_, _, counted

SORTED = "↓"
COLUMNS = {
    "date": N_("date"),
    "source": N_("source"),
    "title": N_("title"),
    "suggestions": N_("left"),
    "people": N_("decided by"),
}
ORDERS = COLUMNS | {"suggestions": N_("suggestions left")}  # what the list is sorted by
FILTERS = {"unread": N_("unread"), "with suggestions": N_("with suggestions"), "mine": N_("mine")}


def column_names(order: str) -> list[str]:
    """The names of the columns, with an arrow at the one by which the list is sorted."""
    return [SORTED + _(name) if column == order else _(name) for column, name in COLUMNS.items()]


def query_in_words(name: str, articles: int, new: int, key: str) -> str:
    """«query: Ports · 12 articles, 3 new (Esc: all)»: whose articles are listed."""
    counts = found_in_words(articles, new)
    said = _("query: {name} · {articles} ({key}: all)")
    return said.format(name=name, articles=counts, key=key)


def found_in_words(articles: int, new: int) -> str:
    """«12 articles, 3 new»: what a saved query finds."""
    said = counted("{count} article", "{count} articles", articles)
    return _("{articles}, {count} new").format(articles=said, count=new)


def progress_in_words(
    progress: Progress, selection: Selection, shown: int, problems: int = 0
) -> str:
    """How far the library is corrected, and what is shown of it (`shown` articles)."""
    parts = [
        counted(
            "{finished} of {count} article finished",
            "{finished} of {count} articles finished",
            progress.articles,
            finished=progress.finished,
        ),
        counted("{count} suggestion left", "{count} suggestions left", progress.suggestions),
    ]
    if problems:
        said = _("{count} damaged: zametka doctor")
        parts.insert(0, said.format(count=problems))
    if selection.is_narrow:
        only = _(FILTERS[selection.only]) if selection.only in FILTERS else ""
        what = " ".join(filter(None, (only, selection.text and f"«{nested(selection.text)}»")))
        said = _("{count} shown: {what} ({key}: all)")
        parts.insert(0, said.format(count=shown, what=what, key=pressed("show-all")))
    return " · ".join(parts)
