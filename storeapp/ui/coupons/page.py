"""The page of coupons: their kinds on the left, what the chosen one is and what became of it on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout

from storeapp.domain.coupon_template import TemplateWord
from storeapp.domain.money import Money
from storeapp.till.coupon_report import CouponRow
from storeapp.ui import wording
from storeapp.ui.coupons.presenter import CouponsPresenter, CouponsState
from storeapp.ui.coupons.saying import said
from storeapp.ui.list_page import ListPage
from storeapp.ui.promotions.result_view import Figure
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row
from storeapp.ui.window import Window
from storeapp.words import N_

NEW, CHANGE, ISSUE, GIVE, END, FIND = "Ctrl+N", "Ctrl+E", "Ctrl+G", "Alt+G", "Ctrl+K", "Ctrl+F"
_FIGURES = (
    ("given", N_("Given")),
    ("out", N_("To be used")),
    ("reserved", N_("Reserved")),
    ("redeemed", N_("Redeemed")),
    ("void", N_("Void")),
    ("lapsed", N_("Lapsed unused")),
    ("off_fen", N_("Taken off")),
    ("sales_fen", N_("Sales with it")),
    ("cost_fen", N_("Cost")),
)


class CouponsPage(ListPage):
    """Draws one CouponsState. The arrows choose; each deed has its key on its button."""

    def __init__(self, window: Window, presenter: CouponsPresenter, *, beep: Callable[[], None]) -> None:
        look, t = window.look, window.look.t
        code = Field(look, t("Find a coupon by its code ({key})").format(key=FIND), most=40)
        code.submitted.connect(lambda: presenter.find(code.text()))
        listed = t("Kinds of coupons")
        super().__init__(window, t("Coupons"), "ticket", choose=presenter.choose, listed=listed, above=code)
        self._presenter, self.beep = presenter, beep
        none = t("No kind of coupon yet. {key} writes the first.")
        self.add_writing(t("New kind of coupon"), presenter.write_new, key=NEW, none=none)
        self._deed = label("", "body", wrap=True)
        self._conditions = label("", "secondary", "muted", wrap=True)
        self.detail.addWidget(self._deed)
        self.detail.addWidget(self._conditions)
        self._change = self.deed(t("Change"), "edit", presenter.change, key=CHANGE)
        self._issue = self.deed(t("Make codes"), "ticket", presenter.issue, key=ISSUE)
        self._give = self.deed(t("Give one"), "gift", presenter.give, key=GIVE)
        self._end = self.deed(t("End"), "x", presenter.end, key=END, kind="danger")
        self.add_deeds((self._change, self._issue, self._give, self._end))
        grid = QGridLayout()
        grid.setSpacing(look.px(8))
        self._figures = {name: Figure(look, t(words)) for name, words in _FIGURES}
        for place, figure in enumerate(self._figures.values()):
            grid.addWidget(figure, place // 3, place % 3)
        self.detail.addLayout(grid)
        self.detail.addStretch(1)
        self.on_key(FIND, code.edit.setFocus, words=t("Find a coupon by its code"))
        presenter.bind(self)

    @property
    def state(self) -> CouponsState:
        """What it shows."""
        return self._presenter.state

    def show_state(self, state: CouponsState) -> None:
        rows = [self._row(word, state) for word in state.rows] + [self._other(row) for row in state.others]
        self.show_rows(rows, state.chosen)
        self._show_kind(state)
        self._show_figures(None if state.figures is None else state.figures.get(state.chosen))

    def done(self, word: str) -> None:
        self.say({"ended": self.look.t("No more are given of it; those that are out stay good.")}[word])

    def _row(self, word: TemplateWord, state: CouponsState) -> Row:
        t, figures = self.look.t, None if state.figures is None else state.figures.get(word.subject)
        out = "" if figures is None else wording.number(figures.out + figures.reserved)
        is_live = word.state == "live"
        return Row(
            word.subject,
            word.name,
            t("version {number} · {at}").format(number=word.number, at=wording.moment(word.changed_at)),
            out,
            t("to be used") if out else "",
            tag="" if is_live else wording.promotion_state(word.state, self.look.words),
            tag_tone="muted",
        )

    def _other(self, row: CouponRow) -> Row:
        t = self.look.t
        return Row(
            row.template_id, row.template_id, t("no kind: from receipts or a file"),
            wording.number(row.out + row.reserved), t("to be used"),
        )  # fmt: skip

    def _show_kind(self, state: CouponsState) -> None:
        t, word, template = self.look.t, state.word, state.template
        if word is None:
            self.show_name(state.chosen)
        else:
            tone = "brand" if word.state == "live" else "muted"
            self.show_name(word.name, wording.promotion_state(word.state, self.look.words), tone)
        if template is not None:
            deed, *conditions = said(template, state.goods, self.look.words)
        elif word is None:
            deed, conditions = t("Coupons of no kind: a receipt's offer, or given by a file."), []
        else:
            deed, conditions = t("Written by a newer program."), []
        self._deed.setText(deed)
        self._conditions.setText(t("; ").join(conditions))
        is_live = template is not None and word is not None and word.state == "live"
        self._change.setEnabled(state.may_decide and template is not None)
        self._issue.setEnabled(state.may_decide and is_live)
        self._give.setEnabled(is_live)
        self._end.setEnabled(state.may_decide and is_live)
        self._end.setText(t("Give no more of it?") if state.is_asking else t("End"))

    def _show_figures(self, row: CouponRow | None) -> None:
        for name, figure in self._figures.items():
            value = 0 if row is None else getattr(row, name)
            told = wording.money(Money(value)) if name.endswith("_fen") else wording.number(value)
            figure.show_figure("—" if row is None and self.state.figures is None else told, "")
