"""Looking for a receipt: a field for its number, the latest sales below, members among them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from storeapp.domain.sale import Sale
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.refund.state import Finding
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label, tag
from storeapp.ui.widgets.rows import Row, RowList

LOOSE_KEY = "F8"
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FindView(QFrame):
    """Draws one Finding. `typed` brings the text, `moved` a step, `picked` a row, `confirmed` Enter.

    `loose_wanted`: there is no receipt.
    """

    typed = Signal(str)
    moved = Signal(int)
    picked = Signal(int)
    confirmed = Signal()
    loose_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        _ = look.t
        self._field = Field(look, _("Scan the receipt, or type its number, a phone or a name"), most=200)
        self._whose = label(_("Latest sales"), "secondary", "muted")
        self._of = tag("", "brand")
        self._list = RowList(look, _("Receipts"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._clicked)
        self._none = label(_("No receipt found."), "body", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = card.column(look, self, margin=(1, 14, 1, 8), gap=10)
        head = card.column(look, margin=(15, 0, 15, 0), gap=10)
        self._open = KeyButton(look, _("Open the receipt"), "receipt", cap="Enter", kind="primary")
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open.clicked.connect(self.confirmed)
        head.addWidget(self._field)
        row = card.row(look, gap=8)
        row.addWidget(self._whose)
        row.addWidget(self._of)
        row.addStretch(1)
        head.addLayout(row)
        lines.addLayout(head)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        below = card.row(look, margin=(14, 6, 14, 6))
        loose = KeyButton(look, _("No receipt"), "receipt-refund", cap=LOOSE_KEY, kind="big")
        loose.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        loose.clicked.connect(self.loose_wanted)
        below.addWidget(loose, 1)
        below.addStretch(1)
        below.addWidget(self._open, 1)
        lines.addLayout(below)
        self._field.edited.connect(self.typed)
        self._field.submitted.connect(self.confirmed)
        self.setFocusProxy(self._field)

    def show_finding(self, found: Finding) -> None:
        words = self._look.words
        rows = [self._sale(sale) for sale in found.sales]
        rows += [
            Row(f"m:{who.member_id}", who.name or self._look.t("Member"), who.phone_masked, tag=who.tier, icon="user")
            for who in found.members
        ]
        self._list.show_rows(rows, found.selected)
        self._list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._of.setText(found.of)
        self._of.setVisible(bool(found.of))
        self._field.set_text(self._field.text() if self._field.text().strip() == found.text else found.text)
        self._field.show_fault("" if found.refused is None else sentence(found.refused, words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def _clicked(self) -> None:
        self.picked.emit(self._list.currentIndex().row())
        self.confirmed.emit()

    def _sale(self, sale: Sale) -> Row:
        words = self._look.words
        names = words.t(", ").join(line.name for line in sale.lines[:3])
        paid = wording.tender_names(sale.tenders, words)
        detail = f"{wording.moment(sale.at)} · {names}"
        return Row(sale.receipt, sale.receipt, detail, wording.money(sale.due), paid, icon="receipt")
