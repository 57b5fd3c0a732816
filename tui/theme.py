"""Colours: the sixteen of the terminal, so that they fit whatever theme the user has.

What a colour says is said a second way: suggestions are plain, accepted annotations bold,
rejected ones struck through, nested ones in italics.
"""

from functools import lru_cache

from rich.style import Style

from annotations.schema import Schema
from tui.presentation import Run

HUES = ("red", "green", "yellow", "blue", "magenta", "cyan")

CURSOR_ROW = Style(reverse=True)
DIM = Style(dim=True)
BOLD = Style(bold=True)
PLAIN = Style.null()


@lru_cache(maxsize=1024)
def label_style(schema: Schema, label: str | None) -> Style:
    """Hue and underline of a label; a label that the schema lacks is in the plain colour."""
    if label is None or label not in schema:
        return PLAIN
    found = schema[label]
    colour = found.colour if found.colour in HUES else None
    return Style(color=colour, underline=found.underline or None)


def run_style(schema: Schema, run: Run) -> Style:
    """The style of a piece of the article."""
    style = label_style(schema, run.label)
    match run.status:
        case "accepted":
            style += Style(bold=True)
        case "rejected":
            style = Style(strike=True, dim=True)
    if run.depth > 1:
        style += Style(italic=True)
    if run.heading and run.label is None:
        style += Style(bold=True)
    if run.hit:
        style += Style(color="black", bgcolor="yellow")
    if run.selected:
        style += Style(color="black", bgcolor="white")
    elif run.current or run.cursor:
        style += Style(reverse=True)
    return style
