"""What all tests share: the same examples in every run, English, no setting of the caller's."""

from collections.abc import Iterator

import hypothesis
import pytest

from tui import theme
from tui.language import speak
from tui.settings import settings

SETTINGS = ("NO_COLOR", "TEXTUAL_THEME", "ZAMETKA_LIBRARY", "SOURCE_DATE_EPOCH", "LANGUAGE")

hypothesis.settings.register_profile("deterministic", derandomize=True, deadline=None)
hypothesis.settings.load_profile("deterministic")


@pytest.fixture(autouse=True)
def _no_settings_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(autouse=True)
def _no_state_of_the_caller(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    monkeypatch.setenv("ZAMETKA_SETTINGS", str(folder / "settings.toml"))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Whatever a test speaks and sets, the next one begins anew."""
    yield
    speak("en")
    settings.cache_clear()


@pytest.fixture(autouse=True)
def _colours_of_no_terminal() -> None:
    """The same colours wherever the tests run."""
    theme.use(theme.Look())
