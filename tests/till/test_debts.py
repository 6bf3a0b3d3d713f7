"""A debt is paid whole or in part, once, and never more than is owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.debt import NothingOwed, OwesLess
from storeapp.domain.ledger import owed_account
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.sale import RequestReused
from storeapp.domain.tender import NotTaken, Tender
from storeapp.till import debt_slips, members, shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.debts import DebtOrder, settle_debt
from storeapp.till.members import DebtLeft
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.words import words
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, CUP

ALL = DebtOrder(ALICE.member_id, "cash", "1007")


@pytest.fixture
def owing(bare: Shop, clock: StillClock, ids: CountedIds) -> Shop:
    """Alice took a cup for 49.90 on account, in an open shift."""
    with bare.writing() as books:
        books.products.put([CUP])
        books.members.put(ALICE)
        books.members.put(BOB)
    set_policies(bare, {"on_account.enabled": True}, actor="1001", clock=clock)
    shifts.open_shift(bare, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    taken = Order(Basket((Line(CUP),), member_id=ALICE.member_id), (Tender("on_account", Money(4990)),), "1007")
    checkout(bare, taken, clock=clock, ids=ids)
    return bare


def owed(shop: Shop) -> int:
    with shop.reading() as books:
        return books.ledger.balance(owed_account(ALICE.member_id), "fen")


def test_a_part_and_then_the_rest(owing: Shop, clock: StillClock, ids: CountedIds) -> None:
    part = settle_debt(owing, replace(ALL, amount=Money(2000), tender="card", ref="88"), clock=clock, ids=ids)
    rest = settle_debt(owing, ALL, clock=clock, ids=ids)

    assert (part.paid, part.left) == (Money(2000), Money(2990))
    assert (rest.paid, rest.left, owed(owing)) == (Money(2990), Money(0), 0)
    with owing.reading() as books:
        assert [books.ledger.balance(f"tender.{kind}:1", "fen") for kind in ("card", "cash", "on_account")] == [
            2000,
            2990,
            0,
        ]
    rows = {row.tender: row.expected_fen for row in shifts.x_report(owing).tenders}
    assert (rows["cash"], rows["card"]) == (2990, 2000)


def test_no_more_is_taken_than_is_owed(owing: Shop, clock: StillClock, ids: CountedIds) -> None:
    for fen in (4991, 0, -1):
        with pytest.raises(OwesLess):
            settle_debt(owing, replace(ALL, amount=Money(fen)), clock=clock, ids=ids)
    with pytest.raises(NothingOwed):
        settle_debt(owing, replace(ALL, member_id=BOB.member_id), clock=clock, ids=ids)
    with pytest.raises(UnknownMember):
        settle_debt(owing, replace(ALL, member_id="nobody"), clock=clock, ids=ids)
    with pytest.raises(NotTaken):
        settle_debt(owing, replace(ALL, tender="on_account"), clock=clock, ids=ids)

    assert owed(owing) == 4990


def slip(shop: Shop) -> list[str]:
    with shop.reading() as books:
        [job] = [job for job in books.prints.queued(limit=20) if job.kind == "debt"]
        rows = debt_slips.slip_of(books, job, width=48, words=words("en"))
    return [f"{row.left} {row.right}".strip() for row in rows if isinstance(row, TextRow)]


def test_the_slip_says_what_was_owed_then_whenever_it_is_printed(
    owing: Shop, clock: StillClock, ids: CountedIds
) -> None:
    part = settle_debt(owing, replace(ALL, amount=Money(2000)), clock=clock, ids=ids)
    settle_debt(owing, replace(ALL, prints=False), clock=clock, ids=ids)

    said = slip(owing)

    assert {"Paid ￥20.00", "Owed before 49.90", "Owes now 29.90"} <= set(said)
    with owing.reading() as books:
        kinds = [job.kind for job in books.prints.queued(limit=20) if job.job_id in part.jobs]
    assert kinds == ["drawer", "debt"]


def test_a_card_opens_no_drawer(owing: Shop, clock: StillClock, ids: CountedIds) -> None:
    assert len(settle_debt(owing, replace(ALL, tender="card"), clock=clock, ids=ids).jobs) == 1


def test_who_owes_is_not_erased(owing: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(DebtLeft) as refused:
        members.erase(owing, ALICE.member_id, clock=clock)
    assert refused.value.owed_fen == 4990

    settle_debt(owing, ALL, clock=clock, ids=ids)
    members.erase(owing, ALICE.member_id, clock=clock)

    assert "Member" in " ".join(slip(owing))


def test_the_same_request_is_taken_once(owing: Shop, clock: StillClock, ids: CountedIds) -> None:
    asked = replace(ALL, amount=Money(1000), request_id="d1")

    first, again = (settle_debt(owing, asked, clock=clock, ids=ids) for _ in range(2))

    assert (first.was_repeated, again.was_repeated, again.paid) == (False, True, Money(1000))
    assert owed(owing) == 3990
    with pytest.raises(RequestReused):
        settle_debt(owing, replace(asked, amount=Money(900)), clock=clock, ids=ids)


def test_what_is_paid_of_a_debt_stands_in_the_shifts_report(owing: Shop, clock: StillClock, ids: CountedIds) -> None:
    settle_debt(owing, replace(ALL, amount=Money(2000)), clock=clock, ids=ids)

    x = shifts.x_report(owing)

    # what must be there can be added up from what the report says: the cup, and a part of its debt
    assert (x.settled_fen, sum(row.expected_fen for row in x.tenders)) == (2000, x.due_fen + 2000)


def test_a_debt_paid_by_a_clock_that_was_set_back_goes_to_a_supplement(
    owing: Shop, clock: StillClock, ids: CountedIds
) -> None:
    clock.go_on(hours=8)
    shifts.close_shift(owing, {}, by="1007", clock=clock, ids=ids)
    clock.go_on(hours=-4)

    settle_debt(owing, ALL, clock=clock, ids=ids)

    late = shifts.report_of(owing, 1)
    assert (late.supplement, late.settled_fen) == (1, 4990)
    with owing.reading() as books:
        assert [job.receipt for job in books.prints.queued(limit=100) if job.kind == "z"] == ["1", "2"]
