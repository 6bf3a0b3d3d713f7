"""A group order sheet as it is typed into a form, and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.group_sheet import GroupGoods, GroupSheet
from storeapp.domain.member import BadPhone, national, normal_phone
from storeapp.domain.money import typed_amount, yuan
from storeapp.domain.typed import plain
from storeapp.ui.settings.form import Spec
from storeapp.words import N_

GOODS_LEAST = 8
MOMENTS = ("deadline", "pickup_from", "pickup_until")
OPENS = "opens"
_GOODS = re.compile(r"(\S.*?)\s+(\d+(?:[.．。]\d{1,2})?)(?:\s+(\d{1,7}))?(?:\s+(\d{1,7}))?")
_MOMENT = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})(?:\s*日\s*|\s+)(\d{1,2})\s*:\s*(\d{2})")
_WHEN = N_("a moment such as 09-30 20:00")


def specs_of(goods: int) -> tuple[Spec, ...]:
    """The form of a sheet with so many goods; a few more may come."""
    lines = tuple(
        Spec(
            f"goods_{n}",
            N_("Goods, price, most each, most in all"),
            rule=N_("goods and a price, such as Tea 3.50 2 100"),
        )
        for n in range(1, max(GOODS_LEAST, goods + 2) + 1)
    )
    return (
        Spec("name", N_("Name of the sheet"), rule=N_("a line of 1 to 40 characters")),
        Spec("leader", N_("Leader: phone of a member, or a name"), rule=N_("a member's phone, a name, or nothing")),
        Spec(OPENS, N_("Takes orders from"), rule=N_("a moment before the deadline, or nothing: at once"), hinted=True),
        Spec("deadline", N_("Deadline"), rule=_WHEN, hinted=True),
        Spec("pickup_from", N_("Fetched from"), rule=_WHEN),
        Spec("pickup_until", N_("Fetched until"), rule=_WHEN),
        Spec("reward", N_("Leader's share in percent"), rule=N_("a percent up to 30, or nothing")),
        *lines,
    )


def read_value(key: str, text: str, goods: GoodsNames, *, now: datetime) -> Any:
    """What one field says; raises ValueError or a Refused where it says nothing that will do."""
    said = text.strip()
    if key in MOMENTS:
        return read_moment(said, now=now)
    if key == OPENS:
        return read_moment(said, now=now) if said else None
    if key.startswith("goods_"):
        return _goods(said, goods) if said else None
    if key == "leader":
        return _leader(said) if said else None
    if key == "name" and not 0 < len(said) <= 40:
        raise ValueError(said)
    if key == "reward":
        said = plain(said).removesuffix("%")
        if said and not re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?", said):
            raise ValueError(said)
    return said


def read_moment(text: str, *, now: datetime) -> str:
    """`09-30 20:00` as an ISO moment of this year, or of the next where that is long past; raises ValueError."""
    found = _MOMENT.fullmatch(plain(text))
    if found is None:
        raise ValueError(text)
    year = int(found[1] or now.year)
    month, day, hour, minute = (int(part) for part in found.groups()[1:])
    moment = datetime(year, month, day, hour, minute, tzinfo=now.tzinfo)
    if found[1] is None and (now - moment).days > 180:
        moment = moment.replace(year=year + 1)
    return moment.isoformat()


def row_of(sheet_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields together, as the public format has a sheet."""
    row: dict[str, Any] = {"id": sheet_id, "name": values["name"]}
    row |= {key: values[key] for key in (OPENS, *MOMENTS)}
    row["goods"] = [value for key, value in values.items() if key.startswith("goods_") and value is not None]
    if values["leader"] is not None:
        row["leader"] = values["leader"]
    if values["reward"]:
        row["reward_percent"] = values["reward"]
    return row


def typed(sheet: GroupSheet, goods: GoodsNames, leader: str) -> dict[str, str]:
    """What `read_value` would read for a known sheet."""
    found = {
        "name": sheet.name,
        "leader": leader,
        "reward": f"{sheet.reward / 100:g}" if sheet.reward else "",
        OPENS: "" if sheet.opens is None else _typed_moment(sheet.opens),
        **{key: _typed_moment(getattr(sheet, key)) for key in MOMENTS},
    }
    for n, each in enumerate(sheet.goods, start=1):
        found[f"goods_{n}"] = _typed_goods(each, goods)
    return found


def _typed_moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _goods(text: str, goods: GoodsNames) -> dict[str, Any]:
    found = _GOODS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    row = {"code": goods.code(found[1].strip()), "price_fen": typed_amount(found[2]).fen}
    limits = {"per_person": found[3], "in_all": found[4]}
    return row | {key: int(most) for key, most in limits.items() if most}


def _typed_goods(each: GroupGoods, goods: GoodsNames) -> str:
    parts = [goods.name(each.code), yuan(each.price)]
    if each.per_person or each.in_all:
        parts.append(str(each.per_person))
    if each.in_all:
        parts.append(str(each.in_all))
    return " ".join(parts)


def _leader(text: str) -> dict[str, str]:
    try:
        return {"member": national(normal_phone(text))}
    except BadPhone:
        if text.isdigit() or len(text) > 40:
            raise
        return {"name": text}
