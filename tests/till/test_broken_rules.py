"""The rules that keep money and people safe, each broken on purpose: whoever watches it sees the difference."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from storeapp.database import ledger as ledger_table
from storeapp.database.shifts import ShiftTable
from storeapp.database.shop import ShopDatabase
from storeapp.database.statements.ledger import MOVE
from storeapp.database.work import Sql
from storeapp.domain import journal
from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.journal import ChainBroken
from storeapp.domain.ledger import Leg, Txn, Unbalanced
from storeapp.domain.money import Money
from storeapp.domain.staff import SignInLocked, WrongPin
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import approvals, checkout, coupons, members, shifts, staff
from storeapp.till.checkout import Order
from storeapp.till.members import SignUp, sign_up
from storeapp.till.policies import set_policies
from tests.fakes.staff import PINS, hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, COUPON, CUP


@dataclass
class Place:
    """A shop on a file, and what its deeds want to be handed."""

    shop: ShopDatabase
    clock: StillClock
    ids: CountedIds

    def findings(self) -> set[str]:
        return {finding.word for finding in self.shop.check()}


def keeps_one_shift_open(at: Place) -> bool:
    shifts.open_shift(at.shop, by="1007", float_amount=Money(0), clock=at.clock, ids=at.ids)
    try:
        shifts.open_shift(at.shop, by="1003", float_amount=Money(0), clock=at.clock, ids=at.ids)
    except Refused:
        return True
    return False


def redeems_a_coupon_once(at: Place) -> bool:
    with at.shop.writing() as books:
        books.products.put([CUP])
        coupons.issue(books, COUPON, at=at.clock.now().isoformat(), txn_id=at.ids.new())
    for _ in range(2):
        order = Order(Basket((Line(CUP),), coupon_codes=(COUPON.code,)), (Tender("cash", Money(4490)),), "1007")
        try:
            checkout.checkout(at.shop, order, clock=at.clock, ids=at.ids)
        except Refused:
            return at.findings() == set()
    return False


def forgets_who_is_erased(at: Place) -> bool:
    she = sign_up(at.shop, SignUp("13700009999", "赵敏"), cashier="1007", clock=at.clock, ids=at.ids).member_id
    members.erase(at.shop, she, clock=at.clock)
    with at.shop.reading() as books:
        return books.members.by_id(she) is None and books.members.find("9999") == ()


def binds_a_yes_to_its_action(at: Place) -> bool:
    hired(at.shop, "1003", "1007", clock=at.clock)
    given = approvals.grant(
        at.shop,
        "refund",
        {"fen": 100},
        approver="1003",
        pin=PINS["1003"],
        asked_by="1007",
        reason="damaged",
        clock=at.clock,
        ids=at.ids,
    )
    try:
        with at.shop.writing() as books:
            now = at.clock.now().isoformat()
            approvals.allow(books, "refund", {"fen": 101}, by="1007", approval_id=given.approval_id, at=now)
    except NeedsApproval as error:
        return error.why == "other_action"
    return False


def locks_after_wrong_pins(at: Place) -> bool:
    hired(at.shop, "1007", clock=at.clock)
    for _ in range(4):
        with pytest.raises(WrongPin):
            staff.sign_in(at.shop, "1007", "0000", clock=at.clock)
    for pin in ("0000", PINS["1007"]):
        try:
            staff.sign_in(at.shop, "1007", pin, clock=at.clock)
        except SignInLocked:
            continue
        except WrongPin:
            return False
        return False
    return True


def refuses_legs_that_do_not_balance(at: Place) -> bool:
    with at.shop.writing() as books:
        try:
            books.ledger.post(Txn("t1", "sale", at.clock.now().isoformat(), (Leg("rev.sales", "fen", -1),)))
        except Unbalanced:
            return True
    return "unbalanced" not in at.findings()


def keeps_balances_with_their_legs(at: Place) -> bool:
    legs = (Leg("rev.sales", "fen", -100), Leg("tender.cash:1", "fen", 100))
    with at.shop.writing() as books:
        for name in ("t1", "t2"):
            books.ledger.post(Txn(name, "sale", at.clock.now().isoformat(), legs))
    return at.findings() == set()


def chains_what_it_writes(at: Place) -> bool:
    set_policies(at.shop, {"shop.name": "海棠便利"}, clock=at.clock)
    set_policies(at.shop, {"shop.name": "海棠"}, clock=at.clock)
    with at.shop.reading() as books:
        first, *rest = books.journal.after(0)
    try:
        journal.verify([replace(first, body=first.body + b" "), *rest])
    except ChainBroken as error:
        return error.reason == "content"
    return False


@dataclass(frozen=True)
class Law:
    """What must hold, and the piece whose loss breaks it."""

    holds: Callable[[Place], bool]
    where: object
    piece: str
    broken: object


def moves_a_new_account_only() -> Sql:
    made = copy(MOVE)
    made.text, times = re.subn("DO UPDATE SET .*", "DO NOTHING", made.text)
    assert times == 1
    return made


LAWS = [
    Law(redeems_a_coupon_once, checkout, "_redeemed", lambda coupon, _sale: coupon),
    Law(forgets_who_is_erased, members, "forget", lambda _books, _member_id, **_how: None),
    Law(binds_a_yes_to_its_action, approvals, "action_hash", lambda _right, _payload: "0" * 64),
    Law(locks_after_wrong_pins, staff, "lock_minutes", lambda _tries: 0),
    Law(refuses_legs_that_do_not_balance, Txn, "__post_init__", lambda _txn: None),
    Law(keeps_balances_with_their_legs, ledger_table, "MOVE", moves_a_new_account_only()),
    Law(chains_what_it_writes, journal, "digest", lambda _prev, **_parts: bytes(32)),
]


@pytest.fixture
def place(file_shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> Place:
    with file_shop.writing() as books:
        books.members.put(ALICE)
    return Place(file_shop, clock, ids)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.holds.__name__)
def test_broken_it_is_seen(law: Law, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law.where, law.piece, law.broken)

    assert not law.holds(place)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.holds.__name__)
def test_the_rule_holds(law: Law, place: Place) -> None:
    assert law.holds(place)


def test_a_second_shift_is_refused_and_by_the_file_itself_where_nobody_looks(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keeps_one_shift_open(place)
    shifts.close_shift(place.shop, {}, by="1007", prints=False, clock=place.clock, ids=place.ids)
    monkeypatch.setattr(ShiftTable, "current", lambda _table: None)

    with pytest.raises(IntegrityError, match="UNIQUE"):
        keeps_one_shift_open(place)
