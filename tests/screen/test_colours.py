"""What each kind of terminal is sent, and that the palettes keep labels apart."""

import math
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import pytest
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from annotations.model import STATUSES, Annotation, Document
from annotations.schema import DEFAULT_SCHEMA, HUES
from store.library import Library
from tests.screen.conftest import NOON, harbour
from tests.screen.test_terminal import PROGRAM
from tests.terminal import Terminal
from tui import theme
from tui.page.presentation import Run
from tui.theme import Look, look_of

Ink = tuple[float, float, float]

# xterm's own colours, the first eight and their bright ones
XTERM = TerminalTheme(
    (0, 0, 0),
    (229, 229, 229),
    [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
     (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)],
    [(127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
     (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)],
)  # fmt: skip
BLACK, WHITE = (0, 0, 0), (255, 255, 255)

# Machado, Oliveira and Fernandes (2009), severity 1: what each kind of eye makes of linear RGB
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cones": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cones": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip


def linear(colour: tuple[int, int, int]) -> Ink:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in colour)
    )
    return red, green, blue


def luminance(colour: tuple[int, int, int]) -> float:
    return sum(
        part * weight for part, weight in zip(linear(colour), (0.2126, 0.7152, 0.0722), strict=True)
    )


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """By WCAG, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def cielab(colour: tuple[int, int, int], eye: str) -> Ink:
    rgb = linear(colour)
    seen = [min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in EYES[eye]]
    weights = (
        (0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )  # fmt: skip
    xyz = [sum(a * b for a, b in zip(row, seen, strict=True)) for row in weights]
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (each / white for each, white in zip(xyz, (0.95047, 1, 1.08883), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def painted(style: Style) -> tuple[int, int, int]:
    """The colour that a label's style is made of: of its letters, or under them."""
    return (style.color or style.bgcolor or Color.default()).get_truecolor(XTERM)


def least_difference(hues: Mapping[str, Style]) -> float:
    """CIE76 ΔE of the two hues that are most alike to the eye that sees them most alike."""
    return min(
        math.dist(cielab(painted(one), eye), cielab(painted(other), eye))
        for one, other in combinations(hues.values(), 2)
        for eye in EYES
    )


@pytest.mark.parametrize(
    ("hues", "background", "difference", "least_contrast"),
    [
        pytest.param(theme.DARK_256, BLACK, 36, 4.5, id="dark, 256 colours"),
        pytest.param(theme.LIGHT_256, WHITE, 26, 3.2, id="light, 256 colours"),
        pytest.param(theme.DARK_16, BLACK, 14, 3.5, id="dark, 16 colours"),
        pytest.param(theme.LIGHT_16, WHITE, 23, 4.6, id="light, 16 colours"),
    ],
)
def test_six_hues_keep_apart_for_every_eye_and_can_be_read(
    hues: Mapping[str, Style],
    background: tuple[int, int, int],
    difference: float,
    least_contrast: float,
) -> None:
    """The figures of the 256 are fixed, those of the 16 xterm's: other terminals have others."""
    assert set(hues) == set(HUES)
    assert least_difference(hues) >= difference
    for hue, style in hues.items():
        # what is painted under the letters has to keep away from them, not from the background
        against = background if style.bgcolor is None else BLACK
        assert contrast(painted(style), against) >= least_contrast, hue


LOOKS = [
    Look(),
    *(Look(light, colours) for light in (True, False) for colours in (16, 256)),
]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_twelve_labels_look_different_with_colours(look: Look) -> None:
    theme.use(look)
    assert len({theme.label_style(DEFAULT_SCHEMA, each.name) for each in DEFAULT_SCHEMA}) == 12


@pytest.mark.parametrize("look", [*LOOKS, Look(colours=0)], ids=str)
def test_status_and_whose_it_is_differ_without_colours(look: Look) -> None:
    theme.use(look)
    runs = [
        Run("", "PER", status, 1, mine)
        for status in STATUSES
        for mine in (True, False)
        if mine or status != "suggested"
    ]
    styles = [theme.run_style(DEFAULT_SCHEMA, run) for run in runs]
    assert len({(style.bold, style.italic, style.strike) for style in styles}) == len(runs)


@pytest.mark.parametrize("look", [*LOOKS, Look(colours=0), Look(letters=False)], ids=str)
def test_the_cursor_a_hit_and_the_selection_are_seen_on_any_label(look: Look) -> None:
    theme.use(look)
    for label in (None, *(each.name for each in DEFAULT_SCHEMA)):
        run = Run("", label, "suggested", 1)
        marked = [replace(run, **{what: True}) for what in ("cursor", "selected", "hit")]
        plain = theme.run_style(DEFAULT_SCHEMA, run)
        assert plain not in [theme.run_style(DEFAULT_SCHEMA, each) for each in marked], label


@pytest.mark.parametrize(
    ("environment", "look"),
    [
        ({"TERM": "xterm"}, Look()),
        ({"TERM": "xterm-256color"}, Look(colours=256)),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, Look(colours=256)),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, Look()),
        ({"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "256"}, Look(colours=256)),
        ({"TERM": "xterm", "TEXTUAL_THEME": "ansi-light"}, Look(light=True)),
        ({"TERM": "xterm", "TEXTUAL_THEME": "ansi-dark"}, Look(light=False)),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, Look(colours=0)),
        ({"TERM": "linux"}, Look(letters=False)),
        ({"TERM": "vt100"}, Look(letters=False)),
        ({"TERM": "screen"}, Look(letters=False)),
        ({"TERM": "screen-256color", "TMUX": "/tmp/t,1,0"}, Look(colours=256)),
        ({"TERM": "tmux-256color"}, Look(colours=256)),
        ({}, Look()),
    ],
)
def test_the_environment_says_what_the_terminal_can_show(
    environment: Mapping[str, str], look: Look
) -> None:
    assert look_of(environment) == look


# what the real program sends to a real terminal


def decided() -> Document:
    """All twelve labels, in every state."""
    document = harbour()
    text = document.article.text
    places = [match.span() for match in re.finditer(r"\w+", text)][:12]
    found = tuple(
        Annotation(
            f"a{number}",
            *place,
            label.name,
            "user:boris",
            NOON,
            NOON,
            status=STATUSES[number % 3],
        )
        for number, (label, place) in enumerate(zip(DEFAULT_SCHEMA, places, strict=True))
    )
    return Document(replace(document.article, id="labels", published="2026-01-01"), found)


def sent(library: Library, **environment: str) -> tuple[set[str], str]:
    """The SGR parameters that the program sends, and what its screen shows."""
    library.add(decided())
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "XDG_STATE_HOME", "ZAMETKA_SETTINGS")}
    own = {"LANG": "C.UTF-8", "ZAMETKA_LIBRARY": str(library.path), **kept}
    with Terminal([*PROGRAM, "browse", "labels"], own | environment, 100, 30) as terminal:
        terminal.wait_for("Порт")
        terminal.press("\t")
        terminal.wait_for("ORG · accepted")
        terminal.press("/порт\r")
        shown = terminal.wait_for("of 3; n")
        terminal.press("\x1b[1;2Cc")
        terminal.wait_for("Label of")
        terminal.press("\x1b[27u")
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
    sequences = re.findall(rb"\x1b\[([0-9;:]*)m", bytes(terminal.received))
    return {sequence.decode() for sequence in sequences}, shown


def parameters(sequences: set[str]) -> set[str]:
    return {each for sequence in sequences for each in re.split("[;:]", sequence)}


SIXTEEN = {str(base + n) for base in (30, 40, 90, 100) for n in range(8)}
PLAIN = {"", "0", "39", "49"}
ATTRIBUTES = {"1", "2", "3", "4", "7", "9"}
MANY = re.compile(r"(?:^|[;:])[34]8[;:]")


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ({"TERM": "xterm"}, "ansi-dark"),
        ({"TERM": "rxvt-16color"}, "ansi-light"),
        ({"TERM": "screen", "TMUX": "/tmp/tmux,1,0"}, "ansi-light"),
    ],
)
def test_a_terminal_of_sixteen_colours_is_sent_no_others(
    library: Library, term: Mapping[str, str], name: str
) -> None:
    sequences, shown = sent(library, **term, TEXTUAL_THEME=name)
    assert parameters(sequences) <= SIXTEEN | PLAIN | ATTRIBUTES
    assert len(parameters(sequences) & SIXTEEN) >= len(HUES)
    assert "PER?" not in shown


def test_a_terminal_of_256_colours_is_sent_the_fixed_ones(library: Library) -> None:
    sequences, _ = sent(library, TERM="tmux-256color")
    found = {number for each in sequences for number in re.findall(r"38;5;(\d+)", each)}
    inks = {str(style.color.number) for style in theme.DARK_256.values() if style.color}
    assert found == inks
    assert not any(re.search("[34]8;2;", each) for each in sequences)


@pytest.mark.parametrize("term", ["xterm-256color", "linux"])
def test_no_color_sends_none_and_labels_are_told_in_the_text(library: Library, term: str) -> None:
    sequences, shown = sent(library, TERM=term, NO_COLOR="1")
    assert parameters(sequences) <= PLAIN | ATTRIBUTES
    assert told_apart(shown)


@pytest.mark.parametrize("term", ["linux", "screen"])
def test_where_letters_cannot_be_slanted_labels_are_told_in_the_text(
    library: Library, term: str
) -> None:
    """The Linux console has colours of its own for 3 and 4; to GNU screen 3 is reverse."""
    sequences, shown = sent(library, TERM=term)
    assert not any(MANY.search(each) for each in sequences)
    assert parameters(sequences) <= SIXTEEN | PLAIN | ATTRIBUTES - {"3", "4"}
    assert told_apart(shown)


def told_apart(shown: str) -> bool:
    """Whether each label stands in the text with what was decided by somebody else."""
    signs = {"suggested": "?", "accepted": "=", "rejected": "~"}
    return all(
        f"{label.name}{signs[STATUSES[number % 3]]}" in shown
        for number, label in enumerate(DEFAULT_SCHEMA)
    )
