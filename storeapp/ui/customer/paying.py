"""Her payment on her own screen: what she gave, what her phone asks for, and what nobody may do meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from storeapp.ui import wording
from storeapp.ui.customer.state import ShownHers, ShownPayment
from storeapp.ui.look import Look
from storeapp.ui.pay.said import DO_NOT_TAKE_TWICE
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import RIGHT, Elided, Picture, label, repolish, set_tone

_GROUNDS = {"unknown": "fault", "back": "warning"}
_ICONS = {"stored_value": "wallet", "points": "star", "on_account": "note"}
PARTS = 6


class PaymentCard(QFrame):
    """Draws one ShownPayment; hidden while there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._picture = Picture(look, "clock", "brand", 40)
        self._headline = label("", "title", wrap=True)
        self._detail = label("", "name", "muted", wrap=True)
        said = card.column(look, gap=4)
        said.addWidget(self._headline)
        said.addWidget(self._detail)
        self._says = QWidget()
        row = card.row(look, self._says, gap=14)
        row.addWidget(self._picture)
        row.addLayout(said, 1)
        layout = card.column(look, self, margin=(18, 14, 18, 14), gap=8)
        layout.addWidget(self._says)
        self._rows: list[tuple[QWidget, Elided, QLabel]] = []
        for _place in range(PARTS):
            host, name, amount = QWidget(), Elided("", "name"), label("", "total")
            amount.setAlignment(RIGHT)
            line = card.row(look, host)
            line.addWidget(name, 1)
            line.addWidget(amount)
            layout.addWidget(host)
            self._rows.append((host, name, amount))
        self.hide()

    def show_payment(self, payment: ShownPayment | None) -> None:
        has_words = payment is not None and (payment.step != "open" or payment.hers is not None)
        self.setVisible(payment is not None and (bool(payment.given) or has_words))
        if payment is None:
            return
        self.setProperty("kind", _GROUNDS.get(payment.step, "card"))
        repolish(self)
        self._show_says(payment)
        given = payment.given[-PARTS:]
        for place, (host, name, amount) in enumerate(self._rows):
            host.setVisible(place < len(given))
            if place < len(given):
                kind, money = given[place]
                name.setText(wording.tender(kind, self._look.words))
                amount.setText(wording.money(money))

    def _show_says(self, payment: ShownPayment) -> None:
        _, amount = self._look.t, wording.money(payment.asked)
        seconds = _("{seconds} s").format(seconds=payment.seconds)
        icon, tone, headline, detail = {
            "open": self._hers(payment.hers),
            "wait": ("clock", "text", _("One moment, please"), f"{amount} · {seconds}"),
            "password": ("lock", "text", _("Please enter the password on your phone"), f"{amount} · {seconds}"),
            "unknown": ("alert-triangle", "red", _(DO_NOT_TAKE_TWICE), _("It is being found out. Please wait.")),
            "back": ("receipt-refund", "amber", _("Your money is going back"), ""),
        }[payment.step]
        self._says.setVisible(bool(headline))
        if not headline:
            return
        self._picture.show_icon(icon, "brand" if tone == "text" else tone)
        self._headline.setText(headline)
        set_tone(self._headline, tone)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def _hers(self, hers: ShownHers | None) -> tuple[str, str, str, str]:
        """What of her own is about to pay, and how much of it could."""
        if hers is None:
            return "", "text", "", ""
        _, name = self._look.t, wording.tender(hers.kind, self._look.words)
        most = _("up to {amount} for this basket").format(amount=wording.money(hers.most))
        if hers.kind == "points":
            points = wording.points(hers.points, self._look.words)
            most = f"{points} · {most}"
        return _ICONS[hers.kind], "text", f"{name} {wording.money(hers.amount)}", most
