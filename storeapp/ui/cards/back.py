"""A card is paid back: by the law's formulas, and what is left on it is given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from storeapp.domain.card import CAUSES, Card, NothingOnCard
from storeapp.domain.card_doc import CardCause
from storeapp.domain.money import Money
from storeapp.domain.staff import Staff
from storeapp.till import card_refunds, cards
from storeapp.till.card_docs import CardDone
from storeapp.till.card_refunds import CardBackOrder
from storeapp.ui.account.back import Approvals, BackPresenter, BackState, Wanted
from storeapp.ui.account.her import her
from storeapp.ui.account.ways import way_of
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class CardBackState(BackState):
    """Which card."""

    card: Card


class CardBackPresenter(BackPresenter[CardBackState, CardDone]):
    """`then` gets what was written down."""

    def __init__(
        self, desk: Desk, staff: Staff, member_id: str, card_id: str, *, ask: Ask, then: Callable[[CardDone], None]
    ) -> None:
        """Raises UnknownMember, UnknownCard, CardElsewhere, or NothingOnCard if no cause would give her anything."""
        with desk.shop.reading() as books:
            card = cards.card_of(books, card_id)
            card.check_here()
            sums = card_refunds.would_get(books, card, on=desk.today(books))
            cause = next((cause for cause in CAUSES if card.has_something and sums[cause] > 0), None)
            if cause is None:
                raise NothingOnCard(card.number, "customer")
            state = CardBackState(
                her=her(books, member_id),
                sums={cause: Money(fen) for cause, fen in sums.items()},
                cause=cause,
                tender=way_of(card.tender),
                card=card,
            )
        super().__init__(desk, staff, state, ask=ask, then=then)

    def nothing(self) -> NothingOnCard:
        return NothingOnCard(self.state.card.number, self.state.cause)

    def wanted(self) -> Wanted[CardDone]:
        state, desk = self.state, self._desk
        order = CardBackOrder(
            state.card.card_id,
            cast("CardCause", state.cause),
            state.reason,
            state.tender,
            self._staff.code,
            request_id=self._request,
        )

        def deed(given: Approvals) -> CardDone:
            return card_refunds.pay_back(desk.shop, replace(order, approvals=given), clock=desk.clock, ids=desk.ids)

        rights = card_refunds.rights_needed(order, state.card)
        return Wanted(rights, card_refunds.asked(order, state.money.fen), deed)
