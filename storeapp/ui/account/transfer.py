"""Stored value goes to another member: whose it becomes, how much, why, and a yes where one is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.approval import checked_reason
from storeapp.domain.money import ZERO, Money, NotAnAmount, typed_amount
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import transferring
from storeapp.till.top_ups import held
from storeapp.till.transferring import Planned, Transfer, Transferred, transfer
from storeapp.ui.account.her import her
from storeapp.ui.account.to_another import ToAnother, ToAnotherPresenter
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk

_ABOUT_WHOM = {"unknown_member", "bad_phone", "same_member", "member_merged"}
_ABOUT_WHY = {"approval_reason_missing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferState(ToAnother):
    """`principal` and `bonus` are what she holds; `plan` is what would go."""

    principal: Money
    bonus: Money
    text: str = ""
    amount: Money = ZERO
    plan: Planned | None = None

    @property
    def belongs(self) -> str:
        """Where a refusal belongs: `whom`, `why` or `much`."""
        word = "" if self.refused is None else self.refused.word
        return "whom" if word in _ABOUT_WHOM else "why" if word in _ABOUT_WHY else "much"


class TransferPresenter(ToAnotherPresenter[TransferState, Transferred]):
    """`then` gets what was booked."""

    def __init__(
        self, desk: Desk, staff: Staff, member_id: str, *, ask: Ask, then: Callable[[Transferred], None]
    ) -> None:
        """Raises UnknownMember."""
        with desk.shop.reading() as books:
            principal, bonus = held(books, member_id)
            state = TransferState(her=her(books, member_id), principal=principal, bonus=bonus)
        super().__init__(desk, staff, state, then=then)
        self._ask = ask

    def whom(self, phone: str) -> None:
        self.state = replace(self.state, plan=None)
        super().whom(phone)

    def type(self, text: str) -> None:
        """Yuan, as far as they are typed."""
        try:
            amount = typed_amount(text)
        except NotAnAmount:
            amount = ZERO
        self._show(replace(self.state, text=text, amount=amount, plan=None, refused=None))

    def check(self) -> bool:
        """Whether so much may go to her; the reason is shown if not."""
        state = self.state
        if state.taker is None and not self.find():
            return False
        assert self.state.taker is not None
        giver, taker = state.her.member_id, self.state.taker.member_id
        try:
            with self._desk.shop.reading() as books:
                plan = transferring.planned(books, giver, taker, state.amount, clock=self._desk.clock)
        except Refused as error:
            self._refuse(error)
            return False
        self._show(replace(self.state, plan=plan))
        return True

    def confirm(self) -> None:
        """Both have said yes: it is booked, after the yes of somebody who may."""
        if self.state.is_saving or not self.check() or not self._passes(lambda: checked_reason(self.state.reason)):
            return
        asked = self._asked()
        desk, named = self._desk, transferring.named(asked)

        def book(approval_id: str | None) -> None:
            agreed = replace(asked, approval_id=approval_id)
            self._save(lambda: transfer(desk.shop, agreed, clock=desk.clock, ids=desk.ids), self._then)

        self._ask(transferring.RIGHT, named, then=book, about=self.state.her.phone, amount=asked.amount)

    def _asked(self) -> Transfer:
        state = self.state
        assert state.taker is not None
        return Transfer(
            state.her.member_id,
            state.taker.member_id,
            state.amount,
            state.reason,
            self._staff.code,
            is_agreed=True,
            request_id=self._request,
        )
