"""Training in the window: the training shop, the pretended companies behind a loopback port, trouble on demand."""

from __future__ import annotations

from contextlib import ExitStack

from storeapp import app, resources
from storeapp.app import Till
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.devices.simulated.in_process import PaperTransport
from storeapp.devices.simulated.printer import PrinterScript
from storeapp.devices.transport_types import Transport
from storeapp.domain.staff import Staff
from storeapp.domain.tender import TenderKind
from storeapp.machine import Machine
from storeapp.payments.alipay import Alipay
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.serve import serving
from storeapp.payments.wechat import WechatPay
from storeapp.till.ports import Provider
from storeapp.till.staff import with_rights
from storeapp.ui.parts import Parts
from storeapp.verbs.window_parts import parts_of
from storeapp.words import Words

_SCRIPTS = {
    "fine": "ok",
    "password": "password",
    "refused": "no_money",
    "unknown": "lost_paid",
    "late": "late_success",
    "cut": "down",
}
_PRINTERS = {
    "fine": PrinterScript.HEALTHY,
    "paper_out": PrinterScript.PAPER_OUT,
    "off": PrinterScript.OFFLINE,
}
_PAPERS_KEPT = 3


class Practice:
    """The training shop of an open one: `enter` opens it as often as somebody wants to practise."""

    def __init__(self, real: Till, said: Words) -> None:
        self._real, self._said = real, said

    def enter(self, code: str) -> Parts:
        """Its parts, brought up to date, for the person with that code. Slow."""
        folder = app.furnish_training(self._real)
        with ExitStack() as stack:
            till = stack.enter_context(app.open_till(str(folder)))
            parts = practising(till, self._said, stack.pop_all(), code=code)
        return parts


class Trouble:
    """Implements `ui.parts.Faults` on the built-in paper and the pretended companies."""

    def __init__(self, companies: FakeProviders) -> None:
        self._companies = companies
        # a trainee's own code must not call up a case by its last digits
        self.payment("fine")
        self._paper: PaperTransport | None = None
        self._script = PrinterScript.HEALTHY

    def make_paper(self, kind: PrinterProfile) -> Transport:
        """The printer of the training shop: the built-in paper."""
        made = PaperTransport(
            resources.path("fonts", "NotoSansSC-Regular.ttf"),
            width_dots=kind.dots,
            native_qr=kind.native_qr,
            chinese_rom=kind.chinese_rom,
            keep=_PAPERS_KEPT,
            script=self._script,
        )
        self._paper = made
        return made

    def printer(self, fault: str) -> None:
        self._script = _PRINTERS[fault]
        if self._paper is not None:
            self._paper.script = self._script

    def payment(self, fault: str) -> None:
        self._companies.orders.directed = _SCRIPTS[fault]


def practising(till: Till, said: Words, stack: ExitStack, *, code: str = "") -> Parts:
    """The parts of an open training shop; `stack` holds what is closed with them."""
    companies = FakeProviders()
    try:
        url = stack.enter_context(serving(companies))
        trouble, now = Trouble(companies), till.clock.now
        wechat = WechatPay(companies.keys.for_wechat(), now=now, base_url=url)
        alipay = Alipay(companies.keys.for_alipay(), now=now, base_url=url)
        for line in (wechat, alipay):
            stack.callback(line.close)
        providers: dict[TenderKind, Provider] = {"wechat": wechat, "alipay": alipay}
        return parts_of(
            till,
            said,
            outside=Machine(till, paper=trouble.make_paper),
            providers=providers,
            staff=_who(till, code),
            faults=trouble,
            close=stack.close,
        )
    except BaseException:
        stack.close()
        raise


def _who(till: Till, code: str) -> Staff | None:
    with till.shop.reading() as books:
        person = books.staff.by_code(code)
        return None if person is None or not person.is_active else with_rights(books, person)
