"""Frames wait for a terminal that has not read the last ones, and never for ever."""

from tui.terminal.pacing import ASK, PATIENCE, WINDOW, Pace


def test_little_output_asks_nothing_and_waits_for_nothing() -> None:
    pace = Pace()
    assert not pace.sent(ASK - 1, now=0)
    assert not pace.is_behind(now=0)


def test_a_large_frame_is_asked_about_and_the_next_waits_for_the_answer() -> None:
    pace = Pace()
    assert pace.sent(WINDOW + 1, now=0)
    assert pace.is_behind(now=0)
    pace.answered()
    assert not pace.is_behind(now=0)


def test_only_one_question_is_under_way() -> None:
    pace = Pace()
    assert [pace.sent(ASK, now=0) for _ in range(3)] == [True, False, False]
    assert pace.is_behind(now=0)


def test_what_was_sent_after_the_question_is_still_unread() -> None:
    pace = Pace()
    pace.sent(ASK, now=0)
    pace.sent(WINDOW + 1, now=0)
    pace.answered()
    assert pace.sent(1, now=0), "so the terminal is asked again"
    assert pace.is_behind(now=0)


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    pace = Pace()
    pace.sent(WINDOW + 1, now=0)
    assert pace.is_behind(now=PATIENCE / 2)
    assert not pace.is_behind(now=PATIENCE)
    assert pace.sent(ASK, now=PATIENCE), "and the terminal is asked again"
