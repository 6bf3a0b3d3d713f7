"""What goes back: the amount by each way it was paid, points and coupons, who has to say yes, and why it comes back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from storeapp.domain.money import ZERO, Money
from storeapp.domain.staff import Right
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till.refund_plan import Plan
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.refund.loose_state import LooseState
from storeapp.ui.refund.reasons import ReasonGrid
from storeapp.ui.refund.state import RefundState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.buttons import KeyButton, toggle
from storeapp.ui.widgets.labels import RIGHT, Elided, Picture, label, repolish, set_tone
from storeapp.words import Words

VOID_KEY, CASH_KEY = "F8", "F9"
_ROWS = 4


def _folded(rows: list[tuple[str, str, str]], words: Words) -> list[tuple[str, str, str]]:
    """As many as there is room for: the last one stands for all the others."""
    if len(rows) <= _ROWS:
        return rows
    rest = words.t(", ").join(f"{name} {value}" for name, value, _tone in rows[_ROWS - 1 :])
    return [*rows[: _ROWS - 1], (rest, "", "white")]


def effects(plan: Plan, words: Words) -> list[tuple[str, str]]:
    """What else happens: points she loses, debts, coupons that are good again."""
    _ = words.t
    told = []
    if plan.points:
        told.append((_("Points taken back"), wording.number(plan.points)))
    if plan.points_owed:
        told.append((_("Points she has spent and owes"), wording.number(plan.points_owed)))
    if plan.coupons:
        told.append((_("Coupons good again"), wording.number(len(plan.coupons))))
    return told


class GivesBack(QFrame):
    """The one dark block: what the customer gets, by each way she paid."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "ink")
        outer = card.column(look, self, margin=(18, 12, 18, 8), gap=4)
        self._rows: list[tuple[QWidget, QLabel, QLabel]] = []
        for _place in range(_ROWS):
            host, left, right = QWidget(), Elided("", "body", "ink_muted"), label("", "body", "white")
            right.setAlignment(RIGHT)
            row = card.row(look, host)
            row.addWidget(left, 1)
            row.addWidget(right)
            outer.addWidget(host)
            host.hide()  # room that is never taken makes no window larger
            self._rows.append((host, left, right))
        self._amount = BigAmount(look)
        name = label(look.t("To give back"), "name", "white")
        bottom = card.row(look, gap=8)
        bottom.addWidget(name, 0, Qt.AlignmentFlag.AlignBottom)
        bottom.addWidget(self._amount, 1)
        outer.addLayout(bottom)

    def show_plan(self, plan: Plan | None) -> None:
        """`plan` is None while nothing comes back."""
        if plan is None:
            self.show_back((), ZERO)
        else:
            self.show_back(plan.tenders, plan.back, effects(plan, self._look.words))

    def show_back(self, tenders: tuple[Tender, ...], back: Money, also: Sequence[tuple[str, str]] = ()) -> None:
        """What goes back by each way, and what `also` happens."""
        words = self._look.words
        rows = [(wording.tender(t.kind, words), wording.money(t.amount), "white") for t in tenders]
        rows = _folded(rows + [(name, value, "mint") for name, value in also], words)
        for place, (host, left, right) in enumerate(self._rows):
            host.setVisible(place < len(rows))
            if place < len(rows):
                left.setText(rows[place][0])
                right.setText(rows[place][1])
                set_tone(right, rows[place][2])
        self._amount.show_amount(wording.money(back), "white" if back.fen else "ink_muted")


class SaidBox(QFrame):
    """Why it cannot be done, or who has to say yes before it is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture = Picture(look, "shield-check", "amber", 22)
        self._words = label("", "secondary", "amber", wrap=True)
        row = card.row(look, self, margin=(12, 8, 12, 8), gap=10)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def show_said(self, refused: Refused | None, missing: tuple[Right, ...] | None, hint: str) -> None:
        """`missing` are rights somebody has to give, None while nothing comes back: then there is a hint."""
        words = self._look.words
        if refused is not None:
            self._say(sentence(refused, words), "fault", "red", "alert-circle")
        elif missing:
            rights = words.t(", ").join(wording.right(right, words) for right in missing)
            said = words.t("A manager has to say yes: {rights}").format(rights=rights)
            self._say(said, "warning", "amber", "shield-check")
        elif missing is None:
            self._say(hint, "sunken", "muted", "")
        else:
            self.hide()

    def _say(self, said: str, kind: str, tone: str, icon: str) -> None:
        self.setProperty("kind", kind)
        repolish(self)
        self._picture.setVisible(bool(icon))
        if icon:
            self._picture.show_icon(icon, tone)
        self._words.setText(said)
        set_tone(self._words, tone)
        self.show()


class BackPanel(QFrame):
    """The right half of a page of refunds; `also` are buttons of its own, over the last one.

    `reason_chosen` brings a stored word, `reason_typed` what is typed, `reason_ended` its Enter.
    """

    reason_chosen = Signal(str)
    reason_typed = Signal(str)
    reason_ended = Signal()
    confirmed = Signal()

    def __init__(self, look: Look, also: Sequence[KeyButton] = ()) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self.back, self._said, self._reasons = GivesBack(look), SaidBox(look), ReasonGrid(look)
        self._reasons.chosen.connect(self.reason_chosen)
        self._reasons.typed.connect(self.reason_typed)
        self._reasons.ended.connect(self.reason_ended)
        outer = card.column(look, self, margin=14, gap=10)
        outer.addWidget(self.back)
        outer.addWidget(self._said)
        outer.addStretch(1)
        outer.addWidget(self._reasons)
        if also:
            outer.addLayout(_in_a_row(look, also))
        self._confirm = KeyButton(look, look.t("Give back"), "receipt-refund", cap="Enter", kind="primary")
        self._confirm.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._confirm.clicked.connect(self.confirmed)
        outer.addWidget(self._confirm)

    def show_asked(self, state: RefundState | LooseState, *, hint: str, deed: str) -> None:
        """Why it comes back, who has to say yes, and whether the `deed` can be done; `hint` while nothing is marked."""
        plan = state.plan
        self._said.show_said(state.refused, None if plan is None else plan.missing, hint)
        self._reasons.show_reason(state.reason, state.own_reason, is_listed=state.is_listed, is_saving=state.is_saving)
        self._confirm.setEnabled(plan is not None and not state.is_saving)
        self._confirm.setText(self._look.t("One moment…") if state.is_saving else deed)

    def type_reason(self) -> None:
        """The cursor goes where a reason is typed."""
        self._reasons.type_reason()


class RefundPanel(BackPanel):
    """Draws the right half of a RefundState."""

    void_wanted = Signal()
    cash_wanted = Signal()

    def __init__(self, look: Look) -> None:
        void, cash = toggle(look, look.t("Void the sale"), VOID_KEY), toggle(look, look.t("All in cash"), CASH_KEY)
        super().__init__(look, (void, cash))
        self._void, self._cash = void, cash
        void.clicked.connect(self.void_wanted)
        cash.clicked.connect(self.cash_wanted)

    def show_state(self, state: RefundState) -> None:
        _ = self._look.t
        self.back.show_plan(state.plan)
        hint = _("Choose what comes back: a number, + or A. Goods can be scanned.")
        self.show_asked(state, hint=hint, deed=_("Void the sale") if state.kind == "void" else _("Give back"))
        self._void.setChecked(state.kind == "void")
        self._cash.setChecked(state.in_cash)
        for button in (self._void, self._cash):
            button.setEnabled(not state.is_saving)


def _in_a_row(look: Look, buttons: Sequence[KeyButton]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(look.px(8))
    for column, button in enumerate(buttons):
        grid.addWidget(button, 0, column)
        grid.setColumnStretch(column, 1)
    return grid
