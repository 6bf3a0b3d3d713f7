"""The till's door: signing out, locking by itself, and the quick switch. The basket stays through all of it."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.staff import Staff
from storeapp.till import staff as deeds
from storeapp.till.staff import SignOut
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.sell.view import PaymentRunning


class Door:
    """Who may be at the till, and who is."""

    def __init__(self, counter: Counter, desk: Desk, *, beep: Callable[[], None]) -> None:
        self._counter, self._window, self._desk, self._beep = counter, counter.window, desk, beep
        self.arrived: Callable[[], None] = lambda: None
        """Somebody has signed in."""

    @property
    def _staff(self) -> Staff:
        return self._counter.sell.staff

    def sign_out(self) -> None:
        """By key: not while money is on its way, and with a word about what is not sent yet."""
        if not self._counter.pay.may_be_left:
            self._beep()
            self._window.show_notice(notice(PaymentRunning(), self._window.look.words))
            return
        self._close("asked")
        self._hint_unsent()

    def lock(self) -> None:
        """Nobody touched the till: a payment under way goes on behind the page that asks for a PIN."""
        self._close("idle")

    def ask_first(self) -> None:
        """The window opens with nobody signed in."""
        self._close(None)

    def switch(self) -> None:
        """Somebody else, without leaving what is open."""
        from storeapp.ui.signin.presenter import SignInPresenter
        from storeapp.ui.signin.switch import SwitchSheet

        def came(staff: Staff) -> None:
            if self._window.over is sheet:
                self._switched(staff)
            else:
                # taken back while the PIN was checked: what is open now was begun by who was here before
                self._note(staff.code, "switched")

        presenter = SignInPresenter(self._desk, then=came, last=self._staff.code, asks_code=True)
        sheet = SwitchSheet(self._window, presenter, beep=self._beep)
        self._window.open_over(sheet)

    def _close(self, why: SignOut | None) -> None:
        from storeapp.ui.signin.presenter import SignInPresenter
        from storeapp.ui.signin.screen import SignInPage

        if isinstance(self._window.page, SignInPage):
            return
        if why is not None and self._staff.code:
            self._note(self._staff.code, why)
        if self._counter.pay.may_be_left:
            self._window.close_sheet()
        self._counter.frame.sign_in(None)
        presenter = SignInPresenter(self._desk, then=self._signed_in, last=self._staff.code)
        self._window.open_page(SignInPage(self._window, presenter, beep=self._beep), locked=True)

    def _signed_in(self, staff: Staff) -> None:
        self._counter.sign_in(staff)
        self._window.close_page()
        self.arrived()

    def _switched(self, staff: Staff) -> None:
        before = self._staff.code
        self._window.close_over()
        # what was begun in another's name ends with it; the payment belongs to the basket
        if not self._counter.shows_payment:
            self._window.close_sheet()
        self._counter.sign_in(staff)
        if before and before != staff.code:
            self._note(before, "switched")
        said = self._window.look.t("{name} is at the till.").format(name=staff.name)
        self._window.show_notice(Notice(said, "done"))

    def _note(self, code: str, why: SignOut) -> None:
        shop, clock = self._desk.shop, self._desk.clock
        tell = self._tell
        self._desk.work.db(lambda: deeds.sign_out(shop, code, why=why, clock=clock), fail=tell)

    def _tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._window.look.words))

    def _hint_unsent(self) -> None:
        with self._desk.shop.reading() as books:
            unsent = books.journal.unsent().count if books.device.is_joined else 0
        if unsent:
            look = self._window.look
            said = look.words.n(
                "{count} entry is not at the cloud yet. Leave the till on, and it goes by itself.",
                "{count} entries are not at the cloud yet. Leave the till on, and they go by themselves.",
                unsent,
            )
            self._window.show_notice(Notice(said.format(count=unsent), "refused"))
