"""Adding in bulk: several processes, being stopped and going on, processes that die."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from annotations import wire
from annotations.articles import make_article
from annotations.completion import Completion
from annotations.learned import Entry, Learned
from annotations.model import Document
from benchmarks.corpus import articles
from store.formats.jsonl import Refusal
from store.intake import count
from store.library import Library
from tui.cli.completing import Incoming, Known, _Window, completed, jobs_for
from tui.cli.filling import Filling
from tui.cli.narration import Refusals
from tui.cli.stopping import Stop, Stopped
from tui.cli.workers import WorkerDied, working

MORPHOLOGY = Completion("morphology")
PATIENCE = 60.0  # seconds after which something hangs


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769864400")


def test_the_outcome_is_the_same_in_any_number_of_processes() -> None:
    """With what the library taught, in the order of the input, all else passed through."""
    name = Entry("ORG", "Речной банк", "Речной банк", 3)
    labels = frozenset({"PER", "LOC", "ORG", "MONEY"})
    completion = Completion("morphology", Learned((name,), frozenset({("LOC", "гомель")})), labels)
    texts = [each.article.text for each in articles(6, words=20)]
    texts.append("Деньги Речного банка нашли в Гомеле.")
    given: list[Incoming] = [Document(make_article(text)) for text in texts]
    given.insert(2, Refusal("line 3", "no text"))
    given.insert(5, Known(Document(make_article("Уже есть."))))
    alone, together = (list(completed(given, lambda: completion, jobs)) for jobs in (1, 2))
    assert alone == together
    assert [type(each) for each in alone] == [type(each) for each in given]
    last = alone[-1]
    assert isinstance(last, Document)
    assert [(last.text_of(each), each.author) for each in last.annotations] == [
        ("Речного банка", "recogniser:library")
    ]


def test_only_so_many_articles_are_held() -> None:
    """No answer comes before the window is full; then one is taken for each that is given."""
    taken: list[int] = []
    given: list[int] = []
    full = Event()

    def incoming() -> Iterator[Document]:
        for number in range(20):
            given.append(number)
            if len(given) - len(taken) == 4:
                full.set()
            yield Document(make_article(f"Статья {number}."))

    def complete(document: Document, at: str) -> Document:
        assert full.wait(PATIENCE)
        return document

    with ThreadPoolExecutor(2) as threads:
        for each in _Window(4, threads, complete).through(incoming()):
            assert isinstance(each, Document)
            assert len(given) - len(taken) <= 4
            taken.append(int(each.article.text[7:-1]))
    assert taken == list(range(20))


def test_a_process_that_dies_is_a_sentence() -> None:
    document = Document(make_article("Анна уехала."))
    with working(MORPHOLOGY, 1) as workers:
        workers.all[0].process.kill()
        with pytest.raises(WorkerDied, match="killed by signal 9") as died:
            workers.complete(document, "2026-01-31T10:00:00Z")
    assert document.article.id in str(died.value)


_PARENT = """
import sys
from annotations.completion import Completion
from tui.cli.workers import Worker
print(Worker(Completion("morphology")).process.pid, flush=True)
sys.stdin.read()
"""


def test_no_process_is_left_where_the_one_that_began_it_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        assert select.select([worker], [], [], PATIENCE)[0]  # readable: it has ended
    finally:
        os.close(worker)


def lines_of(command: str) -> list[str]:
    """Five articles, for `add` or with all that `import` asks for."""
    made = [Document(make_article(f"Статья {number}.")) for number in range(5)]
    if command == "import":
        return [wire.to_line(document) for document in made]
    return [json.dumps({"text": document.article.text}) + "\n" for document in made]


@pytest.mark.parametrize(
    ("command", "number"),
    [("add", signal.SIGINT), ("import", signal.SIGTERM), ("import", signal.SIGHUP)],
)
def test_a_run_is_stopped_and_gone_on_with(
    tmp_path: Path, command: str, number: signal.Signals
) -> None:
    lines, library = lines_of(command), tmp_path / "library"
    arguments = [
        sys.executable, "-c", "from tui.cli import main; main()",
        command, *(["--recogniser", "morphology"] if command == "add" else []),
        "--library", str(library), "-",
    ]  # fmt: skip
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.writelines(lines[:3])
        run.stdin.flush()
        ids = [run.stdout.readline().split("\t")[0] for _ in range(3)]
        run.send_signal(number)
        _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 128 + number, said
    assert f"3 articles {command}ed" in said
    assert "the same command goes on from here" in said
    assert "Traceback" not in said
    assert set(Library.open(library).ids()) == set(ids)
    again = subprocess.run(
        arguments, input="".join(lines), capture_output=True, text=True, check=True
    )
    assert f"2 articles {command}ed, 3 there already" in again.stderr.replace(
        " (annotated by morphology and figures)", ""
    )


def test_a_save_is_finished_before_the_end() -> None:
    stop, done = Stop(), []

    def save() -> None:
        with stop.saving():
            stop.asked(signal.SIGTERM)
            done.append("saved")

    with pytest.raises(Stopped) as stopped:
        save()
    assert (done, stopped.value.number) == (["saved"], signal.SIGTERM)
    stop.asked(signal.SIGTERM)  # clearing up is not disturbed


def test_a_stop_that_python_dropped_comes_before_the_next_save() -> None:
    stop = Stop()
    with pytest.raises(Stopped):
        stop.asked(signal.SIGINT)
    with pytest.raises(Stopped), stop.saving():
        raise AssertionError


def test_a_stop_that_is_seen_at_the_end_of_the_input_counts(tmp_path: Path) -> None:
    """As one that comes just before the end of a pipe is waited for, or that Python dropped."""
    stop = Stop()
    filling = Filling(tmp_path / "library", stop, Refusals())
    with stop.saving():
        stop.asked(signal.SIGTERM)
        with pytest.raises(Stopped):
            stop.asked(signal.SIGTERM)
    with pytest.raises(Stopped):
        filling.take([])


def test_a_second_signal_does_not_wait() -> None:
    stop = Stop()
    with stop.saving():
        stop.asked(signal.SIGINT)
        with pytest.raises(Stopped):
            stop.asked(signal.SIGINT)


def test_many_processes_where_there_is_much_to_do(tmp_path: Path) -> None:
    small, large = tmp_path / "small.txt", tmp_path / "large.jsonl"
    small.write_text("Анна уехала.", encoding="utf-8")
    large.write_bytes(b"x" * 300_000)
    cores = min(len(os.sched_getaffinity(0)), 8)
    assert jobs_for([(small, "small.txt")], None) == 1
    assert jobs_for([(small, "small.txt"), (large, "large.jsonl")], None) == cores
    assert jobs_for([(large, "large.jsonl"), (Path("-"), "-")], None) == 1
    assert jobs_for([(small, "small.txt")], 5) == 5


def test_articles_to_expect_are_counted_without_reading_a_pipe(tmp_path: Path) -> None:
    text, lines, pipe = tmp_path / "a.txt", tmp_path / "b.jsonl", tmp_path / "c.jsonl"
    text.write_text("Анна уехала.\nВчера.\n", encoding="utf-8")
    lines.write_bytes(b"{}\n" * 7)
    os.mkfifo(pipe)
    assert [count(path) for path in (text, lines, pipe, tmp_path / "none.jsonl")] == [1, 7, 1, 1]


def test_the_made_up_articles_are_the_same_each_time() -> None:
    once, again = (list(articles(3, 7, words=40)) for _ in range(2))
    assert once == again
    assert len({each.article.id for each in once}) == 3
    (known,) = articles(1, 7, words=40, annotated=True)
    assert known.article == once[0].article
    assert known.annotations
