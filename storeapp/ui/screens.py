"""The other screens: what a key or a line of the menu opens beside the selling screen, and what comes back from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import EmptyBasket
from storeapp.domain.staff import Staff, require
from storeapp.errors import Refused
from storeapp.settings import Settings
from storeapp.till import printing
from storeapp.till.clock import SystemPace
from storeapp.ui.card_screens import CardScreens
from storeapp.ui.clock.asking import ClockAsking
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.door import Door
from storeapp.ui.gate import Gate
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.parts import Parts
from storeapp.ui.people_screens import PeopleScreens
from storeapp.ui.price_screens import PriceScreens
from storeapp.ui.refund.room import RefundRoom
from storeapp.ui.sell.state import SellState
from storeapp.ui.shift.open import ShiftDesk
from storeapp.words import N_

if TYPE_CHECKING:
    from storeapp.ui.account.open import AccountRoom
    from storeapp.ui.paper.sheet import PaperSheet
    from storeapp.ui.topup.open import TopUpRoom
    from storeapp.ui.why.sheet import WhySheet

_PAPERS_KEPT = 5


class Screens(QObject):
    """Answers to `Counter.wanted`. `settings_kept` brings settings that want the window made anew."""

    settings_kept = Signal(object)

    def __init__(self, counter: Counter, parts: Parts, desk: Desk, *, beep: Callable[[], None]) -> None:
        super().__init__(counter)
        self._counter, self._window, self._parts, self._desk, self._beep = counter, counter.window, parts, desk, beep
        self._papers: tuple[bytes, ...] = ()
        self._paper: PaperSheet | None = None
        self._why: WhySheet | None = None
        self._asked, self._printing = 0, ""
        self.door = Door(counter, desk, beep=beep)
        self.gate = Gate(counter, parts, desk, beep=beep)
        self.shift = ShiftDesk(counter, desk, parts.outside, beep=beep)
        self.door.arrived = self.shift.arrived
        self.refunds = RefundRoom(counter, parts, desk, beep=beep)
        self.people = PeopleScreens(self._window, parts, desk, lambda: self.staff, self.member_page, beep=beep)
        self.cards = CardScreens(counter, parts, desk, self.find_member, self._attach, beep=beep)
        self.prices = PriceScreens(counter, parts, desk, beep=beep)
        self.clock = ClockAsking(counter, desk)
        counter.wanted.connect(self.open)

    @cached_property
    def top_ups(self) -> TopUpRoom:
        # a room of its own, opened now and then
        from storeapp.ui.topup.open import TopUpRoom

        return TopUpRoom(
            self._counter,
            self._desk,
            find=self.find_member,
            attach=self._attach,
            page=self.member_page,
            printed=self._parts.outside.look_at_prints,
            beep=self._beep,
        )

    @cached_property
    def accounts(self) -> AccountRoom:
        # a room of its own, opened now and then
        from storeapp.ui.account.open import AccountRoom

        printed = self._parts.outside.look_at_prints
        return AccountRoom(self._counter, self._desk, page=self.member_page, printed=printed, beep=self._beep)

    @property
    def staff(self) -> Staff:
        return self._counter.sell.staff

    def open(self, action: str) -> None:
        opens: dict[str, Callable[[], None]] = {
            "find_member": self.find_member,
            "new_member": self.sign_up,
            "top_up": self.top_up,
            "cards": self.cards.open,
            "why": self.why,
            "print_why": self.print_why,
            "member_page": self._member_at_the_counter,
            "recall": self.parked,
            "receipts": self.receipts,
            "refund": self.refunds.open,
            "refund_last": self.refunds.refund_last,
            "void_last": self.refunds.void_last,
            "prints": self.prints,
            "unclear": self.unclear,
            "drawer": self.open_drawer,
            "shift": self.shift.open,
            "paper": self.paper,
            "promotions": self.prices.promotions,
            "price_lists": self.prices.price_lists,
            "coupons": self.prices.coupons,
            "reports": self.people.reports,
            "insight": self.people.insight,
            "outreach": self.people.outreach,
            "alarms": lambda: self.people.alarms(self._counter.frame.tick),
            "groups": self.prices.groups,
            "settings": self.settings,
            "training": self.gate.training,
            "trouble": self.gate.trouble,
            "switch": self.door.switch,
            "sign_out": self.door.sign_out,
        }
        opens.get(action, lambda: None)()

    # members

    def sign_up(self) -> None:
        # a room of its own, opened now and then
        from storeapp.ui.member.sign_up import SignUpPresenter
        from storeapp.ui.member.sign_up_sheet import SignUpSheet

        presenter = SignUpPresenter(self._desk, self.staff, then=self._signed_up)
        self._window.open_sheet(SignUpSheet(self._window, presenter, beep=self._beep))

    def top_up(self, member_id: str = "") -> None:
        """Hers from her page, or of who is on the basket. Its room loads now, and not with the table of actions."""
        if member_id:
            self.top_ups.open_for(member_id)
        else:
            self.top_ups.open()

    def find_member(self, *, back: Callable[[], None] | None = None) -> None:
        """`back` opens the page that wants to know her, if somebody leaves the sheet."""
        from storeapp.ui.member.find import FindPresenter
        from storeapp.ui.member.find_sheet import FindSheet

        presenter = FindPresenter(self._desk, then=self._attach)
        sheet = FindSheet(self._window, presenter, beep=self._beep)
        sheet.page_wanted.connect(self.member_page)
        self._window.open_sheet(sheet, back=back)

    def member_page(self, member_id: str, approval_id: str | None = None) -> None:
        if not member_id:
            self._beep()
            return
        # a room of its own, opened now and then
        from storeapp.till import member_file
        from storeapp.ui.member.file import FilePresenter
        from storeapp.ui.member.file_page import FilePage

        ask = self._counter.approvals.ask
        presenter = FilePresenter(
            self._desk,
            self.staff,
            member_id,
            erased=self._erased,
            changed=self._counter.sell.refresh,
            ask=ask,
            keep=self._parts.outside.keep_her_data,
            approval_id=approval_id,
        )
        try:
            page = FilePage(self._window, presenter, beep=self._beep)
        except NeedsApproval:
            # calmly: it is no reproach, somebody who may just says yes
            about = self._window.look.t("You have looked at many members; one more needs a yes.")
            payload = member_file.asked(member_id, "page")
            ask(member_file.RIGHT, payload, then=lambda given: self.member_page(member_id, given), about=about)
            return
        except Refused as error:
            self._tell(error)
            return
        page.attach_wanted.connect(self._attach)
        page.top_up_wanted.connect(self.top_up)
        page.cards_wanted.connect(self.cards.open_for)
        page.deed_wanted.connect(self.accounts.open)
        self._window.open_page(page)

    def _member_at_the_counter(self) -> None:
        from storeapp.ui.member.find_sheet import FindSheet

        sheet = self._window.sheet
        if isinstance(sheet, FindSheet) and sheet.current():
            self.member_page(sheet.current())
        elif self._counter.sell.state.member is not None:
            self.member_page(self._counter.sell.state.member.member_id)
        else:
            self.find_member()

    def _signed_up(self, member_id: str, is_new: bool) -> None:
        self._attach(member_id)
        self._counter.frame.tick()
        said = (
            N_("Signed up, and on this basket.") if is_new else N_("She was a member already; she is on this basket.")
        )
        self._say(said)

    def _attach(self, member_id: str) -> None:
        self._window.close_page()
        self._window.close_sheet()
        self._counter.sell.attach_member(member_id)

    def _erased(self, member_id: str) -> None:
        self._window.close_page()
        self._window.close_sheet()
        here = self._counter.sell.state.member
        if here is not None and here.member_id == member_id:
            self._counter.sell.attach_member(None)

    # baskets and paper

    def why(self) -> None:
        """Every step from the shelf price to what is asked for; the key again takes the sheet away."""
        from storeapp.ui.why.sheet import WhySheet

        if isinstance(self._window.sheet, WhySheet):
            self._window.close_sheet()
            return
        if not self._counter.sell.state.priced.lines:
            self._nothing_yet()
            return
        sheet = self._why = WhySheet(self._window.look)
        sheet.show_state(self._counter.sell.state)
        sheet.print_wanted.connect(self.print_why)
        self._window.open_sheet(sheet)

    def print_why(self) -> None:
        """The steps of the basket at the counter, on paper."""
        from storeapp.till.why import owe_why

        desk = self._desk
        if not self._counter.sell.state.priced.lines:
            self._nothing_yet()
            return
        desk.work.db(
            lambda: owe_why(desk.shop, "", clock=desk.clock, ids=desk.ids),
            ok=lambda _job: self._parts.outside.look_at_prints(),
            fail=self._tell,
        )

    def _nothing_yet(self) -> None:
        self._beep()
        self._tell(EmptyBasket())

    def parked(self) -> None:
        from storeapp.ui.parked.presenter import ParkedPresenter
        from storeapp.ui.parked.sheet import ParkedSheet

        presenter = ParkedPresenter(self._desk, recall=self._recall)
        sheet = ParkedSheet(self._window, presenter, beep=self._beep)
        sheet.dropped.connect(self._counter.sell.refresh)
        self._window.open_sheet(sheet)

    def _recall(self, parked_id: str) -> None:
        self._window.close_sheet()
        self._counter.sell.recall(parked_id)

    def receipts(self) -> None:
        from storeapp.ui.receipt.page import ReceiptPage
        from storeapp.ui.receipt.presenter import ReceiptPresenter

        presenter = ReceiptPresenter(self._desk, self.staff, self._parts.outside, self._counter.approvals.ask)
        page = ReceiptPage(self._window, presenter, beep=self._beep)
        page.refund_wanted.connect(self.refunds.open)
        self._window.open_page(page)

    def prints(self) -> None:
        from storeapp.ui.receipt.prints import PrintsPresenter
        from storeapp.ui.receipt.prints_sheet import PrintsSheet

        presenter = PrintsPresenter(self._desk, self._parts.outside)
        sheet = PrintsSheet(self._window, presenter, beep=self._beep)
        self._window.open_sheet(sheet)

    def unclear(self) -> None:
        """The payments nobody is sure of."""
        from storeapp.ui.suspense.presenter import SuspensePresenter
        from storeapp.ui.suspense.screen import SuspensePage

        desk, counter = self._desk, self._counter
        presenter = SuspensePresenter(
            desk, self._parts.providers, cashier=self.staff.code, ask=counter.approvals.ask, pace=SystemPace()
        )
        page = SuspensePage(self._window, presenter, beep=self._beep)
        page.printing.connect(self._parts.outside.look_at_prints)
        self._window.open_page(page)

    def paper(self) -> None:
        self._show_paper()

    def printed(self, png: bytes) -> None:
        """The built-in printer has printed: the demo shop shows it until the next thing is rung up."""
        self._papers = (png, *self._papers)[:_PAPERS_KEPT]
        sheet = self._window.sheet
        if sheet is None and self._window.page is None and self._counter.sell.state.is_empty:
            self._show_paper(goes_by_itself=True)
        elif self._paper is not None and sheet is self._paper:
            self._paper.show_papers(self._papers)

    def _show_paper(self, *, goes_by_itself: bool = False) -> None:
        # loaded with the first paper
        from storeapp.ui.paper.sheet import PaperSheet

        self._paper = PaperSheet(self._window.look, self._papers, goes_by_itself=goes_by_itself)
        self._window.open_sheet(self._paper)

    def followed(self, state: SellState) -> None:
        """A sale has something to print; the next customer's first item takes the paper away."""
        last = state.last_sale
        if last is not None and last.just_paid and last.receipt != self._printing:
            self._printing = last.receipt
            self._parts.outside.look_at_prints()
        sheet, why, paper = self._window.sheet, self._why, self._paper
        if why is not None and sheet is why:
            why.show_state(state) if state.priced.lines else self._window.close_sheet()
        if paper is not None and sheet is paper and paper.goes_by_itself and not state.is_empty:
            self._window.close_sheet()

    def outside_changed(self) -> None:
        """The printer, its queue or the cloud are not as they were."""
        self._counter.frame.tick()
        self._counter.pay.asking.look()
        if isinstance(self._window.page, Page):
            self._window.page.outside_changed()
        if not self._counter.sell.state.is_empty:
            self._counter.sell.refresh()  # a price may have come from the cloud
        asked = len(printing.questions(self._desk.shop))
        if asked > self._asked:
            said = self._window.look.t("A receipt may not have printed. {key} decides.")
            self._window.show_notice(Notice(said.format(key=self._window.look.cap("prints")), "fault"))
        self._asked = asked
        if self._window.sheet is not None:
            self._window.sheet.outside_changed()

    def open_drawer(self) -> None:
        """Without a sale: somebody who may says yes where the cashier may not."""
        desk, cashier = self._desk, self.staff.code

        def deed(approval_id: str | None) -> None:
            desk.work.db(
                lambda: printing.kick_drawer(
                    desk.shop,
                    cashier=cashier,
                    reason="no_sale",
                    clock=desk.clock,
                    ids=desk.ids,
                    approval_id=approval_id,
                ),
                ok=lambda _job: self._parts.outside.look_at_prints(),
                fail=self._tell,
            )

        self._counter.approvals.ask("open_drawer", printing.no_sale("no_sale"), then=deed)

    # settings

    def settings(self) -> None:
        # a room of its own, opened once a month
        from storeapp.ui.settings.open import open_settings

        try:
            require(self.staff, "settings")
        except Refused as error:
            self._beep()
            self._tell(error)
            return
        page = open_settings(self._window, self._parts, self._desk, self.staff, beep=self._beep)
        page.kept.connect(self._keep_settings)
        page.remake_wanted.connect(self.settings_kept)
        page.catalogue_changed.connect(self._counter.sell.refresh)
        self._window.open_page(page)

    def _keep_settings(self, settings: Settings) -> None:
        self._parts = replace(self._parts, settings=settings)

    def _say(self, said: str) -> None:
        self._window.show_notice(Notice(self._window.look.t(said), "done"))

    def _tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._window.look.words))
