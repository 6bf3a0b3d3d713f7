"""For the tests of the refund page: a shop that has sold something, and somebody who says yes to everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity, times
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.domain.staff import Staff
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.refund_plan import RefundOrder
from storeapp.till.refunds import Wallets
from storeapp.ui.refund.presenter import RefundPresenter
from storeapp.ui.refund.state import Draft, RefundState
from tests.ui.scene import ALICE, APPLES, COLA, CRISPS, WATER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import OWNER


def sold(
    here: Scene, *lines: tuple[Product, int], member: bool = False, tenders: tuple[Tender, ...] | None = None
) -> Sale:
    """A sale of so many thousandths of each, paid in cash."""
    basket = Basket(
        tuple(Line(product, Quantity(milli), price=product.price, price_reason="x") for product, milli in lines),
        member_id=ALICE.member_id if member else None,
    )
    fen = sum(times(product.price, Quantity(milli)).fen for product, milli in lines)
    order = Order(basket, tenders or (Tender("cash", Money(fen)),), "1007", prints=False, from_counter=False)
    return checkout(here.shop, order, clock=here.desk.clock, ids=here.desk.ids).sale


def usual(here: Scene, *, member: bool = False) -> Sale:
    """Three waters at 2.00, one crisps at 7.50, six colas at 2.50: 28.50 in all."""
    return sold(here, (WATER, 3000), (CRISPS, 1000), (COLA, 6000), member=member)


def weighed(here: Scene) -> Sale:
    """1.250 kg of apples at 12.80: 16.00."""
    return sold(here, (APPLES, 1250))


@dataclass
class Asks:
    """Says yes, or nothing at all, to every approval, and remembers what was asked."""

    answers: bool = True
    asked: list[str] = field(default_factory=list)

    def __call__(self, right: Any, payload: Any, *, then: Any, about: str = "", amount: Money | None = None) -> None:
        self.asked.append(right)
        if self.answers:
            then(None)


@dataclass
class Refunding:
    """The presenter on its scene, with all it told."""

    here: Scene
    presenter: RefundPresenter
    seen: Seen
    asks: Asks
    kept: list[Draft | None] = field(default_factory=list)
    made: list[Refund] = field(default_factory=list)
    exchanged: list[RefundOrder] = field(default_factory=list)
    followed: list[RefundState] = field(default_factory=list)

    @property
    def state(self) -> RefundState:
        return self.presenter.state

    def marks(self) -> list[int]:
        return [line.milli for line in self.state.lines]

    def refunds(self, sale: Sale) -> tuple[Refund, ...]:
        with self.here.shop.reading() as books:
            return books.refunds.of_sale(sale.sale_id)


def refunding(here: Scene, *, staff: Staff = OWNER, answers: bool = True, wallets: Wallets | None = None) -> Refunding:
    asks, seen = Asks(answers), Seen()
    kept: list[Draft | None] = []
    made: list[Refund] = []
    followed: list[RefundState] = []
    exchanged: list[RefundOrder] = []
    presenter = RefundPresenter(
        here.desk,
        staff,
        asks,
        keep=kept.append,
        made=made.append,
        exchange=exchanged.append,
        followed=followed.append,
        wallets=wallets,
    )
    presenter.bind(seen)
    return Refunding(here, presenter, seen, asks, kept, made, exchanged, followed)
