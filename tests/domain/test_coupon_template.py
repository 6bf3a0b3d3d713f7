"""Templates: a text is read whole or refused, and says the days of each coupon made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storeapp.domain.coupon_template import (
    TemplateNotLive,
    TemplateWord,
    UnknownTemplate,
    as_data,
    ended,
    from_data,
    has_had_enough,
    live,
    made_of,
    said,
)
from storeapp.domain.coupon_terms import BadCouponTerms
from storeapp.domain.money import Money

TEA = {"id": "tea", "name": "茶券", "amount_fen": 500, "valid_days": 30}
FIXED = {"id": "fixed", "name": "国庆券", "amount_fen": 500, "valid_from": "2026-10-01", "valid_until": "2026-10-07"}
DAY = date(2026, 9, 28)
AT, LATER = "2026-09-28T10:00:00+08:00", "2026-09-28T11:00:00+08:00"


@pytest.mark.parametrize("text", [TEA, FIXED, TEA | {"terms": {"kind": "percent", "percent_off": 20}, "cost_fen": 9}])
def test_a_template_is_told_as_it_was_read(text: dict[str, Any]) -> None:
    template = from_data(text)

    assert from_data(as_data(template)) == template


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (TEA, "2026-09-28", "2026-10-27"),
        (TEA | {"starts_after_days": 1, "valid_days": 1}, "2026-09-29", "2026-09-29"),
        (FIXED, "2026-10-01", "2026-10-07"),
        (FIXED | {"valid_from": "2026-09-01"}, "2026-09-28", "2026-10-07"),
    ],
)
def test_a_coupon_is_good_from_the_day_it_is_given_or_on_fixed_days(
    text: dict[str, Any], first: str, last: str
) -> None:
    made = made_of(from_data(text), coupon_id="c", code="7F3K9Q21", on=DAY, member_id=None)

    assert (made.valid_from.isoformat(), made.valid_until.isoformat()) == (first, last)
    assert (made.offer_id, made.amount) == (text["id"], Money(500))


def test_no_coupon_is_made_whose_days_are_over() -> None:
    with pytest.raises(TemplateNotLive) as refused:
        made_of(from_data(FIXED), coupon_id="c", code="7F3K9Q21", on=date(2026, 10, 8), member_id=None)

    assert refused.value.state == "lapsed"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"id": "a b"}, "id"),
        ({"name": ""}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"terms": []}, "terms"),
        ({"amount_fen": 0}, "amount_fen"),
        ({"amount_fen": -5}, "amount_fen"),
        ({"amount_fen": 10**9}, "amount_fen"),
        ({"terms": {"kind": "item", "price_fen": 0}}, "amount_fen"),
        ({"valid_days": 0}, "valid_days"),
        ({"valid_until": "2026-10-31"}, "valid_until"),
        ({"valid_from": "2026-10-01"}, "valid_from"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"most_per_member": -1}, "most_per_member"),
        ({"batch_most": 1001}, "batch_most"),
        ({"cost_fen": "5"}, "cost_fen"),
    ],
)
def test_what_cannot_be_a_template_is_told(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCouponTerms) as refused:
        from_data(TEA | change)

    assert refused.value.field == field


@pytest.mark.parametrize("change", [{"starts_after_days": 1}, {"valid_from": "2026-10-08"}, {"valid_days": 3}])
def test_fixed_days_are_said_in_their_order_and_alone(change: dict[str, Any]) -> None:
    with pytest.raises(BadCouponTerms):
        from_data(FIXED | change)


def test_a_template_is_live_at_once_until_it_ends_and_live_again_when_it_is_put_again() -> None:
    first = said(None, from_data(TEA), at=AT, by="1001")
    over = ended(first, at=LATER, by="1001")

    assert (first.number, first.state, said(first, from_data(TEA), at=LATER, by="1001")) == (1, "live", first)
    dearer = said(over, from_data(TEA | {"amount_fen": 900}), at=LATER, by="1001")
    assert (dearer.number, dearer.state) == (2, "live")
    again = said(over, from_data(TEA), at=LATER, by="1001")
    assert (again.number, again.state) == (1, "live")
    with pytest.raises(TemplateNotLive):
        ended(over, at=LATER, by="1001")
    with pytest.raises(TemplateNotLive):
        live(over, "tea")
    with pytest.raises(UnknownTemplate):
        live(None, "tea")
    with pytest.raises(BadCouponTerms):
        live(TemplateWord("tea", 3, TEA | {"colour": "red"}, "live", AT), "tea")


def test_how_many_a_member_gets_counts_those_that_were_not_taken_back() -> None:
    two = from_data(TEA | {"most_per_member": 2})
    one = made_of(two, coupon_id="c", code="7F3K9Q21", on=DAY, member_id="m")
    void = replace(one, coupon_id="d", state="void")

    assert not has_had_enough(two, [one])
    assert not has_had_enough(two, [one, void])
    assert has_had_enough(two, [one, one])
    assert not has_had_enough(from_data(TEA | {"most_per_member": 0}), [one] * 9)
