"""The machine: printer, scanner and cloud of one till, running beside its window. Nothing here knows of the window."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from storeapp import resources
from storeapp.app import Till
from storeapp.contracts import Activation, Contracts, NoTerminal, vendor_key
from storeapp.domain.printing import PrintJob
from storeapp.errors import Unavailable
from storeapp.settings import BUILT_IN_PAPER, PrinterSettings, Settings
from storeapp.till import printing
from storeapp.ui.frame.state import DrawerState, PrinterState
from storeapp.ui.parts import CloudNews, Ear
from storeapp.words import Words, words

if TYPE_CHECKING:
    from storeapp.devices.print_worker import PrinterNews, PrintWorker
    from storeapp.devices.printer_profile import PrinterProfile
    from storeapp.devices.scanner_serial import SerialScanner
    from storeapp.devices.simulated.in_process import PaperTransport
    from storeapp.devices.transport_types import Outcome, PrinterStatus, Transport
    from storeapp.domain.report_sheet import ReportSheet
    from storeapp.papers import Papers
    from storeapp.sync.worker import SyncWorker
    from storeapp.till.night_worker import NightWorker
    from storeapp.till.settling_worker import SettlingWorker
    from storeapp.ui.set_up import Ability, TerminalAsk, TerminalNews, Tried

TEST_TIMEOUT_S = 20.0
_PAPERS_KEPT = 3


@dataclass(eq=False)
class PageNotPrinted(Unavailable):
    """The printer did not take the test page: `reason` is a closed word."""

    reason: str
    word = "printer_trouble"


class Cable:
    """A transport that is opened when the first byte goes over it: a window without a receipt loads no printer."""

    def __init__(self, make: Callable[[], Transport]) -> None:
        self._make = make
        self._made: Transport | None = None
        self._lock = threading.Lock()

    @property
    def made(self) -> Transport:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        return self.made.send(data, timeout_s=timeout_s)

    def status(self, *, timeout_s: float) -> PrinterStatus:
        return self.made.status(timeout_s=timeout_s)


class Machine:
    """What hangs on this till, as a window wants it: `storeapp.ui.parts.Outside`."""

    def __init__(
        self,
        till: Till,
        *,
        paper: Callable[[PrinterProfile], Transport] | None = None,
        contracts: Contracts | None = None,
    ) -> None:
        """`paper` makes the built-in printer, for who wants to read what it printed."""
        self._contracts = contracts
        self._till, self._settings, self._make_paper = till, till.settings, paper or _paper
        self._ear: Ear | None = None
        self._printing: PrintWorker | None = None
        self._paper: Cable | None = None
        self._scanner: SerialScanner | None = None
        self._sync: SyncWorker | None = None
        self._settling: SettlingWorker | None = None
        self._night: NightWorker | None = None
        self._printer_state: PrinterState = "ready"
        self._drawer_state: DrawerState = "ready"
        self._lock = threading.Lock()

    def start(self, ear: Ear) -> None:
        self._ear = ear
        printing.start_up(self._till.shop)
        with self._lock:
            if self._ear is not ear:
                return  # stopped before it began
            self._start_printer()
            self._start_scanner()
            self._start_sync()
            self._start_settling()
            self._start_night()
        # in this thread now, and not with the first receipt: an import holds up the window too
        from storeapp.devices.receipt_job import warm_up

        warm_up(profile_of(self._settings.printer))
        self._note_questions()

    def stop(self) -> None:
        self._ear = None
        with self._lock:
            for worker in (self._night, self._settling, self._printing, self._sync, self._scanner):
                if worker is not None:
                    worker.stop(timeout_s=5.0)
            self._night = self._settling = self._printing = self._sync = self._scanner = None
        if self._contracts is not None:
            self._contracts.close()

    def use(self, settings: Settings) -> None:
        with self._lock:
            before, self._settings = self._settings, settings
            if self._ear is None:
                return
            if before.printer != settings.printer:
                if self._printing is not None:
                    self._printing.stop()
                self._start_printer()
            if before.scanner_port != settings.scanner_port:
                if self._scanner is not None:
                    self._scanner.stop()
                    self._scanner = None
                self._start_scanner()
        self._changed()

    def printer(self) -> PrinterState:
        return self._printer_state

    def drawer(self) -> DrawerState:
        return self._drawer_state

    def cloud(self) -> CloudNews:
        sync = self._sync
        if sync is None:
            return CloudNews(is_online=True)
        state = sync.state()
        return CloudNews(state.is_online, state.last_ok_at, state.word, state.is_clock_off)

    def look_at_prints(self) -> None:
        self._note_questions()
        worker = self._printing
        if worker is not None:
            worker.wake()

    def sync_now(self) -> None:
        sync = self._sync
        if sync is not None:
            sync.kick()

    def join(self, url: str, code: str) -> None:
        # HTTP is for the one shop in its life that joins
        from storeapp.sync.join import join

        join(self._till.shop, url, code, keystore=self._till.keystore, clock=self._till.clock)
        with self._lock:
            self._start_sync()
        self._changed()

    def terminal(self) -> TerminalNews | None:
        from storeapp.ui.set_up import TerminalNews

        here = None if self._contracts is None else self._contracts.terminal
        return None if here is None else TerminalNews(here.sn, here.checked_at)

    def activate(self, ask: TerminalAsk) -> None:
        if self._contracts is None:
            raise NoTerminal
        key = vendor_key(Path(ask.key_file.strip()))
        self._contracts.activate(Activation(ask.code.strip(), ask.app_id.strip(), ask.vendor_sn.strip(), key))

    def receipt_png(self, receipt: str) -> bytes:
        return self._papers.receipt_png(receipt)

    def shift_png(self, number: int | None = None) -> bytes:
        return self._papers.shift_png(number)

    def offer_png(self, changes: Mapping[str, Any]) -> bytes:
        return self._papers.offer_png(changes)

    def keep_her_data(self, hers: Mapping[str, Any]) -> str:
        return self._papers.keep_her_data(hers)

    def keep_shift_pdf(self, number: int | None = None) -> str:
        return self._papers.keep_shift_pdf(number)

    def keep_report(self, name: str, title: str, day: str, sheet: ReportSheet, suffix: Literal["pdf", "xlsx"]) -> str:
        return self._papers.keep_report(name, title, day, sheet, suffix)

    def move_out(self, by: str) -> str:
        return self._papers.move_out(by)

    @cached_property
    def _papers(self) -> Papers:
        # what lays papers out and draws them is loaded when somebody wants to see one
        from storeapp.papers import Papers

        return Papers(self._till, lambda: profile_of(self._settings.printer))

    def try_printer(self, printer: PrinterSettings) -> Tried:
        with self._till.shop.reading() as books:
            language = books.policy.in_force().text("receipt.language")
        return print_test_page(printer, words(language))

    def profile(self, paper_mm: int, able: Ability) -> str:
        from storeapp.devices.printer_profile import matching

        return matching(80 if paper_mm == 80 else 58, hanzi=able.hanzi, qr=able.qr, barcode=able.barcode).name

    def able(self, profile: str) -> Ability:
        from storeapp.devices.printer_profile import PROFILES
        from storeapp.ui.set_up import Ability

        known = PROFILES.get(profile)
        return Ability() if known is None else Ability(known.chinese_rom, known.native_qr, known.hw_barcode)

    # inside

    def _start_printer(self) -> None:
        # the printer library is loaded when the window is up already
        from storeapp.devices.print_worker import PrintWorker

        printer = self._settings.printer
        kind = profile_of(printer)
        is_paper = printer.address == BUILT_IN_PAPER
        self._paper = Cable(lambda: self._make_paper(kind)) if is_paper else None
        self._printing = PrintWorker(
            self._till.shop,
            self._paper or Cable(lambda: _opened(printer.address)),
            lambda job: self._rendered(job, kind),
            clock=self._till.clock,
            on_news=self._heard,
            on_finished=self._finished,
        )
        self._printing.start()

    def _start_sync(self) -> None:
        with self._till.shop.reading() as books:
            is_joined = books.device.is_joined
        # a shop on its own never loads what speaks HTTP
        if is_joined and self._sync is None:
            self._sync = self._till.sync_worker()
            self._sync.start()

    def _start_night(self) -> None:
        # with the window up already, as the printer
        from storeapp.till.night_worker import NightWorker

        self._night = NightWorker(self._till.shop, clock=self._till.clock, copy=self._till.shop.backup_of_the_day)
        self._night.start()

    def _start_settling(self) -> None:
        # with the window up already, as the printer
        from storeapp.till.settling_worker import SettlingWorker

        contracts = self._contracts
        if contracts is not None:
            # what a crash left unclear is asked about now, and the list every minute
            self._settling = SettlingWorker(
                self._till.shop,
                contracts,
                clock=self._till.clock,
                first=contracts.check_in_quietly,
                told=self._changed,
            )
            self._settling.start()

    def _start_scanner(self) -> None:
        if self._settings.scanner_port:
            # an optional library behind it
            from storeapp.devices.scanner_serial import SerialScanner

            self._scanner = SerialScanner(self._settings.scanner_port, self._scanned)
            self._scanner.start()

    def _rendered(self, job: PrintJob, kind: PrinterProfile) -> bytes:
        # in the printer's thread, with the first receipt
        from storeapp.devices.receipt_job import render

        return render(self._till.shop, job, kind)

    def _heard(self, news: PrinterNews) -> None:
        if news.condition == "held":
            self._printer_state = "paper_out" if news.reason == "paper_out" else "off"
        else:
            self._printer_state = "busy" if news.condition == "printing" else self._calm()
        self._changed()

    def _finished(self, job: PrintJob) -> None:
        ear = self._ear  # it may be taken away while the paper is drawn
        if job.kind == "drawer":
            self._drawer_state = "ready" if job.state == "done" else "silent"
        elif self._paper is not None and job.state == "done" and ear is not None:
            papers: PaperTransport = self._paper.made  # type: ignore[assignment]  # the only thing this cable is made of
            file = io.BytesIO()
            papers.papers[-1].picture().save(file, "PNG")
            ear.printed(file.getvalue())
        self._note_questions()

    def _note_questions(self) -> None:
        if self._printer_state in ("ready", "asking"):
            self._printer_state = self._calm()
        self._changed()

    def _calm(self) -> PrinterState:
        return "asking" if printing.questions(self._till.shop) else "ready"

    def _scanned(self, code: str) -> None:
        ear = self._ear
        if ear is not None:
            ear.scanned(code)

    def _changed(self) -> None:
        ear = self._ear
        if ear is not None:
            ear.changed()


def profile_of(printer: PrinterSettings) -> PrinterProfile:
    """The profile these settings mean, on the paper they say."""
    # with the printer's thread, when the window is up already
    from storeapp.devices.printer_profile import profile

    kind = profile(printer.profile, drawer_pin=5 if printer.drawer_pin == 5 else 2)
    return replace(kind, paper_mm=80 if printer.paper_mm == 80 else 58)


def print_test_page(printer: PrinterSettings, said: Words) -> Tried:
    """The test page on this printer, or as a picture where it is the built-in paper. Raises why not."""
    # the printer library is only loaded when something is printed
    from storeapp.devices.printer_test_page import test_page
    from storeapp.devices.receipt_picture import job_picture
    from storeapp.devices.transport_types import Sent
    from storeapp.ui.set_up import Tried

    kind = profile_of(printer)
    data = test_page(kind, words=said)
    if printer.address == BUILT_IN_PAPER:
        file = io.BytesIO()
        job_picture(data, kind).save(file, "PNG")
        return Tried("pictured", file.getvalue())
    outcome = _opened(printer.address).send(data, timeout_s=TEST_TIMEOUT_S)
    if outcome.sent in (Sent.NOT_STARTED, Sent.PARTIAL):
        raise PageNotPrinted(outcome.reason)
    return Tried("proved" if outcome.sent is Sent.CONFIRMED else "sent")


def _opened(address: str) -> Transport:
    # each cable brings its own library
    from storeapp.devices.address import open_transport

    return open_transport(address)


def _paper(kind: PrinterProfile) -> Transport:
    # the built-in paper draws with Pillow
    from storeapp.devices.simulated.in_process import PaperTransport

    return PaperTransport(
        resources.path("fonts", "NotoSansSC-Regular.ttf"),
        width_dots=kind.dots,
        native_qr=kind.native_qr,
        chinese_rom=kind.chinese_rom,
        keep=_PAPERS_KEPT,
    )
