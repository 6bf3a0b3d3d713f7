"""Her rights: looks are few and on record, her data goes with her, and leaving is as easy as coming."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.journal import body_of
from storeapp.domain.ledger import LENT, Leg, Txn, owed_account
from storeapp.domain.member import Member, UnknownMember, agrees
from storeapp.domain.money import Money
from storeapp.till import approvals, member_file, members
from storeapp.till.her_data import everything
from storeapp.till.leaks import leaks_of_day
from storeapp.till.member_file import hand_out, look, unmask
from storeapp.till.members import DebtLeft, erase, set_consent
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, a_sale, book

DAY = "2026-09-28"
TODAY = date(2026, 9, 28)
PEOPLE = [replace(ALICE, member_id=f"m-{n}", phone=f"861390000000{n}") for n in range(6)]


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        for member in (ALICE, *PEOPLE):
            books.members.put(member)
    set_policies(bare, {"members.looks_an_hour": 3, "members.looks_a_day": 5}, clock=clock)
    hired(bare, "1001", "1007", clock=clock)
    return bare


def look_at(shop: Shop, *people: Member, clock: StillClock, by: str = "1007") -> None:
    for member in people:
        look(shop, member.member_id, by=by, clock=clock)


def test_beyond_the_hours_measure_somebody_says_yes(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    look_at(shop, *PEOPLE[:3], clock=clock)
    # whom she has seen she may see again
    look_at(shop, PEOPLE[0], clock=clock)

    with pytest.raises(NeedsApproval):
        look_at(shop, PEOPLE[3], clock=clock)

    payload = member_file.asked(PEOPLE[3].member_id, "page")
    with shop.reading() as books, pytest.raises(NeedsApproval):
        member_file.check_look(books, PEOPLE[3].member_id, by="1007", at=clock.now())
    yes = approvals.grant(
        shop,
        member_file.RIGHT,
        payload,
        approver="1001",
        pin="100100",
        asked_by="1007",
        reason="核对",
        clock=clock,
        ids=ids,
    )
    with shop.reading() as books:
        member_file.check_look(books, PEOPLE[3].member_id, by="1007", at=clock.now(), approval_id=yes.approval_id)
    look(shop, PEOPLE[3].member_id, by="1007", clock=clock, approval_id=yes.approval_id)
    with pytest.raises(NeedsApproval):
        look(shop, PEOPLE[4].member_id, by="1007", clock=clock, approval_id=yes.approval_id)
    with shop.reading() as books:
        assert books.timeline.looks(DAY) == {"1007": 4}


def test_an_hour_later_she_may_again_until_the_days_measure(shop: Shop, clock: StillClock) -> None:
    look_at(shop, *PEOPLE[:3], clock=clock)
    clock.go_on(minutes=61)
    look_at(shop, *PEOPLE[3:5], clock=clock)
    clock.go_on(minutes=61)

    with pytest.raises(NeedsApproval):
        look_at(shop, PEOPLE[5], clock=clock)


def test_an_owner_is_not_held_up_but_on_record(shop: Shop, clock: StillClock) -> None:
    look_at(shop, *PEOPLE, clock=clock, by="1001")

    assert [found.who for found in leaks_of_day(shop, DAY) if found.rule == "quick_looks"] == ["1001"]


def test_a_whole_number_is_a_deed_on_record(shop: Shop, clock: StillClock) -> None:
    with pytest.raises(NeedsApproval):
        unmask(shop, ALICE.member_id, by="1007", clock=clock)

    assert unmask(shop, ALICE.member_id, by="1001", clock=clock) == ALICE.phone.removeprefix("86")

    with shop.reading() as books:
        [seen] = [row for row in books.timeline.of(ALICE.member_id, looks=True) if row.kind == "looked"]
        last = [entry for entry in books.journal.after(0, limit=100) if entry.type == "member.looked"][-1]
    assert (seen.by, seen.detail) == ("1001", "phone")
    assert body_of(last) == {"member_id": ALICE.member_id, "by": "1001", "what": "phone"}


def test_everything_about_her_is_handed_out(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(shop, {"stored_value.enabled": True, "stored_value.free_amount": True}, clock=clock)
    with shop.writing() as books:
        book(books, a_sale(1, member=ALICE))
    top_up(shop, TopUpOrder(ALICE.member_id, Money(10_000), "cash", "1001"), clock=clock, ids=ids)
    set_consent(shop, ALICE.member_id, purpose="marketing", given=True, clock=clock)
    member_file.describe(
        shop, ALICE.member_id, note="爱喝无糖", birthday="05-01", tags=["团长"], by="1007", clock=clock
    )
    with pytest.raises(NeedsApproval):
        hand_out(shop, ALICE.member_id, by="1007", clock=clock)

    hers = hand_out(shop, ALICE.member_id, by="1001", clock=clock)

    assert (hers["phone"], hers["note"], hers["tags"]) == (ALICE.phone.removeprefix("86"), "爱喝无糖", ["团长"])
    assert [sale["receipt"] for sale in hers["sales"]] == [a_sale(1).receipt]
    assert [doc["money_fen"] for doc in hers["stored_value"]] == [10_000]
    assert [txn["kind"] for txn in hers["ledger"]][-1] == "topup"
    [said] = hers["consents"]
    assert (said["purpose"], said["given"], said["device"]) == ("marketing", True, "S01-1")
    assert {row["kind"] for row in hers["timeline"]} >= {"sale", "consent", "changed", "looked"}
    assert {"refunds", "every_coupon", "tiers", "outreach", "layer", "lots"} <= set(hers)
    with pytest.raises(UnknownMember):
        hand_out(shop, "nobody", by="1001", clock=clock)


def test_no_account_of_anybody_else_is_in_it(shop: Shop) -> None:
    with shop.writing() as books:
        book(books, a_sale(1, member=ALICE))
        book(books, a_sale(2, member=PEOPLE[0]))

    with shop.reading() as books:
        hers = everything(books, ALICE.member_id, on=TODAY)

    accounts = [leg["account"] for txn in hers["ledger"] for leg in txn["legs"]]
    assert accounts
    assert all(ALICE.member_id in account for account in accounts)
    assert [sale["receipt"] for sale in hers["sales"]] == [a_sale(1).receipt]


def test_no_wins_where_yes_and_no_come_at_one_moment(shop: Shop, clock: StillClock) -> None:
    for given in (True, False, True):
        set_consent(shop, ALICE.member_id, purpose="marketing", given=given, clock=clock)

    with shop.reading() as books:
        assert not agrees(books.members.consents(ALICE.member_id), "marketing")
        # and nothing else is refused her for it
        assert members.card(books, ALICE.member_id, on=TODAY).member == ALICE


def test_who_owes_settles_before_she_is_forgotten(shop: Shop, clock: StillClock) -> None:
    legs = (Leg(owed_account(ALICE.member_id), "fen", 500), Leg(LENT, "fen", -500))
    with shop.writing() as books:
        books.ledger.post(Txn("t-owed", "sale", clock.now().isoformat(), legs, ALICE.member_id))

    with pytest.raises(DebtLeft) as refused:
        erase(shop, ALICE.member_id, clock=clock)

    assert refused.value.owed_fen == 500
    with shop.reading() as books:
        assert books.members.by_id(ALICE.member_id) == ALICE
