"""The texts of articles alone, read as lightly as can be: a search shows them by the thousand."""

import json  # lighter to load than orjson, and as good for one string
import os

from store.article.seal import is_whole

_TEXT = b'\n      "text": '  # how its line begins in a snapshot, where no line before begins so


def text_of(articles: str, key: str) -> str | None:
    """The text of an article, whose files lie in the folder `articles` and are named by `key`.

    None where its snapshot is not what was written: the article may still be recovered.
    """
    path = os.path.join(articles, key[:2], f"{key}.json")  # noqa: PTH118 - light
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read()
    except OSError:
        return None
    if not is_whole(data):
        return None
    _, mark, rest = data.partition(_TEXT)
    return str(json.loads(rest.partition(b"\n")[0].rstrip(b","))) if mark else None
