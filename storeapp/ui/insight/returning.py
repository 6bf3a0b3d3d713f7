"""Who comes back: month after month since the first purchase, and how soon the second one follows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storeapp.domain.cohort import Cohort, Repurchase
from storeapp.till.insight import Insight
from storeapp.ui import wording
from storeapp.ui.insight.overview import titled
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.bar_chart import Bar, BarChart
from storeapp.ui.widgets.heat_grid import HeatCell, HeatGrid, HeatRow

MONTHS = 12
"""So many months stand on the screen; all of them stand in `storeapp insight cohorts`."""


class ReturningView(QWidget):
    """Draws one Insight."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        _ = look.t
        self._cohorts = HeatGrid(look, _("Came back, by month of the first purchase"))
        self._again = BarChart(look, _("Second purchase within, in percent"), lambda percent: f"{percent}%")
        layout = card.row(look, self, gap=12)
        said = _("Percent of those who first bought in that month who bought again so many months later.")
        layout.addWidget(titled(look, _("Came back, by month of the first purchase"), self._cohorts, said), 15)
        whom = _("Only members whose first purchase is that long ago are counted.")
        layout.addWidget(titled(look, _("Second purchase within, in percent"), self._again, whom), 10)

    def show_found(self, found: Insight) -> None:
        shown = found.cohorts[-MONTHS:]
        columns = [f"+{age}" for age in range(max((len(cohort.buyers) for cohort in shown), default=0))]
        self._cohorts.show_grid(self._look.t("first · members"), columns, [self._row(cohort) for cohort in shown])
        self._again.show_bars([self._bar(row) for row in found.repurchase])

    def _row(self, cohort: Cohort) -> HeatRow:
        cells = []
        for age, buyers in enumerate(cohort.buyers):
            percent = 100 * buyers // cohort.members
            spoken = self._look.t("{month}, {age} months later: {buyers} of {members}").format(
                month=cohort.month, age=age, buyers=wording.number(buyers), members=wording.number(cohort.members)
            )
            # the first month is a hundred by its nature, and would pale all others
            share = 0.0 if age == 0 else min(1.0, percent / 60)
            cells.append(HeatCell(share, str(percent), spoken))
        return HeatRow(f"{cohort.month[2:]} · {wording.number(cohort.members)}", tuple(cells))

    def _bar(self, row: Repurchase) -> Bar:
        percent = 100 * row.again // row.members if row.members else 0
        name = self._look.t("{n} days").format(n=row.days)
        of_all = f"{wording.number(row.again)} / {wording.number(row.members)}"
        return Bar(str(row.days), percent, f"{name} · {percent}% · {of_all}")
