"""Every rule of the radar fires on what it is for, and keeps still on an honest day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from storeapp.domain import refund as refunds
from storeapp.domain import sale as sales
from storeapp.domain.leaks import BROKEN, RULES, Event, Finding, leaks
from storeapp.domain.ledger import points_account
from storeapp.domain.policy_leaks import Thresholds
from tests.domain.goods import CUP
from tests.fakes.things import ALICE, a_line, a_sale

START = datetime(2026, 9, 28, 9, 0, tzinfo=timezone(timedelta(hours=8)))


def day(*told: tuple[str, dict[str, Any]], minutes: float = 10.0) -> tuple[Event, ...]:
    """A day with these things in it, so many minutes apart."""
    return tuple(
        Event(seq, START + timedelta(minutes=minutes * seq), type_, body)
        for seq, (type_, body) in enumerate(told, start=1)
    )


def sold(number: int = 1, *, tender: str = "cash", cashier: str = "1007", **other: Any) -> tuple[str, dict[str, Any]]:
    body = {**sales.body(a_sale(number, lines=(a_line(1, CUP),))), "cashier": cashier, **other}
    return "sale", {**body, "tenders": [{"kind": tender, "fen": body["total_fen"], "ref": ""}]}


def cut(number: int, *, tender: str = "cash", cashier: str = "1007") -> tuple[str, dict[str, Any]]:
    type_, body = sold(number, tender=tender, cashier=cashier)
    line = {**body["lines"][0], "why": [{"reason": "line_discount", "fen": 500, "note": "regular"}]}
    return type_, {**body, "lines": [line]}


def hers(number: int, cashier: str = "1007") -> tuple[str, dict[str, Any]]:
    return sold(number, cashier=cashier, member_id=ALICE.member_id, points_earned=9)


def hers_by(number: int, tender: str, **other: Any) -> tuple[str, dict[str, Any]]:
    return sold(number, tender=tender, member_id=ALICE.member_id, **other)


def back(number: int, cashier: str = "1007", **other: Any) -> tuple[str, dict[str, Any]]:
    """The whole sale brought back, in the words the till's own refunds have in the journal."""
    sale = a_sale(number, lines=(a_line(1, CUP),))
    asked = refunds.everything_left(sale, {})
    made = refunds.Refund(
        refund_id=f"r{number}",
        receipt=f"R-{number}",
        number_in_day=number,
        kind="refund",
        sale_id=sale.sale_id,
        sale_receipt=sale.receipt,
        store=sale.store,
        till=sale.till,
        cashier=cashier,
        business_date=sale.business_date,
        at=sale.at,
        lines=refunds.lines_back(sale, asked, before_milli={}, before_fen={}),
        tenders=sale.tenders,
        reason="unwanted",
    )
    return "refund", refunds.body(made) | other


def opened(cashier: str = "1007") -> tuple[str, dict[str, Any]]:
    return "drawer.opened", {"reason": "no_sale", "cashier": cashier}


def taken(cashier: str = "1007") -> tuple[str, dict[str, Any]]:
    return "line.taken_back", {"basket": "b1", "taken": [["1001", 1000]], "fen": 350, "cashier": cashier}


def failed(who: str) -> tuple[str, dict[str, Any]]:
    return "staff.sign_in_failed", {"staff": who}


def granted(approver: str = "1003", asker: str = "1007") -> tuple[str, dict[str, Any]]:
    return "approval.granted", {"approver": approver, "asked_by": asker, "right": "refund"}


def refused(why: str, approver: str = "1003") -> tuple[str, dict[str, Any]]:
    return "approval.refused", {"approver": approver, "asked_by": "1007", "right": "refund", "why": why}


def value(kind: str, *, tender: str = "cash", member: str = ALICE.member_id) -> tuple[str, dict[str, Any]]:
    return kind, {"member_id": member, "tender": tender, "cashier": "1007", "number": "N-1", "money_fen": 20_000}


def corrected(by: str = "1007") -> tuple[str, dict[str, Any]]:
    return "ledger.posted", {"kind": "adjust", "by": by, "approver": "1001", "member_id": ALICE.member_id}


def looked(member: str = "m1", by: str = "1007") -> tuple[str, dict[str, Any]]:
    return "member.looked", {"member_id": member, "by": by}


def counted(difference: int, shift: str = "s1") -> tuple[str, dict[str, Any]]:
    return "shift.counted", {"shift_id": shift, "by": "1007", "differences": {"cash": difference}}


def adjusted(points: int, **other: Any) -> tuple[str, dict[str, Any]]:
    type_, body = corrected()
    legs = [{"account": points_account(ALICE.member_id), "unit": "pts", "amount": points}]
    return type_, body | {"legs": legs} | other


def attached(by: str = "1007") -> tuple[str, dict[str, Any]]:
    return "member.attached_late", {"member_id": ALICE.member_id, "basket": "b1", "cashier": by}


FIRES: dict[str, tuple[tuple[Event, ...], str]] = {
    "no_sale_openings": (day(*[opened()] * 3), "1007"),
    "taken_back_after_total": (day(*[taken()] * 3), "1007"),
    "drawer_after_taking_back": (day(taken(), opened(), minutes=1), "1007"),
    "voids_after_print": (day(sold(1), back(1, kind="void")), "1007"),
    "cuts_before_cash": (day(cut(1), cut(2), sold(3, tender="wechat"), cut(4)), "1007"),
    "one_member_many_sales": (day(*[hers(n, cashier=str(n)) for n in range(1, 10)]), ALICE.member_id),
    "one_cashiers_member": (day(*[hers(n) for n in range(1, 6)]), "1007"),
    "copies_then_refund": (
        day(sold(1), ("receipt.reprinted", {"receipt": sold(1)[1]["receipt"], "copy": 1, "by": "1007"}), back(1)),
        "1007",
    ),
    "earned_then_refunded": (day(hers(1), back(1)), "1007"),
    "topped_up_then_paid_back": (day(value("topup", tender="card"), value("topup_refund")), "1007"),
    "points_by_hand": (day(*[corrected()] * 3), "1007"),
    "wrong_pins": (day(*[failed("1003")] * 3, *[refused("wrong_pin")] * 2), "1003"),
    "many_approvals": (day(*[granted(asker=str(n)) for n in range(10)]), "1003"),
    "approvals_of_a_pair": (day(*[granted()] * 5), "1003"),
    "misused_approvals": (day(refused("other_action")), "1007"),
    "journal_gaps": (day((BROKEN, {"by": "1007"})), "1007"),
    "counted_again": (day(counted(-300), counted(-100), counted(0)), "1007"),
    "one_member_many_stores": (day(*[hers_by(n, "cash", store=f"S0{n}") for n in (1, 2, 3)]), ALICE.member_id),
    "attached_after_total": (day(*[attached()] * 3), "1007"),
    "many_looks": (day(hers(1), *[looked(f"m{n}") for n in range(30)]), "1007"),
    "quick_looks": (day(*[looked(f"m{n}") for n in range(6)], minutes=0.15), "1007"),
    "adjusted_then_redeemed": (day(adjusted(100), hers_by(2, "points")), "1007"),
    "redeemed_by_staff": (day(hers_by(1, "stored_value", staff_member="1009")), "1007"),
    "credited_to_staff": (day(adjusted(100, staff_member="1009")), "1007"),
    "served_oneself": (day(("own_member.refused", {"by": "1007", "member_id": ALICE.member_id})), "1007"),
    "clock_jumps": (day(("clock.jumped", {"seconds": -7200, "cashier": "1007"})), "1007"),
}


@pytest.mark.parametrize("rule", FIRES)
def test_a_rule_fires_on_what_it_is_for(rule: str) -> None:
    events, who = FIRES[rule]

    found = {finding.rule: finding for finding in leaks(events)}

    assert found[rule].who == who
    assert set(found[rule].evidence) <= {event.seq for event in events}


HONEST = day(
    sold(1),
    hers(2),
    cut(3),
    cut(4, tender="wechat"),
    cut(5),
    cut(6),
    opened(),
    taken("1008"),
    opened("1008"),
    *[hers(n, "1008") for n in (7, 8)],
    back(1),
    back(2, "1003"),
    value("topup_refund"),
    value("topup", tender="card"),
    value("topup_refund", tender="card"),
    value("topup_refund", member="m2"),
    corrected(),
    corrected(),
    corrected("1008"),
    ("ledger.posted", {"kind": "opening", "member_id": "m"}),
    failed("1007"),
    refused("wrong_pin"),
    refused("missing"),
    granted(),
    granted("1001"),
    ("receipt.reprinted", {"receipt": sold(3)[1]["receipt"], "copy": 1, "by": "1007"}),
    ("clock.jumped", {"seconds": 300, "cashier": "1007"}),
    counted(0, "s1"),
    counted(0, "s1"),
    counted(-100, "s1"),
    counted(0, "s1"),
    attached(),
    attached(),
    *[looked(f"m{n}", by="1008") for n in range(5)],
    hers_by(9, "points", cashier="1008"),
    adjusted(100, by="1008", member_id="m2"),
    adjusted(-100, by="1003", staff_member="1009"),
    (hers(10)[0], hers(10, "1003")[1] | {"staff_member": "1009"}),
)


def test_an_honest_day_has_nothing_to_look_at() -> None:
    assert leaks(HONEST) == ()


def test_every_rule_is_tried_and_an_old_journal_can_be_read() -> None:
    # the rule of approvals answers for two patterns
    assert len(FIRES) == len(RULES) + 1
    older = day(("receipt.reprinted", {"receipt": "R", "copy": 1}), ("drawer.opened", {"reason": "x", "cashier": "1"}))

    assert leaks(older) == ()


def test_a_finding_says_what_it_stands_on() -> None:
    [finding] = leaks(FIRES["voids_after_print"][0])

    assert finding == Finding("voids_after_print", "1007", 1, (1, 2), sold(1)[1]["receipt"])


def test_a_member_of_one_cashier_needs_no_share_once_she_is_there_very_often() -> None:
    others = [sold(n, member_id=f"m{n}") for n in range(20, 60)]

    often = [finding.rule for finding in leaks(day(*others, *[hers(n) for n in range(6)], minutes=1))]
    seldom = [finding.rule for finding in leaks(day(*others, *[hers(n) for n in range(5)], minutes=1))]

    assert (often, seldom) == (["one_cashiers_member"], [])


def test_the_owner_says_how_much_is_too_much() -> None:
    events = day(opened(), opened("1008"))

    assert leaks(events) == ()
    assert [finding.who for finding in leaks(events, Thresholds(no_sales=1))] == ["1007", "1008"]
