"""The counter: window, selling, payment and scanner plugged together; what a key does is decided here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from storeapp.domain.basket import Basket
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.domain.tender import TenderKind
from storeapp.domain.typed import plain
from storeapp.till import baskets as kept
from storeapp.till.clock_watch import ClockWatch, Jump, note_jump, uptime_s
from storeapp.till.ports import Pace, Provider
from storeapp.ui import wording
from storeapp.ui.approval.asking import Approvals
from storeapp.ui.desk import Desk
from storeapp.ui.frame.presenter import FramePresenter, Surroundings
from storeapp.ui.frame.sheets import KeysSheet, MenuEntry, MenuSheet, PageKeys
from storeapp.ui.look import Look
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.pay.panel import PayPanel
from storeapp.ui.pay.parts import GivenList
from storeapp.ui.pay.presenter import PayPresenter
from storeapp.ui.pay.state import Way
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.screen import SellScreen
from storeapp.ui.sell.state import EditKind, SellState
from storeapp.ui.window import Window

TICK_MS = 2000
_EDITS: dict[str, EditKind] = {
    "quantity": "quantity",
    "price": "price",
    "discount": "discount",
    "discount_all": "discount_all",
    "note": "note",
}
# the ways to pay that have a key of their own
_WAYS: dict[str, Way] = {
    "cash": "cash",
    "paid_by_code": "code_manual",
    "pay_scan": "scan",
    "pay_card": "card",
    "pay_stored": "stored_value",
    "pay_points": "points",
    "pay_voucher": "coupon",
    "pay_account": "on_account",
}
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Setup:
    """What the counter is made of. `providers` take money for a scanned code; `menu` is what other screens add."""

    desk: Desk
    staff: Staff
    around: Surroundings
    beep: Callable[[], None]
    providers: Mapping[TenderKind, Provider] = field(default_factory=dict)
    menu: Sequence[MenuEntry] = ()
    pace: Pace | None = None
    uptime_s: Callable[[], float] = uptime_s


class Counter(QObject):
    """`wanted` brings the id of an action or menu entry that belongs to another screen; `changed` each SellState.

    `ticked` every other second, `jumped` when the clock did.
    """

    wanted = Signal(str)
    changed = Signal(object)
    ticked = Signal()
    jumped = Signal()

    def __init__(self, look: Look, setup: Setup) -> None:
        self.window = Window(look)
        super().__init__(self.window)
        self._setup = setup
        self.before_pay: Callable[[], bool] = lambda: True
        """Whether money may be taken now; says itself why not."""
        self.frame = FramePresenter(setup.desk, setup.around, self.window)
        self.approvals = Approvals(self.window, setup.desk, lambda: self.sell.staff, beep=setup.beep)
        self.sell = SellPresenter(setup.desk, setup.staff)
        self.sell.allowance.ask = self.approvals.ask
        self.pay = PayPresenter(
            setup.desk, self.sell, providers=setup.providers, pace=setup.pace, ask=self.approvals.ask
        )
        has_provider = bool(setup.providers)
        given = GivenList(look)
        self.screen = SellScreen(self.window, self.sell, has_provider=has_provider, beep=setup.beep, below_total=given)
        given.shown.connect(self.screen.make_way)
        self._panel = PayPanel(self.window, self.pay, given=given, beep=setup.beep)
        self.screen.acted.connect(self.act)
        self.screen.shown.connect(self._shown)
        self.window.acted.connect(self.act)
        self._watch = ClockWatch(setup.desk.shop, setup.desk.clock, elapsed_s=setup.uptime_s)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.tick)
        self._clock.start(TICK_MS)
        self.frame.sign_in(setup.staff)

    def warm_up(self) -> None:
        """For a quiet moment after the start."""
        self._panel.warm_up()
        desk = self._setup.desk

        def load() -> None:
            # beside the window: the first basket, its member and its payment shall not wait for any of it
            from storeapp.till import checkout, limits  # noqa: F401  # loaded, not called
            from storeapp.till.quoting import quote
            from storeapp.ui.pay import offering  # noqa: F401  # the same
            from storeapp.ui.sell import her_view, quoting  # noqa: F401  # the same

            with desk.shop.reading() as books:
                quote(books, Basket(), at=desk.clock.now(), ids=desk.ids)
                books.layers.last_night()

        # the window may be gone by then; what is wrong the first basket says itself
        desk.work.db(load, fail=lambda _error: None)

    @property
    def shows_payment(self) -> bool:
        """Whether the sheet of the payment is open."""
        return self._panel.is_open

    def sign_in(self, staff: Staff) -> None:
        """Somebody else sells from now on; what the one before asked for is asked no more."""
        self.window.close_over()
        order = self.sell.trade.order
        if order is not None and order.cashier != staff.code:
            self.sell.let_exchange_go()
        self.sell.staff = staff
        self.frame.sign_in(staff)

    def take_scan(self, code: str) -> None:
        """A scanned code: for the page or sheet that waits for one, else for the basket."""
        page, sheet, over = self.window.page, self.window.sheet, self.window.over
        if over is not None and over.take_scan(code):
            return
        if page is not None:
            takes = getattr(page, "take_scan", None)
            if takes is None or not takes(code):
                self._setup.beep()
        elif sheet is not None and sheet.take_scan(code):
            return
        elif self.pay.wants_code(code):
            if self._may_take():
                self.sell.when_allowed(lambda: self._panel.pay_with(code))
        else:
            if self.window.scan.text():
                self.window.scan.take()  # what was half typed is overtaken
            self.sell.scan(code)

    def act(self, action: str) -> None:
        """What a key or button stands for; what is not done here is wanted from another screen."""
        if action in _EDITS:
            self._edit(action)
            return
        if action in _WAYS:
            self._pay(_WAYS[action])
            return
        deeds: dict[str, Callable[[], None]] = {
            "delete": self.sell.delete,
            "undo": self.sell.undo,
            "new_prices": self.sell.take_new_prices,
            "gift": self.sell.add_gift,
            "park": self.sell.park,
            "clear": self.sell.clear,
            "reprint": self.sell.reprint,
            "recall": self._recall,
            "pay": lambda: self._pay(self.pay.main_way),
            "keys": self._open_keys,
            "menu": self._open_menu,
        }
        deed = deeds.get(action)
        if deed is None:
            self.wanted.emit(action)
        else:
            deed()

    def tick(self) -> None:
        """What time it is, and whether somebody set the clock."""
        self.frame.tick()
        jump = self._watch.look()
        if jump is not None:
            self._note(jump)
        self.ticked.emit()

    def _note(self, jump: Jump) -> None:
        desk, cashier, look = self._setup.desk, self.sell.staff.code, self.window.look
        if not jump.is_right:
            said = look.t("The clock jumped by {span}. Check date and time: prices and coupons go by them.")
            span = wording.age(abs(jump.step), look.words)
            self.window.show_notice(Notice(said.format(span=span), "fault"))

        def noted(_none: None) -> None:
            self.frame.tick()
            self.jumped.emit()
            self.ticked.emit()

        desk.work.db(lambda: note_jump(desk.shop, jump, cashier=cashier, clock=desk.clock), ok=noted, fail=self._tell)

    def _tell(self, error: Exception) -> None:
        self.window.show_notice(notice(error, self.window.look.words))

    def _pay(self, way: Way) -> None:
        if self._may_take():
            self.sell.when_allowed(lambda: self._panel.open(way))

    def _may_take(self) -> bool:
        """Whether who is at the till sells, and the till may take money now; it says itself why not."""
        staff = self.sell.staff
        if not staff.may("sell"):
            self._setup.beep()
            self._tell(NotAllowed("sell", staff.role))
            return False
        return self.before_pay()

    def _edit(self, action: str) -> None:
        typed = plain(self.window.scan.text()).strip()
        self.sell.edit(_EDITS[action])
        if action == "quantity" and _NUMBER.fullmatch(typed) and self.sell.state.editing is not None:
            # a number typed before the key is the new quantity
            self.window.scan.take()
            self.sell.confirm_edit(typed)

    def _recall(self) -> None:
        only = kept.only_parked(self._setup.desk.shop)
        if only is None:
            self.wanted.emit("recall")
        else:
            self.sell.recall(only.parked_id)

    def _open_keys(self) -> None:
        look, page = self.window.look, self.window.page
        if isinstance(page, Page):
            self.window.open_over(PageKeys(look, page.own_keys()))
        elif page is None:
            self.window.open_sheet(KeysSheet(look))

    def _open_menu(self) -> None:
        sheet = MenuSheet(self.window.look, self._setup.menu)
        sheet.chosen.connect(self.act)
        self.window.open_sheet(sheet)

    def _shown(self, state: SellState) -> None:
        self._panel.basket_changed()
        if state.last_sale is not None and state.last_sale.just_paid:
            self.frame.tick()
        self.changed.emit(state)
