"""The settings file: what it may say, and how it is told what it may not."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tui.settings import Settings, SettingsError, read, settings, settings_path
from tui.toml_lines import key_lines, line_of


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    assert read(tmp_path / "none.toml") == Settings()
    assert read(Path("/dev/null/.config/settings.toml")) == Settings()


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert read(write(tmp_path, "")) == Settings()


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = """
        language = "ru"
        theme = "light"
        picture = false
        frame_diff = false
        [keys]
        accept = "y"
        reject = ["x", "ctrl+x"]
    """
    assert read(write(tmp_path, text)) == Settings(
        "ru", "light", False, False, {"accept": ("y",), "reject": ("x", "ctrl+x")}
    )


def test_a_byte_order_mark_and_carriage_returns_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('\ufefflanguage = "ru"\r\ntheme = "light"\r\n'.encode())
    assert read(path).theme == "light"


WRONG = [
    ('language = "de"', 1, 'language: expected one of "auto", "en", "ru"'),
    ('# a\n\ntheme = "ansi-dark"', 3, 'theme: expected one of "dark", "light"'),
    ("picture = 1", 1, "picture: expected true or false"),
    ('language = "en"\nframe_diff = "yes"', 2, "frame_diff: expected true or false"),
    ('colour = "red"', 1, "there is no setting «colour»; expected one of language, theme,"),
    ("[screen]\nwidth = 3", 1, "there is no setting «screen»"),
    ("language.of = 3", 1, 'language: expected one of "auto", "en", "ru"'),
    ('keys = "a"', 1, "keys: expected a table: [keys]"),
    ("[keys]\n\naccept = 1", 3, "accept: expected a key, or keys in a list"),
    ("keys.accept = []", 1, "accept: expected a key, or keys in a list"),
    ('[keys]\naccept = [\n "a",\n ""]', 2, "accept: expected a key, or keys in a list"),
    ('[keys]\n"a c" = "x"\naccept.x = 1', 3, "accept: expected a key, or keys in a list"),
    ('language = "en"\ntheme = \n', 2, "this is not TOML: Invalid value"),
    ('language = "en"\nlanguage = "ru"', 2, "this is not TOML: Cannot overwrite a value"),
    ("[keys", 1, "this is not TOML: Expected ']'"),
    ('language = "en"\n\ntheme = "', 3, "this is not TOML"),
    ("theme = " + "9" * 5000, 1, "this is not TOML: Exceeds the limit"),
    ("theme = " + "[" * 3000 + "]" * 3000, 1, "this is not TOML: "),
]


@pytest.mark.parametrize(("text", "line", "reason"), WRONG)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        read(path)
    assert str(raised.value).startswith(f"{path}, line {line}: {reason}")


def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('language = "ru"\n# цвет\n'.encode("cp1251"))
    with pytest.raises(SettingsError, match="line 2: this is not UTF-8"):
        read(path)


def test_the_lines_of_keys() -> None:
    text = '''# language = "x"
language = "auto" # theme = 1
theme = """a
b = 2
"""
keys.accept = [
 "a", # ]
 "]"
]
keys."next hit" = 'x'

[keys.more]
a.b = {x = 1, y = "}"}
[[rows]]
z = 1
'''
    assert dict(key_lines(text)) == {
        ("language",): 2,
        ("theme",): 3,
        ("keys",): 6,
        ("keys", "accept"): 6,
        ("keys", "next hit"): 10,
        ("keys", "more"): 12,
        ("keys", "more", "a"): 13,
        ("keys", "more", "a", "b"): 13,
        ("rows",): 14,
        ("rows", "z"): 15,
    }


def test_a_key_of_an_inline_table_is_on_the_line_of_its_table() -> None:
    lines = key_lines('theme = "dark"\nkeys = {accept = "y"}')
    assert line_of(lines, ("keys", "accept")) == 2


def test_where_the_file_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZAMETKA_SETTINGS", str(tmp_path / "mine.toml"))
    assert settings_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("ZAMETKA_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_path() == tmp_path / "zametka" / "settings.toml"


def test_the_file_is_read_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = write(tmp_path, 'theme = "light"')
    monkeypatch.setenv("ZAMETKA_SETTINGS", str(path))
    settings.cache_clear()
    assert settings().environment["TEXTUAL_THEME"] == "ansi-light"
    path.unlink()
    assert settings().theme == "light"


def test_what_is_switched_off_is_so_in_the_environment() -> None:
    off = Settings(picture=False, frame_diff=False).environment
    assert (off["ZAMETKA_PICTURE"], off["ZAMETKA_FRAME_DIFF"]) == ("0", "0")
    assert Settings().environment == {"TEXTUAL_THEME": "ansi-dark"}


# keys: what is bound is known to a process in which the bindings are made anew


def in_process(program: str, path: Path) -> str:
    result = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert result.stderr == "", result.stderr
    return result.stdout.strip()


USE = """
import sys
from pathlib import Path
from annotations.schema import DEFAULT_SCHEMA
from tui.settings import SettingsError, read
path = Path(sys.argv[1])
try:
    from tui.keyboard.key_choices import use_keys
    use_keys(read(path).keys, path, DEFAULT_SCHEMA)
except SettingsError as error:
    print(str(error).partition("settings.toml, ")[2])
    sys.exit()
from tui.screens.article import ArticleScreen
from tui.screens.correcting import CorrectingScreen
from tui.widgets.article_view import ArticleView
from tui.keyboard.keys import bindings_of, in_effect
for kind in (ArticleScreen, ArticleView):
    for binding in bindings_of(kind):
        if binding.id in read(path).keys:
            assert binding.key == ",".join(in_effect(binding.id))
            print(binding.id, binding.key)
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('accept = "y"', "accept y"),
        ('accept = ["Y", "Ctrl+Y", "Ins"]', "accept Y,ctrl+y,insert"),
        ('accept = "d"\ndelete = "a"', "accept d\ndelete a"),
        ('accept = "alt+Y"', "accept alt+shift+y"),
        ('acept = "y"', "line 2: acept: there is no such binding; zametka settings --keys"),
        ('\naccept = ["y", "hyper"]', "line 3: accept: «hyper» is no key; expected one such as"),
        ('accept = "x"', 'line 2: accept: "x" is the key of «reject» already'),
        ('accept = "y"\nreject = "y"', 'line 2: accept: "y" is the key of «reject» already'),
        ('accept = "7"', 'line 2: accept: "7" is the key of «ORDINAL» already'),
        ('accept = "?"', 'line 2: accept: "?" is the key of «help» already'),
        ('tick = "space"\nrows-page-down = ["pagedown", "space"]', ""),
        ('line-down = "y"\nrow-down = "y"', "line-down y"),
    ],
)
def test_keys_are_checked_and_used(tmp_path: Path, text: str, said: str) -> None:
    shown = in_process(USE, write(tmp_path, f"[keys]\n{text}\n"))
    assert shown.startswith(said)
    assert shown.startswith("line") or shown == said


def zametka(path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    program = "from tui.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={"ZAMETKA_SETTINGS": str(path), "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_mistake_ends_every_command_with_exit_code_2(tmp_path: Path) -> None:
    path = write(tmp_path, '\n\ntheme = "blue"\n')
    result = zametka(path, "where")
    assert result.returncode == 2
    assert result.stderr == (f'zametka: {path}, line 3: theme: expected one of "dark", "light"\n')


def test_the_command_prints_what_is_in_effect(tmp_path: Path) -> None:
    path = write(tmp_path, 'theme = "light"\n[keys]\naccept = "y"\n')
    assert zametka(path, "settings").stdout.splitlines() == [
        str(path),
        "language = auto",
        "theme = light",
        "picture = true",
        "frame_diff = true",
        "accept: y",
    ]


def test_the_printed_file_can_be_saved_and_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, 'theme = "light"\n[keys]\naccept = ["y", "ctrl+y"]\n')
    printed = zametka(path, "settings", "--keys").stdout
    saved = read(write(tmp_path, printed))
    assert saved == Settings(theme="light", keys={"accept": ("y", "ctrl+y")})
    assert zametka(path, "settings", "--keys").stdout == printed


def test_every_line_of_the_printed_file_can_be_made_use_of(tmp_path: Path) -> None:
    """With the `#` taken from all of them, everything stays as it comes."""
    printed = zametka(tmp_path / "none.toml", "settings", "--keys").stdout
    lines = [
        line.removeprefix("# ") if " = " in line.split("  #")[0] else line
        for line in printed.splitlines()
    ]
    path = write(tmp_path, "\n".join(lines))
    found = read(path)
    assert (found.theme, found.language) == ("dark", "auto")
    assert found.keys["accept"] == ("a",)
    assert "accept a" in in_process(USE, path)


def test_the_file_in_the_readme_is_one(tmp_path: Path) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    path = write(tmp_path, shown)
    assert read(path).language == "ru"
    assert "accept y" in in_process(USE, path)
