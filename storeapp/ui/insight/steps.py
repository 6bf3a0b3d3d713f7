"""What follows what: who bought one category comes back for another."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storeapp.domain.category_step import LEAST_LIFT, LEAST_MEMBERS, CategoryStep
from storeapp.till.insight import Insight
from storeapp.ui import wording
from storeapp.ui.insight.overview import ListOrNot, titled
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.rows import Row


class StepsView(QWidget):
    """Draws one Insight."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        _ = look.t
        self._steps = ListOrNot(look, _("What follows what"))
        said = _("Told when at least {members} members went that way, {lift} times as often as members buy it anyway.")
        below = said.format(members=LEAST_MEMBERS, lift=LEAST_LIFT)
        card.column(look, self).addWidget(titled(look, _("What follows what"), self._steps, below), 1)
        self.setFocusProxy(self._steps)

    def show_found(self, found: Insight) -> None:
        none = self._look.t("Too few members have bought two categories one after the other.")
        self._steps.show_rows([self._row(step) for step in found.picture.learned.steps], none)

    def _row(self, step: CategoryStep) -> Row:
        t = self._look.t
        detail = t("{took} of {had} members, {lift} times as often").format(
            took=wording.number(step.took), had=wording.number(step.had), lift=f"{step.lift:.1f}"
        )
        return Row(
            f"{step.before}>{step.after}",
            f"{step.before} → {step.after}",
            detail,
            f"{100 * step.took // step.had}%",
            t("after {n} days").format(n=step.days),
            icon="chevron-right",
        )
