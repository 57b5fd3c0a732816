"""What all tests share: the same examples in every run, and no setting of the caller's."""

import pytest
from hypothesis import settings

SETTINGS = ("NO_COLOR", "TEXTUAL_THEME", "ZAMETKA_LIBRARY", "SOURCE_DATE_EPOCH")

settings.register_profile("deterministic", derandomize=True, deadline=None)
settings.load_profile("deterministic")


@pytest.fixture(autouse=True)
def _no_settings_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_state_of_the_caller(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
