"""The rows of the basket for Qt's list: lines first, then the codes nothing answers to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from storeapp.domain.money import total
from storeapp.domain.priced import PricedLine
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.sell.state import SellState

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line, ready to paint. `can_step` shows the stepper while it is selected."""

    number: int
    name: str
    code: str
    unit_price: str
    quantity: str
    total: str
    tags: tuple[str, ...]
    can_step: bool

    @property
    def spoken(self) -> str:
        return ", ".join((self.name, self.quantity, self.total, *self.tags))


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """A scanned code that was not found."""

    title: str
    hint: str

    @property
    def spoken(self) -> str:
        return f"{self.title}. {self.hint}"


BasketRow = LineRow | UnknownRow


class BasketModel(QAbstractListModel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows: tuple[BasketRow, ...] = ()

    def show_state(self, state: SellState) -> None:
        """Takes the rows over, so that the view paints only those that changed."""
        rows, before = self._rows(state), self.rows
        if len(rows) > len(before):
            self.beginInsertRows(QModelIndex(), len(before), len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
        elif len(rows) < len(before):
            self.beginRemoveRows(QModelIndex(), len(rows), len(before) - 1)
            self.rows = rows
            self.endRemoveRows()
        self.rows = rows
        changed = [place for place, (old, new) in enumerate(zip(before, rows, strict=False)) if old != new]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].spoken
        return None

    def _rows(self, state: SellState) -> tuple[BasketRow, ...]:
        _ = self._look.t
        lines = tuple(self._line(number, line) for number, line in enumerate(state.priced.lines, start=1))
        hint = _("Type its name to find it, or delete the row with {key}").format(key=self._look.cap("delete"))
        unknown = tuple(UnknownRow(_("Not found: {code}").format(code=code), hint) for code in state.unknown_codes)
        return lines + unknown

    def _line(self, number: int, priced: PricedLine) -> LineRow:
        line = priced.line
        # a coupon is for the basket: it stands once beside the total, not in small change on every line
        cuts = tuple(cut for cut in priced.cuts if cut.reason != "coupon")
        tags = tuple(wording.cut(cut, self._look.words) for cut in cuts)
        if line.price is not None:
            tags = (self._look.t("was {price}").format(price=wording.bare(line.product.price)), *tags)
        if line.note:
            tags = (*tags, line.note)
        weighed = line.product.weighed or line.label_price is not None
        return LineRow(
            number=number,
            name=line.product.name,
            code=line.rung_as or line.product.code,
            unit_price=wording.bare(priced.unit_price),
            quantity=wording.quantity(priced.quantity, line.product.unit, weighed),
            total=wording.bare(priced.gross - total(cut.amount for cut in cuts)),
            tags=tags,
            can_step=not weighed and priced.quantity.is_whole,
        )
