"""The settings as a file: everything that can be set, with what is in effect now."""

from collections.abc import Iterator

from tui.keyboard import key_choices
from tui.keyboard.keys import defined
from tui.language import N_, _
from tui.settings import settings, settings_path

# what each setting is for
SETTINGS = (
    ("language", N_("the language of the interface: auto is that of the locale, else en or ru")),
    ("theme", N_("the colours of the terminal: dark or light")),
    ("picture", N_("show the last screen's picture while the program starts")),
    ("frame_diff", N_("send only the cells that changed, for slow lines")),
)


def whole_file() -> str:
    """A file that can be saved: what is as it comes stands behind a `#`."""
    chosen = settings()
    key_choices.use_keys(chosen.keys, settings_path())
    key_choices.import_all()
    return "\n".join([*_settings(), "", *_keys()]) + "\n"


def _settings() -> Iterator[str]:
    chosen, own = settings(), type(settings())()
    for name, what in SETTINGS:
        now = getattr(chosen, name)
        content = str(now).lower() if isinstance(now, bool) else f'"{now}"'
        mark = "# " if now == getattr(own, name) else ""
        yield f"# {_(what)}"
        yield f"{mark}{name} = {content}"


def _keys() -> Iterator[str]:
    """The bindings by name, each with what it does."""
    chosen = settings().keys
    yield "# " + _(
        'keys: one, or some in a list; such as "a", "?", "ctrl+a", "alt+a", "f5", "home"'
    )
    yield "[keys]"
    for name, binding in sorted(defined.items()):
        mark = "" if name in chosen else "# "
        line = f"{mark}{name} = {key_choices.in_toml(chosen.get(name, binding.keys))}"
        yield f"{line:<48} # {_(binding.what)}"
