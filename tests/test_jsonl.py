"""A line a record, in a file that appears whole."""

import io
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations import wire
from annotations.articles import make_article
from annotations.model import Document
from store.errors import CannotWrite
from store.formats import jsonl
from store.formats.jsonl import Refusal, lines_of, read, write, write_file

DOCUMENTS = [Document(make_article(text)) for text in ("Мост", "Река\nи мост", "Город")]
BYTES = "".join(map(wire.to_line, DOCUMENTS)).encode()


class Broken(Exception):
    """What goes wrong while documents are read."""


def breaks(error: Exception) -> Iterator[Document]:
    yield DOCUMENTS[0]
    raise error


def test_what_is_written_is_read_back() -> None:
    stream = io.BytesIO()
    assert write(DOCUMENTS, stream) == 3
    assert stream.getvalue() == BYTES
    assert list(read(stream.getvalue().splitlines(keepends=True), "вход")) == DOCUMENTS


def test_lines_that_are_no_full_records_are_refused_by_number() -> None:
    lines = [b"\n", BYTES.splitlines()[0], b'{"text": "a"}', b" \r\n", b"nonsense"]
    first, loose, nonsense = read(lines, "вход")
    assert first == DOCUMENTS[0]
    assert isinstance(loose, Refusal)
    assert (str(loose.where), str(loose.reason)) == (
        "вход, line 3",
        "the record: schema is missing",
    )
    assert isinstance(nonsense, Refusal)
    assert str(nonsense.where) == "вход, line 5"


@pytest.mark.parametrize("name", ["a.jsonl", "й" * 127, "-", " "], ids=["a", "long", "-", "space"])
def test_a_file_is_written_and_nothing_beside_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write_file(DOCUMENTS, path) == 3
    assert path.read_bytes() == BYTES
    assert list(tmp_path.iterdir()) == [path]


def test_no_documents_are_an_empty_file(tmp_path: Path) -> None:
    assert write_file([], tmp_path / "a") == 0
    assert (tmp_path / "a").read_bytes() == b""


@pytest.mark.parametrize(
    ("error", "raised"), [(Broken(), Broken), (OSError(5, "Input/output error"), CannotWrite)]
)
@pytest.mark.parametrize("old", [None, b"old"])
def test_after_an_error_the_file_is_as_it_was_and_nothing_is_left(
    tmp_path: Path, old: bytes | None, error: Exception, raised: type[Exception]
) -> None:
    path = tmp_path / "a.jsonl"
    if old is not None:
        path.write_bytes(old)
    with pytest.raises(raised):
        write_file(breaks(error), path)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([] if old is None else [old])


def test_until_it_is_whole_the_old_file_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"old")

    def watched() -> Iterator[Document]:
        for document in DOCUMENTS:
            assert path.read_bytes() == b"old"
            yield document

    write_file(watched(), path)
    assert path.read_bytes() == BYTES


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_of_a_file_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.jsonl"
    path.touch()
    path.chmod(mode)
    write_file(DOCUMENTS, path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.touch()
    link.symlink_to(real)
    write_file(DOCUMENTS, link)
    assert link.is_symlink()
    assert real.read_bytes() == BYTES


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert write_file(DOCUMENTS, pipe) == 3
    reader.join()
    assert got == [BYTES]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("path", ["нет/a.jsonl", ".", "a.txt/b"])
def test_a_path_that_cannot_be_written_is_named(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(CannotWrite, match="nothing was written"):
        write_file(DOCUMENTS, tmp_path / path)
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_reported() -> None:
    with pytest.raises(CannotWrite, match="No space left on device"):
        write_file(DOCUMENTS, Path("/dev/full"))


def test_a_line_that_is_too_large_is_refused_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jsonl, "LARGEST_LINE", 4)
    stream = io.BytesIO(b"abc\n" + b"a" * 9 + b"\n" + b"ab\n" + b"a" * 4)
    assert list(lines_of(stream)) == [b"abc\n", None, b"ab\n", None]
    stream = io.BytesIO(b"aa\nab\n")
    assert list(lines_of(stream, [b"\n", b"aaaa"])) == [b"\n", None, b"ab\n"]
    [refusal] = read([None], "вход")
    assert isinstance(refusal, Refusal)
    assert str(refusal.where) == "вход, line 1"
