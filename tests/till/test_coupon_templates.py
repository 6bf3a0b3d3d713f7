"""Templates at the till: coupons of one, so many a member, and once for a request."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storeapp.domain.coupon_template import TemplateNotLive, UnknownTemplate
from storeapp.domain.coupon_terms import BadCouponTerms
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.till.coupon_issue import CouponGivenBefore, issue_coupons
from storeapp.till.coupon_templates import end_templates, put_templates
from storeapp.till.ports import Shop
from storeapp.till.requests import BadRequest
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB

TEA = {"id": "tea", "name": "茶券", "amount_fen": 500, "valid_days": 30, "cost_fen": 300, "batch_most": 20}
HERS = {"template": "tea", "member": "13800000001"}
PLAIN = {"offer": "autumn", "amount_fen": 500, "valid_until": "2026-10-31", "count": 3}


@pytest.fixture
def stocked(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
    put_templates(bare, (TEA,), clock=clock)
    return bare


def given(shop: Shop, clock: StillClock, ids: CountedIds, *rows: dict[str, Any], by: str = "") -> list[str]:
    return [coupon.code for coupon in issue_coupons(shop, rows, clock=clock, ids=ids, by=by)]


def told(shop: Shop, kind: str) -> list[Any]:
    with shop.reading() as books:
        return [json.loads(entry.body) for entry in books.journal.after(0, limit=500) if entry.type == kind]


def test_a_template_gives_coupons_that_say_what_for(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    codes = given(stocked, clock, ids, {"template": "tea", "count": 20})

    with stocked.reading() as books:
        coupon = books.coupons.by_code(codes[0])
        assert coupon is not None
        grant = books.coupon_grants.of_coupon(coupon.coupon_id)
    assert (len(set(codes)), coupon.offer_id, coupon.valid_until.isoformat()) == (20, "tea", "2026-10-27")
    assert grant is not None
    assert (grant.why, grant.cost_fen, grant.template_id) == ("issued", 300, "tea")
    bodies = told(stocked, "coupon.issued")
    assert [(body["code"], body["why"], body["cost_fen"]) for body in bodies] == [(c, "issued", 300) for c in codes]


@pytest.mark.parametrize("row", [HERS, {"template": "tea", "count": 3}, PLAIN, PLAIN | {"count": 1}])
def test_a_request_asked_twice_gives_once(
    stocked: Shop, clock: StillClock, ids: CountedIds, row: dict[str, Any]
) -> None:
    first = given(stocked, clock, ids, row | {"request": "r1"})
    clock.go_on(days=1)

    assert given(stocked, clock, ids, row | {"request": "r1"}) == first
    assert len(told(stocked, "coupon.issued")) == len(first)
    with pytest.raises(RequestReused):
        given(stocked, clock, ids, {"template": "tea", "count": 9, "request": "r1"})
    if "member" not in row:
        assert set(given(stocked, clock, ids, row | {"request": "r2"})).isdisjoint(first)


def test_a_member_gets_as_many_as_the_template_says(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    given(stocked, clock, ids, HERS)
    with pytest.raises(CouponGivenBefore):
        given(stocked, clock, ids, HERS | {"member": "13912345678"}, HERS)
    assert len(told(stocked, "coupon.issued")) == 1

    put_templates(stocked, (TEA | {"most_per_member": 2},), clock=clock)
    given(stocked, clock, ids, HERS)
    with pytest.raises(CouponGivenBefore):
        given(stocked, clock, ids, HERS)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"template": "nothing"}, UnknownTemplate),
        ({"template": "tea", "count": 21}, BadRequest),
        ({"template": "tea", "count": 0}, BadRequest),
        (HERS | {"count": 2}, BadRequest),
        (HERS | {"amount_fen": 900}, BadRequest),
    ],
)
def test_what_a_template_does_not_allow_is_refused(
    stocked: Shop, clock: StillClock, ids: CountedIds, row: dict[str, Any], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        given(stocked, clock, ids, row)


def test_an_ended_template_gives_no_more_and_what_is_out_stays(
    stocked: Shop, clock: StillClock, ids: CountedIds
) -> None:
    [code] = given(stocked, clock, ids, HERS)
    end_templates(stocked, ("tea",), clock=clock)

    with pytest.raises(TemplateNotLive):
        given(stocked, clock, ids, {"template": "tea"})
    with stocked.reading() as books:
        coupon = books.coupons.by_code(code)
        assert coupon is not None
        assert coupon.state == "issued"
        assert [word.state for word in books.coupon_templates.history("tea")] == ["live", "ended"]
    assert [body["state"] for body in told(stocked, "coupon_template.changed")] == ["live", "ended"]


def test_a_file_with_a_fault_puts_none_and_a_cashier_puts_none(shop: MemoryShop, clock: StillClock) -> None:
    with pytest.raises(BadCouponTerms):
        put_templates(shop, (TEA, TEA | {"id": "b", "amount_fen": 0}), clock=clock)
    with shop.writing() as books:
        assert books.coupon_templates.every() == ()
        books.staff.put(Staff("1007", "小李", "cashier"))
    with pytest.raises(NotAllowed):
        put_templates(shop, (TEA,), clock=clock, by="1007")
    with pytest.raises(UnknownTemplate):
        end_templates(shop, ("tea",), clock=clock)
