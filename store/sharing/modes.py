"""What is wrong with the mode of a file or folder of a library, and how `chmod` says it."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.phrase import Phrase
from store.files import Modes

_READ_OR_WRITE = 0o666  # of a file: whether it can be executed does not matter


@dataclass(frozen=True, slots=True)
class Fault:
    """Bits that a mode lacks or should not have; `change` is what `chmod` is told."""

    what: Phrase
    change: str
    add: int = 0
    remove: int = 0


# whose bits, which of them -> what it means that one is missing
_MISSING = (
    ("g", stat.S_ISGID, Phrase("what is made in it is its maker's and not the group's")),
    ("u", stat.S_IRWXU, Phrase("its owner may not read and change it")),
    ("g", stat.S_IRWXG, Phrase("the group may not read and change it")),
    ("o", stat.S_IRWXO, Phrase("not everybody may read it, as they may the library")),
)
# the same -> what it means that one is there
_TOO_MANY = (
    ("", stat.S_ISVTX, Phrase("its sticky bit keeps people from replacing what others have made")),
    ("g", stat.S_IRWXG, Phrase("a group may get at it, and the library is private")),
    ("o", stat.S_IWOTH, Phrase("everybody on this server may change it")),
    ("o", stat.S_IROTH | stat.S_IXOTH, Phrase("everybody on this server may get at it")),
)


def faults_of(mode: int, modes: Modes) -> Iterator[Fault]:
    """All that is wrong with a mode, `st_mode` of a file or folder, where `modes` is right."""
    is_folder = stat.S_ISDIR(mode)
    right = modes.folder if is_folder else modes.file
    for who, bits, what in _MISSING:
        missing = bits & right & ~mode
        if missing:
            yield Fault(what, f"{who}+{_letters(missing)}", add=missing)
    judged = 0o7777 if is_folder else _READ_OR_WRITE
    for who, bits, what in _TOO_MANY:
        wrong = bits & mode & ~right & judged
        if wrong:
            yield Fault(what, f"{who}-{_letters(wrong)}", remove=wrong)


def _letters(bits: int) -> str:
    """Bits of one kind of people in `chmod`'s letters."""
    kinds = (("r", 0o444), ("w", 0o222), ("x", 0o111), ("s", stat.S_ISGID), ("t", stat.S_ISVTX))
    return "".join(letter for letter, each in kinds if bits & each)
