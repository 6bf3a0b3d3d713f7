"""Cards paid for beforehand: the owner's kinds, hers, and a coffee that a card takes."""

from __future__ import annotations

from storeapp.demo import cashier
from storeapp.demo.album import Album
from storeapp.demo.first_day import BUN, LATTE, SHOPPER_PHONE
from storeapp.demo.stage import Stage
from storeapp.domain.card_kind import CardKind
from storeapp.domain.money import Money
from storeapp.till import card_sales, cards, members
from storeapp.till.card_sales import CardOrder
from storeapp.till.policies import set_policies
from storeapp.ui.cards.page import CardsPage

KINDS = (
    CardKind("LATTE10", "拿铁十次卡", Money(12_800), goods=(LATTE,), times=10, gift=1, days=180, may_be_handed_on=True),
    CardKind("GOLD12", "金卡年费", Money(19_900), form="membership", months=12, tier="金卡会员"),
)


def play(stage: Stage, album: Album, *, owner: tuple[str, str], back_to: tuple[str, str]) -> None:
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *owner)
    # what was said at signing out would cover the head of the page
    stage.window.notice.hide_notice()
    _sold(stage)
    cashier.attach(stage, SHOPPER_PHONE)
    cashier.ring(stage, LATTE, BUN)
    album.counter("card-taken")
    stage.hands.key("Alt+K")
    page = stage.expect("CardsPage", "cards")
    assert isinstance(page, CardsPage)
    album.counter("cards")
    stage.hands.key("Ctrl+N")
    stage.expect("KindPage", "a new kind of card")
    album.counter("card-kind")
    stage.hands.key("Esc")
    stage.hands.until(lambda: type(stage.window.page).__name__ == "CardsPage", "the page of cards does not come back")
    stage.hands.key("Return")
    stage.expect("SellCardSheet", "selling a card")
    album.counter("card-sell")
    stage.back()
    stage.hands.key("Alt+K")
    stage.expect("CardsPage", "cards")
    stage.hands.key("Ctrl+0")
    stage.expect("HandOnSheet", "handing a card on")
    album.counter("card-hand-on")
    stage.back()
    stage.hands.key("F8")
    stage.hands.until(lambda: stage.counter.sell.state.is_empty, "the basket is not cleared")
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *back_to)


def _sold(stage: Stage) -> None:
    """She bought hers by bank card this morning, from somebody else."""
    till = stage.till
    set_policies(till.shop, {"cards.enabled": True}, clock=till.clock)
    for kind in KINDS:
        cards.put_kind(till.shop, kind, clock=till.clock)
    with till.shop.reading() as books:
        her = members.by_phone(books, SHOPPER_PHONE).member_id
    order = CardOrder(her, KINDS[0].code, "card", "1001", ref="8812", prints=False)
    card_sales.sell(till.shop, order, clock=till.clock, ids=till.ids)
