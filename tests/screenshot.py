"""Draws the README's picture: the program on its own sample articles.  usage: screenshot.py FILE"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

os.environ |= {"TEXTUAL_THEME": "ansi-dark", "TEXTUAL_ANIMATIONS": "none"}

from annotations.recognise import complete, recognisers_for
from store import intake
from store.library import Library, now
from store.locations import samples
from tui.app import ZametkaApp

SIZE = (104, 30)
KEYS = ("tab", "a", "a", "a", "tab", "tab")


async def draw(library: Library, article_id: str) -> str:
    """Open an article, take some decisions; returns what the screen shows, as SVG."""
    app = ZametkaApp(library, article_id)
    async with app.run_test(size=SIZE) as pilot:
        for key in KEYS:
            await pilot.press(key)
        await pilot.pause()
        return app.export_screenshot(title="zametka")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # nothing is kept of this visit
        library = Library.create(Path(folder, "library"))
        recognisers = recognisers_for()
        first = None
        for sample in samples():
            for document in intake.read_file(sample, sample.name, intake.Options()):
                library.add(complete(document, recognisers, now()))
                first = first or document.article.id
        picture = asyncio.run(draw(library, first))
    Path(sys.argv[1]).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
