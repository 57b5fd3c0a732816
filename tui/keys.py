"""Bindings of our own widgets and screens.

All of them have priority: a key is acted on by the application before the next one is looked
at, so keys that arrive together (over a slow line, or typed ahead) keep their order.  Text
fields have no such bindings and get every key that is not one of theirs.
"""

from textual.binding import Binding


def key(
    keys: str,
    action: str,
    what: str,
    footer: str = "",
    *,
    shown_as: str | None = None,
    name: str | None = None,
) -> Binding:
    """A binding; `what` stands in the help and, where it is given, `footer` in the footer."""
    return Binding(
        keys,
        action,
        footer or what,
        show=bool(footer),
        key_display=shown_as,
        priority=True,
        tooltip=what,
        id=name,
    )
