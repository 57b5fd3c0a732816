"""The words that an index is filled with: each form is looked at once."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from annotations.asked import LONGEST, Terms
from annotations.folding import BREAK, SOUGHT, sought
from annotations.terms import asked_terms, terms_of
from store.index.positions import Position, position

_GAP = "¶"  # a position at which no word stands
_MOST = 600_000  # forms that are remembered: some 200 MB


class Form(NamedTuple):
    """What is known of a folded form: the terms that texts with it have in the index, what else
    it may be a form of, and, where that differs, what a query with it asks for."""

    form: str
    best: tuple[str, ...]
    others: tuple[str, ...]
    asked: Terms | None = None


Known = Callable[[Collection[str]], Iterable[tuple[str, str]]]  # forms -> some, and their terms


class Lexis(dict[str, Position]):
    """The positions of forms; `new` are the forms that nobody has taken yet.

    `known` tells what an index knows of forms already, which spares looking at them.
    """

    def __init__(self, known: Known | None = None) -> None:
        super().__init__()
        self.new: list[Form] = []
        self._known = known

    def __missing__(self, form: str) -> Position:
        found = form_in_text(form)
        self.new.append(found)
        position_ = self[form] = position(form, found.best)
        return position_

    def encode(self, text: str) -> str:
        """A text as the index holds it."""
        forms = SOUGHT.findall(sought(text))
        if len(self) > _MOST:
            self.clear()
        self[BREAK] = _GAP
        if self._known is not None and (unknown := set(forms) - self.keys()):
            for form, terms in self._known(unknown):
                self[form] = position(form, terms.split())
        return " ".join([self[form] for form in forms])

    def take_new(self) -> tuple[Form, ...]:
        """The forms that have come since the last time."""
        new, self.new = tuple(self.new), []
        return new


def form_in_text(form: str) -> Form:
    """What is known of a folded form; of a hyphenated one its parts are as good as the whole."""
    if len(form) > LONGEST:
        return Form(form, (), ())
    found = terms_of(form)
    if "-" not in form:
        return Form(form, found.best, found.others)
    parts = (term for part in form.split("-") if part for term in terms_of(part).best)
    best = dict.fromkeys((*found.best, *(each for each in parts if each in found.others)))
    others = tuple(each for each in found.others if each not in best)
    return Form(form, tuple(best), others, asked_terms(form))
