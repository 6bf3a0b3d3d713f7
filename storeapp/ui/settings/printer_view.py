"""The printer's section: address, paper, drawer on the left; the test page and what of it was right on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from storeapp.ui.look import Look
from storeapp.ui.notices import notice
from storeapp.ui.receipt.paper_view import PaperView
from storeapp.ui.settings.printer import KINDS, PrinterForm, PrinterPresenter
from storeapp.ui.settings.section import Section
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label, set_tone
from storeapp.ui.widgets.tick import Tick
from storeapp.ui.window import Window
from storeapp.words import N_, Words

NAMES = {
    "paper": N_("Built-in paper"),
    "tcp": N_("Network"),
    "usb": N_("USB"),
    "file": N_("Device file"),
    "serial": N_("Serial"),
    "windows": N_("Windows"),
    "cups": N_("CUPS"),
}
LIKE = {
    "tcp": "192.168.1.50:9100",
    "usb": "04b8:0202",
    "file": "/dev/usb/lp0",
    "serial": "/dev/ttyUSB0:9600",
    "windows": "POS-80",
    "cups": "receipts",
}


def said(state: PrinterForm, words: Words) -> tuple[str, str]:
    """What became of the test page, and its tone."""
    if state.is_busy:
        return words.t("Printing the test page…"), "muted"
    if state.refused is not None:
        return notice(state.refused, words).words, "red"
    if state.tried is None:
        return words.t("Print the test page, then tick what came out right."), "muted"
    return {
        "proved": words.t("Printed, and the printer says so."),
        "sent": words.t("Sent. This printer gives no proof: please look at the paper."),
        "pictured": words.t("This is how it looks on the built-in paper."),
    }[state.tried.proof], "brand"


class PrinterSection(Section):
    """Draws one PrinterForm."""

    def __init__(self, window: Window, presenter: PrinterPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, beep=beep)
        self._presenter = presenter
        self._png = b""
        row = card.row(self._look, self, gap=16)
        row.addLayout(self._left(self._look), 11)
        row.addLayout(self._right(self._look), 8)
        presenter.bind(self)
        self.setFocusProxy(self._upper)

    def show_state(self, state: PrinterForm) -> None:
        upper, lower = KINDS[:4], KINDS[4:]
        self._upper.show_chosen(state.kind if state.kind in upper else "")
        self._lower.show_chosen(state.kind if state.kind in lower else "")
        self._rest.setVisible(state.kind != "paper")
        self._rest.set_text(state.rest)
        self._rest.edit.setPlaceholderText(LIKE.get(state.kind, ""))
        self._paper.show_chosen(str(state.paper_mm))
        self._pin.show_chosen(str(state.drawer_pin))
        for tick, on in zip(
            (self._hanzi, self._qr, self._barcode),
            (state.able.hanzi, state.able.qr, state.able.barcode),
            strict=True,
        ):
            tick.setChecked(on)
        self._save.setEnabled(state.is_changed)
        self._test.setEnabled(not state.is_busy)
        words, tone = said(state, self._look.words)
        self._said.setText(words)
        set_tone(self._said, tone)
        png = state.tried.png if state.tried is not None else b""
        if png != self._png:
            self._png = png
            self._sample.show_papers((png,) if png else ())

    def done(self, word: str) -> None:
        words = {"saved": self._look.t("Saved; it holds from now on.")}[word]
        self.say(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._presenter.state.is_changed:
            self._presenter.save()
        else:
            super().keyPressEvent(event)

    def _left(self, look: Look) -> QVBoxLayout:
        _, presenter = look.t, self._presenter
        self._upper = Choice(look, _("How it is reached"), [(kind, _(NAMES[kind])) for kind in KINDS[:4]])
        self._lower = Choice(look, "", [(kind, _(NAMES[kind])) for kind in KINDS[4:]])
        self._lower.setAccessibleName(_("How it is reached"))
        self._upper.chosen.connect(presenter.choose_kind)
        self._lower.chosen.connect(presenter.choose_kind)
        self._rest = Field(look, _("Address"), most=200)
        self._rest.edited.connect(presenter.type_rest)
        self._paper = Choice(look, _("Width of the paper"), [("80", "80 mm"), ("58", "58 mm")])
        self._paper.chosen.connect(presenter.choose_paper)
        self._pin = Choice(look, _("The drawer hangs on pin"), [("2", "2"), ("5", "5")])
        self._pin.chosen.connect(presenter.choose_pin)
        self._save = KeyButton(look, _("Save"), "check", cap="Enter", kind="primary")
        self._save.clicked.connect(presenter.save)
        made = card.column(look, gap=12)
        for part in (self._upper, self._lower, self._rest):
            made.addWidget(part)
        pair = card.row(look, gap=16)
        pair.addWidget(self._paper, 1)
        pair.addWidget(self._pin, 1)
        made.addLayout(pair)
        made.addStretch(1)
        made.addWidget(self._save)
        return made

    def _right(self, look: Look) -> QVBoxLayout:
        _, presenter = look.t, self._presenter
        self._test = KeyButton(look, _("Print the test page"), "printer", cap="Ctrl+T")
        self._test.clicked.connect(presenter.test)
        self._said = label("", "secondary", "muted", wrap=True)
        self._hanzi = Tick(look, _("Chinese came out right"))
        self._qr = Tick(look, _("The printer's own QR code came out right"))
        self._barcode = Tick(look, _("The printer's own barcode came out right"))
        self._hanzi.clicked.connect(lambda on: presenter.saw(hanzi=on))
        self._qr.clicked.connect(lambda on: presenter.saw(qr=on))
        self._barcode.clicked.connect(lambda on: presenter.saw(barcode=on))
        self._sample = PaperView(look, _("The test page"))
        made = card.column(look, gap=8)
        for part in (self._test, self._said, self._hanzi, self._qr, self._barcode):
            made.addWidget(part)
        made.addWidget(self._sample, 1)
        return made
