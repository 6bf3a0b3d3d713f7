"""The second day: the one who scanned comes back, and the coupon is hers; then she comes back once more."""

from __future__ import annotations

from storeapp.demo import cashier, drawer, first_day, tour
from storeapp.demo.album import Album
from storeapp.demo.first_day import Loop
from storeapp.demo.stage import Stage

MILK_CASE, RICE, NUTS = "6900333000262", "6900370000263", "6900777000262"
NOBODYS = "6999999999994"


def play(stage: Stage, album: Album, loop: Loop) -> None:
    _morning(stage, loop)
    _the_full_basket(stage, album)
    _redeem(stage, album)
    tour.all_of_it(stage, album)
    stage.at("17:40")
    cashier.ring(stage, first_day.YOGHURT, first_day.BUN)
    cashier.attach(stage, first_day.SHOPPER_PHONE)
    cashier.by_code(stage)
    stage.synced()


def _morning(stage: Stage, loop: Loop) -> None:
    """The stranger shows the code on her phone and is nobody's member still."""
    stage.clock.next_morning()
    drawer.open_next(stage)
    stage.at("08:10")
    cashier.ring(stage, first_day.LUNCH, first_day.LATTE)
    stage.hands.enter(loop.stranger)
    stage.hands.until(lambda: stage.counter.sell.state.priced.coupons, "the coupon does not count")
    cashier.by_code(stage)


def _the_full_basket(stage: Stage, album: Album) -> None:
    stage.at("10:26")
    cashier.ring(stage, first_day.WATER, first_day.WATER, MILK_CASE, first_day.CRISPS, f"1.256*{first_day.APPLES}")
    cashier.ring(stage, first_day.TISSUE, first_day.SOY, f"6*{first_day.COLA}")
    cashier.attach(stage, first_day.SHOPPER_PHONE)
    stage.hands.key("Up")
    _sheets(stage, album)
    album.counter("sell-full")
    album.customer("lines")
    _search(stage, album)
    stage.hands.scan(NOBODYS)
    stage.hands.until(lambda: stage.counter.sell.state.unknown_codes, "an unknown code leaves no red row")
    album.counter("unknown-code")
    stage.hands.key("Del")
    stage.hands.until(lambda: not stage.counter.sell.state.unknown_codes, "the red row stays")


def _sheets(stage: Stage, album: Album) -> None:
    for key, name in (("F2", "quantity"), ("F3", "price"), ("F4", "discount"), ("F12", "note")):
        stage.hands.key(key)
        stage.expect("EditSheet", name)
        album.counter(f"sheet-{name}")
        stage.back()
    for key, name, kind in (("Ctrl+/", "keys", "KeysSheet"), ("Ctrl+M", "menu", "MenuSheet")):
        stage.hands.key(key)
        stage.expect(kind, name)
        album.counter(name)
        stage.back()


def _search(stage: Stage, album: Album) -> None:
    stage.hands.type("nt")
    stage.hands.until(lambda: stage.counter.sell.state.hits, "the search finds nothing")
    album.counter("search")
    stage.back()


def _redeem(stage: Stage, album: Album) -> None:
    sale = cashier.cash(stage, "200", meanwhile=lambda: album.counter("pay-cash-member"))
    stage.hands.until(lambda: sale.coupons, "the coupon is not redeemed")
    stage.printed()
    album.customer("paid-member")
