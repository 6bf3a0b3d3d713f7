"""What a replay found: four figures, the cost day by day, and the lines that would have earned least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from storeapp.domain.money import Money
from storeapp.domain.quantity import as_decimal
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.bar_chart import Bar, BarChart
from storeapp.ui.widgets.labels import Elided, label, set_tone
from storeapp.ui.widgets.rows import Row, RowList


class Figure(QFrame):
    """A name, a big number, and a small line that says more."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        lines = card.column(look, self, margin=(12, 8, 12, 8), gap=1)
        self._value = Elided("", "title", strong=True)
        self._more = Elided("", "secondary", "muted")
        lines.addWidget(Elided(name, "secondary", "muted"))
        lines.addWidget(self._value)
        lines.addWidget(self._more)
        # beside one that says more, names and numbers stand on one line
        lines.addStretch(1)

    def show_figure(self, value: str, more: str, tone: str = "text") -> None:
        self._value.setText(value)
        set_tone(self._value, tone)
        self._more.setText(more)
        self._more.setVisible(bool(more))


class ResultView(QWidget):
    """Draws one replay as it is kept."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        _ = look.t
        self._cost = Figure(look, _("Would have cost"))
        self._touched = Figure(look, _("Sales touched"))
        self._margin = Figure(look, _("Margin"))
        self._below = Figure(look, _("Lines below cost"))
        figures = card.row(look, gap=8)
        for figure in (self._cost, self._touched, self._margin, self._below):
            figures.addWidget(figure, 1)
        self._chart = BarChart(look, _("Cost a day, in yuan"), lambda fen: wording.bare(Money(fen)))
        self._worst = RowList(look, _("Lines that would have earned least"))
        self._none = label(_("No line would have been cheaper."), "body", "muted", wrap=True)
        outer = card.column(look, self, gap=10)
        outer.addLayout(figures)
        self._unknown = label("", "secondary", "muted", wrap=True)
        outer.addWidget(self._unknown)
        below = card.row(look, gap=12)
        below.addLayout(self._titled(_("Cost a day, in yuan"), self._chart), 6)
        worst = self._titled(_("Least earned, with the margin"), self._worst)
        worst.addWidget(self._none, 1)
        below.addLayout(worst, 5)
        outer.addLayout(below, 1)

    def show_result(self, result: Mapping[str, Any]) -> None:
        self._show_figures(result)
        self._chart.show_bars([self._bar(day) for day in result["days"]])
        worst: Sequence[Mapping[str, Any]] = result["worst"]
        self._worst.show_rows([self._row(line) for line in worst])
        self._worst.setVisible(bool(worst))
        self._none.setVisible(not worst)

    def _show_figures(self, result: Mapping[str, Any]) -> None:
        _ = self._look.t
        share = _("to members: {percent}%").format(percent=result["member_share_percent"])
        self._cost.show_figure(wording.money(Money(result["cost_fen"])), share)
        of_all = _("of {count}").format(count=wording.number(result["sales"]))
        self._touched.show_figure(wording.number(result["touched"]), of_all)
        before, after = Money(result["margin_before_fen"]), Money(result["margin_after_fen"])
        was = _("was {amount}").format(amount=wording.money(before))
        unknown = result["unknown_cost"]
        said = self._look.words.n(
            "{count} line has no cost in the catalogue and is left out of the margin.",
            "{count} lines have no cost in the catalogue and are left out of the margin.",
            unknown,
        )
        self._unknown.setText(said.format(count=wording.number(unknown)))
        self._unknown.setVisible(unknown > 0)
        self._margin.show_figure(wording.money(after), was, "red" if after.fen < 0 else "text")
        below = result["below_cost_after"]
        was_below = _("was {amount}").format(amount=wording.number(result["below_cost_before"]))
        self._below.show_figure(
            wording.number(below), was_below, "red" if below > result["below_cost_before"] else "text"
        )

    def _bar(self, day: Mapping[str, Any]) -> Bar:
        month_day = day["day"][5:]
        touched = self._look.words.n("{count} sale", "{count} sales", day["touched"]).format(count=day["touched"])
        return Bar(month_day, day["cost_fen"], f"{month_day}  {wording.money(Money(day['cost_fen']))}  {touched}")

    def _row(self, line: Mapping[str, Any]) -> Row:
        margin = Money(line["margin_fen"])
        return Row(
            line["receipt"],
            f"{line['name']} × {as_decimal(line['qty_milli'])}",
            line["receipt"],
            wording.money(margin),
            f"{wording.bare(Money(line['before_fen']))} → {wording.bare(Money(line['after_fen']))}",
        )

    def _titled(self, title: str, content: QWidget) -> QVBoxLayout:
        lines = card.column(self._look, gap=6)
        lines.addWidget(label(title, "body", strong=True))
        lines.addWidget(content, 1)
        return lines
