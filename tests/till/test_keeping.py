"""Keeping: who stayed away for too long is forgotten; whom something keeps, and whoever was here, stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from storeapp.domain.journal import body_of
from storeapp.domain.ledger import LENT, Leg, Txn, owed_account, points_account, principal_account
from storeapp.domain.member import Consent
from storeapp.till import keeping, layers
from storeapp.till.keeping import Forgotten, forget_due
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, a_device, a_sale, book

# the clock of these tests says September 2026, and members are kept for 12 months
OLD, RECENT, BEFORE = "2025-09-27", "2025-09-28", "2025-09-28"
AWAY = replace(ALICE, joined_at="2024-12-01T10:00:00+08:00")


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        for member in (AWAY, BOB):
            books.members.put(member)
        book(books, a_sale(1, day=OLD, member=AWAY))
    set_policies(bare, {"members.retention_months": 12}, clock=clock)
    layers.work_the_night(bare, clock=clock)
    return bare


def is_there(shop: Shop, member_id: str = AWAY.member_id) -> bool:
    with shop.reading() as books:
        return books.members.by_id(member_id) is not None


def test_who_stayed_away_is_forgotten_and_her_purchases_stay(shop: Shop, clock: StillClock) -> None:
    assert keeping.due(shop, clock=clock) == Forgotten(BEFORE, 1, 0)

    assert forget_due(shop, clock=clock) == Forgotten(BEFORE, 1, 0)

    assert not is_there(shop)
    assert is_there(shop, BOB.member_id)
    with shop.reading() as books:
        [entry] = [each for each in books.journal.after(0) if each.type == "member.erased"]
        assert body_of(entry)["member_id"] == AWAY.member_id
        assert body_of(entry)["why"] == "retention"
        assert [sale.member_id for sale in books.sales.every()] == [AWAY.member_id]
    assert forget_due(shop, clock=clock) == Forgotten(BEFORE, 0, 0)


def bought(shop: Shop) -> None:
    with shop.writing() as books:
        book(books, a_sale(1, day=RECENT, member=AWAY))


def said_no(shop: Shop) -> None:
    with shop.writing() as books:
        said = Consent("marketing", "1", False, "counter", f"{RECENT}T10:00:00+08:00", "S01-1")
        books.members.consent(AWAY.member_id, said)


def earned_elsewhere(shop: Shop) -> None:
    legs = (Leg("exp.points", "pts", -5), Leg(points_account(AWAY.member_id), "pts", 5))
    with shop.writing() as books:
        books.ledger.post(Txn("t-pts", "sale", f"{RECENT}T10:00:00+08:00", legs, AWAY.member_id))


def works_here(shop: Shop) -> None:
    with shop.writing() as books:
        books.staff.link("1007", AWAY.member_id)


def paid_in(shop: Shop) -> None:
    legs = (Leg(principal_account(AWAY.member_id), "fen", 500), Leg("tender.cash", "fen", -500))
    with shop.writing() as books:
        books.ledger.post(Txn("t-paid", "topup", f"{OLD}T10:00:00+08:00", legs, AWAY.member_id))


def owes(shop: Shop) -> None:
    legs = (Leg(owed_account(AWAY.member_id), "fen", 500), Leg(LENT, "fen", -500))
    with shop.writing() as books:
        books.ledger.post(Txn("t-owed", "sale", f"{OLD}T10:00:00+08:00", legs, AWAY.member_id))


@pytest.mark.parametrize("why", [bought, said_no, earned_elsewhere, works_here, paid_in, owes])
def test_who_was_here_or_is_kept_stays(shop: Shop, clock: StillClock, why: object) -> None:
    assert callable(why)
    # as of the last night, which does not know yet
    why(shop)

    assert forget_due(shop, clock=clock).members == 0

    assert is_there(shop)


def test_what_came_along_from_elsewhere_counts_from_the_day_it_came(shop: Shop, clock: StillClock) -> None:
    came = int(datetime.fromisoformat(f"{RECENT}T10:00:00+08:00").timestamp() * 1000)
    text = f"{came:012x}"
    moved = replace(BOB, member_id=f"{text[:8]}-{text[8:]}-7000-8000-000000000c0c", phone="8613700000003")
    with shop.writing() as books:
        books.members.put(replace(moved, joined_at="2019-01-01T10:00:00+08:00"))

    assert forget_due(shop, clock=clock).members == 1

    assert is_there(shop, moved.member_id)


@pytest.mark.parametrize("months", [0, 240])
def test_the_owner_keeps_members_for_ever_or_for_long(shop: Shop, clock: StillClock, months: int) -> None:
    set_policies(shop, {"members.retention_months": months}, clock=clock)

    assert forget_due(shop, clock=clock).members == 0


def test_a_till_of_a_cloud_forgets_nobody_by_itself(shop: Shop, clock: StillClock) -> None:
    with shop.writing() as books:
        books.put_device(replace(books.device, cloud_url="https://cloud.example"))

    assert forget_due(shop, clock=clock).members == 0


def test_a_night_forgets_no_more_than_a_hundred(clock: StillClock, ids: CountedIds) -> None:
    shop = MemoryShop(a_device(), ids=ids)
    with shop.writing() as books:
        for n in range(keeping.MOST + 5):
            who = f"0192f0a0-0000-7000-8000-{n:012d}"
            books.members.put(replace(AWAY, member_id=who, phone=f"861390000{n:04d}"))

    set_policies(shop, {"members.retention_months": 12}, clock=clock)

    assert forget_due(shop, clock=clock).members == keeping.MOST
    assert forget_due(shop, clock=clock).members == 5
