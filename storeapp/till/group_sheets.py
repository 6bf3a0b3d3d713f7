"""Group order sheets: put, opened, closed, bought for, arrived and over; each word of it is journaled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from storeapp.domain import group_sheet
from storeapp.domain.group_order import GroupOrder, Pick, left_of
from storeapp.domain.group_sheet import BadGroupSheet, GroupNotSo, GroupSheet, Stage, State, UnknownGroupSheet
from storeapp.domain.member import BadPhone, Member, UnknownMember, national
from storeapp.domain.product import UnknownCode
from storeapp.till import members
from storeapp.till.moments import in_zone, local_moment
from storeapp.till.names import member_now
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.promotions import check_may

KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with what was ordered on it and what was fetched, at one moment."""

    sheet: GroupSheet
    stage: Stage
    orders: tuple[GroupOrder, ...]
    picks: Mapping[str, tuple[Pick, ...]]

    def picks_of(self, order: GroupOrder) -> tuple[Pick, ...]:
        return self.picks.get(order.order_id, ())

    @property
    def standing(self) -> tuple[GroupOrder, ...]:
        """The orders nobody cancelled."""
        return tuple(order for order in self.orders if not order.cancelled_at)


def put_sheets(
    shop: Shop, rows: tuple[Mapping[str, Any], ...], *, clock: Clock, by: str = ""
) -> tuple[GroupSheet, ...]:
    """These sheets as they are from now on, or none; a new one is a draft. What was ordered keeps its price.

    Raises BadGroupSheet, UnknownCode, UnknownMember, or GroupNotSo where one is over.
    """
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        return tuple(_put(books, row, now=local_moment(books, clock.now()), by=by) for row in rows)


def turn(shop: Shop, sheet_id: str, state: State, *, clock: Clock, by: str = "") -> GroupSheet:
    """The sheet is opened, closed, bought for, arrived or over; raises UnknownGroupSheet or GroupNotSo."""
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        now = local_moment(books, clock.now())
        before = known(books, sheet_id)
        after = group_sheet.turned(before, state, now=now, by=by)
        return _say(books, after)


def every(books: Books, *, now: datetime) -> tuple[tuple[GroupSheet, Stage], ...]:
    """All sheets, the newest first, with what each is at that moment."""
    return tuple((sheet, stage_of(books, sheet, now)) for sheet in books.groups.sheets())


def whole(books: Books, sheet_id: str, *, now: datetime) -> Sheet:
    """Everything about one; raises UnknownGroupSheet."""
    sheet = known(books, sheet_id)
    orders, picks = books.groups.orders(sheet_id), books.groups.picks_of(sheet_id)
    return Sheet(sheet, _stage(sheet, orders, picks, now), orders, picks)


def stage_of(books: Books, sheet: GroupSheet, now: datetime) -> Stage:
    """What the sheet is at that moment."""
    if sheet.state != "arrived":
        return group_sheet.stage(sheet, now)
    return _stage(sheet, books.groups.orders(sheet.sheet_id), books.groups.picks_of(sheet.sheet_id), now)


def known(books: Books, sheet_id: str) -> GroupSheet:
    """The sheet as it stands; raises UnknownGroupSheet."""
    found = books.groups.sheet(sheet_id)
    if found is None:
        raise UnknownGroupSheet(sheet_id[:40])
    return found


def names_of(books: Books, sheet: GroupSheet) -> dict[str, str]:
    """What the goods on it are called, by code."""
    found = ((each.code, books.products.by_code(each.code)) for each in sheet.goods)
    return {code: code if product is None else product.name for code, product in found}


def leader_of(books: Books, sheet: GroupSheet) -> str:
    """How the leader is called: the member's name, or the one that was written down."""
    member = _leading(books, sheet)
    return sheet.leader_name if member is None else member.name


def leader_typed(books: Books, sheet: GroupSheet) -> str:
    """How whoever changes the sheet would type the leader: a member's phone, or the name."""
    member = _leading(books, sheet)
    return sheet.leader_name if member is None else national(member.phone)


def led_by(books: Books, names: Collection[str]) -> tuple[GroupSheet, ...]:
    """The sheets one person leads, under any id she ever had."""
    return tuple(sheet for sheet in books.groups.sheets() if sheet.leader_id in names)


def forget_long_over(shop: Shop, *, clock: Clock) -> int:
    """Strangers' names go a month after a sheet is over, whoever forgot to end it; returns of how many orders."""
    with shop.writing() as books:
        before = local_moment(books, clock.now()) - timedelta(days=KEPT_DAYS)
        past = [sheet.sheet_id for sheet in books.groups.sheets() if sheet.pickup_until < before]
        return sum(books.groups.forget_names(sheet_id) for sheet_id in past)


def _leading(books: Books, sheet: GroupSheet) -> Member | None:
    return member_now(books, sheet.leader_id)


def body(sheet: GroupSheet) -> dict[str, Any]:
    """A word about a sheet as the journal holds it: it names nobody."""
    return {
        "sheet_id": sheet.sheet_id,
        "version": sheet.version,
        "state": sheet.state,
        "data": group_sheet.as_data(sheet),
        "at": sheet.changed_at,
        "actor": sheet.by,
    }


def _stage(
    sheet: GroupSheet, orders: tuple[GroupOrder, ...], picks: Mapping[str, tuple[Pick, ...]], now: datetime
) -> Stage:
    standing = [order for order in orders if not order.cancelled_at]
    all_picked = bool(standing) and not any(left_of(order, picks.get(order.order_id, ())) for order in standing)
    return group_sheet.stage(sheet, now, all_picked=all_picked)


def _put(books: Books, row: Mapping[str, Any], *, now: datetime, by: str) -> GroupSheet:
    policy = books.policy.in_force()
    said = group_sheet.from_data(row, lambda moment: in_zone(moment, policy))
    said = replace(said, goods=_by_own_codes(books, said), leader_id=_leader(books, said.leader_id))
    before = books.groups.sheet(said.sheet_id)
    if before is None:
        return _say(books, replace(said, changed_at=now.isoformat(), by=by))
    if before.state == "over":
        raise GroupNotSo(before.sheet_id, "over")
    same = (group_sheet.as_data(before), before.leader_name) == (group_sheet.as_data(said), said.leader_name)
    if same:
        return before
    return _say(
        books,
        replace(said, state=before.state, version=before.version + 1, changed_at=now.isoformat(), by=by),
    )


def _by_own_codes(books: Books, sheet: GroupSheet) -> tuple[group_sheet.GroupGoods, ...]:
    owners = books.products.owners([each.code for each in sheet.goods])
    found = {}
    for n, each in enumerate(sheet.goods, start=1):
        owner = owners.get(each.code)
        if owner is None:
            raise UnknownCode(each.code[:40])
        if owner in found:
            raise BadGroupSheet(f"goods[{n}].code", "said once")
        found[owner] = replace(each, code=owner)
    return tuple(found.values())


def _leader(books: Books, who: str | None) -> str | None:
    """The member's id, said as such or as her phone; raises UnknownMember."""
    if who is None or books.members.by_id(who) is not None:
        return who
    try:
        return members.by_phone(books, who).member_id
    except BadPhone:
        raise UnknownMember from None


def _say(books: Books, sheet: GroupSheet) -> GroupSheet:
    books.groups.put_sheet(sheet)
    books.journal.append("group.changed", body(sheet), at=sheet.changed_at)
    if sheet.state == "over":
        # whoever is no member gave a name for this sheet alone
        books.groups.forget_names(sheet.sheet_id)
    return sheet
