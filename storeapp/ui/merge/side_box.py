"""What one of two members has, in rows that stand beside those of the other."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from storeapp.domain.member import masked_name, masked_phone
from storeapp.domain.money import Money
from storeapp.till.merge_preview import Side
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import RIGHT, Elided, label
from storeapp.words import N_

ROWS = (
    N_("Points"),
    N_("Points that wait"),
    N_("Points she owes"),
    N_("Principal"),
    N_("Bonus"),
    N_("On account"),
    N_("Coupons"),
    N_("Member tier"),
    N_("Offers"),
    N_("Member since"),
    N_("Phones"),
)


class SideBox(QFrame):
    """Draws one Side under a head; `is_result` makes it catch the eye."""

    def __init__(self, look: Look, head: str, *, is_result: bool = False) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "tinted" if is_result else "card")
        lines = card.column(look, self, margin=(16, 12, 16, 12), gap=8)
        tone = "brand" if is_result else "text"
        self._name = Elided("", "name", tone, strong=True)
        lines.addWidget(label(head, "secondary", "brand" if is_result else "muted", strong=True))
        lines.addWidget(self._name)
        self._values = []
        for words in ROWS:
            line = card.row(look, gap=8)
            line.addWidget(label(look.t(words), "secondary", "brand" if is_result else "muted"))
            value = Elided("", "body", tone, strong=is_result)
            value.setAlignment(RIGHT)
            line.addWidget(value, 1)
            lines.addLayout(line)
            self._values.append(value)
        lines.addStretch(1)

    def show_side(self, side: Side) -> None:
        who, t = side.member, self._look.t
        self._name.setText(" · ".join(filter(None, (masked_name(who.name), masked_phone(who.phone)))))
        self._name.setAccessibleName(self._name.text())
        said = (
            wording.number(side.points),
            wording.number(side.waiting),
            wording.number(side.owes_points),
            wording.money(Money(side.principal_fen)),
            wording.money(Money(side.bonus_fen)),
            wording.money(Money(side.owed_fen)),
            wording.number(side.coupons),
            who.tier or "–",
            t("Yes") if side.gets_offers else t("No"),
            who.joined_at[:10],
            wording.number(side.phones),
        )
        for value, words in zip(self._values, said, strict=True):
            value.setText(words)
