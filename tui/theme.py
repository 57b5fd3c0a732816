"""Colours: what a label, a status and the cursor look like, in what this terminal can show.

Where there are 256 colours the labels have six fixed ones that keep apart for colour-blind
eyes (CIE76 ΔE 36 on dark, 26 on light, whatever the kind of blindness) and stand out from the
background (4.5 : 1 on dark, 3.3 : 1 on light).  With sixteen, which each terminal paints as its
user wants, they are those of the xterm palette that do this best; on a light background
yellow, green and cyan are too pale for letters and lie under them.

What a colour says is said a second way: suggestions are plain, accepted annotations bold,
rejected ones struck through, what somebody else has decided is in italics; half of the labels
are underlined; and the tags of `tui.page.tags` say all of it in characters.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rich.style import Style

from annotations.schema import HUES, Schema
from tui.page.presentation import Run

# What a theme of the settings is called by Textual: both use the terminal's own colours.
THEMES: Mapping[str, str] = {"dark": "ansi-dark", "light": "ansi-light"}

CURSOR_ROW = Style(reverse=True)
DIM = Style(dim=True)
BOLD = Style(bold=True)
PLAIN = Style.null()


Inks = dict[str, Style]  # of each hue


def _inks(**colours: str) -> Inks:
    return {hue: Style(color=colour) for hue, colour in colours.items()}


AS_THEY_ARE: Inks = {hue: Style(color=hue) for hue in HUES}
DARK_256 = _inks(
    red="color(167)", green="color(193)", yellow="color(178)",
    blue="color(67)", magenta="color(135)", cyan="color(87)",
)  # fmt: skip
LIGHT_256 = _inks(
    red="color(167)", green="color(22)", yellow="color(136)",
    blue="color(17)", magenta="color(93)", cyan="color(32)",
)  # fmt: skip
DARK_16 = AS_THEY_ARE | _inks(yellow="bright_yellow", blue="bright_blue", cyan="bright_cyan")
LIGHT_16: Inks = AS_THEY_ARE | {
    "yellow": Style(bgcolor="bright_yellow"),
    "green": Style(bgcolor="green"),
    "cyan": Style(bgcolor="bright_cyan"),
}
CONSOLE = AS_THEY_ARE | _inks(blue="bright_blue")  # where bright is how bold is shown


@dataclass(frozen=True, slots=True)
class Look:
    """What the terminal can show, and the colours for its background."""

    light: bool | None = None  # None: nobody knows
    colours: int = 16  # 0, 16 or 256
    letters: bool = True  # italics, underlines and dim letters look as they should

    @property
    def hues(self) -> Inks:
        if self.light is None:
            return AS_THEY_ARE
        if not self.letters:
            return CONSOLE
        if self.colours == 256:
            return LIGHT_256 if self.light else DARK_256
        return LIGHT_16 if self.light else DARK_16

    @property
    def needs_tags(self) -> bool:
        """Whether styles do not suffice here to tell labels and statuses apart."""
        return self.colours == 0 or not self.letters


def look_of(environment: Mapping[str, str]) -> Look:
    """What the environment says of the terminal and of the theme.

    The Linux console shows underlined and italic letters as colours of its own, GNU screen
    shows italic ones as tmux shows the cursor.
    """
    term = environment.get("TERM", "")
    system = environment.get("TEXTUAL_COLOR_SYSTEM", "auto")
    many = system in ("256", "truecolor") or (
        system == "auto"
        and ("256color" in term or environment.get("COLORTERM", "") in ("truecolor", "24bit"))
    )
    is_screen = term.startswith("screen") and "TMUX" not in environment
    name = environment.get("TEXTUAL_THEME", "")
    return Look(
        light={"ansi-dark": False, "ansi-light": True}.get(name),
        colours=0 if "NO_COLOR" in environment else 256 if many else 16,
        letters=not (term == "linux" or term.startswith("vt") or is_screen),
    )


_look = look_of(os.environ)  # the command sets the theme before anything of the screen is loaded


def look() -> Look:
    return _look


def use(new: Look) -> None:
    """Show everything for another terminal or theme from now on."""
    global _look  # noqa: PLW0603 - one process draws on one terminal
    _look = new
    label_style.cache_clear()


@lru_cache(maxsize=1024)
def label_style(schema: Schema, label: str | None) -> Style:
    """Hue and underline of a label; a label that the schema lacks is in the plain colour."""
    if label is None or label not in schema:
        return PLAIN
    found = schema[label]
    style = _look.hues.get(found.colour, PLAIN)
    return style + Style(underline=True) if found.underline and _look.letters else style


def run_style(schema: Schema, run: Run) -> Style:
    """The style of a piece of the article."""
    style = label_style(schema, run.label)
    letters = _look.letters
    match run.status:
        case "accepted":
            style += Style(bold=True, italic=(letters and not run.mine) or None)
        case "rejected":
            style = Style(strike=True, dim=True, italic=(letters and not run.mine) or None)
    if run.kind in ("title", "heading") and run.label is None:
        style += BOLD
    elif run.kind in ("credit", "dateline") and run.label is None:
        style += DIM
    if run.tag:
        style += Style(bold=False, underline=False, dim=letters or None)
    if run.hit:
        style += hit_style()
    if run.selected:
        style += _selected()
    elif run.current or run.cursor:
        style += Style(reverse=True)
    return style


def hit_style() -> Style:
    """What was searched for."""
    return _HIT if _look.colours else _HIT_WITHOUT_COLOURS


_HIT = Style(color="black", bgcolor="yellow", bold=True)
_HIT_WITHOUT_COLOURS = Style(bold=True, underline=True)


def _selected() -> Style:
    if not _look.colours:
        return Style(reverse=True)
    return Style(color="bright_white", bgcolor="blue") if _look.light else _ON_WHITE


_ON_WHITE = Style(color="black", bgcolor="white")
