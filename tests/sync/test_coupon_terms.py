"""A coupon means the same at the till that issued it and at the one that takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.tables.journals import quarantine
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import TemplateNotLive
from storeapp.domain.coupon_template import from_data as from_template
from storeapp.domain.coupon_terms import BadCouponTerms, CouponTerms, as_data, from_data
from storeapp.domain.money import Money
from storeapp.domain.promotion import Scope, When
from storeapp.errors import Refused
from storeapp.till import coupons
from storeapp.till.coupon_templates import Giving, end_templates, give, live, put_templates
from storeapp.till.coupon_void import void
from tests.domain.goods import CUP, TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.fakes.things import COUPON
from tests.sync.test_pull import COUPON as TOLD
from tests.sync.world import Tenant, Till, new_till

TODAY = date.today()
CUPS = Scope(codes=frozenset({CUP.code}))
# what it takes off two teas at 3.50 and a cup at 29.00, in fen
TERMS = {
    "plain": (CouponTerms(), 500),
    "percent": (CouponTerms("percent", percent=20), 720),
    "a cup for 9.9": (CouponTerms("item", price_fen=990, scope=CUPS), 1910),
    "a gift": (CouponTerms("item", scope=Scope(codes=frozenset({TEA.code}))), 350),
    "cups only": (CouponTerms("percent", percent=10, scope=CUPS), 290),
    "alone": (CouponTerms(alone=True), 500),
    "hours": (CouponTerms(when=When(weekdays=frozenset(range(1, 8)))), 500),
}


@pytest.fixture
def other(line: FaultProxy, tenant: Tenant) -> Till:
    made = new_till()
    made.join(line.url, tenant.invite("2"))
    return made


def issue(till: Till, terms: CouponTerms, *, amount: int) -> Coupon:
    until = TODAY + timedelta(days=3)
    made = replace(COUPON, amount=Money(amount), valid_from=TODAY, valid_until=until, receipt_token="", terms=terms)
    with till.shop.writing() as books:
        coupons.issue(books, made, at=till.clock.now().isoformat(), txn_id=till.ids.new())
    return made


@pytest.mark.parametrize("name", TERMS)
def test_a_coupon_issued_here_takes_the_same_off_there(joined: Till, other: Till, name: str) -> None:
    terms, off = TERMS[name]
    made = issue(joined, terms, amount=500 if terms.kind == "amount" else 0)
    joined.sync()
    other.sync()

    with other.shop.reading() as books:
        assert books.coupons.by_id(made.coupon_id) == made
    sale = other.sell(cups=1, coupons=(made.code,)).sale

    assert [use.amount.fen for use in sale.coupons] == [off]
    other.sync()
    joined.sync()
    with joined.shop.reading() as books:
        known = books.coupons.by_id(made.coupon_id)
        assert known is not None
        assert (known.state, known.terms) == ("redeemed", terms)


def test_a_day_it_rests_on_rests_there_too(joined: Till, other: Till) -> None:
    made = issue(joined, CouponTerms(not_on=frozenset({TODAY, TODAY + timedelta(days=1)})), amount=500)
    joined.sync()
    other.sync()

    with pytest.raises(Refused) as refused:
        other.sell(coupons=(made.code,))

    assert refused.value.word == "coupon_rests"


def test_terms_of_a_newer_program_wait_in_the_cloud(joined: Till, other: Till, tenant: Tenant) -> None:
    with joined.shop.writing() as books:
        entry = dict(TOLD) | {"terms": {"kind": "lottery"}, "legs": [{"account": "x", "unit": "coupon", "amount": 0}]}
        books.journal.append("coupon.issued", entry, at=joined.clock.now().isoformat(), v=2)
    joined.sync()
    other.sync()

    with other.shop.reading() as books:
        assert books.coupons.by_code(str(TOLD["code"])) is None
    # other tests share the cloud
    hers = sa.select(quarantine.c.error).where(quarantine.c.tenant_id == tenant.tenant_id)
    assert [row.error for row in tenant.rows(hers)] == ["bad_coupon_terms"]


@pytest.mark.parametrize(("terms", "v"), [({"kind": "lottery"}, 2), ({"kind": "percent", "percent_off": 20}, 3)])
def test_terms_a_till_does_not_understand_make_no_coupon(
    joined: Till, tenant: Tenant, terms: dict[str, Any], v: int
) -> None:
    body = dict(TOLD) | {"terms": terms}
    row = feeds.Row(feeds.members_of(tenant.store_id), "coupon", body, v=v)
    tenant.write(lambda connection: feeds.append(connection, tenant.tenant_id, [row]))

    joined.sync()

    with joined.shop.reading() as books:
        assert books.coupons.by_code(str(TOLD["code"])) is None


@pytest.mark.parametrize("name", TERMS)
def test_terms_are_read_as_they_were_written(name: str) -> None:
    terms = replace(TERMS[name][0], not_on=frozenset({TODAY}))

    assert from_data(as_data(terms)) == terms


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "lottery"}, "kind"),
        ({"kind": "percent"}, "percent_off"),
        ({"percent_off": 20}, "percent_off"),
        ({"kind": "percent", "percent_off": 101}, "percent_off"),
        ({"kind": "item"}, "price_fen"),
        ({"kind": "item", "price_fen": -1}, "price_fen"),
        ({"scope": {"colours": ["red"]}}, "scope.colours"),
        ({"when": {"weekdays": [8]}}, "when.weekdays"),
        ({"not_on": ["tomorrow"]}, "not_on"),
        ({"not_on": "2026-09-28"}, "not_on"),
        ({"alone": 1}, "alone"),
        ({"twice": True}, "twice"),
    ],
)
def test_terms_that_cannot_be_say_which_field(said: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCouponTerms) as refused:
        from_data(said)

    assert refused.value.field == field


def test_two_tills_that_give_for_one_reason_give_one_coupon_and_one_void_ends_it(joined: Till, other: Till) -> None:
    template = {"id": "gift", "name": "券", "amount_fen": 500, "valid_days": 9}
    made: list[Coupon] = []
    for till in (joined, other):
        put_templates(till.shop, (template,), clock=till.clock)
        with till.shop.writing() as books:
            giving = Giving("birthday:nobody:2026", "birthday", till.clock.now().isoformat(), TODAY)
            made += give(books, from_template(template), giving)

    joined.sync()
    other.sync()

    assert made[0].coupon_id == made[1].coupon_id
    assert made[0].code == made[1].code
    void(joined.shop, made[0].code, reason="x", clock=joined.clock, ids=joined.ids)
    joined.sync()
    other.sync()
    with other.shop.reading() as books:
        told = books.coupons.by_id(made[0].coupon_id)
        assert told is not None
        assert told.state == "void"


def test_a_template_reaches_every_till_and_an_older_word_does_not_undo_it(joined: Till, other: Till) -> None:
    template = {"id": "gift", "name": "券", "amount_fen": 500, "valid_days": 9}
    put_templates(joined.shop, (template,), clock=joined.clock)
    joined.sync()
    other.sync()
    with other.shop.reading() as books:
        assert live(books, "gift").amount == Money(500)
    end_templates(other.shop, ("gift",), clock=other.clock)
    other.sync()

    joined.sync()

    with joined.shop.reading() as ours, other.shop.reading() as theirs:
        assert ours.coupon_templates.every() == theirs.coupon_templates.every()
        with pytest.raises(TemplateNotLive):
            live(ours, "gift")
