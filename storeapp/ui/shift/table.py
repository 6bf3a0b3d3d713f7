"""A small table of figures: a name on the left, amounts on the right, tones where one should be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets.labels import RIGHT, Elided, label

_ROW_PX = 24


@dataclass(frozen=True, slots=True)
class Line:
    """`cells` stand after the name; `tone` is the last cell's."""

    name: str
    cells: tuple[str, ...]
    tone: str = "text"
    strong: bool = False


class Table(QWidget):
    """`head` names the columns; without one the lines speak for themselves."""

    def __init__(self, look: Look, head: Sequence[str] = (), *, cell_px: float = 96) -> None:
        super().__init__()
        self._look, self._head, self._cell_px = look, tuple(head), cell_px
        self._shown: tuple[Line, ...] | None = None
        self._parts: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        if self._shown == tuple(lines):
            return
        self._shown = tuple(lines)
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        first = 0
        if self._head:
            self._add(0, [self._part(words, "secondary", "muted") for words in self._head])
            first = 1
        for place, line in enumerate(lines, start=first):
            name = self._part(line.name, "body", "text", strong=line.strong)
            cells = [
                self._part(words, "body", line.tone if last == len(line.cells) else "text", strong=line.strong)
                for last, words in enumerate(line.cells, start=1)
            ]
            self._add(place, [name, *cells])

    def _add(self, row: int, parts: Sequence[QLabel]) -> None:
        for column, part in enumerate(parts):
            if column:
                part.setAlignment(RIGHT)
                part.setMinimumWidth(self._look.px(self._cell_px))
            part.setMinimumHeight(self._look.px(_ROW_PX))
            self._grid.addWidget(part, row, column)
            self._parts.append(part)

    def _part(self, words: str, kind: str, tone: str, *, strong: bool = False) -> QLabel:
        first = not self._parts or len(self._parts) % (len(self._head) or 2) == 0
        return Elided(words, kind, tone, strong=strong) if first else label(words, kind, tone, strong=strong)
