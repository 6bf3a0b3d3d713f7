"""The owner gives something away: a promotion written in the window, tried, live and used; and a kind of coupon."""

from __future__ import annotations

from storeapp.demo import cashier
from storeapp.demo.album import Album
from storeapp.demo.first_day import YOGHURT
from storeapp.demo.stage import Stage
from storeapp.till.promotions import every_promotion
from storeapp.ui.coupons.page import CouponsPage
from storeapp.ui.promotions.page import PromotionsPage

NAME = "酸奶第二件半价"
COUPON = ("满 30 减 5", "5", "30")
"""Its name, what it takes off, of goods for how much."""
LIST_NAME, LIST_PRICE = "国庆价", "4.20"
_KINDS_DOWN = 3
"""From the first kind of the editor to the Nth piece."""


def play(stage: Stage, album: Album, *, owner: tuple[str, str], back_to: tuple[str, str]) -> None:
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *owner)
    _written(stage, album)
    _tried_and_live(stage, album)
    stage.back()
    _coupons(stage, album)
    _listed(stage, album)
    stage.back()
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *back_to)
    _used(stage, album)


def _written(stage: Stage, album: Album) -> None:
    stage.hands.key("Ctrl+J")
    page = _page(stage, "promotions")
    stage.hands.until(lambda: page.state.goods is not None, "nobody knows what the goods are called")
    stage.hands.key("Ctrl+N")
    stage.expect("EditorPage", "a new promotion")
    for _step in range(_KINDS_DOWN):
        stage.hands.key("Down")
    for text in (NAME, "2", "50", YOGHURT):
        stage.hands.key("Tab")
        stage.hands.type(text)
    album.counter("promotion-editor")
    stage.hands.key("Return")


def _tried_and_live(stage: Stage, album: Album) -> None:
    page = _page(stage, "the promotion is not kept")
    stage.hands.key("Ctrl+T")
    stage.hands.until(lambda: page.state.result is not None, "the promotion is not tried")
    stage.hands.settle()
    album.counter("promotion-tried")
    stage.hands.key("Ctrl+G")
    stage.hands.until(lambda: _is_live(stage), "the promotion does not go live")


def _is_live(stage: Stage) -> bool:
    return any(row.name == NAME and row.state == "live" for row in every_promotion(stage.till.shop))


def _coupons(stage: Stage, album: Album) -> None:
    stage.hands.key("Ctrl+T")
    stage.expect("CouponsPage", "coupons")
    stage.hands.key("Ctrl+N")
    stage.expect("TemplatePage", "a new kind of coupon")
    for text in COUPON:
        stage.hands.key("Tab")
        stage.hands.type(text)
    album.counter("coupon-editor")
    stage.hands.key("Return")
    page = stage.expect("CouponsPage", "the kind of coupon is not kept")
    assert isinstance(page, CouponsPage)
    stage.hands.until(lambda: page.state.figures is not None, "the coupons are not counted")
    stage.hands.settle()
    album.counter("coupons")
    stage.back()


def _listed(stage: Stage, album: Album) -> None:
    """A price list for the holidays: drafted, so that nothing sold today costs anything else."""
    stage.hands.key("Ctrl+Y")
    stage.expect("PriceListsPage", "price lists")
    stage.hands.key("Ctrl+N")
    stage.expect("PriceListEditorPage", "a new price list")
    stage.hands.type(LIST_NAME)
    stage.hands.key("F1")
    for text in (YOGHURT, LIST_PRICE):
        stage.hands.type(text)
        stage.hands.key("Return")
    album.counter("price-list-editor")
    stage.hands.key("Ctrl+S")
    stage.expect("PriceListsPage", "the price list is not kept")
    stage.hands.settle()
    album.counter("price-lists")


def _used(stage: Stage, album: Album) -> None:
    cashier.ring(stage, YOGHURT)
    album.counter("nearly")
    album.customer("nearly")
    cashier.ring(stage, YOGHURT)
    stage.hands.until(lambda: stage.counter.sell.state.priced.applied, "the promotion does not count")
    stage.hands.key("Ctrl+W")
    stage.expect("WhySheet", "why this price")
    album.counter("why")
    stage.back()
    album.customer("promotion")
    cashier.cash(stage)


def _page(stage: Stage, step: str) -> PromotionsPage:
    page = stage.expect("PromotionsPage", step)
    assert isinstance(page, PromotionsPage)
    return page
