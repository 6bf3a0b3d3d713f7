"""The page of refunds: a receipt, what is brought back of it, why; what goes back is worked out with every key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storeapp.domain.quantity import as_decimal
from storeapp.domain.reason import BACK_REASONS
from storeapp.domain.refund import NothingToRefund, Refund, RefundTooMuch
from storeapp.domain.sale import Sale
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import refunds
from storeapp.till.refunds import Refunded, RefundOrder, RefundReasonMissing, RefundReasonUnlisted, VoidTooLate, Wallets
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.refund import finding
from storeapp.ui.refund.allowing import Given, when_all_say_yes
from storeapp.ui.refund.marks import milli_of, resumed
from storeapp.ui.refund.state import OWN, BackLine, Draft, RefundState, draft_of
from storeapp.ui.refund.view import BackView

Kept = Callable[[Draft | None], None]


class RefundPresenter:
    """`keep` is told what was begun, for the page may go at any time; `made` what was given back.

    `exchange` gets what comes back where other goods are taken for it, `loose` the number of another till's receipt.
    """

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        ask: Ask,
        *,
        keep: Kept,
        made: Callable[[Refund], None],
        exchange: Callable[[RefundOrder], None],
        followed: Callable[[RefundState], None] = lambda _state: None,
        wallets: Wallets | None = None,
        loose: Callable[[str], None] = lambda _receipt: None,
    ) -> None:
        self._desk, self._staff, self._ask = desk, staff, ask
        self._keep, self._made, self._exchange, self._followed = keep, made, exchange, followed
        self._wallets, self._loose = wallets, loose
        self._view: BackView[RefundState]
        self._draft: Draft | None = None
        self.state = RefundState()

    def bind(self, view: BackView[RefundState]) -> None:
        self._view = view
        self.search("")

    # a receipt is found

    def search(self, text: str) -> None:
        """The latest receipts whose number holds what is typed, and members who go by it."""
        with self._desk.shop.reading() as books:
            found = finding.found(books, text)
        self._show(replace(self.state, finding=found))

    def move(self, by: int) -> None:
        """Up and down: the list of receipts, or the lines of the one that is open."""
        state = self.state
        if state.step == "find":
            self.pick(state.finding.selected + by)
        else:
            self.select(state.selected + by)

    def pick(self, place: int) -> None:
        found = self.state.finding
        if 0 <= place < found.rows:
            self._show(replace(self.state, finding=replace(found, selected=place)))

    def choose(self) -> None:
        """Enter: the receipt or member that is picked; or what was typed is a whole number."""
        found = self.state.finding
        if not found.rows:
            if found.text:
                self.look_up(found.text)
            return
        if found.selected < len(found.sales):
            self.open(found.sales[found.selected])
            return
        with self._desk.shop.reading() as books:
            hers = finding.of_member(books, found.members[found.selected - len(found.sales)])
        self._show(replace(self.state, finding=hers))

    def look_up(self, code: str) -> bool:
        """A whole number, or what stands in a receipt's barcode or QR code; False if it is no receipt of this shop.

        One of another till leads on to goods without their sale.
        """
        found: Sale | str
        try:
            with self._desk.shop.reading() as books:
                found = finding.behind_or_elsewhere(books, code, at=self._desk.clock.now())
        except Refused as error:
            self._view.beep()
            self._show(replace(self.state, finding=replace(self.state.finding, refused=error)))
            return False
        if isinstance(found, Sale):
            self.open(found)
        else:
            self._loose(found)
        return True

    def open(self, sale: Sale) -> None:
        """The lines of a receipt, with what came back of them before."""
        shop = self._desk.shop
        with shop.reading() as books:
            done_milli, _done_fen = books.refunds.back(sale.sale_id)
            seller = books.staff.by_code(sale.cashier)
            member = finding.member_said(books, sale)
            is_listed = not refunds.takes_own_reasons(books)
        lines = tuple(BackLine(line, done_milli.get(line.number, 0)) for line in sale.lines)
        first = next((place for place, line in enumerate(lines) if line.left_milli), 0)
        opened = RefundState(
            "lines",
            finding=replace(self.state.finding, refused=None),
            sale=sale,
            cashier=sale.cashier if seller is None else seller.name,
            member=member,
            lines=lines,
            selected=first,
            is_listed=is_listed,
        )
        draft, self._draft = self._draft, None
        if draft is not None and draft.receipt == sale.receipt:
            opened = resumed(opened, draft)
        self._plan(opened)
        if self.state.is_spent:
            self._view.beep()

    def resume(self, draft: Draft) -> None:
        """What was begun before the page went."""
        with self._desk.shop.reading() as books:
            sale = books.sales.by_receipt(draft.receipt)
        if sale is not None:
            self._draft = draft
            self.open(sale)
            self._view.done("resumed")

    def another(self) -> None:
        """Back to the list; what is marked here is kept until another receipt is opened."""
        if self.state.is_open:
            self._draft = draft_of(self.state, self._staff.code)
            before = self.state.finding
            self._show(RefundState(finding=before))
            if not before.of:
                self.search(before.text)

    # what is brought back

    def scan(self, code: str) -> bool:
        """A receipt opens; goods of the receipt that is open are brought back one by one."""
        state = self.state
        if state.step == "done" or state.is_saving:
            return False
        if state.step == "lines":
            place = self._line_of(code)
            if place is not None:
                self.select(place)
                self.step(1)
                return True
        return self.look_up(code) or state.step == "lines"

    def select(self, place: int) -> None:
        if 0 <= place < len(self.state.lines):
            self._show(replace(self.state, selected=place, typed=""))

    def step(self, by: int) -> None:
        """One more, one less; of weighed goods all of it, or nothing."""
        line = self.state.line
        if line is not None:
            wanted = line.milli + by * (1000 if line.is_counted else max(1, line.left_milli))
            # what is left may be a part of one
            self._mark(line.left_milli if line.milli < line.left_milli < wanted else wanted)

    def type(self, char: str) -> None:
        """A digit or the point of a quantity; the number so far counts at once."""
        typed = (self.state.typed + char)[:7]
        if typed in (".", "0."):
            self._show(replace(self.state, typed=typed))
            return
        self._mark(milli_of(typed), typed=typed)

    def rub(self) -> None:
        """Takes the last digit away, and then the quantity."""
        typed = self.state.typed[:-1]
        self._mark(milli_of(typed), typed=typed)

    def everything(self) -> None:
        """All that is left of every line; pressed again nothing."""
        state = self.state
        if not state.is_open or state.kind == "void":
            return
        is_all = all(line.milli == line.left_milli for line in state.lines)
        lines = tuple(replace(line, milli=0 if is_all else line.left_milli) for line in state.lines)
        self._plan(replace(state, lines=lines, typed=""))

    def toggle_restock(self) -> None:
        """On the shelf again, or scrapped."""
        state, line = self.state, self.state.line
        if line is not None and state.is_open:
            self._put(replace(line, restock=not state.restocks(line)), typed=state.typed)

    def toggle_in_cash(self) -> None:
        """Everything back in cash, whatever it was paid with; somebody may have to allow it."""
        if self.state.is_open:
            self._plan(replace(self.state, in_cash=not self.state.in_cash))

    def toggle_void(self) -> None:
        """The sale is undone as a whole, while its shift is open."""
        state = self.state
        if not state.is_open:
            return
        if state.kind == "void":
            lines = tuple(replace(line, milli=0) for line in state.lines)
            self._plan(replace(state, kind="refund", lines=lines, typed=""))
            return
        lines = tuple(replace(line, milli=line.left_milli) for line in state.lines)
        self._plan(replace(state, kind="void", lines=lines, typed=""))
        if isinstance(self.state.refused, VoidTooLate):
            error = self.state.refused
            self._plan(state)
            self._refuse(error)

    def choose_reason(self, stored: str) -> None:
        """A stored word, or OWN for what somebody types."""
        if not self.state.is_open:
            return
        if stored == OWN and self.state.is_listed:
            self._refuse(RefundReasonUnlisted())
        elif stored in (*BACK_REASONS, OWN):
            self._plan(replace(self.state, reason=stored))

    def type_reason(self, text: str) -> None:
        if self.state.is_open:
            self._plan(replace(self.state, reason=OWN, own_reason=text))

    # and given back

    def give_back(self) -> None:
        """Asks whoever has to say yes, one right after the other, and does it."""
        state = self.state
        if not state.is_open:
            return
        if state.plan is None:
            self._refuse(state.refused or NothingToRefund())
        elif not state.said:
            self._refuse(RefundReasonMissing())
        else:
            plan = state.plan

            def go(given: Given) -> None:
                # changed meanwhile: that yes was for something else
                if self.state == state:
                    self._save(state, given)

            about = plan.sale.receipt
            when_all_say_yes(self._ask, plan.missing, plan.payload, about=about, amount=plan.back, go=go)

    def take_others(self) -> None:
        """Other goods are taken for what comes back: on to the counter, where they are rung up."""
        state = self.state
        if not state.is_open:
            return
        if not state.asked or state.kind == "void":
            self._refuse(NothingToRefund())
        elif not state.said:
            self._refuse(RefundReasonMissing())
        else:
            self._exchange(self._order(state))

    def leave(self) -> bool:
        """Esc: the page may go, and what is marked is kept; not while a refund is being written."""
        return not self.state.is_saving

    def close(self) -> None:
        """Enter after the money was given."""
        if self.state.step == "done":
            self._view.gone()

    # inside

    def _save(self, state: RefundState, given: Given) -> None:
        desk, order, wallets = self._desk, replace(self._order(state), approvals=given), self._wallets
        self._show(replace(state, is_saving=True, refused=None))
        # a company may take its time: nobody else's writing waits for it
        desk.work.io(
            lambda: refunds.refund(desk.shop, order, clock=desk.clock, ids=desk.ids, wallets=wallets),
            ok=self._saved,
            fail=self._failed,
        )

    def _saved(self, answer: Refunded) -> None:
        done = replace(self.state, step="done", is_saving=False, done=answer.refund, sent=answer.sent)
        self._show(replace(done, paid_out=answer.out_of_drawer))
        self._made(answer.refund)

    def _failed(self, error: Exception) -> None:
        self._plan(replace(self.state, is_saving=False))
        if isinstance(error, Refused):
            self._refuse(error)
        else:
            self._view.beep()
            self._view.tell(error)

    def _order(self, state: RefundState) -> RefundOrder:
        return RefundOrder(
            receipt="" if state.sale is None else state.sale.receipt,
            cashier=self._staff.code,
            reason=state.said,
            lines=state.asked,
            kind=state.kind,
            in_cash=state.in_cash,
        )

    def _plan(self, state: RefundState) -> None:
        """Shows `state` with what would go back, or why it cannot."""
        state = replace(state, plan=None, refused=None)
        if state.asked:
            try:
                desk = self._desk
                found = refunds.preview(desk.shop, self._order(state), clock=desk.clock, wallets=self._wallets)
                state = replace(state, plan=found)
            except Refused as error:
                state = replace(state, refused=error)
        elif state.is_spent:
            state = replace(state, refused=NothingToRefund())
        self._show(state)

    def _mark(self, milli: int, *, typed: str = "") -> None:
        state, line = self.state, self.state.line
        if line is None or not state.is_open:
            return
        if state.kind == "void":
            self._view.beep()  # a void is of everything
            return
        if milli > line.left_milli:
            self._view.beep()
            refused = RefundTooMuch(line.sold.number, as_decimal(line.left_milli), as_decimal(milli))
            self._show(replace(state, typed="", refused=refused))
            return
        self._put(replace(line, milli=max(0, milli)), typed=typed)

    def _put(self, line: BackLine, *, typed: str) -> None:
        state = self.state
        lines = tuple(line if place == state.selected else each for place, each in enumerate(state.lines))
        self._plan(replace(state, lines=lines, typed=typed))

    def _line_of(self, code: str) -> int | None:
        """The line these goods are on: one with something left to bring back first."""
        with self._desk.shop.reading() as books:
            known = books.products.by_code(code)
        codes = {code} if known is None else {code, known.code}
        places = [place for place, line in enumerate(self.state.lines) if line.sold.code in codes]
        open_ones = [p for p in places if self.state.lines[p].milli < self.state.lines[p].left_milli]
        return next(iter((*open_ones, *places)), None)

    def _refuse(self, error: Refused) -> None:
        self._view.beep()
        self._show(replace(self.state, refused=error))

    def _show(self, state: RefundState) -> None:
        self.state = state
        if state.step != "find":
            self._keep(draft_of(state, self._staff.code))
        self._view.show_state(state)
        self._followed(state)
