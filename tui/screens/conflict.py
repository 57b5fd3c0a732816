"""An edit that met somebody else's: both are shown, and one key settles it."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from annotations import conflicts
from annotations.conflicts import Choice, Clash
from annotations.edits import Edit, Stamp
from annotations.errors import AnnotationError
from annotations.model import Annotation
from store.errors import StoreError
from store.library import HistoryEntry, now
from store.person.kept_edits import KeptEdit
from tui import theme
from tui.display import display
from tui.keyboard.keys import key
from tui.language import _
from tui.screens.saving import SavingScreen, Then
from tui.widgets.line_list import LineList, Piece
from tui.wording.news import last_of, who
from tui.wording.save_words import left_for_later
from tui.wording.words import quoted, value_in_words

MOST = 5  # annotations that are told, the rest is counted
WIDEST = 100  # cells


@dataclass(frozen=True, slots=True)
class Option:
    """A way to settle it."""

    choice: Choice
    key: str
    name: str
    outcome: str


class Options(LineList):
    """The ways to settle it, one a line."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = options

    def line_count(self) -> int:
        return len(self._options)

    def group_of(self, line: int) -> object:
        return self._options[line] if line < len(self._options) else None

    def pieces(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 - cut by the list
        option = self._options[line]
        widest = max(len(each.name) for each in self._options)
        return [
            (f" {option.key} ", theme.BOLD),
            (f"{option.name:{widest}}  ", theme.BOLD),
            (option.outcome, theme.PLAIN),
        ]


Whose = Literal["others", "window", "here"]  # with what the edit has met; one's own: from where


class ConflictDialog(ModalScreen[Choice | None]):
    """Shows theirs and mine; answers with what is to stand, None: that is decided later."""

    DEFAULT_CSS = """
    ConflictDialog VerticalScroll { height: auto; max-height: 60%; scrollbar-size-vertical: 1; }
    ConflictDialog Options { margin-top: 1; }
    ConflictDialog.-low .dialog { height: 100%; }
    ConflictDialog.-low VerticalScroll { height: 1fr; max-height: 100%; }
    ConflictDialog.-low Options { margin-top: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "settle('theirs')", "Theirs stays", name="conflict-theirs"),
        key("m", "settle('mine')", "Mine is done", name="conflict-mine"),
        key("b", "settle('both')", "Both stand", name="conflict-both"),
        key("escape", "leave", "Decide later", name="conflict-later"),
    ]

    def __init__(self, title: str, told: Sequence[str], options: Sequence[Option]) -> None:
        super().__init__()
        self._title = title
        self._told = told
        self._options = options

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(display(self._title), classes="title", markup=False)
            with VerticalScroll():
                for line in self._told:
                    yield Static(display(line), markup=False)
            yield Options(self._options)
            hint = _("Esc: decide later, yours is kept")
            yield Static(hint, classes="hint", markup=False)

    def on_mount(self) -> None:
        options = self.query_one(Options)
        options.styles.height = len(self._options)
        dialog = self.query_one(".dialog")
        dialog.styles.width, dialog.styles.max_width = "96%", WIDEST
        self.set_focus(options)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        if isinstance(message.group, Option):
            self.dismiss(message.group.choice)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A choice that makes no sense here has no key."""
        return action != "settle" or parameters[0] in {each.choice for each in self._options}

    def action_settle(self, choice: Choice) -> None:
        self.dismiss(choice)

    def action_leave(self) -> None:
        self.dismiss(None)


async def meet(screen: SavingScreen, mine: KeptEdit, go_on: Then | None = None) -> bool:
    """Settle an edit with what stands by now: by itself where nobody has to decide, else ask.

    False: it could not be saved.
    """
    found = conflicts.clashes(screen.stored, mine.edit)
    if not found:
        return await _write(screen, mine, "mine", go_on)
    history = await _history(screen)
    text = screen.stored.article.text
    entries = {clash.wish.id: last_of(history, clash.wish.id) for clash in found[:MOST]}
    whose = whose_is(entries.values(), screen)
    told = in_words(found, entries, text, screen.author, whose)
    total = len(conflicts.wishes(mine.edit))

    async def use(choice: Choice | None) -> None:
        screen.is_asking = False
        if choice is None:
            screen.settling = None
            screen.say(left_for_later(mine.said))
            return
        if conflicts.clashes(screen.stored, mine.edit) != found:  # somebody was here again
            await meet(screen, mine, go_on)
        else:
            await _write(screen, mine, choice, go_on)
        await screen.settle_next()

    title, options = title_of(found, total, text, whose), options_of(found, total, whose)
    screen.is_asking = True
    await screen.app.push_screen(ConflictDialog(title, told, options), use)
    return True


async def _write(screen: SavingScreen, mine: KeptEdit, choice: Choice, go_on: Then | None) -> bool:
    """Do what was chosen as one step, and go on."""
    stamp = Stamp(screen.author, now())
    edit: Edit | None = conflicts.settle(screen.stored, mine.edit, choice, stamp)

    if edit is None:
        screen.drop(mine)
        if choice == "theirs":
            screen.say(_("left as it stands; not done: {said}").format(said=mine.said))
        else:
            screen.say(_("it has been done already: {said}").format(said=mine.said))
        if go_on is not None:
            go_on()
        return True
    write = partial(screen.apply, edit, mine.operation)
    return await screen.commit(write, mine.said, go_on, screen.attempt(mine.said, mine.operation))


async def _history(screen: SavingScreen) -> Sequence[HistoryEntry]:
    try:
        return await asyncio.to_thread(screen.library.history, screen.article_id)
    except (AnnotationError, StoreError):
        return ()  # damaged: then nobody knows who it was


def whose_is(entries: Iterable[HistoryEntry | None], screen: SavingScreen) -> Whose:
    """Who has edited what was met, so far as that is told."""
    known = list(entries)
    if not all(entry and entry.author == screen.author for entry in known):
        return "others"
    return "here" if all(entry and entry.operation in screen.own for entry in known) else "window"


def title_of(found: Sequence[Clash], total: int, text: str, whose: Whose = "others") -> str:
    """What was met, and whose that is."""
    if total > 1:
        many = {
            "others": _("Others have edited {count} of these {total} annotations too"),
            "window": _("In another window you have edited {count} of these {total} annotations"),
            "here": _("You have edited {count} of these {total} annotations since"),
        }
        return many[whose].format(count=len(found), total=total)
    shown = found[0].theirs or found[0].wish.before or found[0].wish.after
    quote = quoted(text, shown.span) if shown else ""
    one = {
        "others": _("Somebody else has edited {quote} too"),
        "window": _("In another window you have edited {quote}"),
        "here": _("You have edited {quote} since"),
    }
    return one[whose].format(quote=quote)


def in_words(
    found: Sequence[Clash],
    entries: Mapping[str, HistoryEntry | None],
    text: str,
    me: str,
    whose: Whose = "others",
) -> list[str]:
    """Theirs and mine, by whom and when, a line each; of many the first ones."""
    lines: list[str] = []
    for clash in found[:MOST]:
        entry = entries.get(clash.wish.id)
        state = state_in_words(clash.theirs, text)
        if entry is None:
            lines.append(_("Theirs: {state}").format(state=state))
        else:
            name, at = who(entry.author, me), entry.at.replace("T", " ")[:16]
            theirs, there = _("Theirs ({who}, {at}): {state}"), _("Other window ({at}): {state}")
            if whose == "here":
                there = _("As it stands ({at}): {state}")
            sentence = there if entry.author == me else theirs
            lines.append(sentence.format(who=name, at=at, state=state))
        mine = _("What waits: {state}") if whose == "here" else _("Mine: {state}")
        lines.append(mine.format(state=state_in_words(clash.wish.after, text)))
    if len(found) > MOST:
        lines.append(_("… and {count} more").format(count=len(found) - MOST))
    return lines


def state_in_words(annotation: Annotation | None, text: str) -> str:
    """What an annotation says."""
    if annotation is None:
        return _("deleted")
    parts = [f"{annotation.label} {quoted(text, annotation.span)}"]
    value = value_in_words(annotation.value)
    if value:
        parts.append(value)
    parts.append(_(annotation.status))
    if annotation.note:
        parts.append(_("note: {note}").format(note=annotation.note))
    return " · ".join(parts)


def options_of(found: Sequence[Clash], total: int, whose: Whose = "others") -> list[Option]:
    """The choices that make sense, with what comes of them."""
    theirs, mine = {
        "others": (_("Theirs"), _("Mine")),
        "window": (_("Other window"), _("This window")),
        "here": (_("As it stands"), _("What waits")),
    }[whose]
    options = [
        Option("theirs", "t", theirs, _("it stays as it stands now")),
        Option("mine", "m", mine, _("what I wanted is done to it")),
    ]
    if total > 1:
        options = [
            replace(options[0], outcome=_("it stays as it stands now, the rest of mine is done")),
            replace(options[1], outcome=_("all of mine is done")),
        ]
    elif found[0].theirs is None:
        options = [
            replace(options[0], outcome=_("it stays deleted")),
            replace(options[1], outcome=_("it comes back as I wanted it")),
        ]
    if any(clash.can_be_both for clash in found):
        options.append(
            Option("both", "b", _("Both"), _("it stays as it stands now, mine is added beside it"))
        )
    return options
