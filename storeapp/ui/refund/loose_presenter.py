"""Goods without their sale at the window: scanned one by one, counted, and what goes back in cash with every key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storeapp.domain.money import typed_amount
from storeapp.domain.product import UnknownCode
from storeapp.domain.quantity import ONE
from storeapp.domain.reason import BACK_REASONS
from storeapp.domain.refund import NothingToRefund, Refund
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import loose_refunds, selling
from storeapp.till.loose_refunds import LooseOrder
from storeapp.till.ports import Books
from storeapp.till.refunds import Refunded, RefundReasonMissing, RefundReasonUnlisted, takes_own_reasons
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.refund.allowing import Given, when_all_say_yes
from storeapp.ui.refund.loose_state import LooseLine, LooseState
from storeapp.ui.refund.marks import milli_of
from storeapp.ui.refund.state import OWN
from storeapp.ui.refund.view import BackView

_TYPED_MOST = 9


class LoosePresenter:
    """`keep` is told what was begun, for the page may go at any time; `made` what was given back."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        ask: Ask,
        *,
        keep: Callable[[LooseState | None], None],
        made: Callable[[Refund], None],
        followed: Callable[[LooseState], None] = lambda _state: None,
    ) -> None:
        self._desk, self._staff, self._ask = desk, staff, ask
        self._keep, self._made, self._followed = keep, made, followed
        self._view: BackView[LooseState]
        self.state = LooseState()

    def bind(self, view: BackView[LooseState]) -> None:
        self._view = view
        with self._desk.shop.reading() as books:
            is_listed = not takes_own_reasons(books)
        self._show(LooseState(is_listed=is_listed))

    def open(self, receipt: str) -> None:
        """For the receipt of another till; "" without one."""
        self._plan(replace(self.state, receipt=receipt))

    def resume(self, before: LooseState) -> None:
        """What was begun before the page went."""
        self._plan(replace(before, is_listed=self.state.is_listed, types_paid=False, typed=""))
        self._view.done("resumed")

    # what is brought back

    def take(self, code: str) -> bool:
        """Goods by their code, or by a name only one product has; or the receipt they are of. False if none of it."""
        if not self.state.is_open:
            return False
        try:
            with self._desk.shop.reading() as books:
                line = _rung(books, code)
        except UnknownCode as error:
            return self._of_receipt(code, error)
        except Refused as error:
            self._refuse(error)
            return False
        self._add(line)
        return True

    def move(self, by: int) -> None:
        self.select(self.state.selected + by)

    def select(self, place: int) -> None:
        if 0 <= place < len(self.state.lines):
            self._show(replace(self.state, selected=place, typed="", types_paid=False))

    def step(self, by: int) -> None:
        """One more, one less."""
        line = self.state.line
        if line is not None and self.state.is_open:
            self._put(replace(line, milli=max(0, line.milli + by * 1000), paid=None), typed="")

    def type(self, char: str) -> None:
        """A digit or the point: of the quantity, or of what the receipt says; the number so far counts at once."""
        self._typed((self.state.typed + char)[:_TYPED_MOST])

    def rub(self) -> None:
        """Takes the last digit away, then the number; a line of nothing goes."""
        state, line = self.state, self.state.line
        if line is not None and state.is_open and not state.typed and not line.milli:
            lines = tuple(each for place, each in enumerate(state.lines) if place != state.selected)
            selected = max(0, min(state.selected, len(lines) - 1))
            self._plan(replace(state, lines=lines, selected=selected, types_paid=False))
            return
        self._typed(state.typed[:-1])

    def type_paid(self) -> None:
        """What is typed from now on is what the receipt of the other till says was paid for the line."""
        state = self.state
        if state.line is None or not state.is_open or not state.receipt:
            self._view.beep()  # without a receipt nothing says what was paid
        else:
            self._show(replace(state, types_paid=not state.types_paid, typed=""))

    def toggle_restock(self) -> None:
        """On the shelf again, or scrapped."""
        line = self.state.line
        if line is not None and self.state.is_open:
            self._put(replace(line, restock=not self.state.restocks(line)), typed=self.state.typed)

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
        state, plan = self.state, self.state.plan
        if not state.is_open:
            return
        if plan is None:
            self._refuse(state.refused or NothingToRefund())
        elif not state.said:
            self._refuse(RefundReasonMissing())
        else:

            def go(given: Given) -> None:
                # changed meanwhile: that yes was for something else
                if self.state == state:
                    self._save(state, given)

            about = state.receipt
            when_all_say_yes(self._ask, plan.missing, plan.payload, about=about, amount=plan.total, go=go)

    def leave(self) -> bool:
        """Esc: the page may go, and what is typed is kept; not while it is being written."""
        return not self.state.is_saving

    def close(self) -> None:
        """Enter after the money was given."""
        if self.state.step == "done":
            self._view.gone()

    # inside

    def _save(self, state: LooseState, given: Given) -> None:
        desk, order = self._desk, replace(self._order(state), approvals=given)
        self._show(replace(state, is_saving=True, refused=None))
        desk.work.db(
            lambda: loose_refunds.refund_loose(desk.shop, order, clock=desk.clock, ids=desk.ids),
            ok=self._saved,
            fail=self._failed,
        )

    def _saved(self, answer: Refunded) -> None:
        self._show(replace(self.state, step="done", is_saving=False, done=answer.refund))
        self._made(answer.refund)

    def _failed(self, error: Exception) -> None:
        self._plan(replace(self.state, is_saving=False))
        if isinstance(error, Refused):
            self._refuse(error)
        else:
            self._view.beep()
            self._view.tell(error)

    def _order(self, state: LooseState) -> LooseOrder:
        return LooseOrder(state.named, self._staff.code, state.said, receipt=state.receipt)

    def _of_receipt(self, code: str, unknown: UnknownCode) -> bool:
        """A receipt of another till that is scanned here belongs to these goods."""
        desk = self._desk
        try:
            with desk.shop.reading() as books:
                number = loose_refunds.number_of_other_till(books, code, at=desk.clock.now())
        except Refused as error:
            self._refuse(error)
            return False
        if not number:
            self._refuse(unknown)
            return False
        self._plan(replace(self.state, receipt=number))
        return True

    def _add(self, line: LooseLine) -> None:
        state = self.state
        codes = [each.product.code for each in state.lines]
        if line.is_counted and line.product.code in codes:
            self.select(codes.index(line.product.code))
            self.step(1)
            return
        lines = (*state.lines, line)
        self._plan(replace(state, lines=lines, selected=len(lines) - 1, typed="", types_paid=False))

    def _typed(self, typed: str) -> None:
        state, line = self.state, self.state.line
        if line is None or not state.is_open:
            return
        try:
            if state.types_paid:
                digits = typed.rstrip(".")
                changed = replace(line, paid=typed_amount(digits) if digits else None)
            else:
                # another quantity was paid for with another amount
                changed = replace(line, milli=milli_of(typed), paid=None)
        except Refused:
            self._view.beep()
            return
        self._put(changed, typed=typed)

    def _put(self, line: LooseLine, *, typed: str) -> None:
        state = self.state
        lines = tuple(line if place == state.selected else each for place, each in enumerate(state.lines))
        self._plan(replace(state, lines=lines, typed=typed))

    def _plan(self, state: LooseState) -> None:
        """Shows `state` with what would go back, or why it cannot."""
        desk, state = self._desk, replace(state, plan=None, refused=None)
        if state.named:
            try:
                found = loose_refunds.preview_loose(desk.shop, self._order(state), clock=desk.clock, ids=desk.ids)
                state = replace(state, plan=found)
            except Refused as error:
                state = replace(state, refused=error)
        self._show(state)

    def _refuse(self, error: Refused) -> None:
        self._view.beep()
        self._show(replace(self.state, refused=error))

    def _show(self, state: LooseState) -> None:
        self.state = state
        is_begun = state.step == "goods" and bool(state.lines)
        self._keep(state if is_begun else None)
        self._view.show_state(state)
        self._followed(state)


def _rung(books: Books, code: str) -> LooseLine:
    """The line a code or a name stands for. Raises UnknownCode."""
    try:
        line = selling.ring_up(books, code, books.policy.in_force())
    except UnknownCode:
        wanted = code.strip()
        found = books.products.find(wanted, limit=2) if wanted else ()
        if len(found) != 1:
            raise
        return LooseLine(found[0], ONE.milli)
    return LooseLine(line.product, line.quantity.milli)
