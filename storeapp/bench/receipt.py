"""A receipt of 20 lines, from the sale to the printer's bytes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from storeapp.bench.measure import Figure, median, p99, timed
from storeapp.bench.shop import measured_shop
from storeapp.devices.escpos_receipt import build
from storeapp.devices.printer_profile import profile
from storeapp.devices.receipt_picture import job_picture
from storeapp.domain.basket import Basket
from storeapp.domain.money import Money
from storeapp.domain.receipt_layout import layout
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.receipts import receipt_of
from storeapp.till.selling import ring_up

LINES, TRIES, PICTURES = 20, 200, 9
OFFER = {
    "offer.enabled": True,
    "offer.headline": "扫码领券，下次立减5元",
    "qr.host": "s.example.cn",
    "shop.name": "海棠便利",
}


def receipt_figures(folder: Path) -> list[Figure]:
    """With the printer's own QR code, with the code as a picture, and the whole of it drawn for a screen."""
    with measured_shop(folder / "shop", products=100, members=1) as shop:
        set_policies(shop.shop, OFFER, clock=shop.clock)
        with shop.shop.reading() as books:
            policy = books.policy.in_force()
            lines = tuple(ring_up(books, code, policy) for code in shop.codes[:LINES])
        basket = Basket(lines, member_id=shop.member_ids[0])
        order = Order(basket, (Tender("code_manual", _total(basket)),), cashier="1007")
        sale = checkout(shop.shop, order, clock=shop.clock, ids=shop.ids).sale

        def bytes_for(name: str, sale: Sale) -> bytes:
            kind = profile(name)
            with shop.shop.reading() as books:
                return build(layout(receipt_of(books, sale), paper_columns=kind.columns), kind)

        figures = []
        for name, what, most in (("full-80", "its own QR", 5.0), ("generic-80", "an image QR", 12.0)):
            bytes_for(name, sale)
            times = [timed(partial(bytes_for, name, sale)) for _ in range(TRIES)]
            figures.append(
                Figure(f"receipt bytes, {what}, median", median(times), "ms", most, note=f"p99 {p99(times):.2f} ms")
            )
        kind = profile("full-80")
        drawn = [timed(partial(job_picture, bytes_for("full-80", sale), kind)) for _ in range(PICTURES)]
        figures.append(Figure("receipt as a picture, median", median(drawn), "ms", 300.0))
        return figures


def _total(basket: Basket) -> Money:
    return Money(sum(line.product.price.fen for line in basket.lines))
