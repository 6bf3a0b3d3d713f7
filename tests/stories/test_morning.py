"""A morning: she signs in, sells to a member for cash, and the paper says what the books say."""

from __future__ import annotations

from storeapp.demo import cashier
from storeapp.demo.cast import Cast
from storeapp.demo.first_day import LATTE, WATER
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.domain.money import Money
from storeapp.till.checkout import receipt_url
from tests.stories.seen import codes_on, reads

WANG_FANG = "13800000001"


def test_a_sale_to_a_member_for_cash_comes_out_on_paper_and_in_the_cloud(cast: Cast, printer: TcpPrinter) -> None:
    stage = cast.stage
    cashier.sign_in(stage, "1007", "1007")
    cashier.ring(stage, WATER, WATER, LATTE)
    cashier.attach(stage, WANG_FANG)

    sale = cashier.cash(stage, "50")

    # 2 x 2.00 and a latte at the member's 11.90
    assert (sale.due, sale.change) == (Money(1590), Money(3410))
    drawer, paper = printer.wait_for_jobs(2)
    assert drawer.drawer_pulses
    assert not drawer.lines
    with stage.till.shop.reading() as books:
        url = receipt_url(books, sale)
    assert url is not None
    assert url in codes_on(paper.picture())
    assert all(words in paper.text() for words in ("15.90", "34.10", "138****0001", "+15", "扫码领券"))
    stage.printed()
    assert reads(stage.window, "小票机就绪")
    stage.synced()
    assert cast.cloud.check()["ok"]
    assert sale.token in cast.phone.scan(url).html
    assert stage.till.shop.check() == ()


def test_a_wrong_pin_leaves_the_till_locked(cast: Cast) -> None:
    stage = cast.stage
    stage.expect("SignInPage", "the morning")

    stage.hands.enter("9999")
    stage.hands.until(lambda: reads(stage.window, "密码不对"), "nobody says that the PIN is wrong")
    stage.hands.scan(WATER)
    stage.hands.key("F9")

    assert type(stage.window.page).__name__ == "SignInPage"
    assert stage.counter.sell.state.is_empty
