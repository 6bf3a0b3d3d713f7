"""The print worker: honest about every mood of a printer, and never twice."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from storeapp.devices.conversation import CONFIRM
from storeapp.devices.print_worker import PrinterNews, PrintWorker
from storeapp.devices.printer_profile import profile
from storeapp.devices.receipt_job import render
from storeapp.devices.simulated.printer import PrinterScript
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.devices.tcp import TcpTransport
from storeapp.devices.transport_types import Outcome, PrinterStatus, Sent, Transport
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.printing import PrintJob
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender, TenderKind
from storeapp.till import printing
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.new_shop import new_device
from tests.devices.test_escpos_receipt import FONT
from tests.domain.goods import TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.waiting import PATIENCE_S, no_thread_left, until

FULL = profile("full-80")


@dataclass
class ScriptedCable:
    """A transport that says what it is told to say, and keeps what it was given."""

    outcomes: list[Outcome | Exception] = field(default_factory=list)
    statuses: list[PrinterStatus] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    while_sending: Callable[[], None] = lambda: None
    asked: int = 0

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        self.sent.append(data)
        self.while_sending()
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome(Sent.CONFIRMED)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def status(self, *, timeout_s: float) -> PrinterStatus:
        self.asked += 1
        return self.statuses.pop(0) if self.statuses else PrinterStatus(True, "ok")


class Counter:
    """A shop with one printer."""

    def __init__(self) -> None:
        self.clock, self.ids = StillClock(), CountedIds()
        self.shop = MemoryShop(new_device(self.ids, store="S01", till="1"), ids=self.ids)
        put_products(self.shop, [TEA], clock=self.clock)
        self.news: list[PrinterNews] = []
        self.finished: queue.Queue[PrintJob] = queue.Queue()

    def sell(self, kind: TenderKind = "code_manual") -> Sale:
        order = Order(Basket((Line(TEA),)), (Tender(kind, Money(350)),), cashier="1007")
        return checkout(self.shop, order, clock=self.clock, ids=self.ids).sale

    def worker(
        self, transport: Transport, rendered: Callable[[PrintJob], bytes] = lambda job: b"tea" + CONFIRM
    ) -> PrintWorker:
        return PrintWorker(
            self.shop,
            transport,
            rendered,
            clock=self.clock,
            on_news=self.news.append,
            on_finished=self.finished.put,
        )

    def states(self) -> list[tuple[str, str, str]]:
        with self.shop.reading() as books:
            return [(job.kind, job.state, job.reason) for job in reversed(books.prints.recent(limit=50))]


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_a_confirmed_job_is_done(counter: Counter) -> None:
    cable = ScriptedCable()
    counter.sell("cash")
    worker = counter.worker(cable)

    worker.step()
    worker.step()

    assert counter.states() == [("drawer", "done", ""), ("receipt", "done", "")]
    assert len(cable.sent) == 2
    assert worker.step() > 0
    assert counter.news[-1] == PrinterNews("idle")


def test_a_job_is_marked_as_sent_before_its_first_byte(counter: Counter) -> None:
    counter.sell()
    cable = ScriptedCable()
    seen: list[str] = []
    cable.while_sending = lambda: seen.extend(state for _, state, _ in counter.states())

    counter.worker(cable).step()

    assert seen == ["sending"]


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(Sent.PARTIAL, "broken_pipe"),
        Outcome(Sent.UNCONFIRMED, "paper_out"),
        Outcome(Sent.UNCONFIRMED, "mute"),
        OSError("a driver nobody knows"),
    ],
)
def test_what_may_be_on_paper_is_never_sent_again_but_asked_about(
    counter: Counter, outcome: Outcome | Exception
) -> None:
    counter.sell()
    cable = ScriptedCable([outcome])
    worker = counter.worker(cable)

    for _ in range(5):
        worker.step()
        counter.clock.go_on(minutes=3)

    assert len(cable.sent) == 1
    (question,) = printing.questions(counter.shop)
    assert question.may_have_printed


def test_a_printer_without_paper_keeps_the_job_and_prints_it_when_there_is_some(counter: Counter) -> None:
    counter.sell()
    cable = ScriptedCable(statuses=[PrinterStatus(False, "out")] * 3)
    worker = counter.worker(cable)

    rests = [worker.step() for _ in range(3)]

    assert counter.states() == [("receipt", "queued", "paper_out")]
    assert cable.sent == []
    assert rests == sorted(rests)
    assert rests[0] > 0
    worker.step()
    assert counter.states() == [("receipt", "done", "")]
    assert [news.reason for news in counter.news if news.condition == "held"] == ["paper_out"] * 2


def test_a_printer_that_is_off_took_nothing_and_is_tried_again(counter: Counter) -> None:
    counter.sell()
    cable = ScriptedCable([Outcome(Sent.NOT_STARTED, "refused")])
    worker = counter.worker(cable)

    assert worker.step() > 0
    assert counter.states() == [("receipt", "queued", "refused")]
    worker.step()
    assert counter.states() == [("receipt", "done", "")]


def test_the_evenings_queue_is_not_flushed_at_night(counter: Counter) -> None:
    counter.sell()
    cable = ScriptedCable()
    counter.clock.go_on(hours=9)

    counter.worker(cable).step()

    assert cable.sent == []
    assert counter.states() == [("receipt", "failed", "too_old")]
    assert len(printing.questions(counter.shop)) == 1


def test_a_drawer_is_not_sprung_open_late_and_nobody_is_asked(counter: Counter) -> None:
    counter.sell("cash")
    cable = ScriptedCable(statuses=[PrinterStatus(False, "out")])
    counter.clock.go_on(seconds=30)

    counter.worker(cable).step()

    assert counter.states()[0] == ("drawer", "failed", "too_old")
    assert printing.questions(counter.shop) == ()


def test_the_drawer_opens_though_there_is_no_paper(counter: Counter) -> None:
    cable = ScriptedCable([Outcome(Sent.UNCONFIRMED)], [PrinterStatus(False, "out")] * 9)
    counter.sell("code_manual")
    worker = counter.worker(cable, lambda job: job.kind.encode())
    worker.step()
    counter.sell("cash")

    worker.step()

    assert cable.sent == [b"drawer"]
    assert [job for job in counter.states() if job[0] == "drawer"] == [("drawer", "done", "")]


def test_a_printer_that_never_gives_proof_raises_no_question_a_day(counter: Counter) -> None:
    counter.sell()
    cable = ScriptedCable([Outcome(Sent.UNCONFIRMED, "spooled")])

    counter.worker(cable, lambda job: b"no proof wanted").step()

    assert counter.states() == [("receipt", "unconfirmed", "spooled")]
    assert printing.questions(counter.shop) == ()


def test_a_printer_that_never_answers_is_not_asked_before_every_receipt(counter: Counter) -> None:
    cable = ScriptedCable(statuses=[PrinterStatus()] * 9)
    worker = counter.worker(cable)
    for _ in range(5):
        counter.sell()
        worker.step()

    assert cable.asked == 2
    assert len(cable.sent) == 5


def test_a_receipt_that_cannot_be_set_does_not_stop_the_next(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = counter.sell(), counter.sell()

    def rendered(job: PrintJob) -> bytes:
        if job.receipt == first.receipt:
            raise ZeroDivisionError
        return b"tea" + CONFIRM

    worker = counter.worker(ScriptedCable(), rendered)
    worker.step()
    worker.step()

    assert counter.states() == [("receipt", "failed", "broken"), ("receipt", "done", "")]
    assert "rendering print job" in caplog.text
    assert second.receipt != first.receipt


@contextmanager
def working(counter: Counter, printer: TcpPrinter) -> Iterator[PrintWorker]:
    """A worker in its own thread, as the shop runs it, on a printer on the network."""
    worker = counter.worker(TcpTransport(printer.host, printer.port), lambda job: render(counter.shop, job, FULL))
    worker.start()
    yield worker
    assert worker.stop(timeout_s=PATIENCE_S)


@pytest.fixture
def printer() -> Iterator[TcpPrinter]:
    with no_thread_left(), TcpPrinter(FONT, dying_after=400) as printer:
        yield printer


def test_a_cash_sale_comes_out_of_a_lan_printer_drawer_first(counter: Counter, printer: TcpPrinter) -> None:
    sale = counter.sell("cash")
    with working(counter, printer):
        ended = [counter.finished.get(timeout=PATIENCE_S) for _ in range(2)]

    assert [(job.kind, job.state) for job in ended] == [("drawer", "done"), ("receipt", "done")]
    papers = printer.papers
    assert all(paper.faults == () for paper in papers)
    assert len(papers[0].drawer_pulses) == 1
    assert sale.receipt in papers[-1].text()


def test_paper_runs_out_and_is_put_in_again(counter: Counter, printer: TcpPrinter) -> None:
    printer.script = PrinterScript.PAPER_OUT
    counter.sell()
    with working(counter, printer) as worker:
        until(lambda: any(news.reason == "paper_out" for news in counter.news))
        printer.script = PrinterScript.HEALTHY
        worker.wake()
        ended = counter.finished.get(timeout=PATIENCE_S)

    assert ended.state == "done"
    assert len(printer.papers) == 1


def test_a_printer_dying_in_mid_receipt_does_not_undo_the_sale(counter: Counter, printer: TcpPrinter) -> None:
    printer.script = PrinterScript.DYING
    sale = counter.sell()
    with working(counter, printer):
        ended = counter.finished.get(timeout=PATIENCE_S)

    assert (ended.state, ended.reason) == ("unconfirmed", "broken_pipe")
    with counter.shop.reading() as books:
        assert books.sales.by_receipt(sale.receipt) == sale


def test_a_copy_is_marked_and_carries_the_same_code(counter: Counter, printer: TcpPrinter) -> None:
    sale = counter.sell()
    printing.reprint(counter.shop, sale.receipt, clock=counter.clock, ids=counter.ids)
    with working(counter, printer):
        for _ in range(2):
            counter.finished.get(timeout=PATIENCE_S)

    original, copy = printer.papers
    assert "副本（第1次）" not in original.text()
    assert "副本（第1次）" in copy.text()


def test_an_idle_worker_stops_at_once(counter: Counter, printer: TcpPrinter) -> None:
    with working(counter, printer):
        pass

    assert printer.papers == []
