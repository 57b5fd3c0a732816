"""The fields of a query: what each is called, and what it is a condition on."""

from typing import Literal, NamedTuple, NoReturn

from annotations.errors import QueryError
from annotations.folding import fold
from annotations.phrase import Phrase

Kind = Literal["article", "head", "modifier", "figure"]


class Field(NamedTuple):
    """A field by its two names; that of a figure has the label that it is about.

    A head says which annotation, a modifier says more about the annotation before it.
    """

    name: str
    russian: str
    kind: Kind
    label: str | None = None
    compares: bool = False


FIELDS = (
    Field("title", "заголовок", "article"),
    Field("date", "дата", "article", compares=True),
    Field("newer", "новее", "article"),
    Field("older", "старше", "article"),
    Field("source", "источник", "article"),
    Field("label", "метка", "head"),
    Field("entity", "имя", "head"),
    Field("status", "статус", "modifier"),
    Field("by", "кем", "modifier"),
    Field("note", "примечание", "modifier"),
    Field("of", "чего", "modifier"),
    Field("money", "деньги", "figure", "MONEY", compares=True),
    Field("percent", "процент", "figure", "PERCENT", compares=True),
    Field("number", "число", "figure", "NUMBER", compares=True),
    Field("ordinal", "порядок", "figure", "ORDINAL", compares=True),
    Field("quantity", "величина", "figure", "QUANTITY", compares=True),
    Field("duration", "срок", "figure", "DURATION", compares=True),
    Field("age", "возраст", "figure", "AGE", compares=True),
    Field("time", "время", "figure", "TIME", compares=True),
    Field("when", "когда", "figure", "DATE", compares=True),
)

TEXT = Field("text", "текст", "article")  # where words are looked for that have no field

_CALLED = {name: field for field in FIELDS for name in (field.name, field.russian)}
_CALLED["заметка"] = _CALLED["note"]  # as the screen calls it


def field_called(name: str, start: int, end: int) -> Field:
    """The field of this name; raises QueryError for that place of a query where there is none."""
    field = _CALLED.get(fold(name))
    if field is None:
        _refuse(name, start, end)
    return field


def _refuse(name: str, start: int, end: int) -> NoReturn:
    from difflib import get_close_matches

    close = get_close_matches(fold(name), _CALLED, 1)
    meant = _CALLED[close[0]] if close else None
    if meant is not None:
        shown = meant.russian if close[0] == meant.russian else meant.name
        said = Phrase("there is no field {name}; did you mean {meant}?", name=name, meant=shown)
    else:
        said = Phrase(
            "there is no field {name}: put words in quotation marks, or use one of {known}",
            name=name,
            known=", ".join(field.name if name.isascii() else field.russian for field in FIELDS),
        )
    raise QueryError(said, start, end)
