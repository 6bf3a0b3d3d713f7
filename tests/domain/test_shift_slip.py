"""X and Z on narrow and wide paper, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.receipt_text import columns
from storeapp.domain.shift_report import CashierRow, HourRow, ShiftReport, TenderRow, as_data, from_data
from storeapp.domain.shift_slip import SlipFacts, shift_slip
from storeapp.words import words

Z = ShiftReport(
    number=3,
    business_date="2026-09-28",
    opened_at="2026-09-28T08:58:00+08:00",
    opened_by="1007",
    float_fen=20_000,
    closed_at="2026-09-28T21:05:00+08:00",
    closed_by="1008",
    reason="找零时可能多给了一张十元，已经看过录像",
    unapproved=False,
    forced=False,
    sales=128,
    goods_fen=345_678,
    discount_fen=12_300,
    rounding_fen=-8,
    due_fen=333_370,
    refunds=3,
    refund_fen=4_550,
    top_up_fen=50_000,
    member_sales=51,
    cash_in_fen=10_000,
    cash_out_fen=0,
    expense_fen=1_500,
    drop_fen=100_000,
    no_sale=2,
    tenders=(TenderRow("cash", 53_210, 52_210), TenderRow("wechat", 185_000), TenderRow("exchange", 500)),
    cashiers=(CashierRow("1007", 80, 210_000), CashierRow("1008", 48, 123_370)),
    hours=tuple(HourRow(hour, 7, 12_345) for hour in range(9, 21)),
    first_receipt="S01-1-20260928-0001",
    last_receipt="S01-1-20260928-0131",
    grand_fen=1_234_567_890,
    z_number=12,
    approver="1001",
    left_fen=20_000,
    voids=1,
    void_fen=1_200,
    member_fen=140_000,
    openings=66,
)
X = replace(Z, closed_at="", closed_by="", reason="", approver="", z_number=0)
HUGE = replace(
    Z, due_fen=10**14, tenders=(TenderRow("stored_value", 10**14, 10**13),), cashiers=(CashierRow("9" * 16, 1, 1),)
)
FACTS = SlipFacts(
    "海棠便利 · 南山科技园店" * 3, "1", "2026-09-28T15:00:00+08:00", {"1007": "王芳", "1001": "店长" * 20}
)


def rows_of(report: ShiftReport, width: int, *, language: str = "zh_CN", copy: int = 0) -> list[TextRow]:
    rows = shift_slip(report, replace(FACTS, copy=copy), width=width, words=words(language))
    return [row for row in rows if isinstance(row, TextRow)]


def text_of(report: ShiftReport, width: int, *, language: str = "zh_CN", copy: int = 0) -> str:
    return "\n".join(row.text(width) for row in rows_of(report, width, language=language, copy=copy))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [32, 48])
@pytest.mark.parametrize(
    "report", [X, Z, HUGE, replace(Z, unapproved=True, forced=True, supplement=2, reason="x" * 99)]
)
def test_no_row_is_wider_than_the_paper(report: ShiftReport, width: int, language: str) -> None:
    for row in rows_of(report, width, language=language, copy=1):
        assert columns(row.text(width)) * row.width_factor <= width


@pytest.mark.parametrize("width", [32, 48])
def test_a_z_says_every_figure_an_owner_counts_by(width: int) -> None:
    said = text_of(Z, width)

    for figure in ("日结 Z12", "3456.78", "-123.00", "3333.70", "-45.50", "-12.00", "500.00", "1400.00", "41%"):
        assert figure in said
    for figure in ("532.10", "522.10", "-10.00", "看过录像", "1007 王芳", "09:00", "12345678.90", "0131"):
        assert figure in said
    assert "66" in next(row.right for row in rows_of(Z, width) if row.left == "开钱箱次数")


def test_an_x_is_not_signed_and_says_that_the_shift_goes_on() -> None:
    said = text_of(X, 32, language="en")

    assert "X report" in said
    assert "still open" in said
    assert "____" not in said
    assert "____" in text_of(Z, 32, language="en")


def test_a_copy_and_a_supplement_say_what_they_are() -> None:
    again = text_of(replace(Z, supplement=1), 48, language="en", copy=2)

    assert "COPY (reprint 2)" in again
    assert "Supplement 1" in again
    assert "COPY" not in text_of(Z, 48, language="en")


def test_a_night_shift_is_told_past_midnight() -> None:
    night = replace(Z, opened_at="2026-09-28T20:58:00+08:00", hours=(HourRow(1, 2, 200), HourRow(23, 1, 100)))

    said = text_of(night, 48)

    assert said.index("23:00") < said.index("01:00")


def test_a_report_kept_by_an_earlier_version_still_reads() -> None:
    told = as_data(Z)
    for later in ("supplement", "approver", "left_fen", "voids", "void_fen", "member_fen", "openings", "settled_fen"):
        del told[later]

    assert from_data(told).due_fen == Z.due_fen
    assert from_data(as_data(Z)) == Z


def test_an_hour_nobody_bought_in_has_its_place_and_a_night_goes_on_past_midnight() -> None:
    hours = (HourRow(1, 1, 500), HourRow(22, 2, 900))
    night = replace(Z, opened_at="2026-09-28T21:50:00+08:00", hours=hours)

    assert [(row.hour, row.sales) for row in night.every_hour] == [(22, 2), (23, 0), (0, 0), (1, 1)]
    assert replace(Z, hours=()).every_hour == ()
