"""The ledger: sums of legs, once each; points in lots; coupons that are redeemed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storeapp.domain.ledger import Leg, LotMove, Txn, points_account, principal_account
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB, COUPON, a_sale, book

POINTS = points_account(ALICE.member_id)
AT = "2026-09-28T12:00:00+08:00"


def points(txn_id: str, amount: int, *, at: str = "2026-09-28T12:00:00+08:00", to: str = POINTS) -> Txn:
    legs = (Leg("exp.points", "pts", -amount), Leg(to, "pts", amount))
    return Txn(txn_id, "adjust", at, legs, ALICE.member_id)


def post(shop: Shop, txns: Sequence[Txn]) -> None:
    with shop.writing() as books:
        for txn in txns:
            books.ledger.post(txn)


def test_a_balance_is_the_sum_of_its_legs(shop: Shop) -> None:
    post(shop, [points("t1", 82), points("t2", -2)])

    with shop.reading() as books:
        assert books.ledger.balance(POINTS, "pts") == 80
        assert books.ledger.balance("exp.points", "pts") == -80
        assert books.ledger.balance("exp.points", "fen") == 0
        assert books.ledger.balance("never-seen", "pts") == 0


def test_the_same_transaction_is_booked_once(shop: Shop) -> None:
    with shop.writing() as books:
        assert books.ledger.post(points("t1", 82))
        assert not books.ledger.post(points("t1", 99))

    with shop.reading() as books:
        assert books.ledger.balance(POINTS, "pts") == 82
        assert books.ledger.txn("t1") == points("t1", 82)
        assert books.ledger.txn("t2") is None


def test_the_history_of_an_account_is_newest_first(shop: Shop) -> None:
    post(shop, [points("t1", 1), points("t2", 2), points("t3", 3, to=points_account(BOB.member_id)), points("t4", 4)])

    with shop.reading() as books:
        assert [txn.txn_id for txn in books.ledger.history(POINTS)] == ["t4", "t2", "t1"]
        assert [txn.txn_id for txn in books.ledger.history(POINTS, limit=1)] == ["t4"]


def test_the_oldest_points_are_spent_first(shop: Shop) -> None:
    older, newer = "2026-09-01T12:00:00+08:00", "2026-09-02T12:00:00+08:00"
    post(shop, [points("new", 50, at=newer), points("old", 30, at=older), points("spend", -40)])

    with shop.reading() as books:
        assert [(lot.lot_id, lot.amount, lot.remaining) for lot in books.ledger.lots(ALICE.member_id)] == [
            ("old", 30, 0),
            ("new", 50, 40),
        ]


def test_what_she_owes_is_taken_from_what_she_earns_next(shop: Shop) -> None:
    post(shop, [points("t1", 10), points("t2", -25), points("t3", 40)])

    with shop.reading() as books:
        assert books.ledger.balance(POINTS, "pts") == 25
        assert sum(lot.remaining for lot in books.ledger.lots(ALICE.member_id)) == 25


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(-60, 60).filter(bool), max_size=12))
def test_lots_always_hold_the_balance_or_nothing(shop: Shop, amounts: list[int]) -> None:
    # the shop is the same for all examples, the member is not
    run = uuid4()
    account = points_account(str(run))

    with shop.writing() as books:
        for number, amount in enumerate(amounts):
            books.ledger.post(points(f"{run}/{number}", amount, to=account))

        assert books.ledger.balance(account, "pts") == sum(amounts)
        assert sum(lot.remaining for lot in books.ledger.lots(str(run))) == max(sum(amounts), 0)


def test_what_an_entry_did_to_lots_is_on_record(shop: Shop) -> None:
    opening = (LotMove(POINTS, "t1", 30, "2026-12-31"), LotMove(POINTS, "t1#1", 52, None, "2026-01-01"))
    post(shop, [replace(points("t1", 82), lots=opening), points("t2", -40)])

    with shop.reading() as books:
        assert books.ledger.moves("t1") == opening
        assert books.ledger.moves("t2") == (LotMove(POINTS, "t1", -30), LotMove(POINTS, "t1#1", -10))
        assert books.ledger.moves("t3") == ()
        assert [(lot.lot_id, lot.remaining, lot.expires_on) for lot in books.ledger.lots_of(POINTS)] == [
            ("t1", 0, "2026-12-31"),
            ("t1#1", 42, None),
        ]


def test_stored_value_lies_in_lots_too(shop: Shop) -> None:
    account = principal_account(ALICE.member_id)
    legs = (Leg("tender.cash:1", "fen", 500), Leg(account, "fen", -500))
    top_up = Txn("t1", "topup", AT, tuple(replace(leg, amount=-leg.amount) for leg in legs), ALICE.member_id)
    post(
        shop, [top_up, replace(top_up, txn_id="t2", legs=(replace(legs[0], amount=120), replace(legs[1], amount=-120)))]
    )

    with shop.reading() as books:
        assert [(lot.lot_id, lot.amount, lot.remaining) for lot in books.ledger.lots_of(account)] == [("t1", 500, 380)]
        assert books.ledger.holding("val.principal:") == ((account, 380),)
        assert books.ledger.holding("val.bonus:") == ()


def test_what_was_taken_back_is_counted_by_leg(shop: Shop) -> None:
    back = replace(points("r1", -30), reverses="t1", parts=(30, 30))
    post(shop, [points("t1", 82), back, replace(back, txn_id="r2", legs=points("r2", -2).legs, parts=(2, 2))])

    with shop.reading() as books:
        assert books.ledger.reversed_of("t1") == {1: 32, 2: 32}
        assert books.ledger.reversed_of("r1") == {}
        assert books.ledger.reversals("t1") == ("r1", "r2")


def test_accounts_with_lapsed_lots_are_named(shop: Shop) -> None:
    bobs = points_account(BOB.member_id)
    post(
        shop,
        [
            replace(points("t1", 5), lots=(LotMove(POINTS, "t1", 5, "2026-09-27"),)),
            replace(points("t2", 5, to=bobs), lots=(LotMove(bobs, "t2", 5, "2026-09-28"),)),
        ],
    )

    with shop.reading() as books:
        assert books.ledger.lapsed("2026-09-28") == (POINTS,)
        assert books.ledger.lapsed("2026-09-29") == tuple(sorted((POINTS, bobs)))
    post(shop, [points("t3", -5)])
    with shop.reading() as books:
        assert books.ledger.lapsed("2026-09-28") == ()


def test_a_member_sale_moves_takings_and_points_together(shop: Shop) -> None:
    with shop.writing() as books:
        book(books, a_sale(member=ALICE))

    with shop.reading() as books:
        assert books.ledger.balance("tender.cash:1", "fen") == 350
        assert books.ledger.balance("rev.sales", "fen") == -350
        assert books.ledger.balance(POINTS, "pts") == 3


def test_a_coupon_is_found_by_code_receipt_and_member(shop: Shop) -> None:
    hers = replace(COUPON, coupon_id="c2", code="AAAA2222", member_id=ALICE.member_id, receipt_token="")
    sooner = replace(hers, coupon_id="c3", code="AAAA3333", valid_until=date(2026, 9, 29))
    used = replace(hers, coupon_id="c4", code="AAAA4444", state="redeemed", offer_id="offer-2")

    with shop.writing() as books:
        for coupon in (COUPON, hers, sooner, used):
            books.coupons.put(coupon)

    with shop.reading() as books:
        assert books.coupons.by_code("7F3K9QWX") == COUPON
        assert books.coupons.by_code("nothing") is None
        assert books.coupons.by_id("c2") == hers
        assert books.coupons.by_receipt_token(COUPON.receipt_token) == (COUPON,)
        assert books.coupons.by_receipt_token("") == ()
        assert books.coupons.of_member(ALICE.member_id) == (sooner, hers)
        assert books.coupons.of_offer("offer-2", member_id=ALICE.member_id) == used
        assert books.coupons.of_offer("offer-2", member_id=BOB.member_id) is None


def test_a_redeemed_coupon_never_becomes_issued_again(shop: Shop) -> None:
    redeemed = replace(COUPON, state="redeemed", member_id=ALICE.member_id)

    with shop.writing() as books:
        for coupon in (COUPON, redeemed, COUPON):
            books.coupons.put(coupon)

    with shop.reading() as books:
        assert books.coupons.by_id(COUPON.coupon_id) == redeemed
