"""Where things lie on this machine."""

import os
from pathlib import Path

LIBRARY_VARIABLE = "ZAMETKA_LIBRARY"


def library_path(chosen: str | None = None) -> Path:
    """The library to use: the one that was chosen, else $ZAMETKA_LIBRARY, else the user's."""
    path = chosen or os.environ.get(LIBRARY_VARIABLE)
    return Path(path).absolute() if path else data_folder() / "library"


def demo_path() -> Path:
    """Where `zametka demo` keeps its library."""
    return data_folder() / "demo"


def data_folder() -> Path:
    """The folder of the user's data, by the conventions of the system."""
    from platformdirs import user_data_path

    return user_data_path("zametka", appauthor=False)


def samples() -> list[Path]:
    """The sample articles that come with the program."""
    return sorted((Path(__file__).parent / "samples").glob("*.txt"))
