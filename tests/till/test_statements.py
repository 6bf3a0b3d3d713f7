"""Our book beside the company's statement."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from storeapp.domain.attempt import AttemptState
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.payments.fake.orders import Entry
from storeapp.payments.fake.statement import statement
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policy
from storeapp.till.records import Attempt
from storeapp.till.statements import Finding, NoStatement, compare, read_statement
from tests.domain.goods import TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

COMPANIES = ("wechat", "alipay", "shouqianba")
NOON = StillClock().now()


def charge(company: str, number: str, fen: int) -> Entry:
    return Entry(NOON, company, "charge", number, "", fen)


def back(company: str, number: str, fen: int, refund: str = "r1") -> Entry:
    return Entry(NOON, company, "refund", number, refund, fen)


def noted(shop: MemoryShop, company: str, number: str, fen: int, state: AttemptState = "paid", **more: Any) -> None:
    at = NOON.isoformat()
    made = Attempt(f"a{number}{more}", f"s{number}", company, fen, state, at, trade_number=number, **more)
    with shop.writing() as books:
        books.attempts.put(made)


@pytest.mark.parametrize("company", COMPANIES)
def test_a_statement_is_read_in_the_form_its_company_sends(company: str) -> None:
    book = [charge(company, "T0001", 1234), charge("other", "T0009", 1), back(company, "T0001", 200)]

    read = read_statement(statement(company, book))

    assert read.company == company
    assert [(one.trade_number, one.refund_number, one.fen) for one in read.movements] == [
        ("T0001", "", 1234),
        ("T0001", "r1", -200),
    ]
    assert read.days == ("2026-09-28",)


@pytest.mark.parametrize("company", COMPANIES)
def test_every_kind_of_difference_is_told(shop: MemoryShop, company: str) -> None:
    book = [charge(company, number, 1000) for number in ("SAME", "LESS", "ONLY_THERE", "LISTED", "BACK")]
    book += [back(company, "BACK", 300), back(company, "SAME", 100)]
    noted(shop, company, "SAME", 1000)
    noted(shop, company, "SAME", 100, "refunded", kind="refund", refund_number="r1")
    noted(shop, company, "LESS", 900)
    noted(shop, company, "ONLY_HERE", 1000)
    noted(shop, company, "LISTED", 1000, "suspense")
    noted(shop, company, "BACK", 1000)
    noted(shop, company, "FAILED", 1000, "failed")
    noted(shop, "simulated", "ELSEWHERE", 1000)

    found = compare(shop, read_statement(statement(company, book)))

    assert found.findings == (
        Finding("state_differs", "BACK", 1000, 700, "paid"),
        Finding("amount_differs", "LESS", 900, 1000, "paid"),
        Finding("state_differs", "LISTED", 0, 1000, "suspense"),
        Finding("missing_there", "ONLY_HERE", 1000, 0, "paid"),
        Finding("missing_here", "ONLY_THERE", 0, 1000),
    )
    assert found.matched == 1
    assert (found.taken_there_fen, found.back_there_fen) == (5000, 400)


def test_a_reversed_payment_is_no_difference(shop: MemoryShop) -> None:
    noted(shop, "wechat", "T0001", 1000, "reversed")
    book = [charge("wechat", "T0001", 1000), Entry(NOON, "wechat", "reverse", "T0001", "", 1000)]

    assert compare(shop, read_statement(statement("wechat", book))).findings == ()


def test_alipays_zip_is_read_as_it_comes() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("汇总.csv", "#账务汇总".encode("gb18030"))
        file.writestr("明细.csv", statement("alipay", [charge("alipay", "T0001", 5)]))

    assert [one.fen for one in read_statement(packed.getvalue()).movements] == [5]


def saved_by_excel(company: str) -> bytes:
    """The statement as a workbook: days are days, amounts are numbers, what is empty at the end is gone."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    data = statement(company, [charge(company, "T0001", 1000), back(company, "T0001", 300)])
    for line in data.decode("gb18030" if company == "alipay" else "utf-8-sig").splitlines():
        cells: list[object] = [cell.strip("`\t") for cell in line.split(",")]
        for place, cell in enumerate(cells):
            if str(cell).startswith("2026-"):
                cells[place] = datetime.fromisoformat(str(cell))
        sheet.append([cell or None for cell in cells])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("company", ["wechat", "alipay", "shouqianba"])
def test_a_statement_that_excel_saved_again_says_the_same(company: str) -> None:
    read = read_statement(saved_by_excel(company))

    assert (read.company, read.days) == (company, ("2026-09-28",))
    assert [(one.trade_number, one.fen) for one in read.movements] == [("T0001", 1000), ("T0001", -300)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.replace(b"2026-09-28", b"2026/9/28"),
        lambda data: data.decode("utf-8-sig").encode("utf-16"),
        lambda data: data.replace(b"\r\n", b"\r\n\r\n"),
    ],
    ids=["old line ends", "days of a spreadsheet", "Excel's Unicode", "empty lines between"],
)
def test_a_statement_that_went_through_another_program_says_the_same(spoil: Callable[[bytes], bytes]) -> None:
    data = statement("wechat", [charge("wechat", "T0001", 1000), charge("wechat", "T0002", 500)])

    read = read_statement(spoil(data))

    assert (read.days, [one.fen for one in read.movements]) == (("2026-09-28",), [1000, 500])


def test_the_row_that_will_not_do_is_named() -> None:
    with pytest.raises(NoStatement) as refused:
        read_statement("# 收钱吧\n商户订单号,交易金额\nT1,1\nT2,viel\n".encode())

    assert refused.value.facts() == {"reason": "bad_amount", "row": 4}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a,b\n1,2\n", "no_header"),
        (b"\xff\xff\xff", "encoding"),
        (b"PK\x03\x04broken", "damaged"),
        ("商户订单号,交易金额\nT1,viel\n".encode(), "bad_amount"),
        ("商户订单号,交易金额,交易时间\nT1,1,gestern\n".encode(), "bad_day"),
        ("商户订单号,交易金额,交易时间\nT1,1,2026/2/30 10:05\n".encode(), "bad_day"),
        (b"\xe5\x95\x86," + b"x" * 200_000, "damaged"),
    ],
)
def test_what_is_no_statement_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NoStatement) as refused:
        read_statement(data)

    assert refused.value.reason == reason


def test_what_was_paid_on_our_own_code_that_day_is_listed_as_unverified(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policy(shop, "pay.wechat", "relay", actor="1001", clock=clock)
    for at in (NOON, NOON - timedelta(days=2)):
        parts = (Tender("code_manual", Money(300)), Tender("cash", Money(50)))
        order = Order(Basket((Line(TEA),)), parts, "1007", at=at, prints=False)
        checkout(shop, order, clock=clock, ids=ids)
    noted(shop, "wechat", "SAME", 1000)

    found = compare(shop, read_statement(statement("wechat", [charge("wechat", "SAME", 1000)])))

    assert found.findings == ()
    assert [(one.at[:10], one.fen) for one in found.unverified] == [("2026-09-28", 300)]
