"""Goods she brings back, on her own screen: what they are, and what goes back to her for them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from storeapp.domain.money import ZERO
from storeapp.ui import wording
from storeapp.ui.customer.goods_card import GoodsCard
from storeapp.ui.customer.state import CustomerState, ShownLine
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.labels import Picture, label
from storeapp.ui.widgets.rows import Row

_RIGHT_PX = 430


class GoingBack(QWidget):
    """Draws one CustomerState while goods come back."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        named = look.t("What you bring back")
        self._goods = GoodsCard(look, named, label(named, "name", "muted"))
        right = QWidget()
        right.setFixedWidth(look.px(_RIGHT_PX))
        column = card.column(look, right, gap=14)
        column.addWidget(self._thanks())
        column.addStretch(1)
        column.addWidget(self._total())
        row = card.row(look, self, margin=20, gap=16)
        row.addWidget(self._goods, 1)
        row.addWidget(right)

    def show_state(self, state: CustomerState) -> None:
        _, words, back = self._look.t, self._look.words, state.back
        self._goods.show_goods(state.shop, [self._row(place, line) for place, line in enumerate(state.lines)])
        is_given = back is not None and back.given
        self._said.setVisible(is_given)
        self._name.setText(_("You get back"))
        self._amount.show_amount(wording.money(ZERO if back is None else back.amount), "mint" if is_given else "white")
        parts = () if back is None else back.parts
        self._parts.setText(
            "\n".join(f"{wording.tender(kind, words)} {wording.money(amount)}" for kind, amount in parts)
        )
        self._parts.setVisible(bool(parts))
        points = 0 if back is None else back.points
        self._points.setText(_("{points} points are taken back").format(points=wording.number(points)))
        self._points.setVisible(bool(points))

    def _row(self, place: int, line: ShownLine) -> Row:
        return Row(str(place), line.name, f"× {line.quantity}", wording.bare(line.total))

    def _thanks(self) -> QFrame:
        look = self._look
        self._said = card.frame("tinted")
        row = card.row(look, self._said, margin=(18, 14, 18, 14), gap=14)
        row.addWidget(Picture(look, "circle-check", "brand", 34))
        row.addWidget(label(look.t("Thank you. Please keep the slip."), "name", "brand", wrap=True), 1)
        return self._said

    def _total(self) -> QFrame:
        look = self._look
        made = card.frame("ink")
        lines = card.column(look, made, margin=(24, 20, 24, 16), gap=8)
        self._parts, self._points = label("", "name", "ink_muted"), label("", "name", "ink_muted")
        self._name, self._amount = label("", "name", "white"), BigAmount(look, "white", 60)
        for part in (self._parts, self._points, self._name, self._amount):
            lines.addWidget(part)
        return made
