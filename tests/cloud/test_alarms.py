"""Alarms are told to the tills among the owner's words, until a person has looked or nothing is wrong any more."""

import pytest

from storeapp.cloud.admin import check
from storeapp.cloud.projector.project import NEWEST
from storeapp.cloud.tables.journals import alarm
from tests.cloud.test_vouchers import NUMBER, paid


@pytest.fixture
def tills(shop):
    return shop.till("1"), shop.till("2")


def told(till):
    """What a till hears last of each alarm, by its id."""
    return {row["body"]["alarm_id"]: row["body"] for row in till.feed("policy") if row["t"] == "alarm"}


def of_kind(till, kind):
    [found] = [body for body in told(till).values() if body["kind"] == kind]
    return found


def test_an_alarm_names_the_till_and_the_receipts_to_every_till_once(shop, tills):
    one, two = tills
    paid(one, "S01-1-20260928-0001")
    paid(two, "S01-2-20260928-0001")
    for till in tills:
        till.push()

    heard = of_kind(one, "voucher_twice")

    assert heard["till"] == "S01-2"
    assert heard["facts"] == {
        "number": NUMBER,
        "receipts": ["S01-1-20260928-0001", "S01-2-20260928-0001"],
        "fen": 1000,
    }
    assert (heard["state"], heard["by"]) == ("open", "")
    assert told(two) == told(one)
    assert len([row for row in one.feed("policy") if row["t"] == "alarm"]) == 1


def test_who_has_looked_at_one_till_is_known_at_the_other_and_in_the_check(shop, tills):
    one, two = tills
    paid(one, "S01-1-20260928-0001")
    paid(two, "S01-2-20260928-0001")
    for till in tills:
        till.push()
    alarm_id = of_kind(one, "voucher_twice")["alarm_id"]

    one.event("alarm.seen", {"alarm_id": alarm_id, "kind": "voucher_twice", "by": "1001"})
    one.push(2)
    two.event("alarm.seen", {"alarm_id": alarm_id, "kind": "voucher_twice", "by": "1003"})
    # what a till found by itself is known here to nobody
    two.event("alarm.seen", {"alarm_id": "custody", "kind": "custody", "by": "1003"})
    two.push(2)

    heard = told(two)[alarm_id]
    assert (heard["state"], heard["by"]) == ("seen", "1001")
    assert heard["settled_at"]
    [found] = check.check(shop.cloud, shop.tenant)["alarms"]
    assert (found["state"], found["by"]) == ("seen", "1001")


def test_entries_that_wait_are_told_once_and_are_over_when_they_came_through(shop, tills, monkeypatch):
    one, two = tills
    for _entry in range(2):
        one.event("alarm.seen", {"alarm_id": "custody", "by": "1001"}, v=2)
        one.push(len(one.entries))
    waiting = of_kind(two, "quarantined")

    # a newer program understands them
    monkeypatch.setitem(NEWEST, "alarm.seen", 2)
    check.check(shop.cloud, shop.tenant)

    assert (waiting["state"], waiting["till"]) == ("open", "S01-1")
    assert waiting["facts"] == {"count": 1, "seq": 1, "error": "unknown_version"}
    assert of_kind(two, "quarantined")["state"] == "over"


def test_nobody_else_hears_of_it(shop, tills):
    one, two = tills
    stranger = shop.till("1", tenant=shop.other_tenant())
    paid(one, "S01-1-20260928-0001")
    paid(two, "S01-2-20260928-0001")
    for till in tills:
        till.push()

    assert told(stranger) == {}
    assert len(told(one)) == 1


def test_alarms_an_older_program_raised_are_told_as_well(shop, tills):
    one, _two = tills
    old = {"tenant_id": shop.tenant, "alarm_id": "019b0000-0000-7000-8000-000000000009", "kind": "overdrawn"}
    shop.cloud.database.write(
        shop.tenant,
        lambda connection: connection.execute(alarm.insert(), old | {"facts": "{}", "at": shop.clock()}),
    )

    assert of_kind(one, "overdrawn")["till"] == ""
