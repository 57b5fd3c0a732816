"""Objects of JSON that come from outside: parsed and checked before anything is made of them."""

import json
import math
from collections.abc import Mapping
from functools import reduce
from typing import Any

from annotations.errors import InvalidRecord
from annotations.phrase import Phrase, Words

Record = dict[str, Any]
Types = Mapping[str, tuple[type | None, ...]]  # key -> the JSON types it may have

_LARGEST_INTEGER = 2**63 - 1
_DEEPEST = 100  # levels of lists and objects
_TOO_DEEP = Phrase("not read: nested deeper than {levels} levels", levels=_DEEPEST)

_TYPE_NAMES: Mapping[type | None, Phrase] = {
    str: Phrase("a string"),
    int: Phrase("a whole number"),
    float: Phrase("a number"),
    dict: Phrase("an object"),
    list: Phrase("a list"),
    None: Phrase("null"),
}


def parse_line(line: str | bytes) -> Record:
    """One line of JSON as a dict; raises InvalidRecord where it is not an object."""
    try:
        record = json.loads(
            line, parse_int=_parse_int, parse_float=_parse_float, parse_constant=_parse_float
        )
    except UnicodeDecodeError as error:
        raise InvalidRecord(
            Phrase(
                "not UTF-8: byte {place} is 0x{byte:02x}",
                place=error.start,
                byte=error.object[error.start],
            )
        ) from None
    except json.JSONDecodeError as error:
        raise InvalidRecord(
            Phrase(
                "not JSON: {problem} (character {place})", problem=error.msg, place=error.pos + 1
            )
        ) from None
    except RecursionError:
        raise InvalidRecord(_TOO_DEEP) from None
    if not isinstance(record, dict):
        raise InvalidRecord(Phrase("expected an object, found {found}", found=type_name(record)))
    _check_depth(record)
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InvalidRecord(
            Phrase("a lone surrogate, {found!a}, is no character", found=error.object[error.start])
        ) from None
    return record


def _parse_int(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > _LARGEST_INTEGER:
        raise InvalidRecord(
            Phrase("the number {digits} is too large: write it as a string", digits=digits[:30])
        )
    return int(digits)


def _parse_float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise InvalidRecord(
            Phrase("the number {digits} is not finite: write it as a string", digits=digits[:30])
        )
    return number


def _check_depth(record: Record) -> None:
    """Refuse what a codec with a shallower stack could not write again."""
    level: list[Any] = [record]
    for _ in range(_DEEPEST):
        parts = [part.values() if isinstance(part, dict) else part for part in level]
        level = [each for part in parts for each in part if isinstance(each, dict | list)]
        if not level:
            return
    raise InvalidRecord(_TOO_DEEP)


def check_keys(
    record: Record,
    known: Types,
    required: tuple[str, ...],
    where: Words,
) -> None:
    if not isinstance(record, dict):
        raise InvalidRecord(
            Phrase(
                "{where}: expected an object, found {found}",
                where=where,
                found=type_name(record),
            )
        )
    for key in required:
        if key not in record:
            raise InvalidRecord(Phrase("{where}: {key} is missing", where=where, key=key))
    for key, content in record.items():
        if key not in known:
            raise InvalidRecord(Phrase("{where}: unknown key {key!r}", where=where, key=key))
        types = known[key]
        kind = None if content is None else type(content)
        if kind not in types:
            expected = reduce(_either, (_TYPE_NAMES[each] for each in types))
            raise InvalidRecord(
                Phrase(
                    "{where}: {key} must be {expected}, found {found}",
                    where=where,
                    key=key,
                    expected=expected,
                    found=type_name(content),
                )
            )


def _either(one: Phrase, other: Phrase) -> Phrase:
    return Phrase("{one} or {other}", one=one, other=other)


def type_name(content: object) -> Words:
    if isinstance(content, bool):
        return Phrase("true or false")
    return _TYPE_NAMES.get(None if content is None else type(content), type(content).__name__)
