"""Group order sheet (社群团购): what is offered to a group, for how much, until when, and when it is fetched.

The deadline closes it by itself, and the end of the pick-up ends it: what a sheet is follows from the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from storeapp.domain.money import Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.owner_word import is_id
from storeapp.errors import Refused

State = Literal["draft", "open", "closed", "bought", "arrived", "over"]
Stage = Literal["draft", "planned", "open", "closed", "bought", "arrived", "picked", "over"]
GOODS_MOST, PIECES_MOST, NAME_MOST = 100, 1_000_000, 40
DEAREST_FEN = 100_000_000
REWARD_MOST = 3_000
_KEYS = frozenset(
    {"id", "name", "goods", "opens", "deadline", "pickup_from", "pickup_until", "leader", "reward_percent"}
)
_GOODS_KEYS = frozenset({"code", "price_fen", "per_person", "in_all"})
# what a sheet may become by hand, by what it is
_STEPS: dict[State, frozenset[Stage]] = {
    "open": frozenset({"draft"}),
    "closed": frozenset({"planned", "open"}),
    "bought": frozenset({"closed"}),
    "arrived": frozenset({"closed", "bought"}),
    "over": frozenset({"draft", "planned", "open", "closed", "bought", "arrived", "picked"}),
}


@dataclass(eq=False)
class BadGroupSheet(Refused):
    """The sheet cannot be read: `field` must be `expected`."""

    field: str
    expected: str
    word = "bad_group_sheet"


@dataclass(eq=False)
class UnknownGroupSheet(Refused):
    """There is no group order sheet `sheet` at this till."""

    sheet: str
    word = "unknown_group_sheet"


@dataclass(eq=False)
class GroupNotSo(Refused):
    """The sheet `sheet` is `stage`: that does not go now."""

    sheet: str
    stage: str
    word = "group_not_so"


@dataclass(frozen=True, slots=True)
class GroupGoods:
    """One thing on the sheet. The limits are whole pieces (or kilograms), 0 is none."""

    code: str
    price: Money
    per_person: int = 0
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """A sheet as it stands. Moments are in the shop's zone; the leader is a member, or somebody with a name.

    `reward` is the leader's share in hundredths of a percent of what was fetched and paid for.
    """

    sheet_id: str
    name: str
    goods: tuple[GroupGoods, ...]
    deadline: datetime
    pickup_from: datetime
    pickup_until: datetime
    opens: datetime | None = None
    leader_id: str | None = None
    leader_name: str = ""
    reward: int = 0
    state: State = "draft"
    version: int = 1
    changed_at: str = ""
    by: str = ""

    def goods_of(self, code: str) -> GroupGoods | None:
        return next((each for each in self.goods if each.code == code), None)


def stage(sheet: GroupSheet, now: datetime, *, all_picked: bool = False) -> Stage:
    """What the sheet is at that moment."""
    if sheet.state == "draft":
        return "draft"
    if sheet.state == "over" or now > sheet.pickup_until:
        return "over"
    if sheet.state == "open":
        if sheet.opens is not None and now < sheet.opens:
            return "planned"
        return "closed" if now >= sheet.deadline else "open"
    return "picked" if sheet.state == "arrived" and all_picked else sheet.state


def turned(sheet: GroupSheet, state: State, *, now: datetime, by: str) -> GroupSheet:
    """The sheet in another state; raises GroupNotSo where it cannot be that now."""
    is_now = stage(sheet, now)
    late = state == "open" and now >= sheet.deadline
    if is_now not in _STEPS.get(state, frozenset()) or late:
        raise GroupNotSo(sheet.sheet_id, "closed" if late else is_now)
    return replace(sheet, state=state, version=sheet.version + 1, changed_at=now.isoformat(), by=by)


def from_data(data: Mapping[str, Any], local: Callable[[datetime], datetime]) -> GroupSheet:
    """The sheet somebody wrote down; `local` puts a moment into the shop's zone. Raises BadGroupSheet."""
    for key in data:
        if key not in _KEYS:
            raise BadGroupSheet(str(key)[:40], "no such key")
    if not is_id(data.get("id")):
        raise BadGroupSheet("id", "1 to 40 letters, digits, - or _")
    leader_id, leader_name = _leader(data.get("leader"))
    sheet = GroupSheet(
        sheet_id=str(data["id"]),
        name=_name(data.get("name"), "name"),
        goods=_goods(data.get("goods")),
        opens=None if data.get("opens") is None else _moment(data, "opens", local),
        deadline=_moment(data, "deadline", local),
        pickup_from=_moment(data, "pickup_from", local),
        pickup_until=_moment(data, "pickup_until", local),
        leader_id=leader_id,
        leader_name=leader_name,
        reward=_percent(data.get("reward_percent", "0")),
    )
    if sheet.opens is not None and sheet.opens >= sheet.deadline:
        raise BadGroupSheet("deadline", "after opens")
    if sheet.pickup_from < sheet.deadline:
        raise BadGroupSheet("pickup_from", "not before the deadline")
    if sheet.pickup_until <= sheet.pickup_from:
        raise BadGroupSheet("pickup_until", "after pickup_from")
    if sheet.reward and sheet.leader_id is None and not sheet.leader_name:
        raise BadGroupSheet("leader", "said where there is a reward")
    return sheet


def as_data(sheet: GroupSheet) -> dict[str, Any]:
    """The text `from_data` reads, without the name of a leader who is no member: that is nobody's to keep for ever."""
    data: dict[str, Any] = {
        "id": sheet.sheet_id,
        "name": sheet.name,
        "goods": [_goods_data(each) for each in sheet.goods],
        "deadline": sheet.deadline.isoformat(),
        "pickup_from": sheet.pickup_from.isoformat(),
        "pickup_until": sheet.pickup_until.isoformat(),
    }
    if sheet.opens is not None:
        data["opens"] = sheet.opens.isoformat()
    if sheet.leader_id is not None:
        data["leader"] = {"member": sheet.leader_id}
    if sheet.reward:
        data["reward_percent"] = f"{sheet.reward // 100}.{sheet.reward % 100:02d}"
    return data


def kept(
    data: Mapping[str, Any],
    *,
    leader_name: str,
    state: State,
    version: int,
    changed_at: str,
    by: str,
    local: Callable[[datetime], datetime] = lambda moment: moment,
) -> GroupSheet:
    """The sheet `as_data` wrote, with what is kept beside it."""
    said = dict(data)
    reward = _percent(said.pop("reward_percent", "0"))
    sheet = from_data(said, local)
    return replace(
        sheet, leader_name=leader_name, reward=reward, state=state, version=version, changed_at=changed_at, by=by
    )


def _goods(said: Any) -> tuple[GroupGoods, ...]:
    if not isinstance(said, list) or not 0 < len(said) <= GOODS_MOST:
        raise BadGroupSheet("goods", f"a list of 1 to {GOODS_MOST} goods")
    found: dict[str, GroupGoods] = {}
    for n, row in enumerate(said, start=1):
        where = f"goods[{n}]"
        if not isinstance(row, Mapping):
            raise BadGroupSheet(where, "an object")
        for key in row:
            if key not in _GOODS_KEYS:
                raise BadGroupSheet(f"{where}.{str(key)[:40]}", "no such key")
        code = _name(row.get("code"), f"{where}.code")
        if code in found:
            raise BadGroupSheet(f"{where}.code", "said once")
        found[code] = GroupGoods(
            code,
            Money(_whole(row.get("price_fen"), f"{where}.price_fen", DEAREST_FEN)),
            _whole(row.get("per_person", 0), f"{where}.per_person", PIECES_MOST),
            _whole(row.get("in_all", 0), f"{where}.in_all", PIECES_MOST),
        )
    return tuple(found.values())


def _goods_data(each: GroupGoods) -> dict[str, Any]:
    limits = {"per_person": each.per_person, "in_all": each.in_all}
    return {"code": each.code, "price_fen": each.price.fen} | {key: most for key, most in limits.items() if most}


def _leader(said: Any) -> tuple[str | None, str]:
    if said is None:
        return None, ""
    if not isinstance(said, Mapping) or len(said) != 1 or not said.keys() <= {"member", "name"}:
        raise BadGroupSheet("leader", "an object with member or name")
    [(key, value)] = said.items()
    text = _name(value, f"leader.{key}")
    return (text, "") if key == "member" else (None, text)


def _moment(data: Mapping[str, Any], key: str, local: Callable[[datetime], datetime]) -> datetime:
    expected = "a moment such as 2026-09-30 20:00"
    try:
        found = datetime.fromisoformat(data[key])
    except (KeyError, TypeError, ValueError):
        raise BadGroupSheet(key, expected) from None
    if not 1990 <= found.year <= 2100:
        raise BadGroupSheet(key, expected)
    return local(found)


def _percent(said: Any) -> int:
    whole, _, rest = said.partition(".") if isinstance(said, str) else ("", "", "")
    is_one = whole.isascii() and whole.isdigit() and len(whole) <= 2 and (not rest or rest.isdigit()) and len(rest) <= 2
    rate = int(whole) * 100 + int(rest.ljust(2, "0")) if is_one else REWARD_MOST + 1
    if rate > REWARD_MOST:
        raise BadGroupSheet("reward_percent", f"a text such as 3.5, at most {REWARD_MOST // 100}")
    return rate


def _whole(value: Any, where: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadGroupSheet(where, f"a whole number from 0 to {most}")
    return value


def _name(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or not is_one_line(value, most=NAME_MOST):
        raise BadGroupSheet(where, f"a text of 1 to {NAME_MOST} characters")
    return value.strip()
