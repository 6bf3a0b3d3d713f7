"""Two members are one person: who the other one is, what becomes of what both have, why, and somebody's yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.approval import checked_reason
from storeapp.domain.member import masked_phone
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import member_file, members, merge_preview, merging
from storeapp.till.merge_preview import Side
from storeapp.till.merging import Merge, Merged
from storeapp.till.records import Found
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving

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


class MergePresenter(DeedPresenter[MergeState, Merged]):
    """`ask` is for a yes where this person may not alone; `then` gets the member both are now."""

    def __init__(self, desk: Desk, staff: Staff, member_id: str, *, ask: Ask, then: Callable[[Merged], None]) -> None:
        """Raises UnknownMember."""
        super().__init__(desk, staff, MergeState(_side(desk, member_id)), then=then)
        self._ask = ask

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
            other = _side(desk, member_id)
            self._pair(_side(desk, self.state.hers.member.member_id), other)
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
        if not self._passes(lambda: checked_reason(state.reason)):
            return
        desk, kept, gone = self._desk, state.hers.member, state.other.member
        asked = Merge(kept.member_id, gone.member_id, checked_reason(state.reason), self._staff.code)

        def merge(approval_id: str | None) -> None:
            agreed = replace(asked, approval_id=approval_id)
            self._save(lambda: merging.merge(desk.shop, agreed, clock=desk.clock, ids=desk.ids), self._then)

        about = f"{masked_phone(gone.phone)} → {masked_phone(kept.phone)}"
        self._ask(merging.RIGHT, merging.named(asked), then=merge, about=about)

    def _pair(self, kept: Side, gone: Side) -> None:
        after = merge_preview.together(kept, gone)
        self._show(replace(self.state, hers=kept, other=gone, after=after, refused=None))


def _side(desk: Desk, member_id: str) -> Side:
    with desk.shop.reading() as books:
        return merge_preview.side(books, member_id, on=desk.today(books))
