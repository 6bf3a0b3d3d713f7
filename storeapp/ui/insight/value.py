"""What members are worth, three ways, each with its formula beside the figure; and those worth most."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from storeapp.domain.money import Money
from storeapp.till.insight import Best, Insight, ValueSums
from storeapp.ui import wording
from storeapp.ui.insight.overview import titled
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.rows import Row, RowList


class ValueCard(QFrame):
    """A value with its name, how many it is known of, and its formula."""

    def __init__(self, look: Look, formula: str) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        lines = card.column(look, self, margin=(16, 10, 16, 10), gap=2)
        self._name, self._sum = Elided("", "secondary", "muted"), Elided("", "title", strong=True)
        self._known = Elided("", "secondary", "muted")
        for part in (self._name, self._sum, self._known, label(formula, "secondary", "faint", wrap=True)):
            lines.addWidget(part)
        lines.addStretch(1)

    def show_value(self, name: str, fen: int, known: int) -> None:
        t = self._look.t
        self._name.setText(name)
        self._sum.setText(wording.money(Money(fen)) if known else t("not known yet"))
        self._known.setText(t("known of {count} members").format(count=wording.number(known)))


class ValueView(QWidget):
    """Draws one Insight. `best` is what the arrows move in."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        _ = look.t
        self._realised = ValueCard(
            look, _("Σ what she paid − what she brought back − its cost, where the cost is known")
        )
        self._potential = ValueCard(look, _("365 ÷ her usual interval × her average visit"))
        self._model = ValueCard(
            look, _("expected visits of the next year (BG/NBD) × expected worth of a visit (gamma-gamma)")
        )
        self.best = RowList(look, _("Worth most in the coming year"))
        layout = card.row(look, self, gap=12)
        left = card.column(look, gap=10)
        for part in (self._realised, self._potential, self._model):
            left.addWidget(part, 1)
        layout.addLayout(left, 9)
        layout.addWidget(titled(look, _("Worth most in the coming year"), self.best), 10)
        self.setFocusProxy(self.best)

    def show_found(self, found: Insight) -> None:
        sums = found.sums
        self._show_sums(sums, found.picture.learned.members)
        self.best.show_rows([self._row(one) for one in found.best])

    def _show_sums(self, sums: ValueSums, members: int) -> None:
        _ = self._look.t
        name = _("Realised: margin so far") if sums.margins == members else _("Realised: margin, or bought so far")
        self._realised.show_value(name, sums.realised_fen, members)
        self._potential.show_value(_("Potential: a year as usual"), sums.potential_fen, sums.potentials)
        self._model.show_value(_("Model: the coming year"), sums.model_fen, sums.models)

    def _row(self, one: Best) -> Row:
        t, value = self._look.t, one.layer.value
        coming = value.model_fen if value.model_fen is not None else value.potential_fen
        alive = "" if value.alive is None else t("still with us: {percent}%").format(percent=round(100 * value.alive))
        return Row(
            one.member_id,
            f"{one.name or t('Member')} · {one.phone_masked}",
            " · ".join(filter(None, (wording.stage(one.layer.standing.stage, self._look.words), alive))),
            t("not known yet") if coming is None else wording.money(Money(coming)),
            t("so far {amount}").format(amount=wording.money(Money(value.realised_fen))),
            icon="user",
        )
