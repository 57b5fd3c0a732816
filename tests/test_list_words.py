"""What the list of articles says of itself."""

import pytest

from store.summaries import Progress, Selection
from tui.language import speak
from tui.wording.list_words import column_names, progress_in_words

HALF = Progress(articles=3, finished=1, suggestions=21)


@pytest.mark.parametrize(
    ("selection", "problems", "said"),
    [
        (Selection(), 0, "1 of 3 articles finished · 21 suggestions left"),
        (
            Selection(only="unread", text="порт"),
            0,
            "2 shown: unread «порт» (Esc: all) · 1 of 3 articles finished · 21 suggestions left",
        ),
        (
            Selection(),
            4,
            "4 damaged: zametka doctor · 1 of 3 articles finished · 21 suggestions left",
        ),
    ],
)
def test_progress(selection: Selection, problems: int, said: str) -> None:
    assert progress_in_words(HALF, selection, 2, problems) == said


def test_progress_in_russian_counts_as_russian_does() -> None:
    speak("ru")
    assert progress_in_words(HALF, Selection(), 3).endswith("осталась 21 подсказка")
    assert progress_in_words(Progress(5, 2, 14), Selection(), 5).endswith("осталось 14 подсказок")


def test_the_arrow_stands_at_the_column_that_the_list_is_sorted_by() -> None:
    assert column_names("title") == ["date", "source", "↓title", "left", "decided by"]
