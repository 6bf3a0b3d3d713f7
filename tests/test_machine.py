"""The machine beside the window, on a real shop: it prints, remembers, changes its printer and ends in order."""

from __future__ import annotations

import io
import json
import os
import stat
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from storeapp import app
from storeapp.app import Till
from storeapp.contracts import TERMINAL_KEY, Contracts, Terminal
from storeapp.devices.printer_profile import PROFILES
from storeapp.domain.basket import Basket, Line, add
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.quantity import ONE
from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.machine import Machine, PageNotPrinted, print_test_page
from storeapp.papers import ReportNotKept
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.serve import serving
from storeapp.settings import PrinterSettings, Settings
from storeapp.till import checkout, paying, printing, shifts
from storeapp.till.checkout import Order
from storeapp.till.policies import set_policies, set_policy
from storeapp.till.records import Attempt
from storeapp.ui.set_up import Ability
from storeapp.words import words
from tests.cli.command import storeapp
from tests.waiting import until

TEA = Product("6901234567892", "茶", Money(350))
NOBODY = "tcp:127.0.0.1:1"


class Heard:
    """Hears on the machine's threads."""

    def __init__(self) -> None:
        self.papers: list[bytes] = []
        self.codes: list[str] = []
        self.news = threading.Event()

    def scanned(self, code: str) -> None:
        self.codes.append(code)

    def printed(self, png: bytes) -> None:
        self.papers.append(png)

    def changed(self) -> None:
        self.news.set()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    folder = app.make_shop(str(tmp_path / "shop"), name="海棠便利", store="S01", till="1", is_demo=False)
    with app.open_till(str(folder)) as opened:
        with opened.shop.writing() as books:
            books.products.put([TEA])
        yield opened


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def machine(till: Till, heard: Heard) -> Iterator[Machine]:
    made = Machine(till)
    made.start(heard)
    yield made
    made.stop()


def sell(till: Till) -> Sale:
    order = Order(add(Basket(), Line(TEA, ONE)), (Tender("cash", Money(1000)),), "1007")
    return checkout.checkout(till.shop, order, clock=till.clock, ids=till.ids).sale


def test_a_sale_comes_out_on_the_built_in_paper(till: Till, machine: Machine, heard: Heard) -> None:
    sell(till)

    machine.look_at_prints()

    until(lambda: len(heard.papers) == 1)
    assert Image.open(io.BytesIO(heard.papers[0])).width == 576
    until(lambda: machine.drawer() == "ready" and machine.printer() == "ready")


def test_what_a_crash_left_half_sent_is_a_question_at_the_start(till: Till, heard: Heard) -> None:
    sell(till)
    with till.shop.reading() as books:
        receipt = next(job for job in books.prints.queued() if job.kind == "receipt")
    printing.take(till.shop, receipt.job_id)
    machine = Machine(till)

    machine.start(heard)

    until(lambda: machine.printer() == "asking")
    printing.answer(till.shop, receipt.job_id, print_again=False, clock=till.clock, ids=till.ids)
    machine.look_at_prints()
    until(lambda: machine.printer() == "ready")
    machine.stop()


def test_a_payment_a_crash_left_open_is_asked_about_at_the_start(till: Till, heard: Heard) -> None:
    fake, number = FakeProviders(), "0199aabbccdd70008000000000000001"
    with serving(fake) as url:
        keys = fake.keys.terminal
        terminal = Terminal(keys.sn, keys.key, checked_at=till.clock.now().isoformat(), gateway=url)
        till.keystore.put(TERMINAL_KEY, json.dumps(asdict(terminal)).encode())
        set_policy(till.shop, "pay.wechat", "shouqianba", clock=till.clock)
        contracts = Contracts(till)
        contracts["wechat"].take(Money(350), code="130000000000000100", trade_number=number)
        at = (till.clock.now() - timedelta(seconds=100)).isoformat()
        left = Attempt("a1", "s1", "shouqianba", 350, "sent", at, tender="wechat", trade_number=number)
        with till.shop.writing() as books:
            books.attempts.put(left)
        machine = Machine(till, contracts=contracts)

        machine.start(heard)

        until(lambda: paying.left_open(till.shop) == ())
        machine.stop()
    with till.shop.reading() as books:
        assert [attempt.state for attempt in books.attempts.unused()] == ["paid"]


def test_another_printer_takes_over_while_the_shop_is_open(
    till: Till, machine: Machine, heard: Heard, tmp_path: Path
) -> None:
    file = tmp_path / "printer"
    machine.use(Settings(printer=PrinterSettings(f"file:{file}", "generic-80")))

    sell(till)
    machine.look_at_prints()

    until(lambda: file.exists() and file.stat().st_size > 100)  # the drawer's few bytes, then the receipt
    assert file.read_bytes().startswith(b"\x1bp")  # the drawer first
    assert heard.papers == []


def test_a_printer_that_is_not_there_is_told_and_loses_nothing(till: Till, machine: Machine) -> None:
    machine.use(Settings(printer=PrinterSettings(NOBODY, "generic-80")))

    sell(till)
    machine.look_at_prints()

    until(lambda: machine.printer() == "off")
    with till.shop.reading() as books:
        assert any(job.kind == "receipt" for job in books.prints.queued())


def test_a_shop_on_its_own_has_no_cloud_to_hear_of(machine: Machine) -> None:
    news = machine.cloud()

    assert news.word == ""
    assert news.last_ok_at is None


def test_a_receipt_and_the_offer_are_drawn(till: Till, machine: Machine) -> None:
    sale = sell(till)

    receipt = Image.open(io.BytesIO(machine.receipt_png(sale.receipt)))
    plain = Image.open(io.BytesIO(machine.offer_png({})))
    offered = Image.open(io.BytesIO(machine.offer_png({"offer.enabled": True, "offer.headline": "下次立减 5 元"})))

    assert receipt.width == offered.width == 640
    assert offered.height > plain.height


def test_drawing_an_offer_sells_nothing(till: Till, machine: Machine) -> None:
    set_policies(till.shop, {"offer.enabled": True, "offer.headline": "有礼"}, clock=till.clock)

    machine.offer_png({"offer.headline": "再来"})

    with till.shop.reading() as books:
        assert books.sales.last() is None
        assert books.policy.in_force().text("offer.headline") == "有礼"


def test_the_test_page_is_a_picture_where_there_is_no_printer(machine: Machine) -> None:
    tried = machine.try_printer(PrinterSettings())

    assert tried.proof == "pictured"
    assert tried.png.startswith(b"\x89PNG")


def test_a_test_page_that_does_not_print_says_why() -> None:
    with pytest.raises(PageNotPrinted) as raised:
        print_test_page(PrinterSettings(NOBODY, "generic-80"), words("en"))

    assert raised.value.reason == "refused"


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_what_a_profile_can_do_leads_back_to_one_that_asks_no_more(machine: Machine, name: str) -> None:
    able = machine.able(name)

    found = machine.profile(PROFILES[name].paper_mm, able)

    assert machine.able(found).hanzi <= able.hanzi
    assert machine.able(found).qr <= able.qr
    assert found.endswith(name[-2:])


def test_a_printer_that_prints_no_hanzi_gets_pictures(machine: Machine) -> None:
    assert machine.profile(58, Ability(hanzi=False, qr=True, barcode=True)) == "image-58"


def test_a_stopped_machine_is_silent(till: Till, heard: Heard) -> None:
    machine = Machine(till)
    machine.start(heard)
    machine.stop()
    heard.news.clear()

    sell(till)
    machine.look_at_prints()
    time.sleep(0.2)

    assert heard.papers == []
    assert not heard.news.is_set()


def test_without_a_display_no_window_is_tried(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("every Windows has a display")
    answer = storeapp(
        "run", "--demo", "--json", "--shop", tmp_path / "demo", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM=""
    )

    assert answer.code == 3
    assert answer.error["unavailable"] == "no_display"
    assert not (tmp_path / "demo").exists()


def test_a_shifts_report_is_kept_in_the_shops_folder(till: Till) -> None:
    shifts.open_shift(till.shop, by="1007", float_amount=Money(50_000), clock=till.clock, ids=till.ids)
    sell(till)
    machine = Machine(till)

    so_far = Path(machine.keep_shift_pdf())
    shifts.close_shift(till.shop, {}, by="1007", reason="x", forced=True, clock=till.clock, ids=till.ids)
    closed = Path(machine.keep_shift_pdf(1))

    assert {so_far.parent, closed.parent} == {till.folder / "reports"}
    assert so_far != closed
    assert all(file.read_bytes().startswith(b"%PDF") for file in (so_far, closed))


def test_a_report_is_kept_beside_the_others(till: Till) -> None:
    sell(till)
    machine, sheet = Machine(till), ReportSheet(nothing="none")

    files = [
        Path(machine.keep_report("day", "Day", "2026-09-28", sheet, "pdf")),
        Path(machine.keep_report("stock", "Stock", "2026-09-28", sheet, "pdf")),
        *(Path(machine.keep_report(name, "x", "2026-09-28", sheet, "pdf")) for name in ("liability", "commissions")),
        *(
            Path(machine.keep_report(name, "x", "2026-09-28", sheet, "xlsx"))
            for name in ("stock", "liability", "commissions")
        ),
    ]

    assert {file.parent for file in files} == {till.folder / "reports"}
    assert [file.read_bytes()[:4] for file in files] == [b"%PDF"] * 4 + [b"PK\x03\x04"] * 3


def test_everything_goes_into_a_folder_only_its_owner_reads(till: Till) -> None:
    sell(till)

    folder = Path(Machine(till).move_out("1001"))

    assert folder.parent == till.folder / "exports"
    assert {file.name for file in folder.iterdir()} == {"products.csv", "members.csv", "sales.jsonl", "journal.jsonl"}
    assert len((folder / "sales.jsonl").read_text("utf-8").splitlines()) == 1
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_where_no_report_can_be_written_it_is_said(till: Till) -> None:
    shifts.open_shift(till.shop, by="1007", float_amount=Money(0), clock=till.clock, ids=till.ids)
    (till.folder / "reports").write_text("in the way")

    with pytest.raises(ReportNotKept):
        Machine(till).keep_shift_pdf()
