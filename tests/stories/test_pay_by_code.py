"""A customer pays by code: on a real shop's file, through the real client, at companies that answer over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storeapp import app
from storeapp.app import Till
from storeapp.contracts import Activation, Contracts
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.sale import Sale
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.scripts import NAMES
from storeapp.payments.fake.serve import serving
from storeapp.payments.fake.shouqianba import ACTIVATION_CODE
from storeapp.till.policies import set_policies
from storeapp.ui.counter import Counter, Setup
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.customer.screen import CustomerWindow
from storeapp.ui.desk import Desk
from storeapp.ui.look import dress
from storeapp.ui.pay.said import DO_NOT_TAKE_TWICE, said
from storeapp.ui.tasks import Tasks
from tests.ui import scene
from tests.ui.stage import OWNER
from tests.waiting import PATIENCE_MS, PATIENCE_S

MILK = Product("6923644240028", "特仑苏纯牛奶", Money(6990))


@dataclass
class SteppedPace:
    """Stops at every wait until the test lets it go on; then the companies' clock has moved."""

    fake: FakeProviders
    is_free: bool = True
    passed: float = 0.0
    stopped: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def wait(self, seconds: float) -> None:
        self.passed += seconds
        if not self.is_free:
            self.stopped.set()
            assert self.go.wait(PATIENCE_S), "nobody let it go on"
            self.go.clear()
            self.stopped.clear()
        self.fake.clock.go_on(seconds)

    def elapsed(self) -> float:
        return self.passed


@dataclass
class Place:
    """The counter, the customer's screen, and the companies behind both."""

    till: Till
    fake: FakeProviders
    pace: SteppedPace
    counter: Counter
    customer: CustomerPresenter
    bot: QtBot
    codes: int = 0

    def code(self, script: str = "ok", first: str = "13") -> str:
        self.codes += 1
        return f"{first}{self.codes:014d}{NAMES.index(script):02d}"

    def until(self, claim: Callable[[], bool]) -> None:
        self.bot.waitUntil(claim, timeout=PATIENCE_MS)

    def scan(self, code: str) -> None:
        self.counter.take_scan(code)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.counter.window, key, modifier)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def sold(self) -> Sale | None:
        with self.till.shop.reading() as books:
            return books.sales.last()

    def is_free(self) -> bool:
        return self.counter.sell.state.is_empty and self.counter.window.sheet is None

    def held(self) -> int:
        return sum(entry.fen if entry.kind == "charge" else -entry.fen for entry in self.fake.orders.book)


@pytest.fixture
def place(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Place]:
    fake = FakeProviders()
    folder = app.make_shop(str(tmp_path / "shop"), name="海棠便利", store="S01", till="1", is_demo=False)
    with serving(fake) as url, app.open_till(str(folder)) as till:
        contracts = Contracts(till)
        keys = fake.keys
        contracts.activate(Activation(ACTIVATION_CODE, "2026", keys.vendor_sn, keys.vendor_key, url))
        chosen = {f"pay.{kind}": "shouqianba" for kind in ("wechat", "alipay", "unionpay")}
        set_policies(till.shop, chosen, clock=till.clock)
        with till.shop.writing() as books:
            books.products.put([MILK])
            books.staff.put(OWNER)
        tasks, look = Tasks(), scene.look_in("zh_CN")
        dress(qapp, look.theme)
        desk, pace = Desk(till.shop, tasks, till.clock, till.ids), SteppedPace(fake)
        here = scene.scene()
        counter = Counter(look, Setup(desk, OWNER, here.around, here.bell, contracts, (), pace))
        customer = CustomerPresenter(desk)
        window = CustomerWindow(look, customer)
        counter.changed.connect(customer.follow)
        counter.pay.watch(customer.follow_payment)
        counter.window.resize(1366, 768)
        counter.window.show()
        window.show()
        counter.window.activateWindow()
        qtbot.waitUntil(counter.window.isActiveWindow, timeout=PATIENCE_MS)
        counter.window.scan.setFocus()
        yield Place(till, fake, pace, counter, customer, qtbot)
        pace.is_free = True
        pace.go.set()
        tasks.close()
        contracts.close()
        for each in (counter.window, window):
            each.hide()
            each.deleteLater()
        # the counter's clock must not read a shop that is closed
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_code_over_the_basket_a_password_and_the_receipt(place: Place) -> None:
    place.pace.is_free = False
    place.scan(MILK.code)
    place.scan(place.code("password"))
    place.until(place.pace.stopped.is_set)

    place.counter.pay.asking.tick()
    payment = place.customer.state.payment
    assert place.counter.pay.state.asked is not None
    assert place.counter.pay.state.asked.wants_password
    assert payment is not None
    assert (payment.step, payment.asked, payment.left) == ("password", Money(6990), Money(6990))

    place.pace.is_free = True
    place.pace.go.set()
    place.until(place.is_free)

    sale = place.sold()
    assert sale is not None
    assert [(tender.kind, tender.amount) for tender in sale.tenders] == [("wechat", Money(6990))]
    assert place.held() == 6990
    assert place.customer.state.phase == "paid"
    with place.till.shop.reading() as books:
        assert [job.kind for job in books.prints.queued()] == ["receipt"]
        assert books.attempts.unused() == ()


def test_an_unknown_result_warns_on_both_screens_and_is_taken_back(place: Place) -> None:
    place.pace.is_free = False
    place.scan(MILK.code)
    place.scan(place.code("password_for_ever"))
    is_unknown = False
    while not is_unknown:
        place.until(place.pace.stopped.is_set)
        place.counter.pay.asking.tick()
        is_unknown = place.counter.pay.state.is_unknown
        if not is_unknown:
            place.pace.stopped.clear()
            place.pace.go.set()

    words = place.counter.window.look.words
    assert said(place.counter.pay.state, words).headline == words.t(DO_NOT_TAKE_TWICE)
    payment = place.customer.state.payment
    assert payment is not None
    assert payment.step == "unknown"
    assert not place.counter.pay.leave()

    place.pace.is_free = True
    place.pace.go.set()
    place.until(lambda: place.counter.pay.state.step == "ready")

    assert place.sold() is None
    assert place.held() == 0
    assert place.customer.state.payment is not None
    assert place.customer.state.payment.step == "open"


def test_five_tenders_by_keys_alone(place: Place) -> None:
    place.scan(MILK.code)
    place.press(Qt.Key.Key_F9)
    place.type("10")
    place.press(Qt.Key.Key_Return)
    place.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    place.type("15")
    place.press(Qt.Key.Key_Return)
    place.press(Qt.Key.Key_F10)
    place.type("5")
    place.press(Qt.Key.Key_Return)
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    place.type("20")
    place.scan(place.code())
    place.until(lambda: len(place.counter.pay.state.given) == 4)
    place.scan(place.code(first="28"))
    place.until(place.is_free)

    sale = place.sold()
    assert sale is not None
    assert [(tender.kind, tender.amount.fen) for tender in sale.tenders] == [
        ("cash", 1000),
        ("card", 1500),
        ("code_manual", 500),
        ("wechat", 2000),
        ("alipay", 1990),
    ]
    assert place.held() == 3990


def test_a_part_by_code_goes_back_to_the_wallet_with_one_key(place: Place) -> None:
    place.scan(MILK.code)
    place.press(Qt.Key.Key_Space)
    place.type("20")
    place.scan(place.code())
    place.until(lambda: len(place.counter.pay.state.given) == 1)
    assert place.held() == 2000

    place.press(Qt.Key.Key_Delete)
    place.until(lambda: place.counter.pay.state.step == "ready" and not place.counter.pay.state.given)

    assert place.held() == 0
    assert len(place.counter.sell.state.priced.lines) == 1


def test_money_taken_before_the_power_went_finishes_the_sale_at_the_next_start(place: Place) -> None:
    place.scan(MILK.code)
    place.until(lambda: bool(place.counter.sell.state.priced.lines))
    with pytest.MonkeyPatch.context() as power:
        power.setattr("storeapp.till.checkout.checkout", _gone)
        place.scan(place.code())
        place.until(lambda: place.held() == 6990 and place.counter.pay.state.step == "ready")
    assert place.sold() is None

    place.counter.pay._forget()  # what the window knew is gone; what the books know is not
    place.counter.pay.recover()
    place.until(place.is_free)

    sale = place.sold()
    assert sale is not None
    assert sale.tenders[0].amount == Money(6990)
    assert place.held() == 6990


def _gone(*_args: object, **_more: object) -> None:
    raise OSError("the power went")
