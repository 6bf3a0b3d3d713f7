"""Two tills and a cloud: two members who are one person are one at every till, and all books come to the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from storeapp.cloud.admin import check, tenants
from storeapp.domain.ledger import has_lots
from storeapp.domain.member import Consent, Member, agrees
from storeapp.domain.refund import Asked
from storeapp.till.members import SignUp, by_phone, erase, set_consent, sign_up
from storeapp.till.merging import Merge, follow_all, merge
from storeapp.till.names import current
from storeapp.till.refunds import RefundOrder, refund
from tests.domain.goods import CUP, TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.world import Tenant, Till, new_till

PHONES = ("13800000001", "13900000002", "13700000003")


@pytest.fixture
def other(line: FaultProxy, tenant: Tenant) -> Till:
    till = new_till()
    till.join(line.url, tenant.invite("2"))
    return till


@pytest.fixture
def tills(joined: Till, other: Till) -> tuple[Till, Till]:
    for till in (joined, other):
        with till.shop.writing() as books:
            books.products.put([TEA, CUP])
    return joined, other


def joins(till: Till, phone: str, name: str = "") -> str:
    return sign_up(till.shop, SignUp(phone, name), cashier="1007", clock=till.clock, ids=till.ids).member_id


def is_one(till: Till, kept: str, gone: str) -> Member:
    done = merge(till.shop, Merge(kept, gone, "换了手机号", "script"), clock=till.clock, ids=till.ids)
    return done.member


def all_tell(*tills: Till) -> None:
    for till in (*tills, *tills):
        till.sync()


def points(till: Till, member_id: str) -> int:
    with till.shop.reading() as books:
        return books.ledger.balance(f"pts:{member_id}", "pts")


def found(till: Till, phone: str) -> str:
    with till.shop.reading() as books:
        return by_phone(books, "86" + phone).member_id


def are_exact(tenant: Tenant, *tills: Till) -> None:
    """The cloud's check finds nothing, and every till's accounts are the cloud's, with their lots."""
    assert check.check(tenant.cloud, tenant.tenant_id)["findings"] == []
    all_tell(*tills)
    held = []
    for till in tills:
        with till.shop.reading() as books:
            balances = {name: left for name, left in books.ledger.holding("") if ":" in name and left}
            hers = {name: left for name, left in balances.items() if name.startswith(("pts", "debt", "val"))}
            for name, left in hers.items():
                if has_lots(name):
                    assert left == sum(lot.remaining for lot in books.ledger.lots_of(name))
            gone = books.members.merged()
            assert not [name for name in hers if name.rpartition(":")[2] in gone]
            held.append((hers, gone, books.members.count()))
    assert all(each == held[0] for each in held)


def test_the_other_till_shows_one_member_whom_both_numbers_find(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    kept, gone = joins(one, PHONES[0]), joins(one, PHONES[1], "王芳")
    one.sell(member_id=kept)
    one.sell(cups=2, member_id=gone)
    all_tell(one, other)
    had = points(other, kept) + points(other, gone)

    is_one(one, kept, gone)
    all_tell(one, other)

    assert {found(other, phone) for phone in PHONES[:2]} == {kept}
    assert points(other, kept) == points(one, kept) == had > 0
    with other.shop.reading() as books:
        assert books.members.by_id(gone) is None
        # what was known under the one name only is known
        assert books.members.by_id(kept).name == "王芳"
        assert len(books.sales.of_member(kept)) == 0  # sold elsewhere: the books of sales do not travel
    are_exact(tenant, one, other)


def test_who_was_merged_before_anybody_heard_of_her_is_found_by_her_number_everywhere(
    tills: tuple[Till, Till], tenant: Tenant
) -> None:
    one, other = tills
    kept = joins(one, PHONES[0])
    all_tell(one, other)
    for phone in PHONES[1:]:
        is_one(one, kept, joins(one, phone, "王芳"))

    all_tell(one, other)

    assert {found(till, phone) for till in tills for phone in PHONES} == {kept}
    with other.shop.reading() as books:
        assert by_phone(books, PHONES[2]).name == "王芳"
    are_exact(tenant, one, other)


def test_her_numbers_are_told_to_nobody_once_she_is_erased(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    kept = joins(one, PHONES[0])
    all_tell(one, other)
    is_one(one, kept, joins(one, PHONES[1]))
    erase(one.shop, kept, clock=one.clock)

    all_tell(one, other)

    with other.shop.reading() as books:
        assert [books.members.by_phone("86" + phone) for phone in PHONES[:2]] == [None, None]
    are_exact(tenant, one, other)


@pytest.mark.parametrize("first", [0, 1])
def test_merged_both_ways_while_neither_hears_the_other(tills: tuple[Till, Till], tenant: Tenant, first: int) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    one.sell(member_id=a)
    one.sell(cups=3, member_id=b)
    all_tell(one, other)
    had = points(one, a) + points(one, b)

    is_one(one, a, b)
    is_one(other, b, a)
    one.sell(member_id=a)
    other.sell(member_id=b)
    all_tell(*(tills[first], tills[1 - first]))

    assert [found(till, phone) for till in tills for phone in PHONES[:2]] == [a] * 4
    assert points(one, a) == points(other, a) > had
    assert [points(till, b) for till in tills] == [0, 0]
    are_exact(tenant, one, other)


def test_one_number_at_two_tills_is_one_member_at_both(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(other, PHONES[0])
    one.sell(member_id=a)
    other.sell(member_id=b)

    all_tell(one, other)

    assert {found(till, PHONES[0]) for till in tills} == {a}
    assert points(one, a) == points(other, a) > 0
    are_exact(tenant, one, other)


def test_three_tills_say_three_things(tills: tuple[Till, Till], tenant: Tenant, line: FaultProxy) -> None:
    third = new_till()
    third.join(line.url, tenant.invite("3"))
    with third.shop.writing() as books:
        books.products.put([TEA, CUP])
    one, other = tills
    a, b, c = (joins(one, phone) for phone in PHONES)
    for member_id in (a, b, c):
        one.sell(member_id=member_id)
    all_tell(one, other, third)

    is_one(one, b, a)
    is_one(other, c, b)
    is_one(third, a, c)
    all_tell(third, one, other)

    assert {found(till, phone) for till in (one, other, third) for phone in PHONES} == {a}
    are_exact(tenant, one, other, third)


def test_goods_of_her_old_name_come_back_after_the_merge(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    one.sell(member_id=a)
    sale = one.sell(cups=3, member_id=b).sale
    all_tell(one, other)
    had = points(one, a)

    is_one(other, a, b)
    # this till has not heard of it yet
    refund(one.shop, RefundOrder(sale.receipt, "script", "x", (Asked(1, 2000),)), clock=one.clock, ids=one.ids)
    all_tell(other, one)
    refund(one.shop, RefundOrder(sale.receipt, "script", "x"), clock=one.clock, ids=one.ids)
    all_tell(one, other)

    assert [points(till, a) for till in tills] == [had, had]
    assert follow_all(one.shop, clock=one.clock) == 0
    are_exact(tenant, one, other)


def test_a_basket_with_her_old_name_is_sold_to_her_new_one(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    all_tell(one, other)
    is_one(other, a, b)
    all_tell(other, one)

    # it was put aside before this till heard
    sale = one.sell(member_id=b).sale
    all_tell(one, other)

    assert sale.member_id == a
    assert points(other, a) == sale.points_earned > 0
    are_exact(tenant, one, other)


@pytest.mark.parametrize("is_erased_first", [True, False])
def test_erased_at_one_till_and_merged_at_the_other_she_is_forgotten(
    tills: tuple[Till, Till], tenant: Tenant, *, is_erased_first: bool
) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    all_tell(one, other)
    is_one(one, a, b)
    erase(other.shop, b, clock=other.clock)

    all_tell(*((other, one) if is_erased_first else (one, other)))

    for till in tills:
        with till.shop.reading() as books:
            assert books.members.count() == 0
            assert [books.members.find(phone) for phone in PHONES[:2]] == [(), ()]
    are_exact(tenant, one, other)


def test_a_no_under_either_name_is_a_no_at_every_till(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    set_consent(one.shop, a, purpose="marketing", given=False, clock=one.clock)
    set_consent(one.shop, b, purpose="marketing", given=True, clock=one.clock)
    all_tell(one, other)

    is_one(one, a, b)
    all_tell(one, other)

    for till in tills:
        with till.shop.reading() as books:
            said: tuple[Consent, ...] = books.members.consents(a)
            assert not agrees(said, "marketing")
            assert agrees(said, "membership")


def test_what_she_said_under_a_number_that_was_taken_is_known_at_every_till(
    tills: tuple[Till, Till], tenant: Tenant, line: FaultProxy
) -> None:
    one, other = tills
    tenants.store_add(tenant.cloud, tenant.tenant_id, "S02", "二店")
    far = new_till()
    far.join(line.url, tenants.till_invite(tenant.cloud, tenant.tenant_id, "S02", "1")["code"])
    joined = joins(one, PHONES[0])
    set_consent(one.shop, joined, purpose="marketing", given=True, clock=one.clock)
    all_tell(one, far)
    # who signs her up anew does not know of the yes, and she says no
    joins(other, PHONES[0])
    there = joins(far, PHONES[0])
    set_consent(far.shop, there, purpose="membership", given=False, clock=far.clock)

    all_tell(other, far, one)

    for till in (one, other, far):
        assert found(till, PHONES[0]) == joined
        with till.shop.reading() as books:
            said = books.members.consents(joined)
            assert [agrees(said, purpose) for purpose in ("membership", "marketing")] == [False, False]


def test_a_till_that_reads_everything_anew_comes_to_the_same(
    tills: tuple[Till, Till], tenant: Tenant, line: FaultProxy
) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    one.sell(member_id=b)
    all_tell(one, other)
    is_one(other, b, a)
    is_one(one, a, b)
    all_tell(one, other)
    late = new_till()
    late.join(line.url, tenant.invite("4"))

    late.sync()

    assert {found(late, phone) for phone in PHONES[:2]} == {a}
    with late.shop.reading() as books:
        assert current(books, b) == a
    are_exact(tenant, one, other, late)


@pytest.mark.parametrize("mutant", ["follow", "who_stays"])
def test_the_books_do_not_agree_without_the_cloud_moving_on(
    tills: tuple[Till, Till], tenant: Tenant, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    broken: dict[str, Callable[..., object]] = {
        "follow": lambda _posting: None,
        "who_stays": lambda words, _joined: list(words)[-1][0],
    }
    where = "storeapp.cloud.merging." + ("follow" if mutant == "follow" else "rules.who_stays")
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    one.sell(member_id=b)
    all_tell(one, other)
    monkeypatch.setattr(where, broken[mutant])
    is_one(one, a, b)
    other.sell(member_id=b)
    all_tell(one, other)

    with pytest.raises(AssertionError):
        are_exact(replace(tenant), one, other)
