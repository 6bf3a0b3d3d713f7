"""The check lays coupons that were given, taken back and earned beside what they say they are."""

from __future__ import annotations

from dataclasses import replace

from storeapp.database.shop import ShopDatabase
from storeapp.domain.coupon_grant import Grant
from storeapp.domain.ledger import Leg, Txn
from tests.fakes.things import ALICE, COUPON

GRANT = Grant("k", 1, COUPON.coupon_id, COUPON.offer_id, None, "issued", 0, "", "", "2026-09-28T10:00:00+08:00")


def found(shop: ShopDatabase) -> list[tuple[str, str]]:
    return [(finding.word, finding.what) for finding in shop.check() if finding.word.startswith("coupon")]


def test_a_grant_names_its_coupon_and_its_sale(shop: ShopDatabase) -> None:
    with shop.writing() as books:
        books.coupon_grants.put(GRANT)
    assert found(shop) == [("coupon_grant", "k#1")]

    with shop.writing() as books:
        books.coupons.put(COUPON)
    assert found(shop) == []

    with shop.writing() as books:
        other = replace(COUPON, coupon_id="other", code="7F3K9Q99")
        books.coupons.put(other)
        books.coupon_grants.put(replace(GRANT, key="next_visit:nothing", coupon_id="other", why="next_visit"))
    assert found(shop) == [("coupon_grant", "next_visit:nothing")]


def test_what_was_taken_back_is_not_out(shop: ShopDatabase) -> None:
    legs = (Leg(f"coupon:{COUPON.coupon_id}", "coupon", -1), Leg("coupon.void", "coupon", 1))
    with shop.writing() as books:
        books.members.put(ALICE)
        books.coupons.put(COUPON)
        books.ledger.post(Txn("t", "coupon.void", GRANT.at, legs))
    assert ("coupon", COUPON.code) in found(shop)

    with shop.writing() as books:
        books.coupons.put(replace(COUPON, state="void"))
    assert found(shop) == []
