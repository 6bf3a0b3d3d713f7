"""Stored value goes to another member: with its days and its history, both agree, and the law's sums stay the same."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storeapp.domain.approval import ApprovalReasonMissing, NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.member import UnknownMember
from storeapp.domain.member_tender import NotEnoughValue
from storeapp.domain.merge import MemberMerged, SameMember
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.sale import RequestReused
from storeapp.domain.tender import Tender
from storeapp.domain.top_up import StoredValueOff, ValueCapped
from storeapp.domain.value_refund import CAUSES
from storeapp.domain.value_transfer import BadTransfer, TransferNotAgreed
from storeapp.errors import Refused
from storeapp.till import transfer_slips
from storeapp.till.account_statements import statement_of
from storeapp.till.checkout import Order, checkout
from storeapp.till.deposits import deposits
from storeapp.till.members import erase
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.staff import put_staff
from storeapp.till.top_ups import TopUpOrder, held, top_up
from storeapp.till.transferring import Transfer, transfer
from storeapp.till.value_refunds import PayBackOrder, pay_back, planned
from storeapp.words import words
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, TEA, a_device

HER, HIM = ALICE.member_id, BOB.member_id
ON = {"stored_value.enabled": True, "stored_value.rules": "100+10,200+50", "points.per_yuan": 0}
ASKED = Transfer(HER, HIM, Money(4_000), "送给朋友", "script", is_agreed=True)


@pytest.fixture
def counter(bare: Shop, clock: StillClock, ids: CountedIds) -> Shop:
    return furnished(bare, clock, ids)


def furnished(shop: Shop, clock: StillClock, ids: CountedIds) -> Shop:
    """She paid 200 in, was given 50, and drank 20 teas of it at 2.50 instead of 3.50."""
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
        books.products.put([TEA])
    set_policies(shop, ON, clock=clock)
    top_up(shop, TopUpOrder(HER, Money(20_000), "card", "1007", prints=False), clock=clock, ids=ids)
    clock.go_on(days=1)
    drink(shop, HER, 20, clock=clock, ids=ids)
    return shop


def drink(shop: Shop, who: str, teas: int, *, clock: StillClock, ids: CountedIds) -> None:
    line = Line(TEA, Quantity(teas * 1000), price=Money(250), price_reason="x")
    paid = (Tender("stored_value", Money(250 * teas)),)
    checkout(shop, Order(Basket((line,), member_id=who), paid, "1007", prints=False), clock=clock, ids=ids)


def has(shop: Shop, who: str) -> tuple[int, int]:
    with shop.reading() as books:
        principal, bonus = held(books, who)
    return principal.fen, bonus.fen


def owed(shop: Shop, clock: StillClock, *whom: str) -> list[int]:
    """What the law gives all of them together, by cause, today and long after."""
    days = [clock.now().date(), clock.now().date() + timedelta(days=100)]
    with shop.reading() as books:
        return [sum(planned(books, who, cause, on=on).money.fen for who in whom) for cause in CAUSES for on in days]


def test_part_of_a_top_up_goes_with_its_day_its_gift_and_its_history(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    before = owed(counter, clock, HER)

    done = transfer(counter, ASKED, clock=clock, ids=ids)

    # 160 + 40 were left: a quarter of each goes
    assert (done.principal, done.gift) == (Money(4_000), Money(1_000))
    assert (has(counter, HER), has(counter, HIM)) == ((12_000, 3_000), (4_000, 1_000))
    with counter.reading() as books:
        [hers], [his] = deposits(books, HER), deposits(books, HIM)
    assert (his.paid_on, his.number, his.tender) == (hers.paid_on, hers.number, "card")
    assert (hers.paid_fen, hers.given_fen, hers.spent_fen, hers.list_fen) == (15_000, 3_750, 3_750, 5_250)
    assert (his.paid_fen, his.given_fen, his.spent_fen, his.list_fen) == (5_000, 1_250, 1_250, 1_750)
    assert owed(counter, clock, HER, HIM) == before


def test_a_gift_may_stay_where_it_is(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(counter, {"stored_value.transfer_gift": False}, clock=clock)
    before = owed(counter, clock, HER)

    done = transfer(counter, replace(ASKED, amount=Money(16_000)), clock=clock, ids=ids)

    assert done.gift == Money(0)
    assert (has(counter, HER), has(counter, HIM)) == ((0, 4_000), (16_000, 0))
    assert owed(counter, clock, HER, HIM) == before


def test_what_came_is_spent_and_paid_back_by_whom_it_came_to(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    transfer(counter, ASKED, clock=clock, ids=ids)
    drink(counter, HIM, 8, clock=clock, ids=ids)
    clock.go_on(days=30)

    done = pay_back(
        counter, PayBackOrder(HIM, "customer", "搬家", "card", "script", prints=False), clock=clock, ids=ids
    )

    assert done.doc.money_fen == 5_000 - 1_750 - 8 * 350
    assert has(counter, HIM) == (0, 0)
    assert has(counter, HER) == (12_000, 3_000)


def test_the_same_request_moves_once(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    asked = replace(ASKED, request_id="t1")
    first = transfer(counter, asked, clock=clock, ids=ids)
    again = transfer(counter, asked, clock=clock, ids=ids)

    assert again.was_repeated
    assert (again.txn.txn_id, again.principal, again.gift) == (first.txn.txn_id, first.principal, first.gift)
    assert has(counter, HIM) == (4_000, 1_000)
    with pytest.raises(RequestReused):
        transfer(counter, replace(asked, amount=Money(1)), clock=clock, ids=ids)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"amount": Money(0)}, BadTransfer),
        ({"amount": Money(-1)}, BadTransfer),
        ({"amount": Money(16_001)}, NotEnoughValue),
        ({"amount": Money(10**15)}, NotEnoughValue),
        ({"taker_id": HER}, SameMember),
        ({"taker_id": "0192f0a0-0000-7000-8000-000000000404"}, UnknownMember),
        ({"giver_id": "0192f0a0-0000-7000-8000-000000000404"}, UnknownMember),
        ({"is_agreed": False}, TransferNotAgreed),
        ({"reason": " "}, ApprovalReasonMissing),
    ],
)
def test_what_is_not_transferred(
    counter: Shop, clock: StillClock, ids: CountedIds, change: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        transfer(counter, replace(ASKED, **change), clock=clock, ids=ids)  # type: ignore[arg-type]  # by name

    assert (has(counter, HER), has(counter, HIM)) == ((16_000, 4_000), (0, 0))


def test_nobody_who_is_gone_and_nothing_where_value_is_off(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(counter, {"stored_value.enabled": False}, clock=clock)
    with pytest.raises(StoredValueOff):
        transfer(counter, ASKED, clock=clock, ids=ids)
    set_policies(counter, {"stored_value.enabled": True}, clock=clock)
    erase(counter, HIM, clock=clock)

    with pytest.raises(UnknownMember):
        transfer(counter, ASKED, clock=clock, ids=ids)


def test_who_was_merged_is_named_by_her_new_name(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    merge(counter, Merge(HIM, HER, "x", "script"), clock=clock, ids=ids)

    with pytest.raises(MemberMerged):
        transfer(counter, ASKED, clock=clock, ids=ids)


def test_a_card_never_holds_more_than_the_law_allows(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    top_up(counter, TopUpOrder(HIM, Money(490_000), "card", "1007", prints=False), clock=clock, ids=ids)

    with pytest.raises(ValueCapped) as refused:
        transfer(counter, replace(ASKED, amount=Money(8_000)), clock=clock, ids=ids)

    assert (refused.value.would_fen, refused.value.room_fen) == (505_000, 5_000)
    transfer(counter, ASKED, clock=clock, ids=ids)


def test_a_cashier_needs_a_yes_and_serves_neither_herself_nor_her_giver(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    put_staff(counter, "7", name="王", role="cashier", pin="135790", clock=clock)
    put_staff(counter, "1", name="李", role="owner", pin="246801", phone=ALICE.phone, clock=clock)

    with pytest.raises(NeedsApproval):
        transfer(counter, replace(ASKED, by="7"), clock=clock, ids=ids)
    with pytest.raises(Refused) as refused:
        transfer(counter, replace(ASKED, by="7", approver="1"), clock=clock, ids=ids)

    assert refused.value.word == "own_member"
    assert has(counter, HIM) == (0, 0)


def test_both_statements_tell_it_and_the_slip_names_both(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    done = transfer(counter, ASKED, clock=clock, ids=ids)

    day = clock.now().date()
    with counter.reading() as books:
        told = [statement_of(books, who, since=day, until=day).entries[-1] for who in (HER, HIM)]
        lines = [[(row.detail, row.fen) for row in books.timeline.of(who) if row.kind == "value"] for who in (HER, HIM)]
        [job] = [books.prints.get(job) for job in done.jobs]
        assert job is not None
        rows = [
            row for row in transfer_slips.slip_of(books, job, width=32, words=words("en")) if isinstance(row, TextRow)
        ]
    assert [(entry.kind, entry.moved.principal_fen, entry.moved.bonus_fen) for entry in told] == [
        ("transfer", -4_000, -1_000),
        ("transfer", 4_000, 1_000),
    ]
    assert lines == [[("transfer", -5_000), ("topup", 20_000)], [("transfer", 5_000)]]
    said = " ".join(f"{row.left} {row.right}" for row in rows)
    assert "138****0001" in said
    assert "50.00" in said
    assert "120.00" not in said


STEP = st.tuples(st.sampled_from(("top_up", "drink", "give", "give", "wait")), st.booleans(), st.integers(1, 30))


@dataclass
class Life:
    """Two who give each other what they have."""

    clock: StillClock = field(default_factory=StillClock)
    ids: CountedIds = field(default_factory=CountedIds)

    def __post_init__(self) -> None:
        self.shop = furnished(MemoryShop(a_device(), ids=self.ids), self.clock, self.ids)

    def does(self, what: str, who: str, other: str, n: int) -> None:
        shop, clock, ids = self.shop, self.clock, self.ids
        if what == "top_up":
            top_up(shop, TopUpOrder(who, Money(1_000 * n), "cash", "1007", prints=False), clock=clock, ids=ids)
        elif what == "drink":
            drink(shop, who, n, clock=clock, ids=ids)
        elif what == "wait":
            clock.go_on(days=n)
        elif what == "give":
            before = owed(shop, clock, who, other)
            transfer(shop, replace(ASKED, giver_id=who, taker_id=other, amount=Money(397 * n)), clock=clock, ids=ids)
            # each top-up is divided once more: a formula rounds down to the fen each time
            for was, now in zip(before, owed(shop, clock, who, other), strict=True):
                assert abs(was - now) <= 4


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEP, min_size=3, max_size=14))
def test_giving_to_and_fro_brings_nobody_more_than_before(steps: list[tuple[str, bool, int]]) -> None:
    life = Life()
    for what, is_hers, n in steps:
        who, other = (HER, HIM) if is_hers else (HIM, HER)
        with suppress(Refused):
            life.does(what, who, other, n)
        with life.shop.reading() as books:
            for person in (HER, HIM):
                found, (principal, bonus) = deposits(books, person), held(books, person)
                assert sum(each.principal_left for each in found) == principal.fen
                assert sum(each.bonus_left for each in found) == bonus.fen
                assert all(each.list_fen >= each.spent_fen >= 0 <= each.paid_fen for each in found)
