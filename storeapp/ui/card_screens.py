"""The screens of cards: their page, what it leads to, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from storeapp.errors import Refused
from storeapp.ui import wording
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.parts import Parts

if TYPE_CHECKING:
    from storeapp.domain.card_kind import CardKind
    from storeapp.till.card_docs import CardDone
    from storeapp.ui.widgets.sheet import Sheet


class Find(Protocol):
    def __call__(self, *, back: Callable[[], None]) -> None: ...


class CardScreens:
    """`find` is opened where nobody is known yet. Its rooms load when they are opened: most shops sell no cards."""

    def __init__(
        self,
        counter: Counter,
        parts: Parts,
        desk: Desk,
        find: Find,
        attach: Callable[[str], None],
        *,
        beep: Callable[[], None],
    ) -> None:
        self._counter, self._parts, self._desk, self._find, self._attach = counter, parts, desk, find, attach
        self._beep = beep

    def open_for(self, member_id: str) -> None:
        """From her page: she is on this basket then."""
        self._attach(member_id)
        self.open()

    def open(self) -> None:
        """For who is on the basket, or for nobody yet."""
        from storeapp.ui.cards.page import CardsPage
        from storeapp.ui.cards.presenter import CardsPresenter

        window, sell = self._counter.window, self._counter.sell
        presenter = CardsPresenter(
            self._desk, sell.staff, self._member_id(), spares=sell.spares_cards, spare=sell.spare_cards
        )
        page = CardsPage(window, presenter, beep=self._beep)
        page.sell_wanted.connect(self._sell)
        page.back_wanted.connect(self._pay_back)
        page.hand_on_wanted.connect(self._hand_on)
        page.write_wanted.connect(self._write)
        page.find_wanted.connect(self._find_her)
        window.open_page(page)

    def _member_id(self) -> str | None:
        member = self._counter.sell.state.member
        return None if member is None else member.member_id

    def _find_her(self) -> None:
        self._find(back=self.open)

    def _sell(self, code: str) -> None:
        """Money goes into a drawer somebody has opened."""
        from storeapp.ui.cards.sell import SellCardPresenter
        from storeapp.ui.cards.sell_sheet import SellCardSheet

        counter, member_id = self._counter, self._member_id()
        if member_id is None:
            self._find_her()
            return

        def sheet() -> Sheet:
            presenter = SellCardPresenter(
                self._desk, counter.sell.staff, member_id, code, ask=counter.approvals.ask, then=self._done
            )
            return SellCardSheet(counter.window, presenter, beep=self._beep)

        self._open_sheet(sheet)

    def _pay_back(self, card_id: str) -> None:
        from storeapp.ui.cards.back import CardBackPresenter
        from storeapp.ui.cards.back_sheet import CardBackSheet

        counter, member_id = self._counter, self._member_id()
        if member_id is None:
            return

        def sheet() -> Sheet:
            presenter = CardBackPresenter(
                self._desk, counter.sell.staff, member_id, card_id, ask=counter.approvals.ask, then=self._done
            )
            return CardBackSheet(counter.window, presenter, beep=self._beep)

        self._open_sheet(sheet)

    def _hand_on(self, card_id: str) -> None:
        from storeapp.ui.cards.hand_on import HandOnPresenter
        from storeapp.ui.cards.hand_on_sheet import HandOnSheet

        counter, member_id = self._counter, self._member_id()
        if member_id is None:
            return

        def sheet() -> Sheet:
            presenter = HandOnPresenter(
                self._desk, counter.sell.staff, member_id, card_id, ask=counter.approvals.ask, then=self._done
            )
            return HandOnSheet(counter.window, presenter, beep=self._beep)

        self._open_sheet(sheet, moves_money=False)

    def _open_sheet(self, made: Callable[[], Sheet], *, moves_money: bool = True) -> None:
        """In place of the page, where the drawer is open if it must be; the page stays where this cannot be done."""
        if moves_money and not self._counter.before_pay():
            return
        try:
            sheet = made()
        except Refused as error:
            self._refuse(error)
            return
        self._counter.window.open_sheet(sheet, back=self.open)

    def _write(self, known: CardKind | None) -> None:
        from storeapp.ui.cards.kind_editor import KindEditor
        from storeapp.ui.cards.kind_page import KindPage

        presenter = KindEditor(self._desk, self._counter.sell.staff, known=known, saved=lambda _kind: self._written())
        writing = KindPage(self._counter.window, presenter, beep=self._beep)
        writing.left.connect(self.open)
        self._counter.window.open_page(writing)

    def _written(self) -> None:
        self.open()
        window = self._counter.window
        window.show_notice(Notice(window.look.t("Saved: it is on sale from now on."), "done"))

    def _done(self, done: CardDone) -> None:
        window, t = self._counter.window, self._counter.window.look.t
        window.close_sheet()
        self._counter.sell.refresh()
        self._parts.outside.look_at_prints()
        said = {
            "card_sold": t("{name} sold for {amount}."),
            "card_refund": t("{name}: {amount} paid back."),
            "card_given": t("{name} is somebody else's from now on."),
        }[done.doc.deed]
        self.open()
        window.show_notice(Notice(said.format(name=done.card.name, amount=wording.money(done.doc.money)), "done"))

    def _refuse(self, error: Refused) -> None:
        self._beep()
        window = self._counter.window
        window.show_notice(notice(error, window.look.words))
