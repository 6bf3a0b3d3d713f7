"""A card goes on to another member: whose it becomes, why, and a yes where one is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.approval import checked_reason
from storeapp.domain.card import Card
from storeapp.domain.staff import Staff
from storeapp.till import card_sales, cards
from storeapp.till.card_docs import CardDone
from storeapp.till.card_sales import GiveOrder
from storeapp.till.ports import Books
from storeapp.ui.account.her import her
from storeapp.ui.account.to_another import ToAnother, ToAnotherPresenter
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOnState(ToAnother):
    """The card that is handed on."""

    card: Card

    @property
    def is_about_why(self) -> bool:
        """Whether what was refused belongs to the reason."""
        return self.refused is not None and self.refused.word == "approval_reason_missing"


class HandOnPresenter(ToAnotherPresenter[HandOnState, CardDone]):
    """`then` gets what was written down."""

    def __init__(
        self, desk: Desk, staff: Staff, member_id: str, card_id: str, *, ask: Ask, then: Callable[[CardDone], None]
    ) -> None:
        """Raises UnknownMember, UnknownCard, CardElsewhere, CardEnded or CardNotHandedOn."""
        with desk.shop.reading() as books:
            card = cards.card_of(books, card_id)
            card_sales.check_handed_on(books, card, on=desk.today(books))
            state = HandOnState(her=her(books, member_id), card=card)
        super().__init__(desk, staff, state, then=then)
        self._ask = ask

    def check_taker(self, books: Books, member_id: str) -> None:
        card_sales.check_taker(books, self.state.card, member_id, by=self._staff.code)

    def confirm(self) -> None:
        """Both have said yes: it is written down, after the yes of somebody who may."""
        if self.state.is_saving or not (self.state.taker or self.find()):
            return
        if not self._passes(lambda: checked_reason(self.state.reason)):
            return
        state, desk = self.state, self._desk
        assert state.taker is not None
        order = GiveOrder(
            state.card.card_id, state.taker.member_id, state.reason, self._staff.code, request_id=self._request
        )

        def give(approval_id: str | None) -> None:
            allowed = replace(order, approval_id=approval_id)
            self._save(lambda: card_sales.give(desk.shop, allowed, clock=desk.clock, ids=desk.ids), self._then)

        self._ask(card_sales.HAND_ON, card_sales.handing(order), then=give, about=state.her.phone)
