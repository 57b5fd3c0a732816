"""The dictionary of the library: what its people decided about names, and what that teaches."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from annotations.decisions import name_key
from annotations.errors import AnnotationError
from annotations.gazetteer import Key, Row, Ruling
from annotations.model import Annotation
from annotations.phrase import nested
from store import gazetteer
from store.errors import StoreError
from store.gazetteer import Learning
from store.library import now
from store.sharing.access import why_read_only
from tui.attempts import in_thread
from tui.keyboard.keys import key
from tui.language import _, told
from tui.screens.decided import DecidedScreen
from tui.screens.dialogs import Choice, Contents, Form, FormField, Menu
from tui.screens.guarding import writes
from tui.screens.saving import SLOW
from tui.wording.dictionary_words import learning_in_words


class DictionaryScreen(DecidedScreen):
    """Opens the articles behind an entry; writes what somebody lays down about it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("x", "switch", "Never suggest this name, or again", "On/off", name="switch-entry"),
        key("v", "change", "Change the name or its label", "Change", name="change-entry"),
        key("a", "add", "Add a name by hand", "Add", name="add-entry"),
        key("d", "take_back", "Take back what was laid down by hand", name="take-back-entry"),
        key("L", "learning", "New articles learn from the library, or not", name="switch-learning"),
    ]

    # the articles behind an entry

    def on_line_list_chosen(self) -> None:
        """A click; Enter is a binding, so that the keys after it wait for the article."""
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        """Open the article where it was decided, or ask which one of them."""
        row = self._require_row()
        if row is None:
            return
        places = [*row.counts.places.items()]
        if not places:
            self.say(_("nobody has decided about this name in an article"))
        elif len(places) == 1:
            await self._open_at(places[0][0], places[0][1].first)
        else:
            choices = [Choice(str(place.count), "", place.title) for _id, place in places]

            async def use(number: int | None) -> None:
                if number is not None:
                    await self._open_at(places[number][0], places[number][1].first)

            title = _("{label} «{name}» was decided in").format(
                label=row.label, name=nested(row.name)
            )
            await self.app.push_screen(Menu(title, choices), use)

    # what is laid down

    def why_not(self) -> str:
        """Why nothing can be laid down; empty where it can."""
        why = why_read_only(self.library.path)
        return told(why) if why is not None else ""

    async def _put(self, ruling: Ruling, instead_of: Ruling | None, said: str) -> None:
        """Write a ruling, unless somebody else gave one meanwhile, then show how things stand."""
        path = self.library.path
        ruling = replace(ruling, author=self._author, at=now())
        await self._write(partial(gazetteer.put, path, ruling, instead_of), said)

    async def _write(self, write: Callable[[], None], said: str) -> None:
        """Write in a thread; one that takes long is no longer waited for, and that is said."""
        save = in_thread(write)
        done, _pending = await asyncio.wait({save}, timeout=SLOW)
        if done:
            await self._finish(save, said)
        else:
            self.say(_("waiting: another session holds the lock of the library's own file"))
            self.run_worker(self._finish(save, said))

    async def _finish(self, save: "asyncio.Future[None]", said: str) -> None:
        try:
            await save
        except (AnnotationError, StoreError) as problem:
            said = _("not saved: {problem}").format(problem=told(problem))
        else:
            said = _("saved: {said}").format(said=said)
        await self._look_again(said)

    async def _look_again(self, said: str) -> None:
        """Show what is laid down now."""
        try:
            self._laid_down = await asyncio.to_thread(gazetteer.read, self.library.path)
        except (AnnotationError, StoreError) as problem:
            said = told(problem)
        await self._make_rows()
        self.say(said)

    @writes
    async def action_switch(self) -> None:
        row = self._require_row()
        if row is not None:
            old = row.ruling or _ruling_of(row)
            said = _("«{name}» is never suggested") if old.is_on else _("«{name}» is on again")
            new = replace(old, is_on=not old.is_on)
            await self._put(new, row.ruling, said.format(name=nested(row.name)))

    @writes
    async def action_take_back(self) -> None:
        row = self._require_row()
        if row is None:
            return
        if row.ruling is None:
            self.say(_("nobody has laid down anything about this name"))
            return
        said = _("«{name}» is as the articles have it").format(name=nested(row.counts.name))
        await self._put(_ruling_of(row), row.ruling, said)

    @writes
    async def action_change(self) -> None:
        row = self._require_row()
        if row is None:
            return

        async def use(contents: Contents | None) -> None:
            if contents is not None:
                await self._change(row, contents["name"].strip(), contents["label"])

        title = _("What «{name}» is suggested as").format(name=nested(row.counts.name))
        fields = self._fields(row.name, row.label)
        await self.app.push_screen(Form(title, fields, _check), use)

    async def _change(self, row: Row, name: str, label: str) -> None:
        new = replace(
            row.ruling or _ruling_of(row),
            as_label="" if label == row.key[0] else label,
            as_name="" if name == row.counts.name else name,
        )
        said = _("{label} «{name}»").format(label=label, name=nested(name))
        await self._put(new, row.ruling, said)

    @writes
    async def action_add(self) -> None:
        async def use(contents: Contents | None) -> None:
            if contents is not None:
                await self._add(contents["name"].strip(), contents["label"])

        title = _("Add a name, which new articles suggest in any case form")
        first = next(label.name for label in self.library.schema if label.kind == "entity")
        await self.app.push_screen(Form(title, self._fields("", first), _check), use)

    async def _add(self, name: str, label: str) -> None:
        """An entry that is there already is suggested from now on, whatever was decided."""
        key_ = label, name_key(name)
        there = next((row for row in self._rows if row.key == key_), None)
        old = there.ruling if there else None
        new = Ruling(label, there.counts.name if there else name, self._author, now())
        self._wanted = key_
        said = _("{label} «{name}» is added").format(label=label, name=nested(name))
        await self._put(replace(old or new, is_on=True, is_new=True), old, said)

    def _fields(self, name: str, label: str) -> list[FormField]:
        labels = [each.name for each in self.library.schema if each.kind == "entity"]
        options = tuple((each, each) for each in dict.fromkeys([*labels, label]))
        return [
            FormField("name", name, _("in the nominative"), _("Name")),
            FormField("label", label, "", _("Label"), options),
        ]

    @writes
    async def action_learning(self) -> None:
        """Let new articles learn from the library, or no longer."""
        learning = Learning(not self._laid_down.learning.is_on, self._author, now())
        switch = partial(gazetteer.switch, self.library.path, learning)
        await self._write(switch, learning_in_words(learning))


def entry_of(annotation: Annotation | None) -> Key | None:
    """The key of the entry that an annotation counts for."""
    name = (annotation.value or {}).get("name") if annotation else None
    return (annotation.label, name_key(str(name))) if annotation and name else None


def _ruling_of(row: Row) -> Ruling:
    """A ruling about an entry that says nothing yet."""
    return Ruling(row.key[0], row.counts.name, "", "")


def _check(contents: Contents) -> Contents:
    """A name needs a word to be looked for."""
    return {} if name_key(contents["name"]) else {"name": _("a name has letters or digits")}
