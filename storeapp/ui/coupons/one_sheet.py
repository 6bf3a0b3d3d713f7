"""The sheet of one coupon: what it is, whose, everything that moved it; a reason and Enter take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from storeapp.till.coupon_history import CouponFile, Step
from storeapp.ui import coupon_words, wording
from storeapp.ui.account.deed_sheet import DeedSheet
from storeapp.ui.coupons.one import OnePresenter, OneState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets import card
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_, Words

STEPS = {
    "coupon.issued": N_("Given"),
    "coupon.reserved": N_("Reserved by a basket"),
    "coupon.released": N_("Free again"),
    "sale": N_("Redeemed"),
    "refund": N_("Its sale came back"),
    "coupon.void": N_("Taken back"),
}
WHYS = {
    "issued": N_("by hand, or as a code"),
    "join": N_("for joining"),
    "birthday": N_("for her birthday"),
    "winback": N_("to win her back"),
    "next_visit": N_("for the next visit"),
    "goodwill": N_("goodwill"),
}


class OneSheet(DeedSheet):
    """Draws one OneState."""

    def __init__(self, window: Window, presenter: OnePresenter, *, beep: Callable[[], None]) -> None:
        look, t = window.look, window.look.t
        file = presenter.state.file
        super().__init__(window, file.coupon.code, "ticket", beep=beep)
        self._presenter = presenter
        rows = RowList(look, t("What happened"))
        rows.show_rows([self._step(place, step) for place, step in enumerate(file.steps)])
        self._reason = Field(look, t("Why it is taken back"), most=100)
        for part in (self._facts(file), rows, self._reason, self.confirm_button):
            self.body.addWidget(part, 1 if part is rows else 0)
        self.steps = (self._reason,) if presenter.state.can_go else (rows,)
        self._reason.edited.connect(presenter.because)
        self._reason.setVisible(presenter.state.can_go)
        self.confirm_button.setVisible(presenter.state.can_go)
        self.confirm_button.setText(t("Take it back"))
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def show_state(self, state: OneState) -> None:
        self._reason.show_fault("" if state.refused is None else sentence(state.refused, self.look.words))
        self.confirm_button.setEnabled(not state.is_saving)

    def _facts(self, file: CouponFile) -> QFrame:
        look, words, coupon = self.look, self.look.words, file.coupon
        made = card.frame("tinted")
        lines = card.column(look, made, margin=(14, 10, 14, 10), gap=4)
        worth = coupon_words.worth(coupon.amount, coupon.terms, words)
        terms = coupon_words.condition(coupon.amount, coupon.min_spend, coupon.terms, words)
        lines.addWidget(Elided(f"{worth} · {coupon_words.state(file.stands, words)}", "title", "brand", strong=True))
        for said in (terms, _validity(file, words), _whose(file, words), _given(file, words)):
            if said:
                lines.addWidget(label(said, "secondary", "brand", wrap=True))
        return made

    def _step(self, place: int, step: Step) -> Row:
        known = STEPS.get(step.kind)
        said = step.kind if known is None else self.look.t(known)
        return Row(str(place), said, step.receipt, wording.moment(step.at))


def _validity(file: CouponFile, words: Words) -> str:
    said = words.t("Good from {first} to {last}")
    return said.format(first=file.coupon.valid_from, last=file.coupon.valid_until)


def _whose(file: CouponFile, words: Words) -> str:
    if file.phone_masked:
        return words.t("Hers: {phone}").format(phone=file.phone_masked)
    return words.t("Whoever shows the code uses it") if file.coupon.member_id is None else ""


def _given(file: CouponFile, words: Words) -> str:
    if file.grant is None:
        return ""
    why, by = words.t(WHYS[file.grant.why]), file.grant.by
    return " · ".join(filter(None, (words.t("Given {why}").format(why=why), file.grant.reason, by)))
