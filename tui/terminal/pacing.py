"""How far a terminal lags behind what it is sent, told by the terminal itself.

Between a program and a terminal lie buffers that hold seconds of output on a slow line.  So a
question is sent along now and then, and until it is answered, what came before it counts as
unread: frames that would only queue up behind it are not drawn at all.
"""

from dataclasses import dataclass

ASK = 500  # bytes after which the terminal is asked
WINDOW = 1000  # unread bytes above which frames wait
PATIENCE = 2.0  # seconds after which an answer is not waited for any longer

# Whether the terminal knows synchronised output: Textual asks that too, and takes in the answer.
QUESTION = "\x1b[?2026$p"


@dataclass(slots=True)
class Pace:
    """Counts the bytes that the terminal may not have read yet."""

    unread: int = 0
    since: int = 0  # those of them that were sent after the question
    asked: float | None = None  # when; None where no answer is awaited

    def sent(self, count: int, now: float) -> bool:
        """Take account of output; True: the question is to be sent after it."""
        self.unread += count
        if self.asked is not None:
            self.since += count
            return False
        if self.unread < ASK:
            return False
        self.asked, self.since = now, 0
        return True

    def answered(self) -> None:
        """The terminal has read all that came before the question."""
        self.unread, self.since, self.asked = self.since, 0, None

    def is_behind(self, now: float) -> bool:
        """Whether a frame has to wait for the answer."""
        if self.asked is not None and now - self.asked >= PATIENCE:
            self.answered()
        return self.asked is not None and self.unread > WINDOW
