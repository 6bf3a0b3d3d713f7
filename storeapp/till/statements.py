"""The company's statement beside our own book: what is missing here, missing there, or of another amount.

Read are WeChat Pay's trade bill (v3, every cell behind a backtick), Alipay's business list (GBK, CSV or ZIP) and
Shouqianba's, also as Excel saved them again. The columns are found by their names, so one more or less is no matter.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from storeapp.domain.money import from_yuan
from storeapp.errors import Refused
from storeapp.till.ports import Books, Shop
from storeapp.till.records import Attempt
from storeapp.till.sheet_files import DAMAGED, rows_of
from storeapp.till.sheets import NotATable

Word = Literal["missing_here", "missing_there", "amount_differs", "state_differs"]
NUMBER = ("商户订单号",)
REFUND_NUMBER = ("商户退款单号", "退款批次号/请求号", "退款请求号")
PAID = ("应结订单金额", "订单金额（元）", "交易金额", "订单金额")
BACK = ("退款金额",)
AT = ("交易时间", "完成时间", "创建时间")
STATEMENT_MAX_BYTES = 64 * 1024 * 1024
_MOMENT = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_WORKBOOK = "xl/workbook.xml"
_COMPANY = {"交易状态,付款银行": "wechat", "支付宝交易号": "alipay", "收钱吧订单号": "shouqianba"}


@dataclass(eq=False)
class NoStatement(Refused):
    """The file is no statement of a payment company: `reason` is no_header, bad_amount, bad_day or one of NotATable's.

    `row` is the one that will not do, 0 where it is the whole file.
    """

    reason: str
    row: int = 0
    word = "no_statement"


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a statement: money that came (above zero) or went back, under our own numbers."""

    trade_number: str
    refund_number: str
    fen: int
    at: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was read."""

    company: str
    movements: tuple[Movement, ...]

    @property
    def days(self) -> tuple[str, ...]:
        """The days it speaks of (ISO dates)."""
        return tuple(sorted({movement.at[:10] for movement in self.movements if movement.at}))


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference. `here_fen` and `there_fen` are what each side holds of that payment; `state` is ours."""

    word: Word
    trade_number: str
    here_fen: int
    there_fen: int
    state: str = ""


@dataclass(frozen=True, slots=True)
class Unverified:
    """Money a cashier took on the shop's own code: no company has told this till of it. `at` is ISO 8601."""

    receipt: str
    at: str
    fen: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two books say. `unverified` are the days' payments on our own code, whichever wallet they came from."""

    company: str
    matched: int
    taken_here_fen: int
    taken_there_fen: int
    back_here_fen: int
    back_there_fen: int
    findings: tuple[Finding, ...]
    unverified: tuple[Unverified, ...] = ()


def read_statement(data: bytes) -> Statement:
    """A statement from its file: CSV in whatever encoding, as it was packed, or saved by Excel; raises NoStatement."""
    if len(data) > STATEMENT_MAX_BYTES:
        raise NoStatement("too_large")
    try:
        rows = [(row.number, tuple(map(_tidy, row.cells))) for row in rows_of(_unzipped(data))]
    except NotATable as error:
        raise NoStatement(error.reason, error.row) from error
    place, columns = _header([cells for _, cells in rows])
    company = _company(rows[place][1])
    # Excel drops the empty cells at the end of a row
    reach = max(column for name, column in columns.items() if name in (*NUMBER, *PAID, *BACK, *AT))
    movements = []
    for number, cells in rows[place + 1 :]:
        ours = _cell(cells, columns, NUMBER)
        # sums and remarks come after the trades, in columns of their own
        if len(cells) > reach and ours and not ours.startswith("#"):
            movements.append(_movement(cells, columns, ours, row=number))
    return Statement(company, tuple(movements))


def compare(shop: Shop, statement: Statement, *, provider: str = "") -> Comparison:
    """The statement beside the attempts of its days. `provider` is ours; the statement's own company if left out."""
    name = provider or statement.company
    numbers = {movement.trade_number for movement in statement.movements}
    days = statement.days
    with shop.reading() as books:
        ours = [one for one in books.attempts.between("0", "9") if one.provider == name]
        by_hand = _unverified(books, days)
    wanted = [one for one in ours if one.trade_number in numbers or one.at[:10] in days]
    there, back_there = _sums(statement.movements)
    takes = {one.trade_number: one for one in wanted if one.kind == "take"}
    back_here = _given_back(wanted)
    findings = tuple(
        finding
        for number in sorted(set(takes) | set(there))
        for finding in _weighed(takes.get(number), number, there, back_there, back_here)
    )
    wrong = {finding.trade_number for finding in findings}
    return Comparison(
        company=name,
        matched=sum(1 for number in there if number in takes and number not in wrong),
        taken_here_fen=sum(one.fen for one in takes.values() if _holds(one) or one.state == "refunded"),
        taken_there_fen=sum(there.values()),
        back_here_fen=sum(back_here.values()),
        back_there_fen=sum(back_there.values()),
        findings=findings,
        unverified=by_hand,
    )


def _unverified(books: Books, days: Sequence[str]) -> tuple[Unverified, ...]:
    if not days:
        return ()
    # a day of business may reach into the next one of the calendar
    first = (date.fromisoformat(days[0]) - timedelta(days=1)).isoformat()
    return tuple(
        Unverified(sale.receipt, sale.at, tender.amount.fen)
        for sale in books.sales.since(first)
        if sale.at[:10] in days
        for tender in sale.tenders
        if tender.is_unverified
    )


# inside


def _weighed(
    ours: Attempt | None,
    number: str,
    there: Mapping[str, int],
    back_there: Mapping[str, int],
    back_here: Mapping[str, int],
) -> Iterable[Finding]:
    taken, given = there.get(number, 0), back_there.get(number, 0)
    net = taken - given
    if ours is None:
        yield Finding("missing_here", number, 0, net)
        return
    held = ours.fen - back_here.get(number, 0) if _holds(ours) else 0
    if _holds(ours) and not taken:
        yield Finding("missing_there", number, held, net, ours.state)
    elif _holds(ours) and taken != ours.fen:
        yield Finding("amount_differs", number, ours.fen, taken, ours.state)
    elif held != net:
        yield Finding("state_differs", number, held, net, ours.state)


def _holds(attempt: Attempt) -> bool:
    return attempt.state in ("paid", "paid_late")


def _sums(movements: Sequence[Movement]) -> tuple[dict[str, int], dict[str, int]]:
    taken: dict[str, int] = {}
    back: dict[str, int] = {}
    for movement in movements:
        side, fen = (taken, movement.fen) if movement.fen >= 0 else (back, -movement.fen)
        side[movement.trade_number] = side.get(movement.trade_number, 0) + fen
    return taken, back


def _given_back(attempts: Sequence[Attempt]) -> dict[str, int]:
    back: dict[str, int] = {}
    for one in attempts:
        if one.kind == "refund" and one.state == "refunded":
            back[one.trade_number] = back.get(one.trade_number, 0) + one.fen
    return back


def _unzipped(data: bytes) -> bytes:
    if not data.startswith(b"PK\x03\x04"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if _WORKBOOK in packed.namelist():
                return data
            # the list of trades lies beside a summary; the summary is the smaller one
            sheets = [info for info in packed.infolist() if info.filename.lower().endswith(".csv")]
            largest = max(sheets, key=lambda info: info.file_size)
            if largest.file_size > STATEMENT_MAX_BYTES:
                raise NoStatement("too_large")
            return packed.read(largest)
    except DAMAGED as error:
        raise NoStatement("damaged") from error


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for place, row in enumerate(rows[:50]):
        names = {cell: column for column, cell in enumerate(row)}
        if any(name in names for name in NUMBER) and any(name in names for name in PAID):
            return place, names
    raise NoStatement("no_header")


def _company(header: Sequence[str]) -> str:
    line = ",".join(header)
    return next((name for mark, name in _COMPANY.items() if mark in line), "")


def _movement(cells: Sequence[str], columns: Mapping[str, int], number: str, *, row: int) -> Movement:
    fen = _fen(_cell(cells, columns, PAID), row)
    back = _fen(_cell(cells, columns, BACK), row)
    refund_number = _cell(cells, columns, REFUND_NUMBER)
    at = _at(_cell(cells, columns, AT), row)
    return Movement(number, "" if refund_number == "0" else refund_number, fen - abs(back), at)


def _at(text: str, row: int) -> str:
    """A moment with its day in ISO; Excel leaves the zeros out where it saves one."""
    if not text:
        return ""
    found = _MOMENT.match(text)
    if found is None:
        raise NoStatement("bad_day", row)
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise NoStatement("bad_day", row) from None
    return day.isoformat() + text[found.end() :]


def _cell(cells: Sequence[str], columns: Mapping[str, int], names: Sequence[str]) -> str:
    for name in names:
        if name in columns and columns[name] < len(cells):
            return cells[columns[name]]
    return ""


def _tidy(cell: str) -> str:
    return cell.strip().removeprefix("`").strip()


def _fen(text: str, row: int) -> int:
    if not text:
        return 0
    try:
        return from_yuan(text).fen if not text.startswith("-") else -from_yuan(text[1:]).fen
    except Refused as error:
        raise NoStatement("bad_amount", row) from error
