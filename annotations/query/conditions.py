"""What the field of a query says, from its value."""

from datetime import date

from annotations.errors import QueryError
from annotations.folding import fold
from annotations.phrase import Phrase
from annotations.query import nodes
from annotations.query.joining import Condition
from annotations.query.lexer import Lexeme
from annotations.query.nodes import Annotated, FromSource, Node, Published, Word
from annotations.query.terms import QUOTES, Unreadable, no_word, read_words, unquoted

STATUSES = {
    "suggested": "предложен",
    "accepted": "принят",
    "rejected": "отклонен",
}  # and how their Russian names begin, whatever their gender
ANY = "*"

_NO_QUOTES = str.maketrans(dict.fromkeys(QUOTES))


_RECOGNISERS = ("slovnet", "morphology", "figures", "library")  # nobody is called so


def read_condition(text: str, piece: Lexeme, today: date) -> Node | Condition:
    """The condition that a field and its value are; raises QueryError where they are none."""
    field = piece.field
    if piece.comparison != ":" and not field.compares:
        raise QueryError(
            Phrase("after {field} stands a colon, as in {field}:…", field=field.name),
            piece.start,
            piece.at,
        )
    said = unquoted(text[piece.at : piece.end])
    comparison = piece.comparison
    if field.compares and comparison == ":":
        comparison, said = _leading_comparison(said.translate(_NO_QUOTES))
    try:
        if field.label is not None:
            from annotations.query.amounts import read_figure

            return read_figure(field.label, comparison, said, today)
        match field.name:
            case "date" | "newer" | "older":
                return _published(field.name, comparison, said, today)
            case "source":
                return _source(said)
            case "label" | "status" | "by":
                return _one_of(field.name, said)
    except Unreadable as error:
        raise QueryError(error.args[0], piece.at, piece.end) from None
    return _of_words(field.name, said, text, piece)


def _leading_comparison(said: str) -> tuple[str, str]:
    """`money:>5` is `money>5`."""
    for comparison in (">=", "<=", ">", "<", "="):
        if said.startswith(comparison):
            return comparison, said.removeprefix(comparison).strip()
    return ":", said


def _one_of(field: str, said: str) -> Condition:
    """A label, a status or an author; or one of several that commas part."""
    names = [name.strip() for name in said.split(",") if name.strip()]
    if not names:
        raise Unreadable(Phrase("a name is missing here"))
    match field:
        case "label":
            alternatives = tuple(Annotated(label=_label(name)) for name in names)
        case "status":
            alternatives = tuple(Annotated(status=_status(name)) for name in names)
        case _:
            alternatives = tuple(Annotated(author=_author(name)) for name in names)
    return Condition(tuple(dict.fromkeys(alternatives)), head=field == "label", open=True)


def _source(said: str) -> FromSource:
    if not said:
        raise Unreadable(Phrase("a name is missing here"))
    return FromSource(said)


def _label(name: str) -> str | None:
    from annotations.model import LABEL_NAME

    if name == ANY:
        return None
    if not LABEL_NAME.fullmatch(name.upper()):
        raise Unreadable(
            Phrase(
                "{found} is no label: labels are Latin letters, digits and _, as in label:PER",
                found=name,
            )
        )
    return name.upper()


def _status(name: str) -> str:
    for status, stem in STATUSES.items():
        if fold(name) == status or fold(name).startswith(stem):
            return status
    raise Unreadable(
        Phrase("{found} is no status: use one of {known}", found=name, known=", ".join(STATUSES))
    )


def _author(name: str) -> str:
    if name.startswith(("user:", "recogniser:")):
        return name
    return f"recogniser:{name}" if name in _RECOGNISERS else f"user:{name}"


def _published(field: str, comparison: str, said: str, today: date) -> Published:
    from annotations.query import days

    if field == "date":
        first, last = days.read_days(comparison, said, today)
        return Published(first, last)
    day = days.ago(said, today)
    return Published(first=day) if field == "newer" else Published(last=day)


def _of_words(field: str, said: str, text: str, piece: Lexeme) -> nodes.Phrase | Condition:
    if field == "note" and said == ANY:
        return Condition((Annotated(note=(Word("", prefix=True),)),))
    exact = text[piece.at] == "="
    words = read_words(text, piece.at, piece.end, exact=exact)
    if not words:
        raise no_word(piece.start, piece.end)
    match field:
        case "title":
            return nodes.Phrase(words, "title")
        case "entity":
            return Condition((Annotated(name=words),), head=True)
        case "note":
            return Condition((Annotated(note=words),))
    return Condition((Annotated(label="NUMBER", of=words),))
