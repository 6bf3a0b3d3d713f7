"""What to give the customer, large enough to be counted out from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from storeapp.domain.money import ZERO, Money
from storeapp.domain.refund import Refund
from storeapp.domain.tender import Tender
from storeapp.till.records import Attempt
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Picture, label
from storeapp.words import N_, Words

_CENTRE = Qt.AlignmentFlag.AlignCenter
_WIDE_PX = 560
# what a person has still to do for each way it goes back; the others need no hand
TO_DO = {
    "cash": N_("from the drawer"),
    "card": N_("by hand at the card terminal"),
    "code_manual": N_("by hand in the wallet's own app"),
}


# how the money stands that a wallet's company gives back; what is not there stays on the list of unclear payments
SENT = {
    "refunded": N_("back in her wallet"),
    "failed": N_("refused: see unclear payments"),
    "refund_unknown": N_("on its way, not confirmed yet"),
}


def to_do(tender: Tender, words: Words, sent: Sequence[Attempt] = ()) -> str:
    """`现金 ¥12.00 · 从钱箱取`."""
    said = f"{wording.tender(tender.kind, words)} {wording.money(tender.amount)}"
    by_company = next((one.state for one in sent if one.trade_number == tender.ref), None)
    if by_company is not None:
        return f"{said} · {words.t(SENT.get(by_company, SENT['refund_unknown']))}"
    return f"{said} · {words.t(TO_DO[tender.kind])}" if tender.kind in TO_DO else said


class DoneView(QWidget):
    """Draws one Refund; `confirmed` when the customer has her money."""

    confirmed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title, self._amount = label("", "title"), label("", "amount", "brand")
        self._parts = label("", "total", wrap=True)
        self._more = label("", "name", "muted", wrap=True)
        made: QFrame = card.frame("card")
        made.setFixedWidth(look.px(_WIDE_PX))
        lines = card.column(look, made, margin=(36, 30, 36, 26), gap=14)
        lines.addWidget(Picture(look, "receipt-refund", "brand", 56), 0, _CENTRE)
        for part in (self._title, self._amount, self._parts, self._more):
            part.setAlignment(_CENTRE)
            lines.addWidget(part)
        lines.addSpacing(look.px(10))
        self._confirm = KeyButton(look, look.t("Done"), "check", cap="Enter", kind="primary")
        self._confirm.clicked.connect(self.confirmed)
        lines.addWidget(self._confirm)
        outer = card.column(look, self)
        outer.addStretch(2)
        outer.addWidget(made, 0, _CENTRE)
        outer.addStretch(3)
        self.setFocusProxy(self._confirm)

    def show_refund(self, made: Refund, sent: Sequence[Attempt] = (), paid_out: Money = ZERO) -> None:
        """`paid_out` is what the drawer gives of it where her account is closed."""
        _, words = self._look.t, self._look.words
        self._title.setText(_("The sale is void: give back") if made.kind == "void" else _("Give the customer"))
        self._amount.setText(wording.money(made.back))
        told = [to_do(tender, words, sent) for tender in made.tenders]
        if paid_out:
            closed = to_do(Tender("cash", paid_out), words)
            told.append(_("Her account is closed: {said}").format(said=closed))
        self._parts.setText("\n".join(told))
        self._parts.setVisible(bool(made.tenders))
        self._more.setText("\n".join(self._told(made)))

    def _told(self, made: Refund) -> list[str]:
        _, words = self._look.t, self._look.words
        told = [_("Refund {receipt}").format(receipt=made.receipt)]
        if made.points:
            points, left = wording.number(made.points), wording.number(made.points_balance or 0)
            told.append(_("{points} points taken back, {left} left").format(points=points, left=left))
        if made.coupons:
            said = words.n("{count} coupon is good again", "{count} coupons are good again", len(made.coupons))
            told.append(said.format(count=len(made.coupons)))
        return told
