"""A card is sold: what it is, how she pays, and it is hers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.card_kind import CardKind, kind_of
from storeapp.domain.staff import Staff
from storeapp.domain.tender import TenderKind
from storeapp.till import card_sales
from storeapp.till.card_docs import CardDone
from storeapp.till.card_sales import CardOrder
from storeapp.ui.account.her import Her, her
from storeapp.ui.account.ways import way_of
from storeapp.ui.approval.ask import Ask
from storeapp.ui.cards.presenter import names_of
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving


@dataclass(frozen=True, slots=True)
class SellCardState(Saving):
    """`names` are what the goods of the kind are called."""

    her: Her
    kind: CardKind
    names: tuple[str, ...]
    tender: TenderKind = "cash"


class SellCardPresenter(DeedPresenter[SellCardState, CardDone]):
    """`then` gets what was written down."""

    def __init__(
        self, desk: Desk, staff: Staff, member_id: str, code: str, *, ask: Ask, then: Callable[[CardDone], None]
    ) -> None:
        """Raises UnknownMember, CardsOff or UnknownCardKind."""
        with desk.shop.reading() as books:
            kind = kind_of(card_sales.on_sale(books), code)
            state = SellCardState(her(books, member_id), kind, names_of(books, kind))
        super().__init__(desk, staff, state, then=then)
        self._ask = ask

    def pay_by(self, tender: str) -> None:
        self._show(replace(self.state, tender=way_of(tender)))

    def confirm(self) -> None:
        """The money is here: somebody who may says yes where the cashier may not, then it is written down."""
        state, desk = self.state, self._desk
        if state.is_saving:
            return
        order = CardOrder(
            state.her.member_id, state.kind.code, state.tender, self._staff.code, request_id=self._request
        )

        def sell(approval_id: str | None) -> None:
            allowed = replace(order, approval_id=approval_id)
            self._save(lambda: card_sales.sell(desk.shop, allowed, clock=desk.clock, ids=desk.ids), self._then)

        asked = card_sales.asked(order, state.kind)
        self._ask(card_sales.SELL, asked, then=sell, about=state.her.phone, amount=state.kind.price)
