"""What people do to a library, for ever, as a process that may be killed at any moment.

Each path of writing is a generator: it says what it tries, does it, says that it is done.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from annotations import edits
from annotations.edits import Edit, Group
from annotations.gazetteer import Ruling
from annotations.model import Article, Document, Span
from store import gazetteer
from store.article.article_file import ArticleFile
from store.copies import backup, trash
from store.copies.beside import new_file
from store.errors import StoreError
from store.library import HistoryEntry, Library, Saved, now

ARTICLES = ("баржа", "причал", "шлюз", "створ")
MOVED = {"user:0": "вентерь", "user:1": "поплавок"}  # articles that their owners alone remove
ALL = (*ARTICLES, *MOVED.values())
TO_TRASH, TO_LIBRARY = "to the trash", "to the library"
BACKUP = ".backup"
TEXT = "Баржа «Печора» стала у причала в Нарьян-Маре, груз примут в среду. " * 3
FOLD_AT = 1  # bytes: a journal is folded as soon as it is four times as large as its article
MOST = 3  # annotations of an article, so that it stays small

Said = tuple[str, str, str]  # "try" or "done", of which article (or thing), which operation
Work = Iterator[Said]


def opened(path: Path) -> Library:
    """The library, in which journals are folded early."""
    return Library.open(path, fold_at=FOLD_AT)


def created(path: Path, articles: tuple[str, ...] = ALL) -> Library:
    """A library with a few articles."""
    library = Library.create(path)
    for each in articles:
        library.add(fresh(each))
    return opened(path)


def fresh(article_id: str) -> Document:
    """An article as it is added."""
    return Document(Article(article_id, TEXT, f"О том, что такое {article_id}"))


def label_of(entry: HistoryEntry) -> str:
    """What a change is called in what a worker says."""
    if entry.undoes is not None:
        return f"undo {entry.undoes}"
    return f"redo {entry.redoes}" if entry.redoes is not None else entry.operation


def author_of(name: str) -> str:
    """Workers are called `<round>-<place>`; who comes in another's place goes on as them."""
    return f"user:{name.rpartition('-')[2]}"


def some_edit(document: Document, author: str, chance: random.Random) -> Edit:
    """An annotation more, another one, or one less."""
    stamp = edits.Stamp(author, now())
    there = document.annotations
    if not there or (len(there) < MOST and chance.random() < 0.5):
        start = chance.randrange(len(TEXT) - 10)
        return edits.new_annotation(Span(start, start + chance.randrange(1, 10)), "LOC", stamp)
    one = chance.choice(there)
    if len(there) >= MOST or chance.random() < 0.3:
        return edits.Remove(one)
    return edits.Change(one, replace(one, label=chance.choice(("PER", "ORG", "LOC"))))


def adding(path: Path, name: str, chance: random.Random) -> Work:
    """New articles, one after the other."""
    library, number = opened(path), 0
    while True:
        number += 1
        article = f"{name}-{number}"
        yield "try", article, ""
        assert library.add(fresh(article))
        yield "done", article, ""


def editing(path: Path, name: str, chance: random.Random) -> Work:
    """Edits of articles, in no order."""
    library, number = opened(path), 0
    while True:
        number += 1
        yield from _edit(library, chance.choice(ARTICLES), f"{name}-{number}", name, chance)


def _edit(
    library: Library, article: str, operation: str, name: str, chance: random.Random
) -> Iterator[Said]:
    """One edit; where somebody else was faster it is made anew."""
    author = author_of(name)
    yield "try", article, operation
    while True:
        edit = some_edit(library.document(article), author, chance)
        if isinstance(library.apply(article, edit, author=author, operation=operation), Saved):
            break
    yield "done", article, operation


def editing_everywhere(path: Path, name: str, chance: random.Random) -> Work:
    """The same step in all articles, each time several annotations."""
    library, number, author = opened(path), 0, author_of(name)
    while True:
        number += 1
        for article in ARTICLES:
            operation = f"{name}-all-{number}"
            yield "try", article, operation
            while True:
                edit = _several(library.document(article), author, chance)
                outcome = library.apply(article, edit, author=author, operation=operation)
                if isinstance(outcome, Saved):
                    break
            yield "done", article, operation


def _several(document: Document, author: str, chance: random.Random) -> Edit:
    """What the author annotated goes, something else comes."""
    stamp = edits.Stamp(author, now())
    mine = [each for each in document.annotations if each.author == author]
    starts = chance.sample(range(len(TEXT) - 10), MOST)
    come = [edits.new_annotation(Span(at, at + 5), "ORG", stamp) for at in starts]
    return Group((*map(edits.Remove, mine), *come))


def undoing(path: Path, name: str, chance: random.Random) -> Work:
    """An edit, taken back, done again, taken back."""
    library, number, author = opened(path), 0, author_of(name)
    while True:
        number += 1
        article, operation = chance.choice(ARTICLES), f"{name}-{number}"
        stamp = edits.Stamp(author, now())
        yield "try", article, operation
        new = edits.new_annotation(Span(0, chance.randrange(1, 20)), "PER", stamp)
        assert isinstance(library.apply(article, new, author=author, operation=operation), Saved)
        yield "done", article, operation
        for way in ("undo", "redo", "undo"):
            step = library.undo if way == "undo" else library.redo
            yield "try", article, f"{way} {operation}"
            if not isinstance(step(article, author=author, operation=operation), Saved):
                break  # somebody else has changed the annotation
            yield "done", article, f"{way} {operation}"


def folding(path: Path, name: str, chance: random.Random) -> Work:
    """An edit or two, and the journal is folded."""
    library, number = opened(path), 0
    while True:
        article = chance.choice(ARTICLES)
        for _ in range(chance.randrange(1, 3)):
            number += 1
            yield from _edit(library, article, f"{name}-{number}", name, chance)
        fold(library, article)


def fold(library: Library, article: str) -> None:
    """Close the journal of an article, however small it is."""
    file = library.file(article)
    with library.exclusive(file):
        state = file.load()
        assert state is not None
        file.fold(state, now())


def ruling(path: Path, name: str, chance: random.Random) -> Work:
    """What is laid down in the dictionary: the library's own file is replaced."""
    number = 0
    while True:
        number += 1
        said = Ruling("ORG", f"Затон {name} {number}", f"user:{name}", now(), is_new=True)
        yield "try", "", said.name
        gazetteer.put(path, said, None)
        yield "done", "", said.name


def removing(path: Path, name: str, chance: random.Random) -> Work:
    """An article of the worker's own is edited, goes to the trash, and is put back."""
    library, number, author = opened(path), 0, author_of(name)
    article = MOVED[author]
    while True:
        if article in library:
            number += 1
            yield from _edit(library, article, f"{name}-{number}", name, chance)
            yield "try", article, TO_TRASH
            trash.remove(library, article, author)
            yield "done", article, TO_TRASH
        yield "try", article, TO_LIBRARY
        trash.put_back(library, article)
        yield "done", article, TO_LIBRARY


def backing_up(path: Path, name: str, chance: random.Random) -> Work:
    """Backups, each in a file of its own beside the library."""
    library, number = opened(path), 0
    while True:
        number += 1
        target = f"{name}-{number}{BACKUP}"
        yield "try", "", target
        with new_file(path.with_name(target)) as stream:
            backup.write(library, stream, author_of(name), unwatched, fail)
        yield "done", "", target


def unwatched(articles: Iterable[ArticleFile], _count: object) -> Iterable[ArticleFile]:
    return articles


def fail(problem: StoreError) -> None:
    raise problem


PATHS: Mapping[str, Callable[[Path, str, random.Random], Work]] = {
    "add": adding,
    "edit": editing,
    "bulk edit": editing_everywhere,
    "undo": undoing,
    "fold": folding,
    "remove, put back": removing,
    "backup": backing_up,
    "dictionary": ruling,
}
