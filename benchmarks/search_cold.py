"""Whole processes: `zametka search` from start to end, and pymorphy3 asked about every word.

`python benchmarks/search_cold.py < WORDS` prints how many words a second pymorphy3 parses that
has just been loaded and remembers nothing.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations.folding import fold
from annotations.model import Document
from annotations.tokens import words
from benchmarks.search_engine import Query
from benchmarks.search_table import Bar, Row, spread, times
from benchmarks.turns import Timing

RAW = 100_000  # words
TURN = 5  # processes
ROOT = Path(__file__).parents[1]
_APSW = "import apsw"

_documents: Sequence[Document] = ()  # what processes that are forked off see


def raw_speed(documents: Sequence[Document]) -> float:
    """Words a second of pymorphy3 alone, over the first words of the articles."""
    some = list[str]()
    for document in documents:
        some += (word.text for word in words(document.article.text))
        if len(some) > RAW:
            break
    done = subprocess.run(
        (sys.executable, __file__),
        input="\n".join(some),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def cold_start(
    folder: Path, documents: Sequence[Document], queries: Sequence[Query], runs: int
) -> Iterator[Row]:
    """A search for words that the index knows, beside a Python that imports apsw."""
    library = folder / "library"
    fill(library, documents)
    there = {fold(word.text) for each in documents for word in words(each.article.text)}
    asked = [query.words[0] for query in queries]
    known = [word for word in asked if fold(word) in there] or sorted(there)[-1:]
    search = partial(_run, library)
    search(known[0])  # makes the index
    ours, apsw = Timing(), Timing()
    for first in range(0, runs, TURN):
        chosen = [known[each % len(known)] for each in range(first, min(first + TURN, runs))]
        ours.take(chosen, search)
        apsw.take(chosen, _import_apsw)
    one, other = spread(ours), spread(apsw)
    loaded = _run(library, known[-1], PYTHONPROFILEIMPORTTIME="1").stderr
    what = "`zametka search` of a known word, from start to end"
    if "pymorphy3" in loaded:
        what += " (it loads pymorphy3)"
    bar = Bar("p50 3 × import apsw", one.middle / other.middle, 3)
    yield times(what, {"zametka": one}, [bar])
    yield Row("python -c 'import apsw', ms", {"zametka": other.cell(other.count)})


def _run(library: Path, word: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As people call it: the command that the installation made."""
    command = (str(Path(sys.executable).with_name("zametka")), "--library", str(library))
    done = subprocess.run(
        (*command, "search", word),
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done


def _import_apsw(_: str) -> None:
    subprocess.run((sys.executable, "-c", _APSW), cwd=ROOT, check=True)


def fill(folder: Path, documents: Sequence[Document]) -> None:
    """What `zametka add` does, but nothing waits for the disk."""
    global _documents  # noqa: PLW0603 - forked processes have it without it being sent
    from store.library import Library

    Library.create(folder)
    _documents = documents
    workers = min(os.cpu_count() or 1, len(documents))
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        pool.starmap(_add, [(folder, first, workers) for first in range(workers)])
    _documents = ()


def _add(folder: Path, first: int, step: int) -> None:
    from store.library import Library

    os.fsync = os.fdatasync = _no_wait  # type: ignore[assignment]
    library = Library.open(folder)
    for document in _documents[first::step]:
        library.add(document)


def _no_wait(_file: object) -> None:
    pass


def main() -> None:
    from pymorphy3 import MorphAnalyzer

    some = sys.stdin.read().split("\n")
    parse = MorphAnalyzer(lang="ru").parse
    begin = time.perf_counter()
    for word in some:
        parse(word)
    print(len(some) / (time.perf_counter() - begin))


if __name__ == "__main__":
    main()
