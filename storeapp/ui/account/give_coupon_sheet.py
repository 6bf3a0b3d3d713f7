"""The sheet that gives a coupon: whose number, which coupon, why; Enter goes on and gives."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.domain.coupon_template import CouponTemplate
from storeapp.ui import coupon_words
from storeapp.ui.account.deed_sheet import DeedSheet, her_box
from storeapp.ui.account.give_coupon import GivePresenter, GiveState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window


class GiveSheet(DeedSheet):
    """Draws one GiveState."""

    def __init__(self, window: Window, presenter: GivePresenter, *, beep: Callable[[], None]) -> None:
        look, t = window.look, window.look.t
        super().__init__(window, t("Give a coupon"), "gift", beep=beep)
        self._presenter, state = presenter, presenter.state
        self._phone = Field(look, t("Her phone number"), most=20)
        self._rows = RowList(look, t("Kinds of coupons"))
        places = [each.template_id for each in state.templates]
        self._rows.show_rows([self._row(each) for each in state.templates], places.index(state.chosen))
        self._fault = label("", "secondary", "red", wrap=True)
        self._reason = Field(look, t("Why"), hint=t("It is on record with what it costs."), most=100)
        if state.who is not None:
            self.body.addWidget(her_box(look, state.who, t("A gift of goodwill")))
        else:
            self.body.addWidget(self._phone)
        self.body.addWidget(self._rows, 1)
        for part in (self._fault, self._reason, self.confirm_button):
            self.body.addWidget(part)
        first = () if state.who is not None else (self._phone,)
        self.steps = (*first, self._rows, self._reason)
        self._phone.edited.connect(presenter.type_phone)
        self._reason.edited.connect(presenter.because)
        self._rows.chosen.connect(lambda _id: self._reason.setFocus())
        self._rows.selectionModel().currentChanged.connect(lambda now, _before: self._moved(now.row()))
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def check(self, step: QWidget) -> bool:
        return step is not self._phone or self._presenter.find_her()

    def show_state(self, state: GiveState) -> None:
        said = "" if state.refused is None else sentence(state.refused, self.look.words)
        self._phone.set_text(state.phone)
        self._phone.show_fault(said if state.fault_at == "phone" else "")
        self._reason.show_fault(said if state.fault_at == "reason" else "")
        self._fault.setText(said if state.fault_at == "template" else "")
        self._fault.setVisible(state.fault_at == "template")
        name = state.template.name
        who = "" if state.who is None or not state.phone else f" → {state.who.said}"
        self.confirm_button.setText(self.look.t("Give “{name}”").format(name=name) + who)
        self.confirm_button.setEnabled(not state.is_saving)

    def _moved(self, row: int) -> None:
        if row >= 0:
            self._presenter.choose(self._presenter.state.templates[row].template_id)

    def _row(self, each: CouponTemplate) -> Row:
        words = self.look.words
        costs = self.look.t("costs {amount}").format(amount=coupon_words.short(each.cost))
        return Row(
            each.template_id,
            each.name,
            coupon_words.condition(each.amount, each.min_spend, each.terms, words),
            coupon_words.worth(each.amount, each.terms, words),
            costs,
            icon="ticket",
        )
