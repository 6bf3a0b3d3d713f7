"""An approval is for one action, by somebody else, for a while, and once."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.approval import Approval, ApprovalReasonMissing, NeedsApproval, SelfApproval
from storeapp.domain.money import Money
from storeapp.domain.shift import Count
from storeapp.domain.staff import NotAllowed, Right, SignInLocked, UnknownStaff, WrongPin
from storeapp.till import shifts
from storeapp.till.approvals import allow, allow_named, grant, noting_misuse
from storeapp.till.policies import set_policy
from storeapp.till.ports import Shop
from storeapp.till.staff import dismiss
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock

RECEIPT = {"receipt": "S01-1-20260928-0001", "fen": 1200}


@pytest.fixture
def staffed(bare: Shop, clock: StillClock) -> Shop:
    return hired(bare, "1001", "1003", "1007", "1008", clock=clock)


def ask(shop: Shop, clock: StillClock, ids: CountedIds, **other: Any) -> Approval:
    asked: dict[str, Any] = {"approver": "1003", "pin": "100300", "asked_by": "1007", "reason": "damaged", **other}
    right: Right = asked.pop("right", "refund")
    return grant(shop, right, asked.pop("payload", RECEIPT), clock=clock, ids=ids, **asked)


def spend(shop: Shop, clock: StillClock, approval_id: str | None, **other: Any) -> str | None:
    asked: dict[str, Any] = {"by": "1007", "at": clock.now().isoformat(), **other}
    right: Right = asked.pop("right", "refund")
    with shop.writing() as books:
        return allow(books, right, asked.pop("payload", RECEIPT), approval_id=approval_id, **asked)


def told(shop: Shop, type_: str) -> list[dict[str, Any]]:
    with shop.reading() as books:
        return [json.loads(entry.body) for entry in books.journal.after(0, limit=999) if entry.type == type_]


def test_an_approval_lets_the_cashier_do_it_and_is_journaled(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    given = ask(staffed, clock, ids)

    assert spend(staffed, clock, given.approval_id) == "1003"
    [granted], [used] = told(staffed, "approval.granted"), told(staffed, "approval.used")
    assert (granted["approver"], granted["asked_by"], granted["reason"]) == ("1003", "1007", "damaged")
    assert (used["by"], used["approver"], used["action_hash"]) == ("1007", "1003", granted["action_hash"])


def test_who_holds_the_right_needs_nobody(staffed: Shop, clock: StillClock) -> None:
    assert spend(staffed, clock, None, by="1003") is None
    assert spend(staffed, clock, None, by="script") is None
    assert told(staffed, "approval.used") == []


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"payload": {**RECEIPT, "fen": 1201}}, "other_action"),
        ({"payload": {**RECEIPT, "receipt": "S01-1-20260928-0002"}}, "other_action"),
        ({"right": "void"}, "other_action"),
        ({"by": ""}, "own"),
    ],
)
def test_an_approval_is_no_good_for_another_action(
    staffed: Shop, clock: StillClock, ids: CountedIds, other: dict[str, Any], why: str
) -> None:
    given = ask(staffed, clock, ids)

    with pytest.raises(NeedsApproval) as refused:
        spend(staffed, clock, given.approval_id, **other)

    assert refused.value.why == why
    assert spend(staffed, clock, given.approval_id) == "1003"


def test_an_approval_is_used_once(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    given = ask(staffed, clock, ids)
    spend(staffed, clock, given.approval_id)

    with pytest.raises(NeedsApproval) as refused:
        spend(staffed, clock, given.approval_id)

    assert refused.value.why == "used"


@pytest.mark.parametrize("seconds", [120, 9999, -1])
def test_an_approval_runs_out_and_is_no_good_to_a_clock_set_back(
    staffed: Shop, clock: StillClock, ids: CountedIds, seconds: int
) -> None:
    given = ask(staffed, clock, ids)
    clock.go_on(seconds=seconds)

    with pytest.raises(NeedsApproval) as refused:
        spend(staffed, clock, given.approval_id)

    assert refused.value.why == "expired"


def test_the_owner_says_how_long_an_approval_lasts(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policy(staffed, "rights.approval_seconds", 600, clock=clock)
    given = ask(staffed, clock, ids)
    clock.go_on(seconds=599)

    assert spend(staffed, clock, given.approval_id) == "1003"


@pytest.mark.parametrize("forged", ["", "00000000-0000-7000-8000-000000999999"])
def test_a_forged_id_is_no_approval(staffed: Shop, clock: StillClock, forged: str) -> None:
    with pytest.raises(NeedsApproval) as refused, noting_misuse(staffed, by="1007", clock=clock):
        spend(staffed, clock, forged)

    assert refused.value.why == "unknown"
    assert told(staffed, "approval.refused")[-1]["why"] == "unknown"


def test_without_an_approval_the_deed_says_what_it_needs(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(NeedsApproval) as refused, noting_misuse(staffed, by="1007", clock=clock):
        spend(staffed, clock, None)

    assert (refused.value.right, refused.value.why) == ("refund", "missing")
    assert refused.value.action_hash == ask(staffed, clock, ids).action_hash
    assert told(staffed, "approval.refused") == []


def test_a_misused_approval_around_the_drawer_is_on_record(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policy(staffed, "rights.cashier", "-cash_move,-close_difference", actor="1001", clock=clock)
    shifts.open_shift(staffed, by="1007", float_amount=Money(50_000), clock=clock, ids=ids)
    wrong = ask(staffed, clock, ids).approval_id

    with pytest.raises(NeedsApproval):
        shifts.move_cash(staffed, "drop", Money(100), "", by="1007", approval_id=wrong, clock=clock, ids=ids)
    closed = shifts.close_shift(
        staffed, {"cash": Count(0)}, by="1007", given={"close_difference": wrong}, clock=clock, ids=ids
    )

    refused = told(staffed, "approval.refused")
    assert [(row["right"], row["why"]) for row in refused] == [
        ("cash_move", "other_action"),
        ("close_difference", "other_action"),
    ]
    assert closed.report.unapproved


def test_nobody_approves_for_himself(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(SelfApproval):
        ask(staffed, clock, ids, asked_by="1003")

    assert told(staffed, "approval.refused")[-1]["why"] == "self_approval"


def test_a_cashier_cannot_approve_for_another(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(NotAllowed):
        ask(staffed, clock, ids, approver="1008", pin="1008")

    assert told(staffed, "approval.refused")[-1]["why"] == "not_allowed"
    assert told(staffed, "approval.granted") == []


def test_who_was_dismissed_approves_nothing(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    dismiss(staffed, "1003", clock=clock)

    with pytest.raises(UnknownStaff):
        ask(staffed, clock, ids)


def test_an_approval_says_why(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(ApprovalReasonMissing):
        ask(staffed, clock, ids, reason="  ")


def test_wrong_pins_count_on_the_approver_and_lock_him(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    for _ in range(4):
        with pytest.raises(WrongPin):
            ask(staffed, clock, ids, pin="000000")
    with pytest.raises(SignInLocked):
        ask(staffed, clock, ids, pin="000000")
    with pytest.raises(SignInLocked):
        ask(staffed, clock, ids)

    assert [row["why"] for row in told(staffed, "approval.refused")] == ["wrong_pin"] * 5
    clock.go_on(minutes=1)
    assert ask(staffed, clock, ids).approver == "1003"


def test_the_owner_gives_a_right_and_takes_it_away(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policy(staffed, "rights.cashier", "+refund", clock=clock)
    set_policy(staffed, "rights.manager", "-refund", clock=clock)

    assert spend(staffed, clock, None) is None
    with pytest.raises(NotAllowed):
        ask(staffed, clock, ids)


def test_an_approval_of_this_till_is_no_good_on_another(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    given = ask(staffed, clock, ids)
    with staffed.writing() as books:
        books.put_device(replace(books.device, till="2"))

    with pytest.raises(NeedsApproval) as refused:
        spend(staffed, clock, given.approval_id)

    assert refused.value.why == "other_action"


def test_a_deed_that_fails_leaves_its_approval_unspent(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    given = ask(staffed, clock, ids)

    with pytest.raises(KeyboardInterrupt), staffed.writing() as books:
        allow(books, "refund", RECEIPT, by="1007", approval_id=given.approval_id, at=clock.now().isoformat())
        raise KeyboardInterrupt

    assert told(staffed, "approval.used") == []
    assert spend(staffed, clock, given.approval_id) == "1003"


def test_a_script_names_its_approver(staffed: Shop, clock: StillClock, ids: CountedIds) -> None:
    at = clock.now().isoformat()
    with staffed.writing() as books:
        named = allow_named(books, "refund", RECEIPT, by="1007", approver="1003", reason="", at=at, ids=ids)
        for wrong, kind in (("1008", NotAllowed), ("", NeedsApproval), ("1007", SelfApproval), ("9", UnknownStaff)):
            with pytest.raises(kind):
                allow_named(books, "refund", RECEIPT, by="1007", approver=wrong, reason="", at=at, ids=ids)

    assert named == "1003"
    [granted] = told(staffed, "approval.granted")
    with pytest.raises(NeedsApproval) as refused:
        spend(staffed, clock, granted["approval_id"])
    assert refused.value.why == "used"


def test_two_hands_at_once_spend_it_once(file_shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    hired(file_shop, "1003", clock=clock)
    given = ask(file_shop, clock, ids)
    start, answers = threading.Barrier(8), list[str]()

    def hand() -> None:
        start.wait()
        try:
            answers.append(spend(file_shop, clock, given.approval_id) or "")
        except NeedsApproval as error:
            answers.append(error.why)

    hands = [threading.Thread(target=hand) for _ in range(8)]
    for one in hands:
        one.start()
    for one in hands:
        one.join()

    assert sorted(answers) == ["1003"] + ["used"] * 7
    assert len(told(file_shop, "approval.used")) == 1


def test_a_shop_with_nobody_on_its_list_knows_no_rights(shop: MemoryShop, clock: StillClock) -> None:
    assert spend(shop, clock, None) is None


def test_who_is_not_on_the_list_has_no_more_than_a_cashier(staffed: Shop, clock: StillClock) -> None:
    with pytest.raises(NeedsApproval):
        spend(staffed, clock, None, by="9999")
