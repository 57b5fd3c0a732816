"""How the edits that wait for an article are saved, and how one of them is taken back."""

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from store.person.kept_edits import KeptEdit, is_done
from tui.attempts import in_thread
from tui.keyboard.keys import key
from tui.language import _
from tui.screens.guarding import writes
from tui.screens.saving import SavingScreen, Then
from tui.screens.settling import Settling
from tui.wording.save_words import queued_in_words


class QueueingScreen(SavingScreen):
    """Saves what waits in the order in which it was made; of what fails, the rest waits on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("M", "settle", "Try again what is not saved", name="settle-conflict"),
    ]

    async def queue(self, mine: KeptEdit, then: Then | None = None) -> None:
        await in_thread(partial(self.kept_edits.keep, self.stored.article, mine))
        self.count_unsaved()
        if self.is_saving or self.settling is not None:
            self.say(queued_in_words(mine.said, self.late if self.is_saving else ""))
            return
        self.settling = Settling(mine, then)
        await self.settle_next()

    @writes
    async def action_settle(self) -> None:
        """Save what is kept, one after the other, to the first that fails or has to be decided."""
        if self.is_saving:
            self.say(self.busy)
        elif not self.kept:
            self.say(_("no edit of yours waits to be saved"))
        else:
            self.app.clear_notifications()  # of why they were refused
            self.settling = Settling(everything=True)
            await self.settle_next()

    async def settle_next(self) -> None:
        while (run := self.settling) is not None and not self.is_saving and not self.is_asking:
            kept = self.kept
            mine = run.following(self.stacked, kept)
            if mine is not None:
                await self._try_again(mine)
                continue
            self.settling = None
            said = run.in_words(kept)
            if said:
                self.say(said)
            if run.is_through(kept) and run.then is not None:
                run.then()

    async def _try_again(self, mine: KeptEdit) -> None:
        if is_done(self.stored, mine.edit):
            self.drop(mine)
            self.say(_("it has been done already: {said}").format(said=mine.said))
            return
        attempt = self.attempt(mine.said, mine.operation, mine.edit)
        write = partial(self.apply, mine.edit, mine.operation)
        await self.commit(write, mine.said, None, attempt)

    async def take_back(self) -> bool:
        """Undo the last edit that waits; False: none does."""
        self.restack()
        if not self.stacked:
            return False
        mine = self.stacked[-1]
        if self._attempt is not None and mine.operation == self._attempt.operation:
            self.say(self.busy)
            return True
        await in_thread(partial(self.kept_edits.drop, mine.operation))
        self.taken_back.append(mine)
        self.count_unsaved()
        self.say(_("taken back before it was saved: {said}").format(said=mine.said))
        return True

    async def put_back(self) -> bool:
        """Do again what was taken back last before it was saved; False: there is none."""
        if not self.taken_back:
            return False
        await self.queue(self.taken_back.pop())
        return True
