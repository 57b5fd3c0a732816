"""What a search says of what it has found: pure, tested without a screen."""

from collections.abc import Iterable, Sequence

from store.concordance import Order as LineOrder
from store.index.finding import RANKED, Found, Order
from tui.language import N_, _, counted

LINE_ORDERS: dict[LineOrder, str] = {
    "none": N_("as they were found"),
    "left": N_("sorted by what stands to the left"),
    "right": N_("sorted by what stands to the right"),
    "source": N_("sorted by source"),
    "date": N_("sorted by date"),
    "form": N_("sorted by the form of the hit"),
}


def found_in_words(found: Found, query: str) -> str:
    """«12 articles · the best first · Токаев»."""
    count = counted("{count} article", "{count} articles", found.count)
    order = [_order(found.order)] if found.count > 1 else []
    return " · ".join((count, *order, query))


def _order(order: Order) -> str:
    return _("the best first") if order == "rank" else _("the newest first")


def order_in_words(found: Found, wanted: Order) -> str:
    """By what the articles are ordered now, and why it is not by what was wanted."""
    if wanted == "newest" or found.order == "rank":
        return _order(found.order)
    if found.count > RANKED:
        said = _("the newest first, because there are more than {most}")
        return said.format(most=f"{RANKED:,}".replace(",", " "))
    return _("the newest first: in such a query no word weighs more than another")


def forms_in_words(forms: Iterable[tuple[str, int]], most: int = 40) -> str:
    """«Токаева 9, Токаев 4»."""
    listed = list(forms)
    said = [f"{form} {count}" for form, count in listed[:most]]
    return ", ".join([*said, "…"] if len(listed) > most else said)


def run_in_words(what: str, counts: Sequence[int], problems: Sequence[str], undo: str) -> str:
    """What came of a decision about lines; `counts`: places, articles, left, idle, not come to."""
    places, articles, left, idle, rest = counts
    where = counted("in {count} article", "in {count} articles", articles)
    done = counted("{count} place", "{count} places", places)
    said = [f"{what}: {done} {where}"] if places else []
    if left:
        said.append(
            counted(
                "{count} place left as others decided",
                "{count} places left as others decided",
                left,
            )
        )
    if idle:
        said.append(
            counted("nothing to do at {count} place", "nothing to do at {count} places", idle)
        )
    if problems:
        said.append(
            counted(
                "{count} article not saved: {problem}",
                "{count} articles not saved: {problem}",
                len(problems),
                problem=problems[0],
            )
        )
    if rest:
        said.append(
            counted("stopped before {count} article", "stopped before {count} articles", rest)
        )
    if places:
        said.append(_("{key} takes it back").format(key=undo))
    return "; ".join(said)
