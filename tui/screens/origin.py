"""The screens from which articles are opened."""

from tui.language import N_, _
from tui.query import Query


class Origin:
    """Knows which article comes before and after another one, and what was looked for in them."""

    sought: Query | None = None

    async def following(
        self, article_id: str, direction: int, *, with_suggestions: bool = False
    ) -> str | None:
        """The next (1) or previous (-1) article; `with_suggestions` passes over finished ones."""
        raise NotImplementedError

    def show_article(self, article_id: str) -> object:
        """Put the cursor on an article."""
        raise NotImplementedError

    def no_article(self, direction: int, *, with_suggestions: bool = False) -> str:
        """What is said where there is no further article."""
        found = self.sought is not None
        if with_suggestions:
            told = _NO_MORE_SUGGESTIONS[found]
        else:
            told = _LAST[found] if direction > 0 else _FIRST[found]
        return _(told)


_NO_MORE_SUGGESTIONS = (
    N_("there is no other article with suggestions in the list"),
    N_("no further article that was found has suggestions"),
)
_LAST = (
    N_("this is the last article of the list"),
    N_("this is the last article that was found"),
)
_FIRST = (
    N_("this is the first article of the list"),
    N_("this is the first article that was found"),
)
