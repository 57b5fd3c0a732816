"""The real program in a real terminal: what only a terminal shows."""

import os
import re
import signal
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotations.articles import make_article
from annotations.model import Annotation, Document, Source
from store.library import Library
from tests.screen.conftest import NOON
from tests.terminal import Terminal

PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()"]


@pytest.fixture
def env(library: Library) -> Mapping[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(library.path.parent),  # neither the caller's settings nor their state
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ZAMETKA_LIBRARY": str(library.path),
    }


def test_open_accept_note_and_leave(library: Library, env: Mapping[str, str]) -> None:
    with Terminal(PROGRAM, env) as terminal:
        terminal.wait_for("of 2 articles")
        terminal.press("\r")
        terminal.wait_for("1 PER 2 ORG")
        terminal.press("\t")
        terminal.wait_for("LOC Актау · suggested 0.90 · test")
        terminal.press("a")
        terminal.wait_for("saved: accepted LOC «Актау»")
        accepted = [a for a in library.document("harbour").annotations if a.status == "accepted"]
        assert [a.label for a in accepted] == ["LOC"]
        terminal.press("q")
        terminal.wait_for("7 suggestions left")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_the_program_starts_from_its_cache(
    library: Library, env: Mapping[str, str], tmp_path: Path
) -> None:
    """`python -c` may import from the folder that it is in, so it has none."""
    script = tmp_path / "program.py"
    script.write_text("from tui.cli import main\nmain()\n", encoding="utf-8")
    for _ in range(2):
        with Terminal([sys.executable, str(script)], env) as terminal:
            terminal.wait_for("of 2 articles")
            terminal.press("\r")
            terminal.wait_for("1 PER 2 ORG")
            terminal.press("qq")
            assert terminal.wait_for_end() == 0
        (kept,) = (Path(env["HOME"]) / ".cache" / "zametka").iterdir()
        assert kept.stat().st_mode & 0o777 == 0o600
        assert kept.stat().st_size > 1_000_000


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_and_restores_the_terminal(
    env: Mapping[str, str], number: signal.Signals
) -> None:
    with Terminal(PROGRAM, env) as terminal:
        terminal.wait_for("of 2 articles")
        os.kill(terminal.pid, number)
        assert terminal.wait_for_end() == 128 + number
        assert terminal.received.rindex(b"\x1b[?1049l") > terminal.received.rindex(b"\x1b[?1049h")


def test_a_very_small_window_shows_no_traceback(env: Mapping[str, str]) -> None:
    with Terminal(PROGRAM, env, columns=20, rows=5) as terminal:
        terminal.wait_for("2025-10-02")
        terminal.press("\r")
        terminal.wait_for("1 PER 2 ORG")
        terminal.press("\ta?")
        terminal.wait_for("Keys in an article")
        terminal.press("qqq")
        assert terminal.wait_for_end() == 0


def test_no_color_shows_the_text_without_colours(env: Mapping[str, str]) -> None:
    with Terminal(PROGRAM, {**env, "NO_COLOR": "1"}) as terminal:
        terminal.wait_for("of 2 articles")
        terminal.press("\r")
        terminal.wait_for("Павел Орехов")
        parameters = {
            parameter
            for sequence in re.findall(rb"\x1b\[([0-9;]*)m", terminal.received)
            for parameter in sequence.split(b";")
        }
        colours = {parameter for parameter in parameters if re.fullmatch(rb"[34][0-8]", parameter)}
        assert colours == set()


HIDDEN = [
    code
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp") and chr(code) not in "\n\t"
]
MARKUP = "[/b][@click=app.quit]КЛИК[/][/nope]"
ATTACK = "\x1b]0;PWNED\x07\x1b[2J\x9b2J\u202eabc\u200b" + MARKUP


def hostile() -> Document:
    """An article that has everything hostile in each text that is shown of it."""
    everything = "".join(f"a{chr(code)}" for code in HIDDEN)
    text = f"{ATTACK}\n\nСлово {ATTACK} слово.\n\n{everything}"
    start = text.index("Слово")
    person = Annotation(
        id="\x1b[31mid",
        start=start,
        end=start + len("Слово " + ATTACK),
        label="PER",
        author="user:\x1b]0;PWNED\x07eve" + MARKUP,
        created=NOON,
        modified=NOON,
        value={"name": "Имя " + ATTACK},
        entity=ATTACK,
        layer="layer" + ATTACK,
        note="note " + ATTACK,
    )
    figure = Annotation(
        id="figure",
        start=start,
        end=start + 5,
        label="MONEY",
        author="recogniser:x" + ATTACK,
        created=NOON,
        modified=NOON,
        value={"min": "1", "max": "2", "unit": ATTACK},
    )
    article = make_article(
        text, id=f"../{ATTACK}", title=ATTACK, published="2026-01-01", source=Source(name=ATTACK)
    )
    return Document(article, (person, figure))


def test_hostile_text_never_reaches_the_terminal(library: Library, env: Mapping[str, str]) -> None:
    """Every control, bidi and zero-width code point, and markup, through every widget."""
    library.add(hostile())
    with Terminal(PROGRAM, env, columns=400, rows=50) as terminal:
        terminal.wait_for("of 3 articles")
        terminal.press("/КЛИК\r")
        terminal.wait_for("1 shown: «")
        terminal.press("\r")
        terminal.wait_for("Слово")
        terminal.press("\t")
        terminal.wait_for("note: note")
        for key, shown in (("v", "Value of"), ("m", "Note on"), ("c", "Label of"), ("/", "Search")):
            terminal.press(key)
            terminal.wait_for(shown)
            terminal.press("\x1b[27u")  # Escape, unmistakable
            terminal.wait_for(lambda text, shown=shown: f"{shown} " not in text)
        terminal.press("A")
        terminal.wait_for("Space")
        terminal.press("\x1b[27u")
        terminal.wait_for(lambda text: "Space" not in text)
        terminal.press("i")
        terminal.wait_for("not decided before")
        terminal.press("a")
        terminal.wait_for("saved: accepted")
        terminal.press("u")
        terminal.wait_for("undone: ")
        terminal.press("2u")
        terminal.wait_for("suggested again (was ORG, accepted)")
        terminal.press("f\r")
        terminal.press("G")
        terminal.wait_for("a·a·")
        terminal.press("/\x1b[200~нет\u202e\x1b[201~\r")
        terminal.wait_for("does not occur")
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
    received = re.sub("\x1b]22;[a-z-]+\x07", "", terminal.received.decode())  # pointer shapes
    assert "КЛИК[/][/nope]" in received, "markup is shown as it is written"
    assert "PWNED" in received
    assert "\x1b]0;PWNED" not in received
    own = "\x1b\r\n\x0f\x0e\t\x08"  # what a terminal program itself may send
    sent = {code for code in HIDDEN if chr(code) in received and chr(code) not in own}
    assert sent == set(), [hex(code) for code in sorted(sent)]


def test_commands_show_hostile_text_harmlessly(library: Library, env: Mapping[str, str]) -> None:
    library.add(hostile())
    for arguments in (
        ["search", "слово"],
        ["export"],
        ["where", f"../{ATTACK}"],
        ["show", f"../{ATTACK}"],
    ):
        with Terminal([*PROGRAM, *arguments], env) as terminal:
            assert terminal.wait_for_end() == 0
        received = terminal.received.decode()
        assert received.strip()
        sent = {hex(code) for code in HIDDEN if chr(code) in received and chr(code) not in "\r\x1b"}
        assert sent == set()
        assert "\x1b]0;PWNED" not in received


def test_the_screen_refuses_to_start_without_a_terminal(
    env: Mapping[str, str], tmp_path: Path
) -> None:
    import subprocess

    done = subprocess.run(
        PROGRAM, env=dict(env), capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 2
    assert b"needs a terminal" in done.stderr
    assert b"Traceback" not in done.stderr
