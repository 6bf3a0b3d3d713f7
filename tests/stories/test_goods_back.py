"""Goods come back: a part, then the rest, and no more; the paper, the drawer and the books agree."""

from __future__ import annotations

from storeapp.demo import cashier
from storeapp.demo.cast import Cast
from storeapp.demo.first_day import COLA, TEA
from storeapp.demo.stage import Stage
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from tests.stories.seen import reads

OWNER, OWNER_PIN = "1001", "100100"


def came_back(stage: Stage, sale: Sale) -> tuple[Refund, ...]:
    with stage.till.shop.reading() as books:
        return books.refunds.of_sale(sale.sale_id)


def begin(stage: Stage, sale: Sale, *keys: str) -> None:
    """Opens the receipt by what its QR code holds, and presses these keys."""
    stage.hands.key("Ctrl+K")
    stage.expect("RefundPage", "refunds")
    stage.hands.scan(sale.token)
    stage.hands.until(lambda: reads(stage.window, sale.receipt), "the receipt does not open")
    for key in keys:
        stage.hands.key(key)


def finish(stage: Stage, sale: Sale) -> Refund:
    """Enter, the owner's yes, and Enter when the customer has her money."""
    before = len(came_back(stage, sale))
    stage.hands.key("Return")
    stage.hands.until(lambda: stage.window.over is not None, "nobody is asked")
    stage.hands.enter(OWNER)
    stage.hands.enter(OWNER_PIN)
    stage.hands.until(lambda: len(came_back(stage, sale)) > before, "the refund does not reach the books")
    stage.hands.until(lambda: reads(stage.window, "请退给顾客"), "nobody says what to give back")
    stage.hands.key("Return")
    stage.hands.until(lambda: stage.window.page is None, "the page stays")
    return came_back(stage, sale)[-1]


def test_a_part_comes_back_then_the_rest_and_no_more(cast: Cast, printer: TcpPrinter) -> None:
    stage = cast.stage
    cashier.sign_in(stage, "1007", "1007")
    cashier.ring(stage, TEA, COLA, COLA)
    sale = cashier.cash(stage, "50")
    stage.printed()

    begin(stage, sale)
    stage.hands.scan(COLA)
    stage.hands.key("F4")
    part = finish(stage, sale)
    stage.printed()
    begin(stage, sale, "A", "F2")
    rest = finish(stage, sale)
    stage.printed()
    begin(stage, sale, "1")

    assert [line.quantity_milli for line in part.lines] == [1000]
    assert not part.lines[0].restock
    assert (part.back + rest.back, rest.is_last) == (sale.due, True)
    assert reads(stage.window, "第 1 行最多还能退 0")
    stage.back()
    papers = [paper for paper in printer.wait_for_jobs(6) if paper.lines]
    assert [part.receipt in papers[1].text(), rest.receipt in papers[2].text()] == [True, True]
    assert sum(len(paper.drawer_pulses) > 0 for paper in printer.wait_for_jobs(6)) == 3
    assert stage.till.shop.check() == ()


def test_wrong_goods_are_exchanged_on_one_ticket(cast: Cast, printer: TcpPrinter) -> None:
    stage = cast.stage
    cashier.sign_in(stage, "1007", "1007")
    cashier.ring(stage, COLA, COLA)
    sale = cashier.cash(stage, "10")
    stage.printed()

    begin(stage, sale, "1", "F3", "F10")
    stage.hands.until(lambda: stage.window.page is None, "the page stays")
    cashier.ring(stage, TEA)
    due = stage.counter.sell.state.due
    stage.hands.key("F9")
    stage.hands.until(lambda: stage.window.over is not None, "nobody is asked")
    stage.hands.enter(OWNER)
    stage.hands.enter(OWNER_PIN)
    stage.expect("PaySheet", "the difference")
    stage.hands.key("Return")
    stage.hands.until(lambda: came_back(stage, sale), "the exchange does not reach the books")
    stage.hands.until(lambda: stage.counter.sell.state.is_empty, "the counter does not become free")
    stage.printed()

    [back], taken = came_back(stage, sale), stage.last_sale()
    assert back.exchange_receipt == taken.receipt
    assert taken.due - back.back == due
    paper = printer.wait_for_jobs(4)[-1]
    assert taken.receipt in paper.text()
    stage.synced()
    assert cast.cloud.check()["ok"]
    assert stage.till.shop.check() == ()
