"""Side sheets that change one line: quantity, price, discount, note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from storeapp.domain.reason import REASONS, said
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.sell.state import Editing
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField, Field
from storeapp.ui.widgets.pad import NumberPad
from storeapp.ui.widgets.sheet import Sheet
from storeapp.words import N_

_TITLES = {
    "quantity": (N_("Quantity"), "hash"),
    "price": (N_("Price"), "edit"),
    "discount": (N_("Discount"), "percentage"),
    "discount_all": (N_("Discount on everything"), "discount"),
    "note": (N_("Note"), "note"),
}


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PERCENT, _OTHERS = "%", "↑ ↓"


class Reasons(QWidget):
    """Why: one of the shop's reasons is pressed; the first one is, until another is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._chosen = REASONS[0]
        self._buttons: dict[str, KeyButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(8))
        for place, stored in enumerate(REASONS):
            made = KeyButton(look, said(stored, look.words), kind="small")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, stored=stored: self._choose(stored))
            grid.addWidget(made, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
            self._buttons[stored] = made
        self._choose(self._chosen)

    @property
    def chosen(self) -> str:
        return self._chosen

    def step(self, by: int) -> None:
        """The reason before or after, round and round."""
        self._choose(REASONS[(REASONS.index(self._chosen) + by) % len(REASONS)])

    def _choose(self, stored: str) -> None:
        self._chosen = stored
        for name, button in self._buttons.items():
            is_chosen = name == stored
            button.setChecked(is_chosen)
            # what changes it stands where the eye is, and takes no row of its own
            button.set_cap(_OTHERS if is_chosen else "")


class EditSheet(Sheet):
    """`confirmed` brings what was typed, the unit (`""` or `"%"`) and the reason.

    In the field ↑ ↓ choose the reason, and a typed % turns between percent and yuan.
    """

    confirmed = Signal(str, str, str)

    def __init__(self, look: Look, editing: Editing) -> None:
        title, icon = _TITLES[editing.kind]
        _, line = look.t, editing.line
        about = "" if editing.kind == "discount_all" else f" · {line.line.product.name}"
        super().__init__(look, _(title) + about, icon)
        self._about = (editing.kind, editing.number, editing.line.line.product.code)
        self._unit = ""
        self._reasons: Reasons | None = None
        self.field = self._make_field(editing)
        top = card.row(look)
        top.addWidget(self.field, 1)
        self._has_units = editing.kind in ("discount", "discount_all")
        if self._has_units:
            top.addLayout(self._units())
        self.body.addLayout(top)
        if editing.kind in ("price", "discount", "discount_all"):
            self._reasons = Reasons(look)
            self.body.addWidget(self._reasons)
        if editing.kind != "note":
            self.body.addWidget(NumberPad(look, self.field.edit), 1)
        else:
            self.body.addStretch(1)
        confirm = KeyButton(look, _("OK"), "check", kind="primary")
        confirm.clicked.connect(self._confirm)
        self.field.submitted.connect(self._confirm)
        self.field.edit.installEventFilter(self)
        self.body.addWidget(confirm)

    def first_focus(self) -> QWidget:
        return self.field.edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if self._reasons is not None and step is not None:
            self._reasons.step(step)
            return True
        if self._has_units and event.text() == _PERCENT:
            self._measure("" if self._unit else _PERCENT)
            return True
        return False

    def is_about(self, editing: Editing) -> bool:
        return self._about == (editing.kind, editing.number, editing.line.line.product.code)

    def show_editing(self, editing: Editing) -> None:
        """Why the last try was refused."""
        refused = editing.refused
        self.field.show_fault(sentence(refused, self.look.words) if refused is not None else "")
        if refused is not None:
            self.field.edit.selectAll()

    def _make_field(self, editing: Editing) -> Field:
        _, line = self.look.t, editing.line
        if editing.kind == "note":
            made = Field(self.look, _("Note on the receipt"), most=100)
            made.set_text(line.line.note)
        elif editing.kind == "quantity":
            unit = line.line.product.unit
            words = _("How many ({unit})").format(unit=unit) if unit else _("How many")
            made = AmountField(self.look, words, decimals=3, compact=True)
            made.set_text(str(line.quantity))
        elif editing.kind == "price":
            shelf = wording.money(line.line.product.price)
            words = _("New unit price, on the shelf {price}").format(price=shelf)
            made = AmountField(self.look, words, compact=True)
            made.set_text(wording.bare(line.unit_price))
        elif editing.kind == "discount_all":
            made = AmountField(self.look, _("Off everything in this basket"), compact=True)
        else:
            words = _("Off this line of {amount}").format(amount=wording.money(line.gross))
            made = AmountField(self.look, words, compact=True)
        made.edit.selectAll()
        return made

    def _units(self) -> QVBoxLayout:
        """Yuan or percent, beside the field."""
        row = card.row(self.look, gap=6)
        self._in_yuan = KeyButton(self.look, "¥", kind="small")
        self._in_percent = KeyButton(self.look, _PERCENT, kind="small")
        names = (self.look.t("Yuan off"), self.look.t("Percent off"))
        for button, unit, name in zip((self._in_yuan, self._in_percent), ("", _PERCENT), names, strict=True):
            button.setCheckable(True)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setFixedWidth(self.look.px(52))
            button.clicked.connect(lambda _checked=False, unit=unit: self._measure(unit))
            row.addWidget(button)
        self._measure("")
        column = card.column(self.look)
        column.addStretch(1)
        column.addLayout(row)
        column.addSpacing(self.look.px(6))
        return column

    def _measure(self, unit: str) -> None:
        self._unit = unit
        self._in_yuan.setChecked(unit == "")
        self._in_percent.setChecked(unit == _PERCENT)

    def _confirm(self) -> None:
        self.confirmed.emit(self.field.text(), self._unit, self._reasons.chosen if self._reasons is not None else "")
