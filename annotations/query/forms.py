"""The forms that a word of a query finds, told without an index: each form is read once."""

from collections.abc import Container
from functools import lru_cache

from annotations.asked import LONGEST, Terms, is_name
from annotations.folding import fold
from annotations.query.nodes import Word
from annotations.terms import asked_terms, terms_of


@lru_cache(maxsize=64)
def forms_of(word: Word) -> Container[str]:
    """The folded forms that a word finds."""
    form = fold(word.text)
    if word.prefix:
        return _Beginning(form)
    return frozenset((form,)) if word.exact or len(form) > LONGEST else _Related(word.text)


class _Beginning:
    def __init__(self, form: str) -> None:
        self._form = form

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and form.startswith(self._form)


class _Related(dict[str, bool]):
    """Whether the terms of a form and those of the one that is asked for meet."""

    def __init__(self, asked: str) -> None:
        super().__init__()
        form = fold(asked)
        self._asked = {form, f"={form}", *_all(asked_terms(form, is_name=is_name(asked)))}

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and self[form]

    def __missing__(self, form: str) -> bool:
        terms = _all(terms_of(form)) if len(form) <= LONGEST else ()
        found = self[form] = not self._asked.isdisjoint((f"={form}", *terms))
        return found


def _all(terms: Terms) -> tuple[str, ...]:
    return (*terms.best, *terms.others)
