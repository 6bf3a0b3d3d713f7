"""Shifts: what must be in the drawer is the sum of what moved, and closing is always possible."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storeapp.database.shop import ShopDatabase
from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.drawer import BadCashMove
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.sale import RequestReused
from storeapp.domain.shift import BadCount, Count, NoShift, ShiftIsOpen, counted_pieces
from storeapp.domain.staff import UnknownStaff
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import printing, shift_standing, shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.day import report_of_day
from storeapp.till.exchanges import exchange
from storeapp.till.loose_refunds import LooseOrder, Named, refund_loose
from storeapp.till.policies import set_policy
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import TEA, a_device


@pytest.fixture
def counter(bare: Shop) -> Shop:
    return bare


def sell(
    shop: Shop, clock: StillClock, ids: CountedIds, *, paid: int = 1000, hours_ago: float = 0, prints: bool = False
) -> str:
    at = clock.now() - timedelta(hours=hours_ago)
    order = Order(Basket((Line(TEA),)), (Tender("cash", Money(paid)),), "1007", at=at, prints=prints)
    return checkout(shop, order, clock=clock, ids=ids).sale.receipt


def test_a_drawer_that_adds_up(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(20_000), clock=clock, ids=ids)
    sell(counter, clock, ids)
    shifts.move_cash(counter, "expense", Money(1_500), "送水", by="1007", clock=clock, ids=ids)
    shifts.move_cash(counter, "drop", Money(5_000), "", by="1007", clock=clock, ids=ids)

    so_far = shifts.x_report(counter)
    closed = shifts.close_shift(counter, {"cash": Count(13_850)}, by="1007", left=Money(10_000), clock=clock, ids=ids)

    # 200.00 + 3.50 - 15.00 - 50.00
    assert [(row.tender, row.expected_fen) for row in so_far.tenders] == [("cash", 13_850)]
    assert (closed.report.z_number, closed.report.difference_fen, closed.report.unapproved) == (1, 0, False)
    assert (closed.report.sales, closed.report.due_fen, closed.report.grand_fen) == (1, 350, 350)
    assert (closed.report.expense_fen, closed.report.drop_fen) == (1_500, 5_000)
    with counter.reading() as books:
        assert shift_standing.proposed_float(books) == Money(10_000)
        assert books.shifts.current() is None
    assert shifts.report_of(counter, 1) == closed.report


def test_the_z_is_owed_to_the_printer_with_the_close(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    shifts.close_shift(counter, {}, by="1007", clock=clock, ids=ids)
    shifts.open_shift(counter, by="1007", clock=clock, ids=ids)
    shifts.close_shift(counter, {}, by="1007", prints=False, clock=clock, ids=ids)

    with counter.reading() as books:
        assert [(job.kind, job.receipt, job.copy) for job in books.prints.queued()] == [("z", "1", 0)]


def test_a_z_that_may_be_on_paper_comes_again_as_a_copy(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    shifts.close_shift(counter, {}, by="1007", clock=clock, ids=ids)
    job = printing.next_job(counter)
    assert job is not None
    printing.take(counter, job.job_id)
    printing.start_up(counter)

    again = printing.answer(counter, job.job_id, print_again=True, clock=clock, ids=ids)

    assert again is not None
    assert (again.kind, again.receipt, again.copy) == ("z", "1", 1)


def test_a_void_and_every_opening_of_the_drawer_are_counted(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(20_000), clock=clock, ids=ids)
    receipts = [sell(counter, clock, ids) for _ in range(3)]
    printing.kick_drawer(counter, cashier="1007", reason="no_sale", clock=clock, ids=ids)
    for receipt, kind in ((receipts[0], "void"), (receipts[1], "refund")):
        back = RefundOrder(receipt, "script", "错了", kind=kind)  # type: ignore[arg-type]  # two words of the loop
        refund(counter, back, clock=clock, ids=ids)

    report = shifts.x_report(counter)

    assert (report.refunds, report.refund_fen, report.voids, report.void_fen) == (2, 700, 1, 350)
    # three sales, two refunds, one without a sale
    assert (report.openings, report.no_sale) == (6, 1)


def test_closing_is_possible_whatever_the_count_says(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(20_000), clock=clock, ids=ids)

    closed = shifts.close_shift(counter, {"cash": Count(0)}, by="1007", reason="不知道", clock=clock, ids=ids)

    assert (closed.report.difference_fen, closed.report.reason) == (-20_000, "不知道")


def test_goods_that_cost_nothing_come_back_and_are_counted(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    free = Order(Basket((Line(TEA, price=Money(0), price_reason="赠"),)), (), "1007", prints=False)
    given = [checkout(counter, free, clock=clock, ids=ids).sale for _ in range(2)]
    for sale, kind in zip(given, ("void", "refund"), strict=True):
        back = RefundOrder(sale.receipt, "script", "坏了", kind=kind)  # type: ignore[arg-type]  # two words of the loop
        refund(counter, back, clock=clock, ids=ids)

    x, day = shifts.x_report(counter), report_of_day(counter, given[0].business_date)

    assert (x.refunds, x.refund_fen, x.voids, x.void_fen) == (2, 0, 1, 0)
    assert (day.refunds, day.refunded.fen) == (x.refunds, x.refund_fen)


def test_no_more_stays_than_was_counted(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)

    for counted, left in (({"cash": Count(500)}, 501), ({"cash": Count(500)}, -1), ({}, -1), ({}, 10_000_001)):
        with pytest.raises(BadCount, match="left"):
            shifts.close_shift(counter, counted, by="1007", left=Money(left), clock=clock, ids=ids)

    closed = shifts.close_shift(counter, {"cash": Count(500)}, by="1007", left=Money(500), clock=clock, ids=ids)
    assert closed.report.left_fen == 500


def test_why_it_differs_is_one_line_however_it_is_said(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)

    said = " 少了\n\x1b两元 \t不知道 "
    closed = shifts.close_shift(counter, {"cash": Count(0)}, by="1007", reason=said, clock=clock, ids=ids)

    assert closed.report.reason == "少了 两元 不知道"


def test_who_may_close_no_shift_is_let_by_somebody_for_this_one(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    hired(counter, "1001", "1003", "1007", clock=clock)
    set_policy(counter, "rights.cashier", "-close_shift", actor="1001", clock=clock)
    opened = shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)

    with pytest.raises(NeedsApproval) as refused:
        shifts.close_shift(counter, {}, by="1007", clock=clock, ids=ids)
    assert (refused.value.right, refused.value.why) == ("close_shift", "missing")
    with pytest.raises(UnknownStaff):
        shifts.close_shift(counter, {}, by="1007", approver="1008", clock=clock, ids=ids)
    closed = shifts.close_shift(counter, {}, by="1007", approver="1003", clock=clock, ids=ids)

    assert closed.shift.shift_id == opened.shift_id


def test_a_script_names_who_agrees_to_the_drawer(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    hired(counter, "1001", "1003", "1007", clock=clock)
    shifts.open_shift(counter, by="1007", float_amount=Money(20_000), clock=clock, ids=ids)

    with pytest.raises(NeedsApproval):
        shifts.move_cash(counter, "drop", Money(500), "", by="1007", clock=clock, ids=ids)
    shifts.move_cash(counter, "drop", Money(500), "", by="1007", approver="1003", clock=clock, ids=ids)
    closed = shifts.close_shift(counter, {"cash": Count(0)}, by="1007", approver="1003", clock=clock, ids=ids)

    assert (closed.report.drop_fen, closed.report.approver, closed.report.unapproved) == (500, "1003", False)


def test_a_shift_nobody_counted_closes_too(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(20_000), clock=clock, ids=ids)

    closed = shifts.close_shift(counter, {}, by="1001", forced=True, clock=clock, ids=ids)

    assert [(row.counted_fen, row.difference_fen) for row in closed.report.tenders] == [(None, None)]
    assert closed.report.forced


def test_there_are_never_two_open_shifts(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    refused: list[Refused] = []

    def one() -> None:
        try:
            shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=CountedIds(last=id(object())))
        except Refused as error:
            refused.append(error)

    if isinstance(counter, MemoryShop):
        one()
        one()
    else:
        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert {type(error) for error in refused} == {ShiftIsOpen}
    assert len(refused) == (1 if isinstance(counter, MemoryShop) else 3)


def test_nothing_closes_that_is_not_open(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(NoShift):
        shifts.close_shift(counter, {}, by="1007", clock=clock, ids=ids)
    with pytest.raises(NoShift):
        shifts.x_report(counter)


def test_a_late_sale_goes_to_a_supplement_of_its_own_shift(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    clock.go_on(hours=8)
    shifts.close_shift(counter, {"cash": Count(0)}, by="1007", clock=clock, ids=ids)
    clock.go_on(hours=1)
    shifts.open_shift(counter, by="1008", clock=clock, ids=ids)

    sell(counter, clock, ids, hours_ago=3)

    late = shifts.report_of(counter, 1)
    assert (late.sales, late.z_number, late.tenders[0].expected_fen) == (1, 2, 350)
    assert shifts.x_report(counter).sales == 0
    assert shifts.close_shift(counter, {}, by="1008", clock=clock, ids=ids).report.z_number == 3


@pytest.mark.parametrize("prints", [True, False])
def test_the_supplement_of_a_late_sale_is_owed_its_paper(
    counter: Shop, clock: StillClock, ids: CountedIds, prints: bool
) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    clock.go_on(hours=8)
    shifts.close_shift(counter, {"cash": Count(0)}, by="1007", clock=clock, ids=ids)

    sell(counter, clock, ids, hours_ago=3, prints=prints)

    with counter.reading() as books:
        owed = [job.receipt for job in books.prints.queued(limit=100) if job.kind == "z"]
    # the shift's own, and with a counter's sale the supplement that says what the first one did not
    assert owed[-1] == ("2" if prints else "1")


def test_a_late_refund_goes_to_a_supplement_of_its_own_shift(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    receipt = sell(counter, clock, ids)
    clock.go_on(hours=8)
    shifts.close_shift(counter, {"cash": Count(0)}, by="1007", clock=clock, ids=ids)
    clock.go_on(hours=1)

    then = clock.now() - timedelta(hours=3)
    refund(counter, RefundOrder(receipt, "script", "坏了", at=then), clock=clock, ids=ids)

    late = shifts.report_of(counter, 1)
    assert (late.refunds, late.refund_fen, late.z_number, late.supplement) == (1, 350, 2, 1)
    if isinstance(counter, ShopDatabase):
        assert counter.check() == ()


def test_the_supplement_of_a_late_exchange_is_owed_once_and_tells_both_halves(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    receipt = sell(counter, clock, ids)
    clock.go_on(hours=8)
    shifts.close_shift(counter, {"cash": Count(0)}, by="1007", clock=clock, ids=ids)

    back = RefundOrder(receipt, "script", "换", at=clock.now() - timedelta(hours=3))
    take = Order(Basket((Line(TEA, Quantity(2000)),)), (Tender("cash", Money(350)),), "script")
    exchange(counter, back, take, clock=clock, ids=ids)

    with counter.reading() as books:
        owed = [job.receipt for job in books.prints.queued(limit=100) if job.kind == "z"]
    late = shifts.report_of(counter, 1)
    assert owed == ["1", str(late.z_number)]
    assert (late.sales, late.refunds, late.tenders[0].expected_fen) == (2, 1, 700)


def test_the_supplement_of_goods_without_their_sale_is_owed_its_paper(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    with counter.writing() as books:
        books.products.put([TEA])
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    clock.go_on(hours=8)
    shifts.close_shift(counter, {"cash": Count(0)}, by="1007", clock=clock, ids=ids)

    then = clock.now() - timedelta(hours=3)
    refund_loose(counter, LooseOrder((Named(TEA.code),), "script", "faulty", at=then), clock=clock, ids=ids)

    with counter.reading() as books:
        assert [job.receipt for job in books.prints.queued(limit=100) if job.kind == "z"] == ["1", "2"]


def test_a_script_may_sell_with_no_shift_open(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    receipt = sell(counter, clock, ids)

    with counter.reading() as books:
        sale = books.sales.by_receipt(receipt)
        assert sale is not None
        assert sale.shift_id is None
        assert [movement.fen for movement in books.drawer.of_shift(None)] == [350]


def test_the_same_cash_request_is_done_once(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    for _ in range(2):
        shifts.move_cash(counter, "cash_in", Money(500), "零钱", by="1007", request_id="r1", clock=clock, ids=ids)

    assert shifts.x_report(counter).cash_in_fen == 500
    with pytest.raises(RequestReused):
        shifts.move_cash(counter, "cash_in", Money(501), "零钱", by="1007", request_id="r1", clock=clock, ids=ids)


@pytest.mark.parametrize(
    ("kind", "fen", "reason"), [("expense", 100, ""), ("cash_in", 0, "x"), ("cash_out", -5, "x"), ("drop", 10**9, "")]
)
def test_cash_that_cannot_move_is_refused(
    counter: Shop, clock: StillClock, ids: CountedIds, kind: str, fen: int, reason: str
) -> None:
    with pytest.raises(BadCashMove):
        shifts.move_cash(counter, kind, Money(fen), reason, by="1007", clock=clock, ids=ids)  # type: ignore[arg-type]  # parametrised words

    with counter.reading() as books:
        assert books.drawer.of_shift(None) == ()


def test_pieces_are_counted_by_what_they_are_worth() -> None:
    assert counted_pieces({10_000: 2, 50: 3}) == Count(20_150, ((10_000, 2), (50, 3)))
    with pytest.raises(BadCount):
        counted_pieces({77: 1})
    with pytest.raises(BadCount):
        Count(-1)


def test_a_shift_left_open_over_night_is_forgotten(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)

    assert not shifts.is_forgotten(counter, clock=clock)
    clock.go_on(hours=12)
    assert shifts.is_forgotten(counter, clock=clock)


class DrawerMachine(RuleBasedStateMachine):
    """Whatever happens in whatever order: expected is what a person with a pencil would say."""

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.ids = StillClock(), CountedIds()
        self.shop = MemoryShop(a_device(), ids=self.ids)
        self.expected: int | None = None
        self.zs = 0

    @precondition(lambda self: self.expected is None)
    @rule(fen=st.integers(0, 50_000))
    def open(self, fen: int) -> None:
        shifts.open_shift(self.shop, by="1007", float_amount=Money(fen), clock=self.clock, ids=self.ids)
        self.expected = fen

    @rule(paid=st.integers(350, 10_000))
    def sell(self, paid: int) -> None:
        sell(self.shop, self.clock, self.ids, paid=paid)
        if self.expected is not None:
            self.expected += 350

    @rule(kind=st.sampled_from(["cash_in", "cash_out", "expense", "drop"]), fen=st.integers(1, 5_000))
    def move(self, kind: str, fen: int) -> None:
        shifts.move_cash(self.shop, kind, Money(fen), "x", by="1007", clock=self.clock, ids=self.ids)  # type: ignore[arg-type]  # sampled words
        if self.expected is not None:
            self.expected += fen if kind == "cash_in" else -fen

    @precondition(lambda self: self.expected is not None)
    @rule(counted=st.integers(0, 100_000))
    def close(self, counted: int) -> None:
        closed = shifts.close_shift(self.shop, {"cash": Count(counted)}, by="1007", clock=self.clock, ids=self.ids)
        self.zs += 1
        assert closed.report.z_number == self.zs
        assert closed.report.difference_fen == counted - (self.expected or 0)
        self.expected = None

    @rule()
    def time_goes_on(self) -> None:
        self.clock.go_on(minutes=7)

    @invariant()
    def the_drawer_holds_what_moved(self) -> None:
        if self.expected is None:
            return
        assert shifts.x_report(self.shop).tenders[0].expected_fen == self.expected


TestDrawer = DrawerMachine.TestCase
TestDrawer.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
