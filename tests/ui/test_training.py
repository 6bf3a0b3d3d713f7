"""Practising in the window: there and back, trouble on demand, and a mark over everything that is in nobody's way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from storeapp import app as shops
from storeapp.devices.printer_profile import PROFILES
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.staff import WrongPin
from storeapp.domain.tender import TenderKind
from storeapp.settings import Settings
from storeapp.till.catalogue import put_products
from storeapp.till.staff import put_staff, sign_in
from storeapp.ui.parts import Parts
from storeapp.ui.run import Ears, Session, Way
from storeapp.ui.scan_input import ScanInput
from storeapp.ui.tasks import Tasks
from storeapp.ui.training.presenter import TroublePresenter
from storeapp.ui.training.sheet import TroubleSheet
from storeapp.ui.widgets.watermark import Watermark
from storeapp.verbs.training import Practice, Trouble
from storeapp.words import words
from tests.ui import stage
from tests.ui.outside import FakeOutside
from tests.ui.scene import SOY, Scene
from tests.ui.seen import Seen
from tests.waiting import PATIENCE_MS

ALT = Qt.KeyboardModifier.AltModifier
WECHAT_CODE = "134567890123456705"
TRADE = "0192f0a000007000800000000000a11c"
COLA = Product("6928804011142", "可口可乐 330ml", Money(250))


@dataclass
class FakeFaults:
    """Remembers what trouble was called up."""

    called: list[tuple[str, str]] = field(default_factory=list)

    def printer(self, fault: str) -> None:
        self.called.append(("printer", fault))

    def payment(self, fault: str) -> None:
        self.called.append(("payment", fault))


def test_trouble_stays_until_it_is_called_off() -> None:
    faults, seen = FakeFaults(), Seen()
    made = TroublePresenter(faults)
    made.bind(seen)

    made.printer("paper_out")
    made.payment("password")
    made.payment("no such trouble")
    assert (seen.state.printer, seen.state.payment) == ("paper_out", "password")
    made.bind(None)
    made.all_well()

    assert (made.state.printer, made.state.payment) == ("fine", "fine")
    assert faults.called == [
        ("printer", "paper_out"),
        ("payment", "password"),
        ("printer", "fine"),
        ("payment", "fine"),
    ]


# the window around it


@pytest.fixture
def parts(here: Scene) -> Parts:
    stage.furnish(here)
    clock, ids = here.desk.clock, here.desk.ids
    return Parts(
        here.shop,
        clock,
        ids,
        words("zh_CN"),
        Settings(second_screen=False),
        lambda _settings: None,
        FakeOutside(),
        staff=stage.OWNER,
    )


@dataclass
class Stay:
    """A session the test may go on from."""

    qtbot: QtBot
    app: QApplication
    tasks: Tasks
    scanner: ScanInput
    ears: Ears
    session: Session | None = None

    def open(self, parts: Parts) -> Session:
        self.session = Session(self.app, parts, self.tasks, self.scanner, self.ears)
        window = self.session.counter.window
        self.qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
        window.scan.setFocus()
        return self.session

    def end(self) -> None:
        if self.session is not None:
            self.session.end()
            self.session = None


@pytest.fixture
def stay(qtbot: QtBot, qapp: QApplication) -> Iterator[Stay]:
    made = Stay(qtbot, qapp, Tasks(qapp), ScanInput(qapp), Ears(qapp))
    yield made
    made.end()
    made.scanner.close()
    made.tasks.close()


def press(session: Session, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or session.counter.window, key, ALT)


def test_there_and_back_and_the_basket_waits(stay: Stay, parts: Parts, here: Scene) -> None:
    there = replace(parts, shop=parts.shop, faults=FakeFaults())
    closed: list[str] = []
    asked: list[str] = []

    def practise(code: str) -> Parts:
        asked.append(code)
        return replace(there, close=lambda: closed.append("closed"))

    way = Way(replace(parts, practise=practise))
    session = stay.open(way.parts)
    session.counter.take_scan(SOY.code)
    assert session.counter.window.findChild(Watermark) is None

    press(session, Qt.Key.Key_T)
    stay.qtbot.waitUntil(lambda: session.leads_to is not None, timeout=PATIENCE_MS)
    stay.end()
    assert way.go_on(session)
    session = stay.open(way.parts)

    assert asked == ["1001"]
    assert way.parts.is_training
    mark = session.counter.window.findChild(Watermark)
    assert mark is not None
    assert mark.size() == session.counter.window.ground.size()
    press(session, Qt.Key.Key_T)
    stay.end()
    assert way.go_on(session)

    assert closed == ["closed"]
    assert way.parts.staff == stage.OWNER
    assert not way.parts.is_training
    session = stay.open(way.parts)
    assert session.counter.sell.state.due == Money(990)
    with here.shop.reading() as books:
        told = [(entry.type, json.loads(entry.body)) for entry in books.journal.after(0, limit=999)]
    assert [said for said in told if said[0].startswith("training.")] == [
        ("training.entered", {"by": "1001"}),
        ("training.left", {"by": "1001"}),
    ]


def test_the_mark_is_in_nobodys_way(stay: Stay, parts: Parts) -> None:
    session = stay.open(replace(parts, faults=FakeFaults()))
    window = session.counter.window

    QTest.keyClicks(window.scan, SOY.code)
    QTest.keyClick(window.scan, Qt.Key.Key_Return)
    assert len(session.counter.sell.state.priced.lines) == 1
    mark = window.findChild(Watermark)
    assert mark is not None
    assert mark.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert mark.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_trouble_has_its_key_only_while_practising(stay: Stay, parts: Parts) -> None:
    session = stay.open(parts)
    press(session, Qt.Key.Key_F)
    assert session.counter.window.sheet is None
    stay.end()

    session = stay.open(replace(parts, faults=FakeFaults()))
    press(session, Qt.Key.Key_F)

    assert isinstance(session.counter.window.sheet, TroubleSheet)


def test_started_in_training_leaving_ends_the_program(stay: Stay, parts: Parts) -> None:
    way = Way(replace(parts, faults=FakeFaults()))
    session = stay.open(way.parts)

    press(session, Qt.Key.Key_T)
    stay.end()

    assert not way.go_on(session)


def test_a_window_that_has_ended_reads_its_shop_no_more(stay: Stay, parts: Parts) -> None:
    session = stay.open(parts)
    assert session.counter._clock.isActive()

    stay.end()

    assert not isValid(session.counter._clock)


def test_money_on_its_way_keeps_the_gate_shut(stay: Stay, parts: Parts) -> None:
    session = stay.open(replace(parts, practise=lambda _code: parts))
    session.counter.take_scan(SOY.code)
    session.counter.act("cash")
    session.counter.pay.state = replace(session.counter.pay.state, step="asking")

    session.screens.gate.training()

    assert session.leads_to is None
    assert session.counter.window.notice.isVisible()


# on disk, with the pretended companies behind their port


@pytest.fixture
def practising(tmp_path: Path) -> Iterator[tuple[shops.Till, Parts]]:
    folder = tmp_path / "shop"
    shops.make_shop(str(folder), name="海棠", store="S01", till="1", is_demo=False)
    with shops.open_till(str(folder)) as real, ExitStack() as stack:
        put_staff(real.shop, "1001", name="林", role="owner", pin="100100", clock=real.clock)
        put_products(real.shop, [COLA], clock=real.clock)
        parts = Practice(real, words("zh_CN")).enter("1001")
        assert parts.close is not None
        stack.callback(parts.close)
        yield real, parts


def test_the_training_shop_has_its_own_books_companies_and_people(practising: tuple[shops.Till, Parts]) -> None:
    real, parts = practising

    assert parts.shop is not real.shop
    assert parts.is_training
    assert parts.staff is not None
    assert parts.staff.may("refund")
    kinds: set[TenderKind] = {"wechat", "alipay"}
    assert set(parts.providers) == kinds
    with real.shop.reading() as books:
        assert books.device.is_training is False


@pytest.mark.parametrize(
    ("fault", "state"),
    [("fine", "paid"), ("password", "waiting"), ("refused", "failed"), ("unknown", "unknown"), ("cut", "unknown")],
)
def test_trouble_with_a_payment_is_what_the_company_answers(
    practising: tuple[shops.Till, Parts], fault: str, state: str
) -> None:
    _real, parts = practising
    faults = parts.faults
    assert faults is not None

    faults.payment(fault)
    take = parts.providers["wechat"].take(Money(250), code=WECHAT_CODE, trade_number=TRADE)

    assert take.state == state


def test_trouble_with_the_printer_is_the_built_in_papers(practising: tuple[shops.Till, Parts]) -> None:
    _real, parts = practising
    assert isinstance(parts.faults, Trouble)
    paper = parts.faults.make_paper(next(iter(PROFILES.values())))

    parts.faults.printer("paper_out")
    assert paper.send(b"hello\n", timeout_s=1.0).reason == "paper_out"
    parts.faults.printer("fine")
    assert paper.send(b"hello\n", timeout_s=1.0).reason == ""


def test_who_signs_in_there_has_the_practice_pin(practising: tuple[shops.Till, Parts]) -> None:
    real, parts = practising

    assert sign_in(parts.shop, "1001", "123456", clock=real.clock).code == "1001"
    with pytest.raises(WrongPin):
        sign_in(real.shop, "1001", "123456", clock=real.clock)
