"""The search index: whoever writes it is killed, and its bytes are changed."""

import random
import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from annotations.model import Article, Document
from store import locks, root
from store.index.index import Index
from store.index.keeping import DAMAGES, open_index
from store.library import Library
from tests.faults import work
from tests.faults.corruption import cut, double, drop, flip, insert, zero
from tests.faults.kills import Child, folder, fork, pause
from tests.faults.table import Result
from tests.faults.work import Work
from tests.index_state import answers, differences

LONGEST = 0.12  # seconds that whoever brings an index up to date has before it is killed
ARTICLES = 24
ENDINGS = ("", "-wal", "-shm")
KILLED_HOLDS = "the index that the next one opens says what one made anew says"
DAMAGED_HOLDS = "no error but that it is damaged, and then it is made anew; no article is touched"
WHOLE, NOTICED, MADE_ANEW, WRONG = (
    "answered as before", "noticed when asked, made anew", "noticed when opened, made anew",
    "answered otherwise until then",
)  # fmt: skip
_WORDS = ("баржа", "причал", "груз", "шлюз", "створ", "проверить", "вода", "весной", "лоцман")


def created(path: Path, count: int = ARTICLES) -> Library:
    """A library with articles of different words, and an index."""
    chance = random.Random(1)
    library = work.created(path)
    for number in range(count):
        text = " ".join(chance.choices(_WORDS, k=60))
        day = f"2025-0{number % 9 + 1}-11"
        library.add(Document(Article(f"статья {number}", text, chance.choice(_WORDS), day)))
    open_index(library).close()
    return library


def keeping_up(path: Path, tag: str) -> Work:
    """Edit, add, remove and bring the index up to date, for ever; now and then make it anew."""
    chance = random.Random(tag)
    library = work.opened(path)
    for number in range(1_000_000):
        article, operation = chance.choice(work.ARTICLES), f"{tag}-{number}"
        edit = work.some_edit(library.document(article), "user:0", chance)
        library.apply(article, edit, author="user:0", operation=operation)
        if chance.random() < 0.3:
            library.add(work.fresh(operation))
        if chance.random() < 0.1:
            with locks.exclusive(root.locks(path), root.INDEX_LOCK, 0o600):
                (path / "index.sqlite").unlink(missing_ok=True)
        yield "try", "", "index"
        open_index(library, anew=chance.random() < 0.2).close()
        yield "done", "", "index"


def asking(path: Path, count: int) -> Work:
    """Search again and again; says what no state of the articles can answer."""
    library = work.opened(path)
    for _ in range(count):
        with closing(open_index(library)) as index:
            yield from (("wrong", "", each) for each in _contradictions(index))
        yield "done", "", "search"


def _contradictions(index: Index) -> list[str]:
    return [f"{query}: {count} but {len(keys)}" for query, (count, keys) in answers(index).items()
            if count < len(keys)]  # fmt: skip


def kills(rounds: int, seed: int) -> Result:
    """Whoever brings the index up to date, or makes it anew, is killed so many times."""
    seen: Counter[str] = Counter()
    failures: list[str] = []
    with folder() as top:
        path = top / "library"
        for number in range(rounds):
            if number % 25 == 0:
                path = top / f"library-{number}"
                created(path)
            children = [fork(partial(keeping_up, path, f"{seed}.{number}.{n}")) for n in range(2)]
            seen += _killed(children, random.Random(f"{seed}.{number}"))
            library = work.opened(path)
            told: list[object] = []
            with closing(open_index(library, tell=told.append)) as index:
                found = differences(index, library)
            seen["anew"] += len(told)
            failures += [f"round {seed}.{number}: {each}" for each in found]
    said = (
        f"{seen['done']:,} times done by then, {seen['try'] - seen['done']:,} killed on the way, "
        f"{seen['anew']} made anew"
    )
    return Result("index kill -9", KILLED_HOLDS, rounds, said, tuple(failures))


def _killed(children: Sequence[Child], chance: random.Random) -> Counter[str]:
    """What they have said until they are killed, one after the other."""
    for child in children:
        child.wait_until_ready()
    words: Counter[str] = Counter()
    for child in children:
        pause(chance.uniform(0, LONGEST))
        words.update(word for word, _, _ in child.end(signal.SIGKILL))
    return words


def corruption(rounds: int, seed: int) -> Result:
    """The files of an index are damaged in so many ways."""
    seen: Counter[str] = Counter()
    failures: list[str] = []
    with folder(in_memory=True) as top:
        library = created(top / "library")
        with closing(open_index(library)) as index:
            expected = answers(index)
        good = _files(library.path)
        before = _articles(library)
        for number in range(rounds):
            _put(library.path, _damaged(good, random.Random(f"{seed}.{number}")))
            try:
                seen[_round(library, expected)] += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the round is named
                failures.append(f"round {seed}.{number}: {type(error).__name__}: {error}")
        if _articles(library) != before:
            failures.append("an article was touched")
    said = ", ".join(f"{count} {what}" for what, count in seen.most_common())
    return Result("index corruption", DAMAGED_HOLDS, rounds, said, tuple(failures))


def _round(library: Library, expected: object) -> str:
    told: list[object] = []
    with closing(open_index(library, tell=told.append)) as index:
        try:
            found = answers(index)
        except DAMAGES:
            found = None
        if found == expected:
            return MADE_ANEW if told else WHOLE
    with closing(open_index(library, anew=True)) as index:
        if (wrong := differences(index, library)) or answers(index) != expected:
            raise AssertionError(wrong)
    return NOTICED if found is None else WRONG


def _damaged(good: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    change = chance.choice((flip, flip, flip, zero, cut, drop, insert, double))
    return {name: change(data, chance) if not name else data for name, data in good.items()}


def _files(path: Path) -> dict[str, bytes]:
    files = {ending: path / f"index.sqlite{ending}" for ending in ENDINGS}
    return {ending: file.read_bytes() for ending, file in files.items() if file.exists()}


def _put(path: Path, files: dict[str, bytes]) -> None:
    for ending in ENDINGS:
        file = path / f"index.sqlite{ending}"
        file.unlink(missing_ok=True)
        if ending in files:
            file.write_bytes(files[ending])


def _articles(library: Library) -> dict[Path, bytes]:
    files = (library.path / "articles").rglob("*.*")
    return {path: path.read_bytes() for path in files}


def crowd(rounds: int, seed: int) -> Result:
    """Several write and bring the index up to date at once, while others search."""
    failures: list[str] = []
    with folder() as top:
        library = created(top / "library")
        children = [fork(partial(_some, library.path, f"{seed}.{n}", rounds)) for n in range(3)]
        children.append(fork(partial(asking, library.path, rounds)))
        done = 0
        for child in children:
            child.wait_until_ready()
        for child in children:
            said, error = child.wait_for_end()
            failures += [error] if error else []
            failures += [what for word, _, what in said if word == "wrong"]
            done += sum(word == "done" for word, _, _ in said)
        with closing(open_index(library)) as index:
            failures += differences(index, library)
    seen = f"3 writers, a reader, {done:,} times up to date"
    return Result("index, many processes", KILLED_HOLDS, rounds, seen, tuple(failures))


def _some(path: Path, tag: str, count: int) -> Work:
    """As much of `keeping_up` as is wanted."""
    work_of, done = keeping_up(path, tag), 0
    while done < count:
        said = next(work_of)
        done += said[0] == "done"
        yield said


def run(rounds: int, seed: int) -> list[Result]:
    """All of it."""
    return [kills(rounds, seed), corruption(3 * rounds, seed), crowd(rounds, seed)]
