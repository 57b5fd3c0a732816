"""The files that commands are given: what they are, and what stands in them."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotations.model import Document
from store import intake
from store.formats.jsonl import Refusal
from tui.cli.narration import Refusals, say
from tui.language import _

Incoming = Document | Refusal


def inputs_of(names: Sequence[str], refusals: Refusals) -> list[tuple[Path, str]]:
    """Each file with the name its source is given; folders are looked through."""

    def unread(error: OSError) -> None:
        refusals.name(Refusal(str(error.filename), error.strerror or str(error)))

    inputs: list[tuple[Path, str]] = []
    for name in names:
        path = Path(name)
        if not name:
            refusals.name(Refusal(_("an empty name"), _("it names no file")))
            continue
        if name != "-" and path.is_dir():
            files = intake.files_in(path, unread)
            if not files:
                said = _("{name}: no files with the ending {endings} in this folder")
                say(said.format(name=name, endings=", ".join(intake.SUFFIXES)))
            inputs += [(file, file.relative_to(path).as_posix()) for file in files]
        else:
            inputs.append((path, path.name))
    return inputs


def read_inputs(inputs: Iterable[tuple[Path, str]], options: intake.Options) -> Iterator[Incoming]:
    """What stands in each input, in order; the path `-` is standard input."""
    for path, name in inputs:
        if str(path) == "-":
            if sys.stdin.isatty():
                say(_("reading standard input: Ctrl+D on a line of its own ends it"))
            yield from intake.read_stream(sys.stdin.buffer, _("standard input"), None, options)
        else:
            yield from intake.read_file(path, intake.storable(name), options)


def count_of(inputs: Iterable[tuple[Path, str]]) -> int:
    """How many articles there are to expect: a text file is one, of JSONL a line is."""
    return sum(intake.count(path) for path, _ in inputs)
