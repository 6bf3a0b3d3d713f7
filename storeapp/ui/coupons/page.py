"""The page of coupons: their kinds on the left, what the chosen one is and what became of it on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from storeapp.domain.coupon_template import TemplateWord
from storeapp.domain.money import Money
from storeapp.till.coupon_report import CouponRow
from storeapp.ui import coupon_words, wording
from storeapp.ui.coupons.presenter import CouponsPresenter, CouponsState
from storeapp.ui.coupons.saying import said
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.promotions.result_view import Figure
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, label, set_tone, tag
from storeapp.ui.widgets.rows import Row, RowList
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


class CouponsPage(Page):
    """Draws one CouponsState. The arrows choose; each deed has its key on its button."""

    def __init__(self, window: Window, presenter: CouponsPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Coupons"), "ticket")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._ids: tuple[str, ...] = ()
        self._list = RowList(look, look.t("Kinds of coupons"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self._none = label(
            look.t("No kind of coupon yet. {key} writes the first.").format(key=NEW), "body", "muted", wrap=True
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 9)
        self._detail = self._right()
        columns.addWidget(self._detail, 14)
        self.body.addLayout(columns, 1)
        for key, deed in (
            (NEW, presenter.write_new),
            (CHANGE, presenter.change),
            (ISSUE, presenter.issue),
            (GIVE, presenter.give),
            (END, presenter.end),
        ):
            self.on_key(key, deed)
        self.on_key(FIND, self._code.edit.setFocus, words=look.t("Find a coupon by its code"))
        presenter.bind(self)

    @property
    def state(self) -> CouponsState:
        """What it shows."""
        return self._presenter.state

    def show_state(self, state: CouponsState) -> None:
        rows = [self._row(word, state) for word in state.rows] + [self._other(row) for row in state.others]
        self._ids = tuple(row.id for row in rows)
        place = self._ids.index(state.chosen) if state.chosen in self._ids else 0
        model = self._list.selectionModel()
        blocked = model.blockSignals(True)
        self._list.show_rows(rows, place)
        model.blockSignals(blocked)
        self._list.viewport().update()
        self._list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        # keys need somebody who has the focus: an empty list hides
        self.setFocusProxy(self._list if rows else self._new)
        self._detail.setVisible(bool(rows))
        self._show_kind(state)
        self._show_figures(None if state.figures is None else state.figures.get(state.chosen))

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        said = {"ended": self.look.t("No more are given of it; those that are out stay good.")}[word]
        self._window.show_notice(Notice(said, "done"))

    def _chosen(self) -> None:
        row = self._list.currentIndex().row()
        if 0 <= row < len(self._ids):
            self._presenter.choose(self._ids[row])

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
            row.template_id, row.template_id, t("not of a kind: from receipts, or a file"),
            wording.number(row.out + row.reserved), t("to be used"),
        )  # fmt: skip

    def _show_kind(self, state: CouponsState) -> None:
        t, word, template = self.look.t, state.word, state.template
        self._name.setText(state.chosen if word is None else word.name)
        self._state.setVisible(word is not None)
        if word is not None:
            self._state.setText(wording.promotion_state(word.state, self.look.words))
            set_tone(self._state, "brand" if word.state == "live" else "muted")
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
            told = coupon_words.short(Money(value)) if name.endswith("_fen") else wording.number(value)
            figure.show_figure("—" if row is None and self.state.figures is None else told, "")

    def _left(self) -> QFrame:
        made, t = card.frame("card"), self.look.t
        lines = card.column(self.look, made, margin=(1, 8, 1, 8), gap=8)
        self._code = Field(self.look, t("Find a coupon by its code ({key})").format(key=FIND), most=40)
        self._code.submitted.connect(lambda: self._presenter.find(self._code.text()))
        head = card.row(self.look, margin=(12, 4, 12, 0))
        head.addWidget(self._code)
        lines.addLayout(head)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        self._new = KeyButton(self.look, t("New kind of coupon"), "plus", cap=NEW, kind="primary")
        self._new.clicked.connect(self._presenter.write_new)
        foot = card.row(self.look, margin=(12, 0, 12, 4))
        foot.addWidget(self._new)
        lines.addLayout(foot)
        return made

    def _right(self) -> QFrame:
        look, t = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=10)
        head = card.row(look, gap=10)
        self._name, self._state = Elided("", "total", strong=True), tag()
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        lines.addLayout(head)
        self._deed = label("", "body", wrap=True)
        self._conditions = label("", "secondary", "muted", wrap=True)
        lines.addWidget(self._deed)
        lines.addWidget(self._conditions)
        deeds = card.row(look, gap=8)
        self._change = KeyButton(look, t("Change"), "edit", cap=CHANGE)
        self._issue = KeyButton(look, t("Make codes"), "ticket", cap=ISSUE)
        self._give = KeyButton(look, t("Give one"), "gift", cap=GIVE)
        self._end = KeyButton(look, t("End"), "x", cap=END, kind="danger")
        for button, deed in (
            (self._change, self._presenter.change),
            (self._issue, self._presenter.issue),
            (self._give, self._presenter.give),
            (self._end, self._presenter.end),
        ):
            button.clicked.connect(deed)
            deeds.addWidget(button, 1)
        lines.addLayout(deeds)
        grid = QGridLayout()
        grid.setSpacing(look.px(8))
        self._figures = {name: Figure(look, t(words)) for name, words in _FIGURES}
        for place, figure in enumerate(self._figures.values()):
            grid.addWidget(figure, place // 3, place % 3)
        lines.addLayout(grid)
        lines.addStretch(1)
        return made
