"""What a list shows of an article, and where the library of a user lies."""

from pathlib import Path

import pytest

from annotations.articles import make_article
from annotations.model import STATUSES, Annotation, Document, Source
from store import locations
from store.intake import Options, read_file
from store.summaries import Summary, summarise

AT = "2026-01-31T10:00:00Z"


def document(source: Source) -> Document:
    article = make_article("Мост в Твери", id="м", published="2025-11-04", source=source)
    statuses = [STATUSES[0]] * 3 + [STATUSES[1]] * 2 + [STATUSES[2]]
    return Document(
        article,
        tuple(
            Annotation(str(number), 0, 4, "ORG", "user:anna", AT, AT, status=status)
            for number, status in enumerate(statuses)
        ),
    )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (Source("Курьер", "https://k.example/1", "a.txt"), "Курьер"),
        (Source(None, "https://k.example/1", "a.txt"), "a.txt"),
        (Source(None, "https://k.example/1"), "https://k.example/1"),
        (Source(), ""),
    ],
)
def test_a_summary_counts_by_status_and_names_the_source(source: Source, shown: str) -> None:
    assert summarise(document(source)) == Summary(
        "м", 0, "Мост в Твери", "2025-11-04", shown, 3, 2, 1, annotators=("anna",)
    )


@pytest.mark.parametrize(
    ("chosen", "variable", "expected"),
    [
        pytest.param("/a", "/b", "/a", id="what was chosen"),
        pytest.param(None, "/b", "/b", id="the variable"),
        pytest.param("", "/b", "/b", id="an empty choice is none"),
        pytest.param(None, "", "/data/zametka/library", id="an empty variable is none"),
        pytest.param(None, None, "/data/zametka/library", id="the user's"),
    ],
)
def test_which_library_is_used(
    chosen: str | None, variable: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    if variable is not None:
        monkeypatch.setenv(locations.LIBRARY_VARIABLE, variable)
    assert locations.library_path(chosen) == Path(expected)
    assert locations.demo_path() == Path("/data/zametka/demo")


def test_a_relative_path_is_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert locations.library_path("новости") == tmp_path / "новости"


def test_every_sample_is_an_article_with_a_title_and_a_day() -> None:
    samples = locations.samples()
    assert len(samples) > 3
    for path in samples:
        [read] = read_file(path, path.name, Options())
        assert isinstance(read, Document), read
        assert read.article.title
        assert read.article.day
