"""A card is paid back: the sums of the law's formulas first, then why, how, and a yes where one is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.card import CAUSES, Card, NothingOnCard
from storeapp.domain.card_doc import CardCause
from storeapp.domain.money import Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.staff import Right, Staff
from storeapp.domain.tender import TenderKind
from storeapp.domain.value_refund import PayBackReasonMissing
from storeapp.till import card_refunds, cards
from storeapp.till.card_docs import CardDone
from storeapp.till.card_refunds import CardBackOrder
from storeapp.till.value_refunds import REASON_MAX
from storeapp.ui.account.her import Her, her
from storeapp.ui.account.ways import WAYS, way_of
from storeapp.ui.approval.presenter import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.shift.saving import Saving, SavingPresenter, SavingView


@dataclass(frozen=True, slots=True)
class CardBackState(Saving):
    """`sums` tells in fen, for each cause, what she would get."""

    her: Her
    card: Card
    sums: Mapping[CardCause, int]
    cause: CardCause
    tender: TenderKind
    reason: str = ""

    @property
    def money(self) -> Money:
        return Money(self.sums[self.cause])


class CardBackView(SavingView, Protocol):
    def show_state(self, state: CardBackState) -> None: ...


class CardBackPresenter(SavingPresenter[CardBackState]):
    """`then` gets what was written down."""

    def __init__(
        self, desk: Desk, staff: Staff, member_id: str, card_id: str, *, ask: Ask, then: Callable[[CardDone], None]
    ) -> None:
        """Raises UnknownMember, UnknownCard, or NothingOnCard if no cause would give her anything."""
        self._desk, self._staff, self._ask, self._then = desk, staff, ask, then
        self._request = desk.ids.new()
        self._view: CardBackView
        with desk.shop.reading() as books:
            card = cards.card_of(books, card_id)
            sums = card_refunds.would_get(books, card, on=desk.today(books))
            has = card.left or card.worth_fen
            cause = next((cause for cause in CAUSES if has and sums[cause] > 0), None)
            if cause is None:
                raise NothingOnCard(card.number, "customer")
            way = next((way for way in WAYS if way == card.tender), WAYS[0])
            self.state = CardBackState(her(books, member_id), card, sums, cause, way)

    def bind(self, view: CardBackView) -> None:
        self._view = view
        self._show(self.state)

    def choose(self, place: int) -> None:
        """One of the causes, from 0."""
        if 0 <= place < len(CAUSES):
            self._show(replace(self.state, cause=CAUSES[place], refused=None))

    def move(self, by: int) -> None:
        """Up and down the causes."""
        self.choose(min(max(0, CAUSES.index(self.state.cause) + by), len(CAUSES) - 1))

    def pay_by(self, tender: str) -> None:
        self._show(replace(self.state, tender=way_of(tender)))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def check(self) -> bool:
        """Whether it can be done as it stands; the reason is shown if not."""
        reason = self.state.reason.strip()
        if not self.state.money.fen:
            self._refuse(NothingOnCard(self.state.card.number, self.state.cause))
        elif not reason or not is_one_line(reason, most=REASON_MAX):
            self._refuse(PayBackReasonMissing())
        else:
            return True
        return False

    def confirm(self) -> None:
        """Pays her, after a yes to each right the cashier does not hold."""
        state = self.state
        if state.is_saving or not self.check():
            return
        order = CardBackOrder(
            state.card.card_id,
            state.cause,
            state.reason,
            state.tender,
            self._staff.code,
            request_id=self._request,
        )
        self._ask_for(order, card_refunds.rights_needed(order, state.card))

    def _ask_for(self, order: CardBackOrder, rights: tuple[Right, ...]) -> None:
        if not rights:
            self._pay(order)
            return

        def go_on(approval_id: str | None) -> None:
            given = () if approval_id is None else ((rights[0], approval_id),)
            self._ask_for(replace(order, approvals=(*order.approvals, *given)), rights[1:])

        state = self.state
        payload = card_refunds.asked(order, state.money.fen)
        self._ask(rights[0], payload, then=go_on, about=state.her.phone, amount=state.money)

    def _pay(self, order: CardBackOrder) -> None:
        desk = self._desk
        self._show(replace(self.state, is_saving=True))
        desk.work.db(
            lambda: card_refunds.pay_back(desk.shop, order, clock=desk.clock, ids=desk.ids),
            ok=self._then,
            fail=self._failed,
        )

    def _show(self, state: CardBackState) -> None:
        self.state = state
        self._view.show_state(state)
