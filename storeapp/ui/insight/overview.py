"""Where the members stand: how many on each stage of life, and the grid of recency and frequency."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from storeapp.domain.money import Money
from storeapp.domain.rfm import STEPS, Cell
from storeapp.till.insight import Insight
from storeapp.till.layers import StageCount
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.promotions.result_view import Figure
from storeapp.ui.widgets import card
from storeapp.ui.widgets.bar_chart import Bar, BarChart
from storeapp.ui.widgets.heat_grid import HeatCell, HeatGrid, HeatRow
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList

_STEPS = range(STEPS, 0, -1)


def titled(look: Look, title: str, content: QWidget, below: str = "") -> QFrame:
    """A card with its title, and a calm line below that says how to read it."""
    made = card.frame("card")
    lines = card.column(look, made, margin=(16, 12, 16, 12), gap=8)
    lines.addWidget(label(title, "name", strong=True))
    lines.addWidget(content, 1)
    if below:
        lines.addWidget(label(below, "secondary", "muted", wrap=True))
    return made


class ListOrNot(QWidget):
    """A list, or one calm line where there is nothing to list."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self.rows = RowList(look, words)
        self._none = label("", "body", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = card.column(look, self)
        lines.addWidget(self.rows, 1)
        lines.addWidget(self._none, 1)
        self.setFocusProxy(self.rows)

    def show_rows(self, rows: Sequence[Row], none: str, chosen: int = 0) -> None:
        self.rows.show_rows(rows, chosen)
        self.rows.setVisible(bool(rows))
        self._none.setText(none)
        self._none.setVisible(not rows)


class OverviewView(QWidget):
    """Draws one Insight."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        _ = look.t
        names = (_("Members who bought"), _("Loyal"), _("Cooling"), _("Lost"))
        self._figures = tuple(Figure(look, name) for name in names)
        self._stages = BarChart(look, _("Members by stage"), wording.number)
        self._grid = HeatGrid(look, _("Recency and frequency"))
        outer = card.column(look, self, gap=10)
        figures = card.row(look, gap=10)
        for figure in self._figures:
            figures.addWidget(figure, 1)
        outer.addLayout(figures)
        below = card.row(look, gap=12)
        below.addWidget(titled(look, _("Members by stage"), self._stages), 9)
        said = _("5 is best: came latest, came most often. Each step holds a fifth of the members.")
        below.addWidget(titled(look, _("Recency and frequency"), self._grid, said), 10)
        outer.addLayout(below, 1)

    def show_found(self, found: Insight) -> None:
        picture = found.picture
        everybody = picture.learned.members
        as_of = self._look.t("as of {date}").format(date=picture.learned.computed_on.isoformat())
        self._figures[0].show_figure(wording.number(everybody), as_of)
        counts = [count for count in picture.stages if count.stage in ("loyal", "cooling", "lost")]
        for figure, count in zip(self._figures[1:], counts, strict=True):
            share = 100 * count.members // everybody if everybody else 0
            figure.show_figure(wording.number(count.members), f"{share}% · {wording.money(Money(count.net_fen))}")
        self._stages.show_bars([self._bar(count) for count in picture.stages])
        most = max((cell.members for cell in picture.grid), default=0) or 1
        squares = {(cell.recency, cell.frequency): cell for cell in picture.grid}
        rows = [
            HeatRow(f"R {recency}", tuple(self._square(squares[recency, frequency], most) for frequency in _STEPS))
            for recency in _STEPS
        ]
        self._grid.show_grid("", [f"F {step}" for step in _STEPS], rows)

    def _square(self, cell: Cell, most: int) -> HeatCell:
        spoken = self._look.t("R {recency}, F {frequency}: {members} members, {amount}").format(
            recency=cell.recency,
            frequency=cell.frequency,
            members=wording.number(cell.members),
            amount=wording.money(Money(cell.net_fen)),
        )
        return HeatCell(cell.members / most, wording.number(cell.members) if cell.members else "", spoken)

    def _bar(self, count: StageCount) -> Bar:
        name = wording.stage(count.stage, self._look.words)
        amount = wording.money(Money(count.net_fen))
        return Bar(name, count.members, f"{name}  {wording.number(count.members)}  {amount}")
