"""What is said of saves that wait or fail, and of edits that are kept.  Pure."""

from collections.abc import Sequence

from store.person.kept_edits import KeptEdits, Waiting
from store.sharing.presence import Reader
from tui.keyboard.keys import pressed
from tui.language import _, counted, told
from tui.wording.news import who

MOST = 3  # edits that are told in a line, the rest is counted
MOST_ASKED = 8  # edits that a question names


def late_in_words(others: Sequence[Reader], *, waits_for_lock: bool) -> str:
    """What a save waits for; `others` have the article open."""
    if not waits_for_lock:
        return _("working… the article is large, or the disk is slow")
    names = sorted({each.login for each in others if not each.is_me})
    if any(each.is_me for each in others):
        names.append(_("you in another window"))
    if not names:
        return _("waiting: another session holds this article's lock")
    said = _("waiting: another session holds this article's lock (also here: {names})")
    return said.format(names=", ".join(names))


def gone_in_words(remover: str, me: str) -> str:
    """That the open article was removed, and by whom where that is known."""
    key = pressed("back-to-list")
    if remover == me:
        return _("you removed this article in another window: {key} goes back to the list").format(
            key=key
        )
    if not remover:
        return _("this article was removed: {key} goes back to the list").format(key=key)
    said = _("{who} removed this article: {key} goes back to the list")
    return said.format(who=who(remover, me), key=key)


def not_saved(said: str, *, on_disk: bool) -> str:
    """What the disk refused; `said` is empty where nothing is kept: an undo, which is repeated."""
    if not said:
        return _("not done: the same key tries again once that is put right")
    if on_disk:
        sentence = _("{key}: try again · not saved, but kept: {said}")
    else:
        sentence = _("{key}: try again · not saved, and kept only until you quit: {said}")
    return sentence.format(said=said, key=pressed("settle-conflict"))


def still_unsaved() -> str:
    """When an article is opened."""
    said = _("{key}: try again · edits of yours are not saved yet")
    return said.format(key=pressed("settle-conflict"))


def left_for_later(said: str) -> str:
    """A conflict that is decided later."""
    sentence = _("{key}: come back to it · not saved, but kept: {said}")
    return sentence.format(key=pressed("settle-conflict"), said=said)


def queued_in_words(said: str, late: str) -> str:
    """An edit that was made upon one that is not saved yet; `late` is what that waits for."""
    line = _("kept, saved after the one before it: {said}").format(said=said)
    return f"{line} · {late}" if late else line


def unsaved_in_words(count: int, key: str) -> str:
    """Beside a title; empty where there are none."""
    if not count:
        return ""
    return counted("{count} not saved: {key}", "{count} not saved: {key}", count, key=key)


def left_in_words(waiting: Sequence[Waiting]) -> str:
    """All that waits: the first ones by what they do."""
    first = "; ".join(each.said for each in waiting[:MOST])
    rest = len(waiting) - MOST
    return first if rest <= 0 else _("{first}; and {count} more").format(first=first, count=rest)


def ended_in_words(kept: KeptEdits, *, is_saving: bool) -> list[str]:
    """What is said when the program has ended; `is_saving`: a save still waits."""
    waiting = kept.all()
    facts = {"said": left_in_words(waiting)}
    if waiting and not kept.is_on_disk:
        lost = _("these edits are not saved, and could not be kept either ({why}): {said}")
        return [lost.format(why=told(kept.problem), **facts)]
    if waiting:
        later = _("not saved yet, but kept: {said}. {key} in the list of articles shows them")
        return [later.format(key=pressed("unsaved-edits"), **facts)]
    if is_saving:
        return [_("the last edit is not saved: somebody else holds the article")]
    return []


def question_in_words(kept: KeptEdits) -> list[str]:
    """What is asked before quitting where edits would be lost."""
    why = _("They could be neither saved nor kept: {why}").format(why=told(kept.problem))
    return [*(each.said for each in kept.all()[:MOST_ASKED]), why]
