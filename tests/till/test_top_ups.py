"""Top-ups: money, gift, lots, drawer and paper in one transaction, or nothing at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.ledger import bonus_account, principal_account
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.sale import RequestReused
from storeapp.domain.tender import BadTender, NotTaken
from storeapp.domain.top_up import NAMED_MOST, BadTopUp, StoredValueOff, ValueCapped
from storeapp.errors import Refused
from storeapp.till import printing, shifts
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.staff import put_staff
from storeapp.till.top_ups import TopUpOrder, ValueDone, standing, top_up
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, a_device

ON = {"stored_value.enabled": True, "stored_value.rules": "200+50,500+150", "stored_value.bonus_days": 365}
ORDER = TopUpOrder(ALICE.member_id, Money(20_000), "cash", "1007")


@pytest.fixture
def counter(bare: Shop, clock: StillClock) -> Shop:
    return furnished(bare, clock)


def furnished(shop: Shop, clock: StillClock) -> Shop:
    with shop.writing() as books:
        books.members.put(ALICE)
    set_policies(shop, ON, clock=clock)
    return shop


def pay_in(shop: Shop, clock: StillClock, ids: CountedIds, **more: object) -> ValueDone:
    return top_up(shop, replace(ORDER, **more), clock=clock, ids=ids)  # type: ignore[arg-type]  # the tests' own words


def everything(shop: Shop) -> tuple[object, ...]:
    with shop.reading() as books:
        her = ALICE.member_id
        accounts = (principal_account(her), bonus_account(her), "liab.principal", "rev.top_ups", "exp.bonus")
        balances = tuple(books.ledger.balance(account, "fen") for account in accounts)
        drawer = tuple((move.doc, move.tender, move.fen) for move in books.drawer.of_shift(None))
        return balances, drawer, books.values.of_member(her), books.journal.head()[0]


def test_she_pays_200_and_is_given_50(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    done = pay_in(counter, clock, ids)

    assert (done.doc.principal_fen, done.doc.bonus_fen, done.doc.bonus_until) == (20_000, 5_000, "2027-09-28")
    assert (done.doc.before, done.doc.after, done.doc.number) == (Money(0), Money(25_000), "S01-1-20260928-0001")
    balances, drawer, docs, _ = everything(counter)
    assert balances == (20_000, 5_000, -20_000, -20_000, -5_000)
    assert drawer == (("topup", "cash", 20_000),)
    assert docs == (done.doc,)
    with counter.reading() as books:
        [principal], [bonus] = (
            books.ledger.lots_of(name(ALICE.member_id)) for name in (principal_account, bonus_account)
        )
        assert (principal.expires_on, bonus.expires_on) == (None, "2027-09-28")
        assert books.values.by_number(done.doc.number) == books.values.by_id(done.doc.doc_id) == done.doc
        assert books.values.on("2026-09-28") == (done.doc,)
        assert books.values.on("2026-09-27") == ()
        assert [job.kind for job in books.prints.queued()] == ["drawer", "value"]
    assert printing.questions(counter) == ()


def test_a_second_top_up_stands_beside_the_first(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    pay_in(counter, clock, ids)
    done = pay_in(counter, clock, ids, amount=Money(10_000), tender="card", ref="8812", prints=False)

    assert (done.doc.bonus_fen, done.doc.before, done.doc.after) == (0, Money(25_000), Money(35_000))
    assert done.jobs == ()
    assert done.doc.number.endswith("-0002")
    assert everything(counter)[1] == (("topup", "cash", 20_000), ("topup", "card", 10_000))


def test_the_same_request_is_the_first_one_and_another_under_its_id_is_refused(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    first = pay_in(counter, clock, ids, request_id="r1", request_hash="a")
    before = everything(counter)

    again = pay_in(counter, clock, ids, request_id="r1", request_hash="a")
    with pytest.raises(RequestReused):
        pay_in(counter, clock, ids, request_id="r1", request_hash="b")

    assert (again.doc, again.was_repeated) == (first.doc, True)
    assert everything(counter) == before


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"amount": Money(0)}, BadTopUp),
        ({"amount": Money(-20_000)}, BadTopUp),
        ({"amount": Money(NAMED_MOST.fen)}, ValueCapped),
        ({"amount": Money(10**15)}, ValueCapped),
        ({"tender": "points"}, NotTaken),
        ({"tender": "stored_value"}, NotTaken),
        ({"tender": "simulated"}, BadTender),
        ({"member_id": "nobody"}, UnknownMember),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    counter: Shop, clock: StillClock, ids: CountedIds, change: dict[str, object], refusal: type[Refused]
) -> None:
    pay_in(counter, clock, ids)
    before = everything(counter)

    with pytest.raises(refusal):
        pay_in(counter, clock, ids, **change)

    assert everything(counter) == before


def test_a_card_is_filled_to_the_laws_limit_and_no_further(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    for _ in range(7):
        pay_in(counter, clock, ids, amount=Money(50_000), prints=False)
    with pytest.raises(ValueCapped) as refused:
        pay_in(counter, clock, ids, amount=Money(50_000), prints=False)
    pay_in(counter, clock, ids, amount=Money(refused.value.room_fen - 5_000), prints=False)

    with counter.reading() as books:
        assert standing(books, ALICE.member_id).held == NAMED_MOST
    with pytest.raises(ValueCapped):
        pay_in(counter, clock, ids, amount=Money(100))


def test_a_shop_that_keeps_no_money_takes_none(clock: StillClock, ids: CountedIds) -> None:
    shop = furnished(MemoryShop(a_device(), ids=ids), clock)
    set_policies(shop, {"stored_value.enabled": False}, clock=clock)

    with pytest.raises(StoredValueOff):
        pay_in(shop, clock, ids)


def test_who_may_not_top_up_needs_somebody_who_may(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    for code, role in (("1007", "cashier"), ("1003", "manager")):
        put_staff(counter, code=code, name=code, role=role, pin="246810", clock=clock)  # type: ignore[arg-type]  # roles
    set_policies(counter, {"rights.cashier": "-top_up"}, clock=clock)

    with pytest.raises(NeedsApproval):
        pay_in(counter, clock, ids)
    done = pay_in(counter, clock, ids, approver="1003", approval_reason="老板同意")

    assert len(done.doc.approvals) == 1
    assert pay_in(counter, clock, ids, cashier="1003").doc.approvals == ()


def test_the_shift_knows_what_was_topped_up(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(10_000), clock=clock, ids=ids)
    done = pay_in(counter, clock, ids)

    report = shifts.x_report(counter)

    assert done.doc.shift_id is not None
    assert (report.top_up_fen, report.due_fen) == (20_000, 0)
    assert [row.expected_fen for row in report.tenders if row.tender == "cash"] == [30_000]
