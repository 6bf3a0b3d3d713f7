"""What cards took stands apart from what the shop gave off its prices, in X, Z and day report, on every paper."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pypdfium2
import pytest

from storeapp.devices.report_pdf import report_pdf
from storeapp.devices.shift_pdf import shift_pdf
from storeapp.devices.shift_xlsx import shift_xlsx
from storeapp.domain import shift_report
from storeapp.domain.money import Money
from storeapp.domain.report_sheet import said
from storeapp.domain.shift_report import ShiftReport
from storeapp.till import shifts
from storeapp.till.day import report_of_day
from storeapp.till.ports import Shop
from storeapp.till.shift_reports import report_so_far
from storeapp.ui.reports.sheets import day_sheet
from storeapp.words import words
from tests.domain.test_shift_slip import text_of
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import NOODLES, TEA
from tests.till.test_cards import Counter

ZH = words("zh_CN")
DAY = "2026-09-28"


@pytest.fixture
def counter(bare: Shop, clock: StillClock, ids: CountedIds) -> Counter:
    """Two noodles went by her card; beside them one was paid for, and a tea at the members' price."""
    shifts.open_shift(bare, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    made = Counter(bare, clock, ids)
    made.sells((NOODLES, 1), (TEA, 2), member_id=None)
    card = made.sells_card().card
    made.sells((NOODLES, 2))
    # the rest of her times is for another day
    made.sells((TEA, 1), spares_cards=True)
    assert made.card(card.card_id).taken == 2
    return made


def x_of(counter: Counter) -> ShiftReport:
    with counter.shop.reading() as books:
        shift = books.shifts.current()
        assert shift is not None
        return report_so_far(books, shift)


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()


def test_an_x_tells_cards_and_discounts_apart_and_still_adds_up(counter: Counter) -> None:
    report = x_of(counter)

    assert (report.discount_fen, report.card_fen, report.cut_fen) == (2_450, 2_400, 50)
    assert report.goods_fen - report.cut_fen - report.card_fen + report.rounding_fen == report.due_fen
    assert shift_report.from_data(shift_report.as_data(report)) == report


def test_every_paper_of_the_shift_says_it(counter: Counter) -> None:
    report = x_of(counter)

    slip, sheet = text_of(report, 32), pdf_text(shift_pdf([report], shop="海棠便利", till="1", words=ZH))
    page = openpyxl.load_workbook(io.BytesIO(shift_xlsx([report], words=ZH))).worksheets[0]
    cells = {page.cell(1, n).value: page.cell(2, n).value for n in range(1, page.max_column + 1)}

    assert [line.split() for line in slip.splitlines() if "次卡抵扣" in line] == [["次卡抵扣", "-24.00"]]
    assert [line.split() for line in slip.splitlines() if line.startswith("优惠")] == [["优惠", "-0.50"]]
    assert "次卡抵扣" in sheet
    assert (cells["优惠"], cells["次卡抵扣"]) == (-0.5, -24)


def test_the_day_says_it_too_on_screen_and_as_pdf(counter: Counter) -> None:
    report = report_of_day(counter.shop, DAY)

    facts = {fact.name: said(fact.cell) for fact in day_sheet(report, ZH).facts}
    assert (facts["优惠"], facts["次卡抵扣"]) == ("0.50", "24.00")
    assert "次卡抵扣" in pdf_text(report_pdf(report, shop="海棠便利", till="1", words=ZH))


def test_where_no_card_took_anything_nothing_is_said_of_cards(counter: Counter) -> None:
    plain, day = replace(x_of(counter), card_fen=0), replace(report_of_day(counter.shop, DAY), carded=Money(0))

    assert "次卡" not in text_of(plain, 32)
    assert "次卡抵扣" not in {fact.name for fact in day_sheet(day, ZH).facts}


def test_a_report_of_before_tells_no_cards(counter: Counter) -> None:
    told = shift_report.as_data(x_of(counter))
    del told["card_fen"]

    assert shift_report.from_data(told).cut_fen == 2_450
