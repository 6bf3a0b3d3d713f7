"""Group order sheets: written down, read back, and what the clock makes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storeapp.domain import group_sheet
from storeapp.domain.group_sheet import BadGroupSheet, GroupNotSo, GroupSheet, from_data, stage, turned

ROW: dict[str, Any] = {
    "id": "moon",
    "name": "中秋团",
    "goods": [{"code": "1001", "price_fen": 300, "per_person": 2, "in_all": 5}, {"code": "2001", "price_fen": 0}],
    "opens": "2026-09-01 08:00",
    "deadline": "2026-09-02T20:00",
    "pickup_from": "2026-09-03 10:00",
    "pickup_until": "2026-09-04 20:00",
    "leader": {"name": "张姐"},
    "reward_percent": "3.5",
}


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 9, day, hour, tzinfo=UTC)


def utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def a_sheet(**change: Any) -> GroupSheet:
    return from_data(ROW | change, utc)


def test_a_sheet_is_read_back_and_its_leader_is_named_nowhere_in_it() -> None:
    sheet = a_sheet()

    data = group_sheet.as_data(sheet)
    again = group_sheet.kept(
        data, leader_name="张姐", state="open", version=3, changed_at=at(1, 9).isoformat(), by="1003"
    )

    assert "张姐" not in str(data)
    assert (again.goods, again.reward, again.leader_name) == (sheet.goods, 350, "张姐")
    assert (again.opens, again.deadline, again.version, again.state) == (at(1, 8), at(2, 20), 3, "open")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "a b"}, "id"),
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"goods": []}, "goods"),
        ({"goods": [{"code": "1"}]}, "goods[1].price_fen"),
        ({"goods": [{"code": "1", "price_fen": -1}]}, "goods[1].price_fen"),
        ({"goods": [{"code": "1", "price_fen": True}]}, "goods[1].price_fen"),
        ({"goods": [{"code": "1", "price_fen": 1, "per_person": -1}]}, "goods[1].per_person"),
        ({"goods": [{"code": "1", "price_fen": 1}, {"code": "1", "price_fen": 2}]}, "goods[2].code"),
        ({"goods": [{"code": "1", "price_fen": 1, "prise": 2}]}, "goods[1].prise"),
        ({"deadline": "soon"}, "deadline"),
        ({"deadline": "2026-09-01 07:00"}, "deadline"),
        ({"pickup_from": "2026-09-02 19:00"}, "pickup_from"),
        ({"pickup_until": "2026-09-03 10:00"}, "pickup_until"),
        ({"leader": {"name": "a", "member": "b"}}, "leader"),
        ({"leader": None}, "leader"),
        ({"reward_percent": 3.5}, "reward_percent"),
        ({"reward_percent": "30.01"}, "reward_percent"),
        ({"reward_percent": "-1"}, "reward_percent"),
        ({"recruits": "1"}, "recruits"),
    ],
)
def test_what_cannot_be_says_where(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadGroupSheet) as refused:
        a_sheet(**change)

    assert refused.value.field == field


def test_the_clock_opens_closes_and_ends_a_sheet_by_itself() -> None:
    sheet = turned(a_sheet(), "open", now=at(1, 7), by="")

    assert stage(a_sheet(), at(9, 1)) == "draft"
    told = [stage(sheet, moment) for moment in (at(1, 7), at(1, 8), at(2, 19), at(2, 20), at(4, 20))]
    assert told == ["planned", "open", "open", "closed", "closed"]
    assert stage(sheet, at(4, 20) + timedelta(seconds=1)) == "over"


def test_a_sheet_goes_its_way_and_no_other() -> None:
    sheet = turned(a_sheet(), "open", now=at(1, 9), by="a")
    for state in ("bought", "arrived", "open"):
        with pytest.raises(GroupNotSo):
            turned(sheet, state, now=at(1, 9), by="a")

    bought = turned(sheet, "bought", now=at(2, 21), by="b")
    arrived = turned(bought, "arrived", now=at(3, 9), by="c")

    assert (arrived.version, arrived.by, arrived.state) == (4, "c", "arrived")
    assert stage(arrived, at(3, 12), all_picked=True) == "picked"
    over = turned(arrived, "over", now=at(3, 12), by="d")
    assert stage(over, at(3, 12)) == "over"
    with pytest.raises(GroupNotSo):
        turned(over, "arrived", now=at(3, 12), by="d")


def test_nobody_opens_a_sheet_whose_deadline_is_over() -> None:
    with pytest.raises(GroupNotSo) as refused:
        turned(a_sheet(), "open", now=at(2, 20), by="")

    assert refused.value.stage == "closed"
