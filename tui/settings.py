"""A person's settings: a TOML file that is checked whole before anything starts.

Without the file nothing is read and everything is as it comes.  The keys are only looked at as
text here; whether they are keys, and of what, is for `tui.keyboard.key_choices` to say.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, cast

from tui.display import display
from tui.language import _

VARIABLE = "ZAMETKA_SETTINGS"
NAME = "settings.toml"

Language = Literal["auto", "en", "ru"]
Theme = Literal["dark", "light"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen; `keys` are those of a binding, by its name."""

    language: Language = "auto"
    theme: Theme = "dark"
    picture: bool = True  # the last screen's picture at the start
    frame_diff: bool = True  # only the cells that changed are sent
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that say the same; where one is set already, it counts."""
        return {
            "TEXTUAL_THEME": f"ansi-{self.theme}",
            **({} if self.picture else {"ZAMETKA_PICTURE": "0"}),
            **({} if self.frame_diff else {"ZAMETKA_FRAME_DIFF": "0"}),
        }


class SettingsError(Exception):
    """Something in the file is wrong: where, and what was expected."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(
            _("{file}, line {line}: {reason}").format(
                file=display(str(path)), line=line, reason=reason
            )
        )
        self.line = line


Check = Callable[[object], str]  # what was expected instead, or nothing


def _one_of(*names: str) -> Check:
    quoted = ", ".join(f'"{name}"' for name in names)
    return lambda value: "" if value in names else _("expected one of {names}").format(names=quoted)


def _truth(value: object) -> str:
    return "" if isinstance(value, bool) else _("expected true or false")


def _table(value: object) -> str:
    return "" if isinstance(value, dict) else _("expected a table: [keys]")


CHECKS: Mapping[str, Check] = {
    "language": _one_of("auto", "en", "ru"),
    "theme": _one_of("dark", "light"),
    "picture": _truth,
    "frame_diff": _truth,
    "keys": _table,
}


def settings_path() -> Path:
    """Where the file lies, or would: $ZAMETKA_SETTINGS, else the user's configuration folder."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).absolute()
    from platformdirs import user_config_path

    return user_config_path("zametka", appauthor=False) / NAME


@cache
def settings() -> Settings:
    """The settings of this process; raises SettingsError."""
    return read(settings_path())


def read(path: Path) -> Settings:
    """The settings that stand in a file, or all as they come where there is none."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):  # a HOME may be /dev/null
        return Settings()
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(path, line, _("this is not UTF-8")) from None
    return _checked(text, path)


def _checked(text: str, path: Path) -> Settings:
    import tomllib

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also for a number of too many digits
        raise SettingsError(path, *_syntax(str(error), text)) from None
    for name, value in table.items():
        check = CHECKS.get(name)
        if check is None:
            reason = _("there is no setting «{name}»; expected one of {names}").format(
                name=display(name), names=", ".join(CHECKS)
            )
            raise SettingsError(path, _line(text, name), reason)
        if reason := check(value):
            reason = f"{name}: {reason}"
            raise SettingsError(path, _line(text, name), reason)
    keys = {name: _keys(name, value, text, path) for name, value in table.pop("keys", {}).items()}
    return Settings(**table, keys=keys)


def _keys(name: str, value: object, text: str, path: Path) -> tuple[str, ...]:
    """The keys of a binding: a key, or a list of keys."""
    keys = value if isinstance(value, list) else [value]
    if not keys or not all(isinstance(each, str) and each for each in keys):
        reason = _('{name}: expected a key, or keys in a list: "a" or ["a", "ctrl+a"]')
        raise SettingsError(path, _line(text, "keys", name), reason.format(name=display(name)))
    return tuple(cast("list[str]", keys))


def _line(text: str, *key: str) -> int:
    from tui.toml_lines import key_lines, line_of

    return line_of(key_lines(text), key)


def line_of_key(path: Path, name: str) -> int:
    """The line on which the keys of a binding stand in the file."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    return _line(text, "keys", name)


def _syntax(message: str, text: str) -> tuple[int, str]:
    """The line of a syntax error, which the parser names at the end of what it says."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if found is None:
        return 1, _("this is not TOML: {message}").format(message=display(message))
    last = text.rstrip("\n").count("\n") + 1
    said = message[: found.start()]
    return int(found[1] or last), _("this is not TOML: {message}").format(message=display(said))
