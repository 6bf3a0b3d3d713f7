"""PINs that are chosen, reset, grow old; badges; and who is on the till."""

from __future__ import annotations

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.staff import (
    BadBadge,
    BadgeTaken,
    BadPin,
    NotAllowed,
    PinMustChange,
    PinUsedBefore,
    Staff,
    WrongPin,
    as_changes,
    held,
)
from storeapp.till.approvals import grant
from storeapp.till.duty import Duty, on_duty
from storeapp.till.policies import set_policy
from storeapp.till.staff import change_pin, code_behind, dismiss, put_staff, sign_in, sign_out
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock


@pytest.fixture
def staffed(shop: MemoryShop, clock: StillClock) -> MemoryShop:
    hired(shop, "1001", "1007", clock=clock)
    return shop


def test_a_pin_is_changed_by_who_knows_the_old_one(staffed: MemoryShop, clock: StillClock) -> None:
    for old, new, kind in (("9999", "2468", WrongPin), ("1007", "1007", PinUsedBefore), ("1007", "24", BadPin)):
        with pytest.raises(kind):
            change_pin(staffed, "1007", old, new, clock=clock)

    change_pin(staffed, "1007", "1007", "2468", clock=clock)

    assert sign_in(staffed, "1007", "2468", clock=clock).code == "1007"
    with pytest.raises(WrongPin):
        sign_in(staffed, "1007", "1007", clock=clock)


def test_a_reset_pin_lets_nobody_through_until_its_owner_chose_another(
    staffed: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    put_staff(staffed, "1003", name="周", role="manager", pin="100300", clock=clock, by="1001")
    asked = {"approver": "1003", "asked_by": "1007", "reason": "faulty"}

    assert sign_in(staffed, "1003", "100300", clock=clock).must_change_pin
    with pytest.raises(PinMustChange):
        grant(staffed, "refund", {"fen": 1}, pin="100300", clock=clock, ids=ids, **asked)
    change_pin(staffed, "1003", "100300", "303303", clock=clock)

    assert grant(staffed, "refund", {"fen": 1}, pin="303303", clock=clock, ids=ids, **asked).approver == "1003"


def test_a_pin_grows_old_where_the_owner_says_so(staffed: MemoryShop, clock: StillClock) -> None:
    clock.go_on(days=91)
    assert not sign_in(staffed, "1007", "1007", clock=clock).must_change_pin

    set_policy(staffed, "staff.pin_days", 90, clock=clock)
    assert sign_in(staffed, "1007", "1007", clock=clock).must_change_pin

    assert not change_pin(staffed, "1007", "1007", "2468", clock=clock).must_change_pin
    assert not sign_in(staffed, "1007", "2468", clock=clock).must_change_pin


def test_more_rights_want_a_longer_pin_and_fewer_keep_the_old_one(staffed: MemoryShop, clock: StillClock) -> None:
    with pytest.raises(BadPin):
        put_staff(staffed, "1007", name="陈", role="manager", clock=clock)

    put_staff(staffed, "1007", name="陈", role="manager", pin="246824", clock=clock)
    put_staff(staffed, "1007", name="陈", role="cashier", clock=clock)

    assert sign_in(staffed, "1007", "246824", clock=clock).role == "cashier"


def test_a_badge_stands_for_one_person(staffed: MemoryShop, clock: StillClock) -> None:
    put_staff(staffed, "1007", name="陈", role="cashier", badge="STAFF-0007", clock=clock)

    with pytest.raises(BadgeTaken):
        put_staff(staffed, "1001", name="林", role="owner", badge="STAFF-0007", clock=clock)
    with pytest.raises(BadBadge):
        put_staff(staffed, "1001", name="林", role="owner", badge="no", clock=clock)
    with staffed.reading() as books:
        assert code_behind(books, "STAFF-0007") == code_behind(books, "1007") == "1007"


def test_who_is_on_the_till_is_told_by_the_journal(staffed: MemoryShop, clock: StillClock) -> None:
    began = clock.now().isoformat()
    sign_in(staffed, "1007", "1007", clock=clock)
    clock.go_on(hours=1)
    sign_out(staffed, "1007", why="idle", clock=clock)
    sign_in(staffed, "1001", "100100", clock=clock)
    took_over = clock.now().isoformat()
    clock.go_on(hours=1)
    sign_out(staffed, "1001", why="asked", clock=clock)

    found = on_duty(staffed, day=began[:10])

    assert found == {
        "1007": Duty("1007", began),
        "1001": Duty("1001", took_over, clock.now().isoformat()),
    }
    assert on_duty(staffed, day="2026-09-29") == {}


@pytest.mark.parametrize("role", ["cashier", "manager"])
def test_what_differs_from_a_role_is_all_that_is_kept(role: str) -> None:
    for changes in ("", "+refund,-discount", "-sell"):
        rights = held(role, changes)  # type: ignore[arg-type]  # the parameters are roles
        kept = as_changes(role, rights)  # type: ignore[arg-type]  # the parameters are roles
        assert held(role, kept) == rights  # type: ignore[arg-type]  # the parameters are roles
    with pytest.raises(ValueError, match=r"\+fly"):
        held("cashier", "+fly")


def test_an_owner_may_everything_whatever_is_changed() -> None:
    assert held("owner", "-staff") == held("owner", "")
    assert Staff("1001", "林", "owner").may("points_adjust")


def test_the_list_and_the_rules_are_changed_by_who_may(staffed: MemoryShop, clock: StillClock) -> None:
    hired(staffed, "1003", clock=clock)

    for by in ("1003", "1007"):
        with pytest.raises(NotAllowed):
            put_staff(staffed, "1007", name="陈", role="owner", pin="100700", clock=clock, by=by)
        with pytest.raises(NotAllowed):
            dismiss(staffed, "1003", clock=clock, by=by)
        with pytest.raises(NeedsApproval):
            set_policy(staffed, "rights.cashier", "+staff", clock=clock, actor=by)

    set_policy(staffed, "rights.cashier", "+refund", clock=clock, actor="1001")
    assert put_staff(staffed, "1009", name="何", role="cashier", pin="1009", clock=clock, by="1001").must_change_pin
