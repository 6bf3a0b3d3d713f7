"""Two members who are one person: everything follows, nothing is lost or doubled, and it happens once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from storeapp.domain.approval import ApprovalReasonMissing, NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import Leg, LotMove, Txn, debt_account, points_account, principal_account
from storeapp.domain.member import Consent, Member, MemberExists, UnknownMember, agrees, masked_phone
from storeapp.domain.merge import MemberMerged, SameMember
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import merging, value_slips
from storeapp.till.baskets import park, recall
from storeapp.till.checkout import Order, checkout
from storeapp.till.expiring import expire
from storeapp.till.members import SignUp, by_phone, erase, find, sign_up
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refund_slips import paper_of
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.words import words
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, COUPON, TEA

KEPT, GONE = ALICE.member_id, BOB.member_id
CAROL = Member("0192f0a0-0000-7000-8000-00000000ca01", "8613700000009", "李", joined_at="2026-09-28T10:00:00+08:00")
ASKED = Merge(KEPT, GONE, "换了手机号", "script")


@pytest.fixture
def both(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([TEA])
        for member in (ALICE, BOB, CAROL):
            books.members.put(member)
    set_policies(bare, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=clock)
    return bare


def buys(shop: Shop, member_id: str, *, clock: StillClock, ids: CountedIds, count: int = 1, points: int = 0) -> Sale:
    asked = 300 * count - points
    paid = (*((Tender("points", Money(points)),) if points else ()), Tender("cash", Money(asked)))
    line = Line(TEA, Quantity(count * 1000), price=Money(300), price_reason="x")
    order = Order(Basket((line,), member_id=member_id), paid, "script", prints=False)
    return checkout(shop, order, clock=clock, ids=ids).sale


def given(shop: Shop, member_id: str, points: int, *, until: str) -> None:
    lot = LotMove(points_account(member_id), f"gift-{member_id[-4:]}-{until}", points, until)
    legs = (Leg("exp.points", "pts", -points), Leg(lot.account, "pts", points))
    with shop.writing() as books:
        books.ledger.post(Txn(lot.lot_id, "gift", "2026-09-01T10:00:00+08:00", legs, member_id, lots=(lot,)))


def has(shop: Shop, member_id: str) -> tuple[int, int, int]:
    """Points, points owed, principal."""
    with shop.reading() as books:
        balance = books.ledger.balance
        return (
            balance(points_account(member_id), "pts"),
            balance(debt_account(member_id), "pts"),
            balance(principal_account(member_id), "fen"),
        )


def test_everything_she_had_is_hers_under_one_name(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    given(both, KEPT, 100, until="2027-01-01")
    given(both, GONE, 40, until="2026-12-01")
    top_up(both, TopUpOrder(GONE, Money(20_000), "cash", "script", prints=False), clock=clock, ids=ids)
    with both.writing() as books:
        books.coupons.put(replace(COUPON, member_id=GONE))

    done = merge(both, ASKED, clock=clock, ids=ids)

    assert has(both, KEPT) == (140, 0, 20_000)
    assert has(both, GONE) == (0, 0, 0)
    assert done.coupons == 1
    with both.reading() as books:
        assert [c.code for c in books.coupons.of_member(KEPT)] == [COUPON.code]
        # the soonest to lapse is still the soonest, and as old as it was
        assert [(lot.amount, lot.expires_on, lot.earned_at[:10]) for lot in books.ledger.lots(KEPT)] == [
            (40, "2026-12-01", "2026-09-01"),
            (100, "2027-01-01", "2026-09-01"),
        ]


def test_paper_of_before_names_whom_she_is_now(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = buys(both, GONE, clock=clock, ids=ids)
    paid_in = top_up(both, TopUpOrder(GONE, Money(20_000), "cash", "script", prints=False), clock=clock, ids=ids).doc

    merge(both, ASKED, clock=clock, ids=ids)

    with both.reading() as books:
        receipt = paper_of(books, sale, copy=1)
        slip = value_slips.rows_of(books, paid_in, width=48, words=words("en"), copy=1)
    hers = masked_phone(ALICE.phone)
    assert any(hers in row for row in receipt.member)
    assert hers in [row.right for row in slip if isinstance(row, TextRow)]


def test_her_old_phone_finds_her_and_cannot_join_again(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    merge(both, ASKED, clock=clock, ids=ids)

    with both.reading() as books:
        assert by_phone(books, "13912345678").member_id == KEPT
        assert [found.member_id for found in find(books, "5678")] == [KEPT]
        assert books.members.by_id(GONE) is None
        assert books.members.count() == 2
    with pytest.raises(MemberExists) as refused:
        sign_up(both, SignUp("13912345678"), cashier="script", clock=clock, ids=ids)
    assert refused.value.member_id == KEPT


def test_what_she_bought_under_either_name_is_one_history(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    first, second = (buys(both, who, clock=clock, ids=ids) for who in (GONE, KEPT))

    merge(both, ASKED, clock=clock, ids=ids)

    with both.reading() as books:
        assert {sale.receipt for sale in books.sales.of_member(KEPT)} == {first.receipt, second.receipt}
        told = [row.ref for row in books.timeline.of(KEPT) if row.kind == "sale"]
        bought = dict(books.layers.bought())
        done = {who: did for who, _, did in books.tiers.every(since=clock.now().date())}
    assert sorted(told) == sorted([first.receipt, second.receipt])
    assert set(bought) == {KEPT}
    assert sum(row.net_fen for row in bought[KEPT]) == 600
    assert (set(done), done[KEPT].spend_fen) == ({KEPT}, 600)


def test_goods_of_her_old_name_come_back_to_her_new_one(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    given(both, GONE, 500, until="2026-12-01")
    set_policies(both, {"points.fen_each": 1}, clock=clock)
    sale = buys(both, GONE, count=2, points=100, clock=clock, ids=ids)
    before = has(both, GONE)[0]
    merge(both, ASKED, clock=clock, ids=ids)

    refund(both, RefundOrder(sale.receipt, "script", "x", (Asked(1, 2000),), prints=False), clock=clock, ids=ids)

    # as if nothing had been bought: the points she paid with are back, those she earned are not
    assert before == 500 - 100 + sale.points_earned
    assert has(both, KEPT) == (500, 0, 0)
    assert has(both, GONE) == (0, 0, 0)


def test_points_she_owed_are_paid_from_what_comes(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    legs = (Leg("exp.points", "pts", 30), Leg(debt_account(GONE), "pts", -30))
    with both.writing() as books:
        books.ledger.post(Txn("owed", "gift", clock.now().isoformat(), legs, GONE))
    given(both, KEPT, 20, until="2027-01-01")

    merge(both, ASKED, clock=clock, ids=ids)

    assert has(both, KEPT) == (0, -10, 0)
    assert has(both, GONE) == (0, 0, 0)


def test_what_another_till_still_booked_on_her_old_name_follows_at_night(
    both: Shop, clock: StillClock, ids: CountedIds
) -> None:
    merge(both, ASKED, clock=clock, ids=ids)
    given(both, GONE, 7, until="2027-01-01")

    assert merging.follow_all(both, clock=clock) == 1
    assert merging.follow_all(both, clock=clock) == 0
    assert (has(both, KEPT)[0], has(both, GONE)[0]) == (7, 0)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"gone_id": KEPT}, SameMember),
        ({"gone_id": "0192f0a0-0000-7000-8000-000000000404"}, UnknownMember),
        ({"kept_id": "0192f0a0-0000-7000-8000-000000000404"}, UnknownMember),
        ({"reason": " "}, ApprovalReasonMissing),
    ],
)
def test_who_cannot_be_merged(
    both: Shop, clock: StillClock, ids: CountedIds, change: dict[str, str], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        merge(both, replace(ASKED, **change), clock=clock, ids=ids)

    with both.reading() as books:
        assert books.members.count() == 3
        assert books.members.merged() == {}


def test_both_ways_and_round_in_a_ring_is_refused(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    merge(both, ASKED, clock=clock, ids=ids)

    for kept, gone in ((GONE, KEPT), (KEPT, GONE), (CAROL.member_id, GONE)):
        with pytest.raises(MemberMerged) as refused:
            merge(both, replace(ASKED, kept_id=kept, gone_id=gone), clock=clock, ids=ids)
        assert refused.value.kept == KEPT

    # she may be merged on: then both names lead to the last
    merge(both, replace(ASKED, kept_id=CAROL.member_id, gone_id=KEPT), clock=clock, ids=ids)
    with both.reading() as books:
        assert books.members.merged() == {GONE: CAROL.member_id, KEPT: CAROL.member_id}
        phones = ("13912345678", "13800000001", "13700000009")
        assert {by_phone(books, phone).member_id for phone in phones} == {CAROL.member_id}


def test_who_was_erased_is_merged_with_nobody(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    erase(both, GONE, clock=clock)

    for kept, gone in ((KEPT, GONE), (GONE, KEPT)):
        with pytest.raises(UnknownMember):
            merge(both, replace(ASKED, kept_id=kept, gone_id=gone), clock=clock, ids=ids)


def test_erasing_her_forgets_all_her_numbers(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    merge(both, ASKED, clock=clock, ids=ids)

    erase(both, KEPT, clock=clock)

    with both.reading() as books:
        for phone in ("13912345678", "13800000001"):
            with pytest.raises(UnknownMember):
                by_phone(books, phone)
        assert find(books, "5678") == ()
    # and an echo of either from elsewhere brings nobody back
    with both.writing() as books:
        books.members.put(BOB)
        books.members.put(ALICE)
        assert books.members.count() == 1


def test_her_last_word_counts_under_whatever_name_she_said_it(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    yes = Consent("marketing", "2026-11", True, "counter", "2026-09-01T10:00:00+08:00")
    with both.writing() as books:
        books.members.consent(KEPT, yes)
        books.members.consent(GONE, replace(yes, given=False, at="2026-09-02T10:00:00+08:00"))

    merge(both, ASKED, clock=clock, ids=ids)

    with both.reading() as books:
        assert not agrees(books.members.consents(KEPT), "marketing")
        assert KEPT not in set(books.outreach.agreed())


def test_a_cashier_needs_somebody_who_may(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    hired(both, "1001", "1007", clock=clock)

    with pytest.raises(NeedsApproval):
        merge(both, replace(ASKED, by="1007"), clock=clock, ids=ids)
    merge(both, replace(ASKED, by="1007", approver="1001"), clock=clock, ids=ids)

    with both.reading() as books:
        told = [json.loads(e.body) for e in books.journal.after(0, limit=100) if e.type == "member.merged"]
    assert [(one["kept"], one["gone"], one["by"], one["reason"]) for one in told] == [
        (KEPT, GONE, "1007", "换了手机号")
    ]


def test_a_basket_parked_and_a_payment_begun_under_her_old_name_are_hers(
    both: Shop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(both, {"points.fen_each": 1}, clock=clock)
    given(both, KEPT, 100, until="2027-01-01")
    given(both, GONE, 50, until="2027-01-01")
    line = Line(TEA, Quantity(1000), price=Money(300), price_reason="x")
    basket = Basket((line,), member_id=GONE)
    parked = park(both, basket, total=Money(300), cashier="script", label="", clock=clock, ids=ids)
    merge(both, ASKED, clock=clock, ids=ids)

    # what she pays with is what both names have, whichever name the basket bears
    again = recall(both, parked.parked_id, clock=clock, ids=ids)
    assert again is not None
    assert again.member_id == GONE
    paid = (Tender("points", Money(120)), Tender("cash", Money(180)))
    sale = checkout(both, Order(again, paid, "script", prints=False), clock=clock, ids=ids).sale

    assert sale.member_id == KEPT
    assert has(both, KEPT) == (150 - 120 + sale.points_earned, 0, 0)
    assert has(both, GONE) == (0, 0, 0)


def test_points_that_end_while_goods_come_back_are_counted_once(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(both, {"points.lapse": "days", "points.valid_days": 10, "points.grace_days": 0}, clock=clock)
    sale = buys(both, GONE, count=4, clock=clock, ids=ids)
    merge(both, ASKED, clock=clock, ids=ids)
    refund(both, RefundOrder(sale.receipt, "script", "x", (Asked(1, 1000),), prints=False), clock=clock, ids=ids)
    clock.go_on(days=12)
    expire(both, clock=clock)
    refund(both, RefundOrder(sale.receipt, "script", "x", (Asked(1, 1000),), prints=False), clock=clock, ids=ids)
    expire(both, clock=clock)

    points, owes, _ = has(both, KEPT)
    assert points == 0
    assert has(both, GONE) == (0, 0, 0)
    with both.reading() as books:
        ended = sum(left for name, left in books.ledger.holding("") if name == "breakage")
    # never more than was earned: what ended is not asked back a second time
    assert ended - owes <= sale.points_earned
