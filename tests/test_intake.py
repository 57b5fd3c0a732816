"""From bytes to articles: what a file says, decoded once."""

import codecs
import io
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations import wire
from annotations.articles import make_article
from annotations.model import Annotation, Document, Source
from store.errors import Unreadable
from store.formats.jsonl import Refusal
from store.intake import (
    LARGEST_FILE,
    Options,
    decode,
    files_in,
    read_file,
    read_stream,
    read_text,
    storable,
    take_off_header,
)

NEWS = (
    "Мост через Тверцу открыли в пятницу. На праздник пришли три тысячи жителей города, "
    "выступил мэр Олег Зимин.\nСтроительство обошлось в 40 млн рублей, движение откроют в мае.\n"
)
QUOTES = "«Ёлку» поставили — на площади…\n" + NEWS
OPTIONS = Options(source="Курьер")


def read(data: bytes, options: Options = OPTIONS) -> list[Document | Refusal]:
    return list(read_stream(io.BytesIO(data), "вход", "a.txt", options))


def articles(*lines: str) -> list[Document | Refusal]:
    return read("\n".join(lines).encode())


def reason(data: bytes) -> str:
    [refusal] = read(data)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.where == "вход"
    return str(refusal.reason)


@pytest.mark.parametrize("text", [NEWS, QUOTES], ids=["plain", "with quotes and dashes"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251"],
)
def test_the_encoding_of_a_file_is_told(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866"])
def test_old_cyrillic_encodings_are_told(encoding: str) -> None:
    assert decode(NEWS.encode(encoding)) == NEWS


@pytest.mark.parametrize("encoding", ["cp1251", "mac_cyrillic"])
@pytest.mark.parametrize(
    "text",
    [
        "Озеро у Валдая обмелело ещё сильнее.",
        "Фото: пресс-служба ОКТ",
        "«Победа 2 на 1 — это ещё не титул»",
    ],
)
def test_the_capitals_of_one_sentence_tell_the_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed(mark: bytes, encoding: str) -> None:
    assert decode(mark + NEWS.encode(encoding)) == NEWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_text_whatever_encoding_was_asked_for(encoding: str) -> None:
    mark = "" if encoding in ("utf-8-sig", "utf-16") else "\ufeff"
    assert decode((mark + NEWS).encode(encoding), encoding) == NEWS


def test_the_encoding_that_was_asked_for_is_used() -> None:
    assert decode("Ток".encode("koi8-r"), "koi8-r") == "Ток"
    assert decode("Ток".encode("koi8-r"), "cp1251") == "фПЛ"


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("klingon", "'klingon' is no encoding"),
        ("кои8", "is no encoding"),
        ("hex", "'hex' is no encoding"),
        ("a\0b", "is no encoding"),
        ("ascii", "not ascii: .* at byte 0"),
        ("utf-16", "not utf-16: .* at byte"),
        ("idna", "not idna"),
        ("undefined", "not undefined"),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(encoding: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        decode("Мост!".encode()[:-2], encoding)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("один\r\nдва\r\n", "один\nдва\n"),
        ("один\rдва", "один\nдва"),
        ("один\r\r\nдва", "один\n\nдва"),
        ("\u0438\u0306од", "йод"),
        ("е\u0308лка", "ёлка"),
        ("за\u0301мок", "за\u0301мок"),
        ("звонок\a\x1b[31m\v\f\x85\u2028", "звонок\a\x1b[31m\v\f\x85\u2028"),
        ("Р е ш е н и е ", "Р е ш е н и е "),
        ("", ""),
    ],
)
def test_line_ends_and_composition_are_made_equal_and_nothing_else(raw: str, text: str) -> None:
    assert decode(raw.encode()) == text


def test_spaced_letters_of_an_eight_bit_encoding_are_not_taken_for_utf_16() -> None:
    assert decode("Р е ш е н и е   с у д а ".encode("cp1251")) == "Р е ш е н и е   с у д а "


_random = random.Random(7)
BINARIES = {
    "PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\0\0\0\1\x80\x08\6\0\0\0",
    "ELF": b"\x7fELF\2\1\1" + bytes(9) + b"\3\0>\0\1\0\0\0" + bytes(8) + b"@" + bytes(7),
    "zeros": bytes(200),
    "random": _random.randbytes(3000),
    "random without zeros": _random.randbytes(3000).replace(b"\0", b""),
    "a text with a zero byte": b"abc\0def",
    "half of UTF-16": NEWS.encode("utf-16-le")[:-1],
    "UTF-32 without a mark": NEWS.encode("utf-32-le"),
}


@pytest.mark.parametrize("data", BINARIES.values(), ids=BINARIES.keys())
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert "not a text file" in reason(data) or "cannot be told" in reason(data)


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t", codecs.BOM_UTF8, b" date 2025-11-04 \n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert reason(data) == "it has no text"


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    for result in read(data):
        assert isinstance(result, Document) or result.reason


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_utf_8_is_always_told(text: str) -> None:
    assert decode(b"x" + text.encode()) == decode(("x" + text).encode(), "utf-8")


HEADERS = [
    pytest.param(" date 2025-11-04 Мост открыт", "Мост открыт", "2025-11-04", id="same line"),
    pytest.param(" date 2025-11-04 \nМост", "Мост", "2025-11-04", id="own line"),
    pytest.param("\n\ndate 2025-11-04\n\n  Мост", "Мост", "2025-11-04", id="empty lines"),
    pytest.param("date\t2025-11-04", "", "2025-11-04", id="nothing else"),
    pytest.param(" date 2025-11-041 Мост", None, None, id="a digit too many"),
    pytest.param(" date 2025-11-04, Мост", None, None, id="comma"),
    pytest.param(" date 04.11.2025 Мост", None, None, id="Russian order"),
    pytest.param(" date ٢٠٢٥-11-04 Мост", None, None, id="other digits"),
    pytest.param(" date \n2025-11-04 Мост", None, None, id="broken line"),
    pytest.param(" update 2025-11-04 Мост", None, None, id="another word"),
    pytest.param("Мост date 2025-11-04 ", None, None, id="not at the beginning"),
    pytest.param("  Мост", None, None, id="none"),
]


@pytest.mark.parametrize(("raw", "text", "day"), HEADERS)
def test_a_leading_date_is_taken_off(raw: str, text: str | None, day: str | None) -> None:
    assert take_off_header(raw) == (raw if text is None else text, day)


@pytest.mark.parametrize("day", ["2025-13-04", "2025-02-30"])
def test_a_leading_date_that_does_not_exist_is_refused(day: str) -> None:
    with pytest.raises(Unreadable, match=f"does not exist, {day}"):
        take_off_header(f" date {day} Мост")


def test_a_plain_file_is_an_article() -> None:
    [document] = read(b"\xef\xbb\xbf date 2025-11-04 \r\n" + NEWS.encode())
    assert document == Document(
        make_article(NEWS, published="2025-11-04", source=Source("Курьер", None, "a.txt"))
    )


def test_the_same_text_in_another_encoding_is_the_same_article() -> None:
    [one], [other] = read(NEWS.encode()), read(NEWS.replace("\n", "\r\n").encode("cp1251"))
    assert one == other


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            buffer[:] = b"a" * len(buffer)
            self.taken += len(buffer)
            return len(buffer)

    endless = Endless()
    stream = io.BufferedReader(endless)
    [refusal] = read_stream(stream, "вход", None, OPTIONS)
    assert isinstance(refusal, Refusal)
    assert str(refusal.reason) == f"larger than {LARGEST_FILE // 2**20} MiB"
    assert endless.taken < LARGEST_FILE + 2**20


def test_text_that_cannot_be_an_article_is_refused() -> None:
    with pytest.raises(Unreadable, match="lone surrogate"):
        read_text(rb"\ud800", None, Options(encoding="raw_unicode_escape"))


def test_lines_of_objects_are_articles() -> None:
    [one, two] = articles(
        '{"text": "Мост", "id": "м", "rubric": "город", "meta": {"n": 1}}', '{"text": "Река"}'
    )
    assert one == Document(make_article("Мост", id="м", meta={"n": 1, "rubric": "город"}))
    assert two == Document(make_article("Река"))


def test_a_record_comes_in_as_it_is() -> None:
    text = " date 2025-11-04 \r\n\u0438\u0306 "
    annotation = Annotation(
        "a", 1, 5, "DATE", "user:anna", "2026-01-31", "2026-01-31", status="rejected"
    )
    document = Document(make_article(text, source=Source(file="b.txt")), (annotation,))
    assert read(wire.to_line(document).encode()) == [document]


@pytest.mark.parametrize(
    "data",
    [
        b'\n \n{"text": "a"}\n',
        b'\xef\xbb\xbf{"text": "a"}',
        b'\xef\xbb\xbf\r\n{"text": "a"}\r\n',
        b'  {"text": "a"}',
    ],
)
def test_empty_lines_and_a_mark_before_the_first_object_are_passed_over(data: bytes) -> None:
    assert read(data) == [Document(make_article("a"))]


def test_bad_lines_are_named_by_their_number_and_the_rest_is_read() -> None:
    lines = [
        '{"text": "a"}', "", "{", '{"text": 5}', '{"text": "\\ud800"}', '{"text": "a", "n": NaN}',
        '{"text": "a", "n": 1' + "0" * 30 + "}", '{"text": "a", "n": ' + "[" * 9999, "[1]",
        '{"id": "b"}', '{"schema": "zametka/9", "annotations": []}', '{"text": "b"}',
    ]  # fmt: skip
    first, *refused, last = articles(*lines)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert [str(each.where) for each in refused if isinstance(each, Refusal)] == [
        f"вход, line {number}" for number in range(3, 12)
    ]
    reasons = [str(each.reason) for each in refused if isinstance(each, Refusal)]
    expected = [
        "not JSON", "text must be a string", "lone surrogate", "NaN", "too large", "nested",
        "expected an object", "text is missing", "id is missing",
    ]  # fmt: skip
    assert all(part in reason for part, reason in zip(expected, reasons, strict=True)), reasons


def test_a_line_number_counts_the_empty_lines_before_the_first_object() -> None:
    [refusal] = articles("", "", '{"text": 1}')
    assert isinstance(refusal, Refusal)
    assert str(refusal.where) == "вход, line 3"
    assert str(refusal.reason) == "the record: text must be a string, found a whole number"


def test_endless_jsonl_is_read_line_by_line() -> None:
    class Endless(io.BytesIO):
        given = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.given += 1
            return json.dumps({"text": f"Мост {self.given}"}).encode() + b"\n"

        def __next__(self) -> bytes:
            return self.readline()

    stream = Endless()
    documents: Iterator[Any] = read_stream(stream, "вход", None, OPTIONS)
    assert [next(documents).article.text for _ in range(3)] == ["Мост 1", "Мост 2", "Мост 3"]
    assert stream.given == 3


def test_a_folder_gives_its_text_and_jsonl_files_without_the_hidden_ones(tmp_path: Path) -> None:
    names = [
        "б.txt", "а.TXT", "в.jsonl", ".hidden.txt", "г.pdf", "txt", "д.txt.bak",
        "глубже/е.txt", "глубже/ещё/ж.jsonl", ".git/з.txt",
    ]  # fmt: skip
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Мост", encoding="utf-8")
    assert [str(path.relative_to(tmp_path)) for path in files_in(tmp_path, _fail)] == [
        "а.TXT", "б.txt", "в.jsonl", "глубже/е.txt", "глубже/ещё/ж.jsonl",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    errors: list[OSError] = []
    assert files_in(tmp_path / "нет", errors.append) == []
    assert [error.filename for error in errors] == [str(tmp_path / "нет")]


def _fail(error: OSError) -> None:
    raise error


def test_a_file_that_cannot_be_opened_is_refused_by_its_name(tmp_path: Path) -> None:
    missing = tmp_path / "нет.txt"
    assert list(read_file(missing, "нет.txt", OPTIONS)) == [
        Refusal(str(missing), "No such file or directory")
    ]
    assert list(read_file(tmp_path, "x", OPTIONS)) == [Refusal(str(tmp_path), "Is a directory")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "чужой.txt"
    path.write_text("Мост", encoding="utf-8")
    path.chmod(0)
    assert list(read_file(path, "a", OPTIONS)) == [Refusal(str(path), "Permission denied")]


def test_an_error_while_reading_is_a_refusal() -> None:
    path = Path("/proc/self/mem")  # opens, and cannot be read at its beginning
    assert list(read_file(path, "a", OPTIONS)) == [Refusal(str(path), "Input/output error")]


def test_a_file_name_that_is_not_utf_8_can_be_read_and_stored(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + "/мост.txt".encode("cp1251")
    Path(os.fsdecode(raw)).write_bytes(NEWS.encode())
    [path] = files_in(tmp_path, _fail)
    name = storable(path.name)
    assert name == "����.txt"
    [document] = read_file(path, name, OPTIONS)
    assert isinstance(document, Document)
    assert wire.from_line(wire.to_line(document).encode()) == document


@pytest.mark.parametrize("name", ["мост.txt", "a b", "\x1b[31m", "�"])
def test_a_file_name_in_utf_8_stays_as_it_is(name: str) -> None:
    assert storable(name) == name
