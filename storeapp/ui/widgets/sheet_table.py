"""A table of figures of any length: columns as wide as they need, one of words taking what is left."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from storeapp.domain.report_sheet import SheetTable, heading, said
from storeapp.ui.look import Look

_ROW_PX, _HEAD_PX, _CELL_PX = 32, 34, 22
_LOOKED_AT = 200
Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """One table of a report."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.table = SheetTable((), ())
        self._figures: frozenset[int] = frozenset()

    def show_table(self, table: SheetTable) -> None:
        self.beginResetModel()
        self.table, self._figures = table, frozenset(table.figures)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.table.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return said(self.table.rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(self.table.head[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._look.theme.colours.muted)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._figures else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class SheetTableView(QTableView):
    """Reads with the arrows; nothing in it can be changed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._model = look, SheetModel(look)
        self.setModel(self._model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(_ROW_PX))
        across = self.horizontalHeader()
        across.setFixedHeight(look.px(_HEAD_PX))
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setResizeContentsPrecision(_LOOKED_AT)

    def show_table(self, table: SheetTable, words: str) -> None:
        self.setAccessibleName(words)
        self.horizontalHeader().setAccessibleName(words)
        self._model.show_table(table)
        across = self.horizontalHeader()
        of_words = [column for column in range(len(table.head)) if column not in table.figures] or [0]
        widest = max(of_words, key=self.sizeHintForColumn)
        for column in range(len(table.head)):
            whole = QHeaderView.ResizeMode.Stretch if column == widest else QHeaderView.ResizeMode.ResizeToContents
            across.setSectionResizeMode(column, whole)
