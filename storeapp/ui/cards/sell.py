"""A card is sold: what it is, how she pays, and it is hers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.card_kind import CardKind, kind_of
from storeapp.domain.staff import Staff
from storeapp.domain.tender import TenderKind
from storeapp.till import card_sales
from storeapp.till.card_docs import CardDone
from storeapp.till.card_sales import CardOrder
from storeapp.ui.account.her import Her, her
from storeapp.ui.account.ways import way_of
from storeapp.ui.approval.presenter import Ask
from storeapp.ui.cards.presenter import names_of
from storeapp.ui.desk import Desk
from storeapp.ui.shift.saving import Saving, SavingPresenter, SavingView


@dataclass(frozen=True, slots=True)
class SellCardState(Saving):
    """`names` are what the goods of the kind are called."""

    her: Her
    kind: CardKind
    names: tuple[str, ...]
    tender: TenderKind = "cash"


class SellCardView(SavingView, Protocol):
    def show_state(self, state: SellCardState) -> None: ...


class SellCardPresenter(SavingPresenter[SellCardState]):
    """`then` gets what was written down."""

    def __init__(
        self, desk: Desk, staff: Staff, member_id: str, code: str, *, ask: Ask, then: Callable[[CardDone], None]
    ) -> None:
        """Raises UnknownMember, CardsOff or UnknownCardKind."""
        self._desk, self._staff, self._ask, self._then = desk, staff, ask, then
        # one sheet sells one card, however often Enter is pressed
        self._request = desk.ids.new()
        self._view: SellCardView
        with desk.shop.reading() as books:
            kind = kind_of(card_sales.on_sale(books), code)
            self.state = SellCardState(her(books, member_id), kind, names_of(books, kind))

    def bind(self, view: SellCardView) -> None:
        self._view = view
        self._show(self.state)

    def pay_by(self, tender: str) -> None:
        self._show(replace(self.state, tender=way_of(tender)))

    def confirm(self) -> None:
        """The money is here: somebody who may says yes where the cashier may not, then it is written down."""
        state = self.state
        if state.is_saving:
            return
        order = CardOrder(
            state.her.member_id, state.kind.code, state.tender, self._staff.code, request_id=self._request
        )
        self._ask(
            card_sales.SELL,
            card_sales.asked(order, state.kind),
            then=lambda approval_id: self._take(replace(order, approval_id=approval_id)),
            about=state.her.phone,
            amount=state.kind.price,
        )

    def _take(self, order: CardOrder) -> None:
        desk = self._desk
        self._show(replace(self.state, is_saving=True, refused=None))
        desk.work.db(
            lambda: card_sales.sell(desk.shop, order, clock=desk.clock, ids=desk.ids), ok=self._then, fail=self._failed
        )

    def _show(self, state: SellCardState) -> None:
        self.state = state
        self._view.show_state(state)
