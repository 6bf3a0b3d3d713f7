"""A shift's report on screen: what was sold, what must be there and what was, the drawer, the cashiers, the hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from storeapp.domain.money import Money
from storeapp.domain.shift_report import CashierRow, HourRow, ShiftReport, TenderRow
from storeapp.domain.shift_slip import report_title, supplement_said
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.promotions.result_view import Figure
from storeapp.ui.shift.table import Line, Table
from storeapp.ui.widgets import card
from storeapp.ui.widgets.bar_chart import Bar, BarChart
from storeapp.ui.widgets.labels import Elided, label, tag
from storeapp.words import Words


class ReportView(QFrame):
    """Draws one ShiftReport; `hides_expected` leaves out what nobody shall know before the count."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._look = look
        _ = look.t
        self._title, self._when = Elided("", "title", strong=True), Elided("", "secondary", "muted")
        self._tags = (tag(tone="red"), tag(tone="amber"))
        self._sold, self._cuts = Figure(look, _("Takings")), Figure(look, _("Discounts"))
        self._back, self._members = Figure(look, _("Refunds")), Figure(look, _("Sold to members"))
        self._tenders = Table(look, (_("Way to pay"), _("Expected"), _("Counted"), _("Difference")), cell_px=88)
        self._drawer, self._cashiers = Table(look), Table(look, cell_px=120)
        self._hours = BarChart(look, _("Takings by hour, in yuan"), lambda fen: wording.bare(Money(fen)))
        self._said = label("", "secondary", "muted", wrap=True)
        self._lay_out()

    def show_report(self, report: ShiftReport, names: Mapping[str, str], *, hides_expected: bool) -> None:
        self._show_head(report, names)
        self._show_figures(report)
        self._tenders.show_lines(tender_lines(report.tenders, self._look.words, hides_expected=hides_expected))
        self._drawer.show_lines(self._drawer_lines(report))
        self._cashiers.show_lines([self._cashier(row, names) for row in report.cashiers])
        self._hours.show_bars([self._bar(row) for row in report.every_hour])
        said = self._remarks(report, names, hides_expected)
        self._said.setText(said)
        self._said.setVisible(bool(said))

    # inside

    def _show_head(self, report: ShiftReport, names: Mapping[str, str]) -> None:
        look, _ = self._look, self._look.t
        shift = _("Shift {number}").format(number=report.number)
        self._title.setText(f"{shift} · {report_title(report, look.words)}")
        opened = f"{wording.moment(report.opened_at)} {who(report.opened_by, names)}"
        closed = f"{wording.moment(report.closed_at)} {who(report.closed_by, names)}" if report.closed_at else "…"
        self._when.setText(f"{opened} → {closed}")
        red = _("nobody has agreed to it") if report.unapproved else ""
        amber = supplement_said(report, look.words)
        if report.forced:
            amber = amber or _("forgotten")
        for made, words in zip(self._tags, (red, amber), strict=True):
            made.setText(words)
            made.setVisible(bool(words))

    def _show_figures(self, report: ShiftReport) -> None:
        _, n = self._look.t, self._look.words.n
        sales = n("{count} sale", "{count} sales", report.sales).format(count=wording.number(report.sales))
        self._sold.show_figure(wording.money(Money(report.due_fen)), sales)
        goods = _("goods {amount}").format(amount=wording.money(Money(report.goods_fen)))
        self._cuts.show_figure(wording.money(Money(-report.cut_fen)), goods)
        voids = _("{count}, {voids} voided").format(count=report.refunds, voids=report.voids)
        self._back.show_figure(wording.money(Money(-report.refund_fen)), voids)
        share = 0 if report.due_fen <= 0 else report.member_fen * 100 // report.due_fen
        of_all = n("{count} sale, {percent}%", "{count} sales, {percent}%", report.member_sales)
        of_all = of_all.format(percent=share, count=report.member_sales)
        self._members.show_figure(wording.money(Money(report.member_fen)), of_all)

    def _drawer_lines(self, report: ShiftReport) -> list[Line]:
        """What moved; what did not is not told, so that all of it stands without rolling."""
        _ = self._look.t
        moved = [
            (_("Cash in"), report.cash_in_fen),
            (_("Cash out"), -report.cash_out_fen),
            (_("Expense"), -report.expense_fen),
            (_("To the safe"), -report.drop_fen),
            (_("Top-ups and cards"), report.top_up_fen),
            (_("Debts paid"), report.settled_fen),
            (_("Taken by cards"), -report.card_fen),
            (_("Rounding"), report.rounding_fen),
        ]
        lines = [(_("Float"), report.float_fen), *((name, fen) for name, fen in moved if fen)]
        found = [Line(name, (wording.bare(Money(fen)),)) for name, fen in lines]
        found.append(Line(_("Drawer openings"), (wording.number(report.openings),)))
        found.append(Line(_("Openings without a sale"), (wording.number(report.no_sale),)))
        if report.z_number:
            found.append(Line(_("Left as the next float"), (wording.bare(Money(report.left_fen)),)))
        return found

    def _cashier(self, row: CashierRow, names: Mapping[str, str]) -> Line:
        sales = self._look.words.n("{count} sale", "{count} sales", row.sales).format(count=wording.number(row.sales))
        return Line(who(row.cashier, names), (f"{sales} · {wording.bare(Money(row.due_fen))}",))

    def _bar(self, row: HourRow) -> Bar:
        sales = self._look.words.n("{count} sale", "{count} sales", row.sales).format(count=row.sales)
        hour = f"{row.hour:02d}"
        return Bar(hour, row.due_fen, f"{hour}:00 · {wording.money(Money(row.due_fen))} · {sales}")

    def _remarks(self, report: ShiftReport, names: Mapping[str, str], hides_expected: bool) -> str:
        _ = self._look.t
        if hides_expected:
            return _("The expected amount is shown after the count.")
        parts = []
        if report.reason:
            parts.append(_("Reason: {reason}").format(reason=report.reason))
        if report.approver:
            parts.append(_("Agreed by {code}").format(code=who(report.approver, names)))
        return " · ".join(parts)

    def _lay_out(self) -> None:
        look, _ = self._look, self._look.t
        outer = card.column(look, self, margin=(16, 12, 16, 12), gap=10)
        head = card.row(look, gap=10)
        words = card.column(look, gap=1)
        words.addWidget(self._title)
        words.addWidget(self._when)
        head.addLayout(words, 1)
        for made in self._tags:
            head.addWidget(made)
        outer.addLayout(head)
        figures = card.row(look, gap=8)
        for figure in (self._sold, self._cuts, self._back, self._members):
            figures.addWidget(figure, 1)
        outer.addLayout(figures)
        upper = card.row(look, gap=24)
        tenders = card.column(look, gap=4)
        tenders.addWidget(rolled(self._tenders, _("Ways to pay")), 1)
        tenders.addWidget(self._said)
        upper.addLayout(tenders, 6)
        upper.addWidget(rolled(self._drawer, _("Drawer")), 4)
        outer.addLayout(upper, 15)
        lower = card.row(look, gap=24)
        lower.addLayout(self._titled(_("Takings by hour, in yuan"), self._hours), 6)
        lower.addLayout(self._titled(_("By cashier"), rolled(self._cashiers, _("By cashier"))), 4)
        outer.addLayout(lower, 7)

    def _titled(self, title: str, content: QWidget) -> QVBoxLayout:
        lines = card.column(self._look, gap=4)
        lines.addWidget(label(title, "body", strong=True))
        lines.addWidget(content, 1)
        return lines


def rolled(content: QWidget, words: str) -> QScrollArea:
    """Rolls where it is longer than its place."""
    host = QWidget()
    lines = QVBoxLayout(host)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.addWidget(content)
    lines.addStretch(1)
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(host)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def who(code: str, names: Mapping[str, str]) -> str:
    """A person by name, else by code."""
    return names.get(code) or code


def difference(fen: int | None) -> str:
    """`+5.00`, `−5.00`, `0.00`; a dash where nobody counted."""
    if fen is None:
        return "–"
    return f"+{wording.bare(Money(fen))}" if fen > 0 else wording.bare(Money(fen))


def tender_lines(rows: Sequence[TenderRow], words: Words, *, hides_expected: bool = False) -> list[Line]:
    """Expected, counted, and the difference, a line a tender."""
    return [
        Line(
            wording.tender(row.tender, words),
            (
                "•••" if hides_expected else wording.bare(Money(row.expected_fen)),
                "–" if row.counted_fen is None else wording.bare(Money(row.counted_fen)),
                difference(row.difference_fen),
            ),
            "red" if row.difference_fen else "text",
        )
        for row in rows
    ]
