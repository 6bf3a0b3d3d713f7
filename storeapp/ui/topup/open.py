"""Opens the sheet that tops up, for the member at the counter or on her page."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.money import Money
from storeapp.errors import Refused
from storeapp.till.top_ups import ValueDone
from storeapp.ui import wording
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.topup.presenter import TopUpPresenter
from storeapp.ui.topup.sheet import TopUpSheet


class TopUpRoom:
    """`find` is opened where nobody is known yet; `printed` says that a slip waits."""

    def __init__(
        self,
        counter: Counter,
        desk: Desk,
        *,
        find: Callable[[], None],
        attach: Callable[[str], None],
        printed: Callable[[], None],
        beep: Callable[[], None],
    ) -> None:
        self._counter, self._desk, self._find, self._attach = counter, desk, find, attach
        self._printed, self._beep = printed, beep

    def open_for(self, member_id: str) -> None:
        """From her page: she is on this basket then."""
        self._attach(member_id)
        self.open()

    def open(self) -> None:
        """For who is on the basket; else somebody is looked for first. Money goes into a drawer somebody has opened."""
        window, sell = self._counter.window, self._counter.sell
        if sell.state.member is None:
            self._find()
            return
        if not self._counter.before_pay():
            return
        try:
            presenter = TopUpPresenter(
                self._desk,
                sell.staff,
                sell.state.member.member_id,
                ask=self._counter.approvals.ask,
                then=self._done,
            )
        except Refused as error:
            self._beep()
            window.show_notice(notice(error, window.look.words))
            return
        window.open_sheet(TopUpSheet(window, presenter, beep=self._beep))

    def _done(self, done: ValueDone) -> None:
        window, doc = self._counter.window, done.doc
        window.close_sheet()
        self._counter.sell.refresh()
        self._printed()
        said = window.look.t("Paid in {amount}, given {gift}: she holds {after}.").format(
            amount=wording.money(doc.money),
            gift=wording.money(Money(doc.bonus_fen)),
            after=wording.money(doc.after),
        )
        window.show_notice(Notice(said, "done"))
