"""Receipts of the past: found by number or by scan, shown as they came out, printed again as a copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.receipt import number_behind
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.domain.staff import Staff, require
from storeapp.errors import Refused
from storeapp.till.receipts import sale_scanned
from storeapp.till.why import owe_why
from storeapp.ui.approval.ask import Ask
from storeapp.ui.approval.reprint import reprint
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside

MOST = 100


@dataclass(frozen=True, slots=True)
class ReceiptState:
    """`sales` are the latest, or what was looked up; `png` is the chosen one as paper, empty until it is drawn.

    `refund` is what was looked up instead by the number of a refund.
    """

    sales: tuple[Sale, ...] = ()
    refund: Refund | None = None
    chosen: str = ""
    cashier: str = ""
    copies: int = 0
    png: bytes = b""
    text: str = ""
    refused: Refused | None = None

    @property
    def sale(self) -> Sale | None:
        return next((sale for sale in self.sales if sale.receipt == self.chosen), None)


class ReceiptView(Protocol):
    def show_state(self, state: ReceiptState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`reprinting`, `printing_why`."""
        ...

    def beep(self) -> None: ...


class ReceiptPresenter:
    def __init__(self, desk: Desk, staff: Staff, outside: Outside, ask: Ask | None = None) -> None:
        self._desk, self._staff, self._outside, self._ask = desk, staff, outside, ask
        self._view: ReceiptView
        self.state = ReceiptState()

    def bind(self, view: ReceiptView) -> None:
        self._view = view
        self.search("")

    def search(self, text: str) -> None:
        """The latest receipts whose number holds what is typed."""
        wanted = text.strip()
        with self._desk.shop.reading() as books:
            recent = books.sales.recent(limit=MOST)
        found = tuple(sale for sale in recent if wanted.upper() in sale.receipt)
        self._show(replace(self.state, sales=found, refund=None, text=wanted, refused=None))
        if not any(sale.receipt == self.state.chosen for sale in found):
            self.choose(found[0].receipt if found else "")

    def look_up(self, code: str) -> bool:
        """A whole number, or what stands in a receipt's barcode or QR code; False if it is no receipt of this shop."""
        try:
            with self._desk.shop.reading() as books:
                number = number_behind(code, store=books.device.store)
                paper = books.refunds.by_receipt(number) or sale_scanned(books, code)
        except Refused as error:
            self._view.beep()
            self._show(replace(self.state, refused=error))
            return False
        sales, refund = ((paper,), None) if isinstance(paper, Sale) else ((), paper)
        self._show(replace(self.state, sales=sales, refund=refund, text=paper.receipt, refused=None))
        self.choose(paper.receipt)
        return True

    def submit(self, text: str) -> None:
        """Enter: what was typed is a number, or names the first of those found."""
        if self.state.sales or not text.strip():
            return
        self.look_up(text)

    def choose(self, receipt: str) -> None:
        if receipt == self.state.chosen and self.state.png:
            return
        with self._desk.shop.reading() as books:
            copies = books.sales.copies(receipt) if receipt else 0
            paper = (books.sales.by_receipt(receipt) or books.refunds.by_receipt(receipt)) if receipt else None
            seller = books.staff.by_code(paper.cashier) if paper is not None else None
        cashier = seller.name if seller is not None else paper.cashier if paper is not None else ""
        self._show(replace(self.state, chosen=receipt, cashier=cashier, copies=copies, png=b""))
        if receipt:
            outside = self._outside
            self._desk.work.io(
                lambda: outside.receipt_png(receipt),
                ok=lambda png: self._drawn(receipt, png),
                fail=self._view.tell,
            )

    def reprint(self) -> None:
        """One more copy of the chosen receipt, marked and counted."""
        desk, receipt = self._desk, self.state.chosen
        try:
            if not receipt:
                raise UnknownReceipt("")
            require(self._staff, "reprint")
        except Refused as error:
            self._view.beep()
            self._view.tell(error)
            return
        reprint(desk, self._staff, receipt, self._ask, ok=lambda job: self._reprinting(job.copy), fail=self._view.tell)

    def print_why(self) -> None:
        """The steps of the chosen receipt's prices, on paper."""
        desk, receipt = self._desk, self.state.chosen
        if receipt:
            desk.work.db(
                lambda: owe_why(desk.shop, receipt, clock=desk.clock, ids=desk.ids),
                ok=lambda _job: self._printing_why(),
                fail=self._view.tell,
            )

    def _printing_why(self) -> None:
        self._outside.look_at_prints()
        self._view.done("printing_why")

    def _reprinting(self, copy: int) -> None:
        self._show(replace(self.state, copies=copy))
        self._outside.look_at_prints()
        self._view.done("reprinting")

    def _drawn(self, receipt: str, png: bytes) -> None:
        # somebody may have gone on to another one meanwhile
        if receipt == self.state.chosen:
            self._show(replace(self.state, png=png))

    def _show(self, state: ReceiptState) -> None:
        self.state = state
        self._view.show_state(state)
