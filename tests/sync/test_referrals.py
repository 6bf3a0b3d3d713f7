"""Referrals over two tills and a cloud: named at one, bought at the other, thanked once, taken back with the goods."""

from __future__ import annotations

import pytest

from storeapp.cloud.admin import check
from storeapp.domain.referral import ReferralTooLate, ReferredBefore, code_of
from storeapp.domain.refund import Asked
from storeapp.till import referrals
from storeapp.till.checkout import Done
from storeapp.till.members import SignUp, sign_up
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.test_merging import PHONES, all_tell, joins, points
from tests.sync.world import Tenant, Till, with_another

ON = {"referral.enabled": True, "referral.wait_days": 0, "points.per_yuan": 0}


@pytest.fixture
def tills(joined: Till, line: FaultProxy, tenant: Tenant) -> tuple[Till, Till]:
    both = with_another(joined, line, tenant)
    set_policies(joined.shop, ON, clock=joined.clock)
    all_tell(*both)
    return both


def brings(till: Till, phone: str, by: str) -> str:
    said = SignUp(phone, referred_by=code_of(by))
    return sign_up(till.shop, said, cashier="1007", clock=till.clock, ids=till.ids).member_id


def thanks(*tills: Till) -> list[int]:
    return [referrals.reward_due(till.shop, clock=till.clock) for till in tills]


def back(till: Till, done: Done) -> None:
    order = RefundOrder(done.sale.receipt, "script", "x", (Asked(1, 2000),))
    refund(till.shop, order, clock=till.clock, ids=till.ids)


def state(till: Till, newcomer: str) -> tuple[str, str]:
    with till.shop.reading() as books:
        found = referrals.brought_by(books, newcomer)
    assert found is not None
    return found.state, found.why


def test_a_purchase_at_the_other_till_thanks_both_once(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    old = joins(one, PHONES[0])
    new = brings(one, PHONES[1], old)
    all_tell(one, other)
    assert state(other, new) == ("named", "")
    with other.shop.reading() as books:
        assert [each.newcomer_id for each in books.referrals.told_of_referrer(old)] == [new]
    other.sell(member_id=new)
    all_tell(other, one)

    assert thanks(other, one) == [0, 1]
    all_tell(one, other)
    assert thanks(other, one, one) == [0, 0, 0]

    assert [points(till, who) for till in tills for who in (old, new)] == [100] * 4
    assert state(other, new) == ("rewarded", "")
    assert check.check(tenant.cloud, tenant.tenant_id)["findings"] == []


def test_goods_that_come_back_at_the_other_till_take_the_thanks_back(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    old = joins(one, PHONES[0])
    new = brings(one, PHONES[1], old)
    all_tell(one, other)
    first = other.sell(member_id=new)
    back(other, first)
    all_tell(other, one)
    # what was brought back before is no purchase
    assert thanks(one) == [0]
    second = other.sell(member_id=new)
    all_tell(other, one)
    assert thanks(one) == [1]

    back(other, second)
    all_tell(other, one)
    thanks(one)
    all_tell(one, other)

    assert [points(till, who) for till in tills for who in (old, new)] == [0] * 4
    assert {state(till, new) for till in tills} == {("reversed", "")}
    assert check.check(tenant.cloud, tenant.tenant_id)["findings"] == []


def test_of_two_tills_that_wrote_her_down_the_first_counts(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    a, b, new = joins(one, PHONES[0]), joins(one, PHONES[1]), joins(one, PHONES[2])
    all_tell(one, other)
    referrals.name(other.shop, new, code_of(b), cashier="1007", clock=other.clock)
    referrals.name(one.shop, new, code_of(a), cashier="1007", clock=one.clock)
    # the later one is heard first
    all_tell(one, other, one)
    one.sell(member_id=new)
    all_tell(one, other)

    assert thanks(one, other) == [0, 1]
    all_tell(one, other)

    assert [points(till, who) for till in tills for who in (a, b, new)] == [0, 100, 100] * 2
    with one.shop.reading() as books:
        own = books.referrals.of(new)
    assert own is not None
    assert (own.state, own.why) == ("closed", "elsewhere")
    told = check.check(tenant.cloud, tenant.tenant_id)
    assert told["findings"] == []
    assert {alarm["kind"] for alarm in told["alarms"]} == {"referred_twice"}


def test_who_was_brought_or_has_bought_elsewhere_is_brought_by_nobody_else(tills: tuple[Till, Till]) -> None:
    one, other = tills
    set_policies(one.shop, {"points.per_yuan": 1}, clock=one.clock)
    old, bought = joins(one, PHONES[0]), joins(one, PHONES[2])
    new = brings(one, PHONES[1], old)
    one.sell(member_id=bought)
    all_tell(one, other)

    with pytest.raises(ReferredBefore):
        referrals.name(other.shop, new, code_of(bought), cashier="1007", clock=other.clock)
    with pytest.raises(ReferralTooLate):
        referrals.name(other.shop, bought, code_of(old), cashier="1007", clock=other.clock)


def test_without_the_clouds_word_nobody_is_thanked(tills: tuple[Till, Till], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storeapp.cloud.projector.referrals._tell_bought", lambda *_: None)
    one, other = tills
    new = brings(one, PHONES[1], joins(one, PHONES[0]))
    all_tell(one, other)
    other.sell(member_id=new)
    all_tell(other, one)

    assert thanks(one, other) == [0, 0]
