"""A second process for the tests of the store: `python store_program.py COMMAND …`.

It says `ready`, waits for a line, does its work, and says what it tries and what was saved.
`--as UID:GID:UMASK` before the command makes it somebody else's, which takes root; the group is
the only other one that they are in.
"""

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from annotations import edits
from annotations.edits import Edit
from annotations.model import Article, Document, Span
from store import gazetteer, locks
from store.copies import trash
from store.gazetteer import Learning
from store.library import Library, Saved, now
from store.sharing.presence import Presence
from tests.faults.disk import disk


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def wait() -> None:
    say("ready")
    sys.stdin.readline()


def add(library: Library, article_id: str, text: str) -> None:
    """Add an article and say whether it was new."""
    wait()
    say(library.add(Document(Article(article_id, text, "Заголовок"))))


def create(path: str) -> None:
    """Make a library."""
    wait()
    Library.create(Path(path))
    say("made")


def annotate(library: Library, article_id: str, author: str, count: str) -> None:
    """Add annotations, one save each."""
    wait()
    for number in range(int(count)):
        stamp = edits.Stamp(author, now())
        edit = edits.new_annotation(Span(number, number + 1), "PER", stamp)
        assert isinstance(library.apply(article_id, edit, author=author), Saved)
    say("done")


def edit_for_ever(library: Library, article_id: str, seed: str) -> None:
    """Change annotations until killed; says each operation before it and once it is saved."""
    chance = random.Random(seed)
    wait()
    number = 0
    while True:
        number += 1
        operation = f"{seed}-{number}"
        edit = some_edit(library.document(article_id), chance)
        say("try", operation)
        library.apply(article_id, edit, author="user:anna", operation=operation)
        say("saved", operation)


def some_edit(document: Document, chance: random.Random) -> Edit:
    stamp = edits.Stamp("user:anna", now())
    if len(document.annotations) < 3 or chance.random() < 0.5:
        start = chance.randrange(len(document.article.text) - 1)
        return edits.new_annotation(Span(start, start + 1), "LOC", stamp)
    one = chance.choice(document.annotations)
    if chance.random() < 0.5:
        return edits.Remove(one)
    return edits.Change(one, replace(one, label=chance.choice(("PER", "ORG", "LOC"))))


def die_at(library: Library, article_id: str, function: str, call: str, when: str) -> None:
    """Add an annotation; at one call of a function of `os`, die before, amid or after it."""
    original: Callable[..., object] = getattr(os, function)
    calls = 0

    def dying(*arguments: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls != int(call):
            return original(*arguments, **options)
        if when == "amid":
            descriptor, data = arguments
            assert isinstance(data, memoryview)
            original(descriptor, data[: len(data) // 2])
        if when == "after":
            original(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    edit = edits.new_annotation(Span(0, 4), "PER", edits.Stamp("user:anna", now()))
    wait()
    setattr(os, function, dying)
    library.apply(article_id, edit, author="user:anna", operation="the last")
    setattr(os, function, original)
    say("lived")


def die_in_turn(library: Library, action: str, article_id: str) -> None:
    """Move an article into the trash or out of it, each time on a copy of the library, and die
    before the first call that changes something, before the second, …; says how many there are."""
    wait()
    calls = 1
    while _is_deadly(library.path, action, article_id, calls):
        calls += 1
    say(calls - 1)


def _is_deadly(path: Path, action: str, article_id: str, at: int) -> bool:
    """Whether there is such a call; the copy is named after its number."""
    copy = path.with_name(f"{path.name}-{at}")
    shutil.copytree(path, copy)
    child = os.fork()
    if not child:
        with disk(lambda call: os.kill(os.getpid(), signal.SIGKILL) if call == at else None):
            if action == "remove":
                trash.remove(Library.open(copy), article_id, "user:anna")
            else:
                trash.put_back(Library.open(copy), article_id)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def hold(path: str, offset: str) -> None:
    """Hold a lock until told to go on."""
    with locks.exclusive(Path(path), int(offset), 0o600):
        wait()


def visit(library: Library, article_id: str, author: str) -> None:
    """Be seen in an article and lay something down for the whole library; stay until told to go."""
    presence = Presence(library.path, article_id)
    presence.enter()
    gazetteer.switch(library.path, Learning(is_on=False, author=author, at=now()))
    wait()
    presence.leave()


def become(person: str) -> None:
    """Be somebody else from now on."""
    uid, gid, umask = person.split(":")
    os.setgroups([int(gid)])
    os.setgid(int(uid))  # a group of their own, as most systems give everybody
    os.setuid(int(uid))
    os.umask(int(umask, 8))


COMMANDS = {
    "add": add,
    "annotate": annotate,
    "edit-for-ever": edit_for_ever,
    "die-at": die_at,
    "die-in-turn": die_in_turn,
    "visit": visit,
}

if __name__ == "__main__":
    if sys.argv[1] == "--as":
        become(sys.argv[2])
        del sys.argv[1:3]
    command, place, *arguments = sys.argv[1:]
    if command == "hold":
        hold(place, *arguments)
    elif command == "create":
        create(place)
    else:
        COMMANDS[command](Library.open(Path(place)), *arguments)
