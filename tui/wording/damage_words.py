"""What is said of an article whose files are damaged.  Pure."""

import re
from pathlib import Path

from store.article.condition import Condition
from store.errors import Damaged
from tui.display import display
from tui.language import _, told

_FOLDER = r"/articles/[0-9a-f]{2}/(?=[0-9a-f]{32}\.)"


def damage_in_words(damage: Exception, library: Path) -> str:
    """The damage; the files of the library that is open are named without their folders."""
    return re.sub(re.escape(str(library)) + _FOLDER, "", told(damage))


def closed_in_words(damage: Damaged, library: Path) -> str:
    """Why nothing can be changed, for a line that may be cut at its end."""
    said = _("damaged, `zametka doctor` says more: {damage}")
    return said.format(damage=damage_in_words(damage, library))


def advice() -> str:
    """What to do, which stands above what is damaged."""
    return _("Damaged: `zametka doctor` says what can be mended")


def condition_in_words(found: Condition, library: Path) -> list[str]:
    """What is wrong, a sentence or more each; what keeps an article from being changed first."""
    lines = [damage_in_words(found.fault, library)] if found.fault is not None else []
    if found.history is not None:
        lines.append(
            _(
                "The history of this article is damaged. You can go on, but earlier steps cannot "
                "be undone or shown. `zametka doctor --repair` mends it."
            )
        )
    lines += [damage_in_words(each, library) for each in found.problems]
    return [display(line) for line in lines]
