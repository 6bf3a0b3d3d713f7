"""The members sheet: people and their balances from another system, row by row, with every fault named.

A phone number never stands in full in a fault: those are shown, logged and sent to whoever helps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from storeapp.domain.member import BadName, BadPhone, checked_name, national, normal_phone
from storeapp.domain.money import ZERO, Money, yuan
from storeapp.domain.segment import BadTag, checked_tags
from storeapp.till import sheet_cells as cells
from storeapp.till.sheets import (
    BadCell,
    Cells,
    ColumnRead,
    Fault,
    Header,
    Row,
    plain_header,
    table_of,
)

TIER_MAX, TAGS_MAX, NOTE_MAX = 20, 100, 200
MOST_POINTS = 100_000_000
MOST_VALUE = Money(100_000_000)
"""Nobody has a million yuan on a card: a phone number or a barcode in the wrong column."""
SUM_ROWS = frozenset({"合计", "总计", "总额", "合计金额", "total", "totals", "sum", "grandtotal"})
"""What the first cell of a row says that adds up those above it, as `plain_header` compares it."""
Agreed = Literal["unsaid", "yes", "no"]
_Much = TypeVar("_Much", int, Money)
ALIASES: Mapping[str, tuple[str, ...]] = {
    "phone": (
        "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "会员手机", "会员电话", "会员手机号", "联系方式",
        "mobile", "phone number", "tel", "telephone", "cell",
    ),
    "name": ("姓名", "名字", "会员姓名", "会员名称", "会员名", "客户姓名", "称呼", "full name", "customer"),
    "birthday": ("生日", "出生日期", "会员生日", "出生年月日", "birth date", "date of birth"),
    "tier": ("等级", "会员等级", "级别", "会员级别", "会员类型", "卡类型", "level", "grade"),
    "points": ("积分", "当前积分", "剩余积分", "可用积分", "积分余额", "会员积分", "points balance"),
    "principal": (
        "储值", "本金", "储值本金", "储值余额", "余额", "卡余额", "本金余额", "会员余额", "stored value", "balance",
    ),
    "bonus": ("赠金", "赠送", "赠送金额", "赠送余额", "赠金余额", "储值赠金"),
    "joined": (
        "注册日期", "注册时间", "入会日期", "入会时间", "加入日期", "加入时间", "办卡日期", "办卡时间", "开卡日期",
        "开卡时间", "创建时间", "joined at", "join date", "since",
    ),
    "consent": (
        "同意", "营销同意", "同意营销", "是否同意", "授权", "营销授权", "接受营销", "marketing", "marketing consent",
    ),
    "tags": ("标签", "会员标签", "tag"),
    "note": ("备注", "说明", "会员备注", "notes", "remark", "comment"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person as row `row` of the file describes her. `agreed` is about marketing; she is a member already."""

    row: int
    phone: str
    name: str = ""
    birthday: str = ""
    tier: str = ""
    points: int = 0
    principal: Money = ZERO
    bonus: Money = ZERO
    joined: datetime | None = None
    agreed: Agreed = "unsaid"
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class MembersSheet:
    """What a members file says: how its columns were read, its good rows, and the faults of the others."""

    columns: tuple[ColumnRead, ...]
    rows: tuple[MemberRow, ...]
    faults: tuple[Fault, ...]


def read_members(rows: Iterable[Row], *, now: datetime) -> MembersSheet:
    """Every row of the file as a person or as its faults; days are days of `now`'s zone.

    Raises ColumnsMissing, ColumnTwice or NotATable.
    """
    header, below = table_of(rows, ALIASES, required=("phone",), leftmost=("name", "tier", "joined", "note"))
    return _Reader(header, now).read(below)


class _Reader:
    """Reads rows under one header and remembers which row said which phone first."""

    def __init__(self, header: Header, now: datetime) -> None:
        self._header = header
        self._now = now
        self._cells = Cells(header)
        self._said_by: dict[str, int] = {}
        # what the rows come to so far, a row left out for another fault among them; None where a cell cannot be read
        self._sums: dict[str, int | None] = dict.fromkeys(("points", "principal", "bonus"), 0)

    def read(self, rows: Iterator[Row]) -> MembersSheet:
        good = []
        for row in rows:
            if _adds_up(row):
                self._compare(row)
                continue
            before = self._cells.count
            person = self._person(row)
            if self._cells.count == before:
                good.append(person)
        return MembersSheet(self._header.columns, tuple(good), tuple(self._cells.faults))

    def _person(self, row: Row) -> MemberRow:
        read = self._cells.read
        phone = read(row, "phone", _phone, show=hidden) or ""
        first = self._said_by.setdefault(phone, row.number) if phone else row.number
        if first != row.number:
            self._cells.add(row, "phone", hidden(phone), "duplicate", str(first))
        return MemberRow(
            row=row.number,
            phone=phone,
            name=read(row, "name", _name, show=_first_letter) or "",
            birthday=read(row, "birthday", lambda value: cells.month_day(value) if value else "") or "",
            tier=read(row, "tier", lambda value: cells.text(value, most=TIER_MAX)) or "",
            points=self._added("points", read(row, "points", _points)) or 0,
            principal=self._added("principal", read(row, "principal", _amount_or_zero)) or ZERO,
            bonus=self._added("bonus", read(row, "bonus", _amount_or_zero)) or ZERO,
            joined=read(row, "joined", self._joined),
            agreed=read(row, "consent", _agreed) or "unsaid",
            tags=read(row, "tags", _tags) or (),
            note=read(row, "note", lambda value: cells.text(value, most=NOTE_MAX)) or "",
        )

    def _added(self, column: str, said: _Much | None) -> _Much | None:
        before = self._sums[column]
        self._sums[column] = None if said is None or before is None else before + _whole(said)
        return said

    def _compare(self, row: Row) -> None:
        """A row that adds up must come to what stands above it: another sum means that somebody is missing."""
        for column in ("points", "principal", "bonus"):
            text, found = self._header.text(row, column), self._sums[column]
            if not text or found is None:
                continue
            parse: Callable[[str], int | Money] = _points if column == "points" else _amount_or_zero
            said = self._cells.read(row, column, parse, show=str)
            if said is not None and _whole(said) != found:
                other = str(found) if column == "points" else yuan(Money(found))
                self._cells.add(row, column, text, "sum_differs", other)

    def _joined(self, value: str) -> datetime | None:
        zone = self._now.tzinfo
        if not value or not isinstance(zone, ZoneInfo):
            return None
        return cells.moment(value, now=self._now, zone=zone)


def _adds_up(row: Row) -> bool:
    first = next((cell for cell in row.cells if cell.strip()), "")
    return plain_header(first) in SUM_ROWS


def _whole(said: int | Money) -> int:
    return said.fen if isinstance(said, Money) else said


def hidden(phone: str) -> str:
    """A phone number, right or wrong, as a message may quote it: `138********`."""
    number = national(phone)
    return number[:3] + "*" * min(max(len(number) - 3, 0), 8)


def _first_letter(name: str) -> str:
    return name[:1] + "*" if name else ""


def _phone(value: str) -> str:
    if not value:
        raise BadCell("empty")
    if cells.is_shortened(value):
        raise BadCell("digits_lost")
    try:
        # Excel keeps a number as text behind a quote
        return normal_phone(value.removeprefix("'"))
    except BadPhone:
        raise BadCell("bad_phone") from None


def _name(value: str) -> str:
    try:
        return checked_name(value)
    except BadName:
        raise BadCell("too_long" if len(value) > 40 else "control_character") from None


def _tags(value: str) -> tuple[str, ...]:
    text = cells.text(value, most=TAGS_MAX)
    try:
        return checked_tags(re.split("[;；,，]", text))
    except BadTag:
        raise BadCell("too_long") from None


def _points(value: str) -> int:
    points = cells.count(value) if value else 0
    if points > MOST_POINTS:
        raise BadCell("too_large")
    return points


def _amount_or_zero(value: str) -> Money:
    amount = cells.amount(value) if value else ZERO
    if amount > MOST_VALUE:
        raise BadCell("too_large")
    return amount


def _agreed(value: str) -> Agreed:
    if not value:
        return "unsaid"
    words = {word.strip().lower() for word in value.replace("；", ";").replace(",", ";").split(";")}
    if "marketing" in words or "营销" in words:
        return "yes"
    if words == {"membership"}:
        return "no"
    return "yes" if cells.yes_no(value) else "no"
