"""The page of unclear payments: the list on the left, what is known and what may be done on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from storeapp.till.unclear import CASES, Case, Unclear
from storeapp.ui import wording
from storeapp.ui.notices import Notice, reason_said
from storeapp.ui.pay.screen import ASIDE, BACK
from storeapp.ui.suspense.presenter import SuspensePresenter, SuspenseState
from storeapp.ui.waiting_page import WaitingPage
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row
from storeapp.ui.window import Window
from storeapp.words import N_

_RIGHT_PX = 420
WHAT_NEXT: dict[Case, str] = {
    "open": N_("Ask again. If it stays silent it is taken back."),
    "suspense": N_("The company never said what became of it. Ask again, or look it up in the company's own list."),
    "late": N_("The money came when nobody waited for it any more. It counts for its sale, or it goes back."),
    "unused": N_("The money was taken, and its sale was never written down. Give it back."),
    "owed": N_(
        "The company refused to give this money back, and the goods are here. Ask it again, or give cash instead."
    ),
    "refund": N_("Nobody has confirmed that the money went back. Ask again: it is never given back twice."),
}
DONE = {
    "accepted": N_("It counts now."),
    "set_aside": N_("Set aside. Its sale can be paid another way."),
    "given_back": N_("The money is back in the customer's wallet."),
    "giving_back_unclear": N_("The money is on its way back, but nobody has confirmed it. It stays on the list."),
    "in_cash": N_("The customer has it in cash now. The drawer is open."),
    "printing": N_("Printing the list."),
    "not_given_back": N_("The company did not give it back."),
}


class SuspensePage(WaitingPage):
    """Draws one SuspenseState. Enter asks again; the decisions have buttons with their keys.

    `printing` tells that paper is owed.
    """

    printing = Signal()

    def __init__(self, window: Window, presenter: SuspensePresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(
            window,
            _("Unclear payments"),
            "alert-triangle",
            select=presenter.select,
            nothing=_("Every payment is clear."),
            detail_px=_RIGHT_PX,
        )
        self._presenter, self.beep = presenter, beep
        self._fill(presenter)
        self.on_key("Return", presenter.ask_again)
        self.on_key("F9", presenter.accept)
        self.on_key(ASIDE, presenter.set_aside)
        self.on_key(BACK, presenter.give_back)
        self.on_key("F10", presenter.give_in_cash)
        self.on_key("Ctrl+P", presenter.print_list)
        presenter.bind(self)

    def show_state(self, state: SuspenseState) -> None:
        _ = self.look.t
        self.show_waiting([self._row(item) for item in state.items], state.selected)
        item = state.chosen
        for button, deed in (
            (self._accept, "accept"),
            (self._aside, "other_means"),
            (self._back, "give_back"),
            (self._cash, "in_cash"),
        ):
            button.setVisible(item is not None and deed in item.deeds)
            button.setEnabled(not state.is_asking)
        self._again.setEnabled(not state.is_asking)
        self._again.setText(_("Asking…") if state.is_asking else _("Ask again"))
        if item is not None:
            self._show_item(item)

    def outside_changed(self) -> None:
        self._presenter.refresh()

    def done(self, word: str) -> None:
        if word in ("printing", "in_cash"):
            self.printing.emit()
        is_sure = word in ("accepted", "set_aside", "given_back", "in_cash", "printing")
        self._window.show_notice(Notice(self.look.t(DONE[word]), "done" if is_sure else "fault"))

    # inside

    def _fill(self, presenter: SuspensePresenter) -> None:
        look, _, lines = self.look, self.look.t, self.detail
        detail = card.column(look, gap=8)
        self._case = label("", "total", "red")
        self._amount = BigAmount(look, "text", 40)
        self._next = label("", "body", "muted", wrap=True)
        self._facts = label("", "secondary", "muted", wrap=True)
        for part in (self._case, self._amount, self._next, self._facts):
            detail.addWidget(part)
        lines.addLayout(detail)
        lines.addStretch(1)
        self._accept = KeyButton(look, _("It counts"), "check", cap="F9", kind="big")
        self._aside = KeyButton(look, _("Set aside"), "shield-check", cap=ASIDE, kind="big")
        self._back = KeyButton(look, _("Give it back"), "receipt-refund", cap=BACK, kind="big")
        self._cash = KeyButton(look, _("In cash instead"), "cash", cap="F10", kind="big")
        self._print = KeyButton(look, _("Print the list"), "printer", cap="Ctrl+P", kind="big")
        self._again = KeyButton(look, _("Ask again"), "refresh", kind="primary", cap="Enter")
        for button, deed in (
            (self._accept, presenter.accept),
            (self._aside, presenter.set_aside),
            (self._back, presenter.give_back),
            (self._cash, presenter.give_in_cash),
            (self._print, presenter.print_list),
            (self._again, presenter.ask_again),
        ):
            button.clicked.connect(deed)
            lines.addWidget(button)

    def _row(self, item: Unclear) -> Row:
        words = self.look.words
        tone = "red" if item.case in ("suspense", "open") else "amber"
        detail = f"{wording.moment_clock(item.at)} · {wording.age(item.age, words)}"
        return Row(
            f"{item.case}:{item.trade_number}",
            wording.tender(item.kind, words),
            detail,
            right=wording.money(item.amount),
            right_detail=item.trade_number[-8:],
            tag=self.look.t(CASES[item.case]),
            tag_tone=tone,
            icon="alert-triangle",
        )

    def _show_item(self, item: Unclear) -> None:
        _, words = self.look.t, self.look.words
        self._case.setText(_(CASES[item.case]))
        self._amount.show_amount(wording.money(item.amount), "text")
        self._next.setText(_(WHAT_NEXT[item.case]))
        facts = [
            _("Trade number {number}").format(number=item.trade_number),
            _("Asked {at} · {age}").format(at=item.at[:16].replace("T", " "), age=wording.age(item.age, words)),
        ]
        if item.reason:
            facts.append(reason_said(item.reason, words))
        if item.by:
            facts.append(_("Cashier {code}").format(code=item.by))
        if item.decided:
            facts.append(_("Set aside with the approval of {code}").format(code=item.decided))
        self._facts.setText("\n".join(facts))
