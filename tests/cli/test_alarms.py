"""Alarms without a screen: listed, seen by somebody, and said by the morning check."""

from __future__ import annotations

from pathlib import Path

from storeapp.app import open_till
from storeapp.domain.alarm import Alarm
from tests.cli.command import Command

TWICE = Alarm("a-1", "coupon_twice", "2026-09-20T10:00:00+08:00", "T2", {"fen": 500})


def test_what_waits_is_listed_until_somebody_has_looked(run: Command, shop: Path) -> None:
    # its members have money with the shop, of which the law wants a part apart
    run("policy", "set", "stored_value.custody_percent", "0", "--shop", shop)
    with open_till(str(shop)) as till, till.shop.writing() as books:
        books.alarms.put(TWICE)

    def morning() -> list[tuple[str, str]]:
        found = run("doctor", "--shop", shop, "--json").json["findings"]
        return [(one["verdict"], one["said"]) for one in found if one["what"] == "alarms"]

    listed = run("alarm", "list", "--shop", shop, "--json").json["alarms"]
    before = morning()
    seen = run("alarm", "see", "a-1", "--shop", shop, "--json").json
    [whole] = run("alarm", "list", "--all", "--shop", shop, "--json").json["alarms"]

    assert [(alarm["kind"], alarm["till"], alarm["facts"]) for alarm in listed] == [
        ("coupon_twice", "T2", {"fen": 500})
    ]
    assert before == [("look", "T2: A coupon was used at two tills · Amount: ¥5.00")]
    assert (seen["state"], seen["by"], whole) == ("seen", "script", seen)
    assert run("alarm", "list", "--shop", shop, "--json").json["alarms"] == []
    assert morning() == [("good", "nothing waits for anybody")]


def test_an_alarm_nobody_raised_is_refused(run: Command, shop: Path) -> None:
    assert run("alarm", "see", "a-9", "--shop", shop, "--json").error["refused"] == "unknown_alarm"
