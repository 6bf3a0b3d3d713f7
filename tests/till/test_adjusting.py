"""Points corrected by hand: two people, a reason, a cap a day, and never below nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from storeapp.domain.approval import Approval, ApprovalReasonMissing, NeedsApproval, SelfApproval
from storeapp.domain.ledger import points_account
from storeapp.domain.member import UnknownMember
from storeapp.domain.member_tender import NotEnoughPoints
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import NotAllowed, UnknownStaff
from storeapp.errors import Refused
from storeapp.till import approvals
from storeapp.till.adjusting import Adjustment, AdjustTooMuch, adjust, named
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.staff import put_staff
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE

ASKED = Adjustment(ALICE.member_id, 100, "漏积分", "1007", "1001")


@pytest.fixture
def staffed(shop: MemoryShop, clock: StillClock) -> Shop:
    with shop.writing() as books:
        books.members.put(ALICE)
    for code, role in (("1001", "owner"), ("1002", "owner"), ("1003", "manager"), ("1007", "cashier")):
        put_staff(shop, code, name=code, role=role, pin="246810", clock=clock)  # type: ignore[arg-type]  # roles
    return shop


def has(shop: Shop) -> int:
    with shop.reading() as books:
        return books.ledger.balance(points_account(ALICE.member_id), "pts")


def test_one_asks_another_agrees_and_both_are_on_record(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(staffed, {"points.lapse": "year_end"}, clock=clock)

    done = adjust(staffed, ASKED, clock=clock, ids=ids)
    less = adjust(staffed, replace(ASKED, points=-40), clock=clock, ids=ids)

    assert (done.balance, less.balance, has(staffed)) == (100, 60, 60)
    with staffed.reading() as books:
        assert [lot.expires_on for lot in books.ledger.lots(ALICE.member_id)] == ["2027-12-31"]
        told = json.loads(books.journal.after(0, limit=100)[-1].body)
    assert (told["by"], told["approver"], told["reason"], told["kind"]) == ("1007", "1001", "漏积分", "adjust")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"reason": ""}, ApprovalReasonMissing),
        ({"reason": "a\nb"}, ApprovalReasonMissing),
        ({"approver": ""}, NeedsApproval),
        ({"approver": "1007"}, SelfApproval),
        ({"approver": "1003"}, NotAllowed),
        ({"approver": "9999"}, UnknownStaff),
        ({"by": "1001", "approver": ""}, NeedsApproval),
        ({"by": "1001", "approver": "1001"}, SelfApproval),
        ({"by": "script", "approver": ""}, NeedsApproval),
        ({"points": 0}, AdjustTooMuch),
        ({"points": 1001}, AdjustTooMuch),
        ({"points": -1}, NotEnoughPoints),
        ({"points": -(10**12)}, AdjustTooMuch),
        ({"member_id": "nobody"}, UnknownMember),
    ],
)
def test_what_is_refused_changes_nothing(
    staffed: Shop, clock: StillClock, ids: CountedIds, change: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        adjust(staffed, replace(ASKED, **change), clock=clock, ids=ids)  # type: ignore[arg-type]  # the tests' own words

    assert has(staffed) == 0


def test_the_cap_is_of_a_day_and_not_of_a_try(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    adjust(staffed, replace(ASKED, points=700), clock=clock, ids=ids)
    adjust(staffed, replace(ASKED, points=-200), clock=clock, ids=ids)

    with pytest.raises(AdjustTooMuch) as refused:
        adjust(staffed, replace(ASKED, points=101), clock=clock, ids=ids)
    assert refused.value.left == 100
    clock.go_on(days=1)
    assert adjust(staffed, replace(ASKED, points=1000), clock=clock, ids=ids).balance == 1500


def test_the_same_request_is_booked_once(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    first, again = (adjust(staffed, replace(ASKED, request_id="r1"), clock=clock, ids=ids) for _ in "12")

    assert (first.was_repeated, again.was_repeated, has(staffed)) == (False, True, 100)
    with pytest.raises(RequestReused):
        adjust(staffed, replace(ASKED, request_id="r1", points=99), clock=clock, ids=ids)


def test_a_yes_of_the_window_is_spent_once_and_only_for_these_points(
    staffed: Shop, clock: StillClock, ids: CountedIds
) -> None:
    asked = replace(ASKED, approver="")
    with staffed.writing() as books:
        payload = named(asked)
        action = approvals.name_of(books, "points_adjust", payload)
        until = (clock.now() + timedelta(minutes=2)).isoformat()
        at = clock.now().isoformat()
        books.approvals.add(Approval("a-1", "points_adjust", action, "1001", asked.by, "说好的", at, until))
    asked = replace(asked, approval_id="a-1")

    for other in (replace(asked, points=101), replace(asked, approval_id="a-2"), replace(asked, by="1001")):
        with pytest.raises(NeedsApproval):
            adjust(staffed, other, clock=clock, ids=ids)
    assert adjust(staffed, asked, clock=clock, ids=ids).balance == 100
    with pytest.raises(NeedsApproval):
        adjust(staffed, asked, clock=clock, ids=ids)
    assert has(staffed) == 100


def test_an_owner_who_is_alone_corrects_alone(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)
    put_staff(shop, "1001", name="店主", role="owner", pin="246810", clock=clock)

    assert adjust(shop, replace(ASKED, by="1001", approver=""), clock=clock, ids=ids).balance == 100
