"""Two members are one person: who the other one is, what becomes of what both have, why, and somebody's yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.approval import checked_reason
from storeapp.domain.member import masked_phone
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import member_file, members, merge_preview, merging
from storeapp.till.merge_preview import Side
from storeapp.till.merging import Merge, Merged
from storeapp.till.records import Found
from storeapp.ui.approval.presenter import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.shift.saving import Saving, SavingPresenter, SavingView

MOST = 20


@dataclass(frozen=True, slots=True)
class MergeState(Saving):
    """`found` answers to `text` until there is an `other`; then `after` is what comes of both."""

    hers: Side
    text: str = ""
    found: tuple[Found, ...] = ()
    other: Side | None = None
    after: Side | None = None
    reason: str = ""

    @property
    def is_about_reason(self) -> bool:
        """Whether the refusal belongs to the reason, and not to whom was chosen."""
        return self.refused is not None and self.refused.word.startswith("approval_reason")


class MergeView(SavingView, Protocol):
    def show_state(self, state: MergeState) -> None: ...


class MergePresenter(SavingPresenter[MergeState]):
    """`ask` is for a yes where this person may not alone; `then` gets the member both are now."""

    def __init__(self, desk: Desk, staff: Staff, member_id: str, *, ask: Ask, then: Callable[[Merged], None]) -> None:
        """Raises UnknownMember."""
        self._desk, self._staff, self._ask, self._then = desk, staff, ask, then
        self._view: MergeView
        self.state = MergeState(self._side(member_id))

    def bind(self, view: MergeView) -> None:
        self._view = view
        self._show(self.state)

    def search(self, text: str) -> None:
        """Everybody it may be but herself."""
        hers = self.state.hers.member.member_id
        with self._desk.shop.reading() as books:
            found = members.find(books, text.strip(), limit=MOST) if text.strip() else ()
        others = tuple(one for one in found if one.member_id != hers)
        self._show(replace(self.state, text=text, found=others, refused=None))

    def choose(self, member_id: str) -> None:
        """Shows both side by side; who looks at the other one is on record."""
        desk, by = self._desk, self._staff.code
        try:
            with desk.shop.reading() as books:
                member_file.check_look(books, member_id, by=by, at=desk.clock.now())
            other = self._side(member_id)
            self._pair(self._side(self.state.hers.member.member_id), other)
        except Refused as error:
            self._refuse(error)
            return
        desk.work.db(lambda: member_file.look(desk.shop, member_id, by=by, clock=desk.clock), fail=self._view.tell)

    def choose_first(self) -> None:
        """Enter in the field."""
        if self.state.found:
            self.choose(self.state.found[0].member_id)
        else:
            self._view.beep()

    def swap(self) -> None:
        """The other one stays."""
        if self.state.other is None:
            self._view.beep()
        else:
            self._pair(self.state.other, self.state.hers)

    def another(self) -> None:
        """It was not she."""
        self._show(replace(self.state, other=None, after=None, refused=None))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def confirm(self) -> None:
        """Makes them one, once somebody who may has said yes."""
        state = self.state
        if state.is_saving or state.other is None:
            self._view.beep()
            return
        try:
            reason = checked_reason(state.reason)
        except Refused as error:
            self._refuse(error)
            return
        kept, gone = state.hers.member, state.other.member
        asked = Merge(kept.member_id, gone.member_id, reason, self._staff.code)
        self._ask(
            merging.RIGHT,
            merging.named(asked),
            then=lambda approval_id: self._merge(replace(asked, approval_id=approval_id)),
            about=f"{masked_phone(gone.phone)} → {masked_phone(kept.phone)}",
        )

    def _merge(self, asked: Merge) -> None:
        desk = self._desk
        self._show(replace(self.state, is_saving=True))
        desk.work.db(
            lambda: merging.merge(desk.shop, asked, clock=desk.clock, ids=desk.ids), ok=self._then, fail=self._failed
        )

    def _side(self, member_id: str) -> Side:
        with self._desk.shop.reading() as books:
            return merge_preview.side(books, member_id, on=self._desk.today(books))

    def _pair(self, kept: Side, gone: Side) -> None:
        after = merge_preview.together(kept, gone)
        self._show(replace(self.state, hers=kept, other=gone, after=after, refused=None))

    def _show(self, state: MergeState) -> None:
        self.state = state
        self._view.show_state(state)
