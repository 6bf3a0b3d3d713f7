"""Today's short list on screen: chosen, copied, settled; nobody who wants no more messages is ever offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.outreach import Outcome
from storeapp.domain.outreach_text import Sentences
from storeapp.domain.staff import Staff, require
from storeapp.errors import Refused
from storeapp.till import members, outreach
from storeapp.till.outreach import Letter, Morning
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class OutreachState:
    """`morning` is None until it is read; `asking` while one more press ends all messages to her."""

    morning: Morning | None = None
    chosen: str = ""
    is_asking: bool = False

    @property
    def letter(self) -> Letter | None:
        letters = () if self.morning is None else self.morning.letters
        return next((one for one in letters if one.due.member_id == self.chosen), None)


class OutreachView(Protocol):
    def show_state(self, state: OutreachState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`copied`, `settled` or `ended`."""
        ...

    def copy(self, text: str) -> None:
        """Into the clipboard."""
        ...

    def beep(self) -> None: ...


class OutreachPresenter:
    """`words` are those her messages are written in. Raises NotAllowed where reports may not be read."""

    def __init__(self, desk: Desk, staff: Staff, words: Callable[[], Sentences]) -> None:
        require(staff, "reports")
        self._desk, self._staff, self._words = desk, staff, words
        self._view: OutreachView
        self.state = OutreachState()

    def bind(self, view: OutreachView) -> None:
        """The list is made beside the window, if the night has not made it."""
        self._view = view
        self._show(self.state)
        desk = self._desk
        desk.work.io(
            lambda: outreach.prepare(desk.shop, clock=desk.clock), ok=lambda _count: self.refresh(), fail=view.tell
        )

    def refresh(self) -> None:
        with self._desk.shop.reading() as books:
            morning = outreach.morning(books, self._words(), clock=self._desk.clock)
        known = {one.due.member_id for one in morning.letters}
        first = next((one.due.member_id for one in morning.letters if not one.due.outcome), "")
        chosen = self.state.chosen if self.state.chosen in known else first
        if not chosen and morning.letters:
            chosen = morning.letters[0].due.member_id
        self._show(replace(self.state, morning=morning, chosen=chosen, is_asking=False))

    def choose(self, member_id: str) -> None:
        if member_id != self.state.chosen:
            self._show(replace(self.state, chosen=member_id, is_asking=False))

    def copy(self) -> None:
        """Her words into the clipboard, if she may be written to now."""
        if self.state.letter is None:
            self._view.beep()
            return
        try:
            with self._desk.shop.reading() as books:
                text = outreach.hand_over(books, self.state.chosen, self._words(), clock=self._desk.clock)
        except Refused as error:
            self._view.beep()
            self.refresh()
            self._view.tell(error)
            return
        self._view.copy(text)
        self._view.done("copied")

    def settle(self, outcome: Outcome) -> None:
        """What became of it; the next one nobody has written to is chosen then."""
        if self.state.letter is None:
            self._view.beep()
            return
        desk, member_id, by = self._desk, self.state.chosen, self._staff.code
        desk.work.db(
            lambda: outreach.settle(desk.shop, member_id, outcome, by=by, clock=desk.clock),
            ok=lambda _due: self._settled(member_id),
            fail=self._view.tell,
        )

    def end_messages(self) -> None:
        """She wants no more: with the second press her consent is taken back."""
        if self.state.letter is None:
            self._view.beep()
            return
        if not self.state.is_asking:
            self._show(replace(self.state, is_asking=True))
            return
        desk, member_id = self._desk, self.state.chosen
        desk.work.db(
            lambda: members.set_consent(desk.shop, member_id, purpose="marketing", given=False, clock=desk.clock),
            ok=lambda _none: self._ended(),
            fail=self._view.tell,
        )

    def _settled(self, member_id: str) -> None:
        self.refresh()
        letters = () if self.state.morning is None else self.state.morning.letters
        waiting = [one.due.member_id for one in letters if not one.due.outcome]
        if waiting and self.state.chosen == member_id:
            self.choose(waiting[0])
        self._view.done("settled")

    def _ended(self) -> None:
        self.refresh()
        self._view.done("ended")

    def _show(self, state: OutreachState) -> None:
        self.state = state
        self._view.show_state(state)
