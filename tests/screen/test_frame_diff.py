"""What the terminal shows after many small updates is what one whole frame shows."""

import os
import sys

from store.library import Library
from tests.terminal import Terminal

PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()", "browse", "harbour"]
ERASE = b"\x1b[2J"  # begins a whole frame


def redrawn(terminal: Terminal) -> str:
    """The screen once it has been sent whole."""
    frames = terminal.received.count(ERASE)
    terminal.press("\x0c")
    return terminal.wait_for(lambda _: terminal.received.count(ERASE) > frames)


def test_updates_lead_to_the_frame_that_is_drawn_anew(library: Library) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(library.path.parent), "LANG": "C.UTF-8"}
    env |= {"TERM": "xterm-256color", "ZAMETKA_LIBRARY": str(library.path)}
    with Terminal(PROGRAM, env) as terminal:
        terminal.wait_for("1 PER 2 ORG")
        for keys, shown in (
            ("\t", "LOC Актау · suggested"),
            ("c", "Label of «Актау»"),
            ("\x1b[27u", lambda text: "Label of" not in text and "LOC Актау" in text),
            ("\x1b[C", "1 PER 2 ORG"),
            ("p", lambda text: "LOC 1" not in text),
            ("p\t", "LOC 1"),
            ("G", "DATE 2027 · "),
        ):
            terminal.press(keys)
            before = terminal.wait_for(shown)
        assert redrawn(terminal) == before
