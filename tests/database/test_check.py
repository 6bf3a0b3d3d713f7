"""The check finds what somebody, or something, did to the file behind storeapp's back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.ledger import Leg, Txn, coupon_account, points_account
from storeapp.domain.printing import PrintJob
from storeapp.domain.sale import CouponUse
from tests.database.conftest import Opener, Raw
from tests.fakes.things import ALICE, COUPON, TEA, a_sale, book


@pytest.fixture
def traded(shop: ShopDatabase, reopen: Opener) -> ShopDatabase:
    """A day's trade, put away."""
    with shop.writing() as books:
        books.products.put([TEA])
        books.members.put(ALICE)
        books.coupons.put(COUPON)
        for number in (1, 2, 3):
            sale = book(books, a_sale(number, member=ALICE))
        back = (Leg(points_account(ALICE.member_id), "pts", -3), Leg("exp.points", "pts", 3))
        books.ledger.post(Txn("back", "refund", sale.at, back, reverses=sale.sale_id, parts=(0, 0, 3, 3)))
        books.sales.add(replace(a_sale(9), token=""), imported=True)
        books.prints.add(PrintJob("j1", "receipt", "receipt", "queued", sale.at, receipt=sale.receipt))
        books.journal.ack(2)
    return shop


def test_a_days_trade_is_in_order(traded: ShopDatabase) -> None:
    assert traded.check() == ()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("UPDATE account SET balance = balance + 1 WHERE name = 'rev.sales'", "balance"),
        ("UPDATE ledger_leg SET amount = amount + 1 WHERE n = 1 AND txn = 2", "unbalanced"),
        ("DELETE FROM ledger_leg WHERE txn = 2", "balance"),
        ("DELETE FROM ledger_txn WHERE id = 2", "sale_unposted"),
        ("UPDATE lot SET remaining = remaining - 1 WHERE remaining > 0", "lots"),
        ("UPDATE lot SET amount = amount + 1", "lot"),
        ("UPDATE lot SET amount = amount + 1", "lot_use"),
        ("UPDATE lot_use SET amount = amount + 1", "lot_use"),
        ("DELETE FROM lot_use", "lot_use"),
        ("UPDATE reversal SET amount = amount + 1", "over_reversed"),
        ("UPDATE account SET balance = -1 WHERE name LIKE 'pts:%'", "member_account"),
        ("UPDATE journal SET body = CAST(replace(body, '350', '353') AS BLOB) WHERE place & 3 = 2", "chain"),
        ("UPDATE journal SET hash = zeroblob(32) WHERE place & 3 = 1", "chain"),
        ("DELETE FROM journal WHERE place & 3 = 2", "chain"),
        ("DELETE FROM journal WHERE place & 3 = 2", "sale_unjournaled"),
        ("UPDATE journal SET body = CAST('{\"a\": 1}' AS BLOB) WHERE place & 3 = 2", "body"),
        ("UPDATE ack_mark SET seq = 9", "ack"),
        ("DELETE FROM sale WHERE number_in_day = 2", "sale_unbooked"),
        ("DELETE FROM sale WHERE number_in_day = 2", "number"),
        ("DELETE FROM sale WHERE number_in_day = 2", "reference"),
        ("UPDATE sale SET total_fen = 351 WHERE number_in_day = 2", "sale_row"),
        ("UPDATE sale SET cashier = '1008' WHERE number_in_day = 2", "sale_row"),
        ("UPDATE sale SET number_in_day = 7 WHERE number_in_day = 2", "number"),
        ("UPDATE sale_line SET gross_fen = 1", "sale_lines"),
        ("DELETE FROM sale_line", "sale_lines"),
        ("UPDATE sale_line SET quantity_milli = quantity_milli + 1000", "sale_lines"),
        ("UPDATE sale SET request_id = 'b9' WHERE number_in_day = 2", "sale_row"),
        ("UPDATE tender SET fen = 1", "sale_tenders"),
        ("UPDATE day SET total_fen = total_fen + 1", "day"),
        ("UPDATE day SET last_number = 2", "day"),
        ("DELETE FROM day", "day"),
        ("DELETE FROM past_line", "past_lines"),
        ("UPDATE print_job SET receipt = 'S01-1-20260928-0999'", "print_job"),
        ("UPDATE product_code SET code = 'elsewhere' WHERE code = '1001'", "product_code"),
        ("DELETE FROM product_word", "search"),
        ("DELETE FROM member_word", "search"),
        ("DELETE FROM member_key", "member_key"),
    ],
)
def test_the_check_finds(traded: ShopDatabase, raw: Raw, reopen: Opener, deed: str, word: str) -> None:
    traded.close()
    raw(deed)

    findings = reopen().check()

    assert word in {finding.word for finding in findings}
    assert all(finding.what and finding.detail for finding in findings)


def test_a_coupon_this_till_redeemed_twice_is_found(traded: ShopDatabase) -> None:
    use = CouponUse(COUPON.coupon_id, COUPON.code, COUPON.offer_id, COUPON.amount)
    with traded.writing() as books:
        for number in (4, 5):
            book(books, replace(a_sale(number), coupons=(use,)))
        books.coupons.put(replace(COUPON, state="redeemed"))

    assert [finding.word for finding in traded.check()] == ["coupon"]


def test_a_coupon_another_till_redeemed_too_is_the_clouds_to_settle(traded: ShopDatabase) -> None:
    use = CouponUse(COUPON.coupon_id, COUPON.code, COUPON.offer_id, COUPON.amount)
    elsewhere = (Leg(coupon_account(COUPON.coupon_id), "coupon", -1), Leg("coupon.redeemed", "coupon", 1))
    with traded.writing() as books:
        book(books, replace(a_sale(4), coupons=(use,)))
        books.ledger.post(Txn("elsewhere", "sale", a_sale(4).at, elsewhere))
        books.coupons.put(replace(COUPON, state="redeemed"))

    assert traded.check() == ()


def test_a_hole_in_the_numbers_is_only_right_after_a_restore(traded: ShopDatabase, raw: Raw, reopen: Opener) -> None:
    with traded.writing() as books:
        book(books, a_sale(5004))
    assert [finding.word for finding in traded.check()] == ["number"]

    traded.close()
    raw("INSERT INTO number_floor VALUES (1, 1000000, 5003, '2026-09-28')")

    assert reopen().check() == ()
