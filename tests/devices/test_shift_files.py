"""Shift reports on paper, as PDF and as a workbook."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pypdfium2
import pytest

from storeapp.devices.printer_profile import profile
from storeapp.devices.receipt_job import render
from storeapp.devices.shift_pdf import shift_pdf
from storeapp.devices.shift_xlsx import shift_xlsx
from storeapp.domain.money import Money
from storeapp.domain.printing import PrintJob
from storeapp.domain.shift import Count, UnknownShift
from storeapp.domain.shift_report import CashierRow, HourRow, TenderRow
from storeapp.domain.tender import TENDER_KINDS
from storeapp.till import printing, shifts
from storeapp.till.shift_slip import owe_shift
from storeapp.words import words
from tests.domain.test_shift_slip import X, Z
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import a_device


def _printed(shop: MemoryShop, job: PrintJob | None) -> str:
    assert job is not None
    return render(shop, job, profile("full-58")).decode("gbk", "replace")


@pytest.fixture
def closed() -> MemoryShop:
    clock, ids = StillClock(), CountedIds()
    shop = MemoryShop(a_device(), ids=ids)
    shifts.open_shift(shop, by="1007", float_amount=Money(20_000), clock=clock, ids=ids)
    shifts.close_shift(shop, {"cash": Count(19_000)}, by="1007", reason="少了", clock=clock, ids=ids)
    return shop


def test_the_z_that_is_owed_is_the_z_that_was_issued(closed: MemoryShop) -> None:
    said = _printed(closed, printing.next_job(closed))

    assert "日结 Z1" in said
    assert "190.00" in said
    assert "副本" not in said


def test_a_z_printed_again_is_a_copy(closed: MemoryShop) -> None:
    again = owe_shift(closed, 1, clock=StillClock(), ids=CountedIds(last=900))

    assert "副本" in _printed(closed, again)


def test_an_x_says_what_is_true_when_it_is_printed(closed: MemoryShop) -> None:
    clock, ids = StillClock(), CountedIds(last=500)
    shifts.open_shift(closed, by="1007", float_amount=Money(700), clock=clock, ids=ids)
    asked = owe_shift(closed, clock=clock, ids=ids)
    shifts.move_cash(closed, "cash_in", Money(12_300), "零钱", by="1007", clock=clock, ids=ids)
    shifts.close_shift(closed, {}, by="1007", clock=clock, ids=ids)

    said = _printed(closed, asked)

    assert "中间结 X" in said
    assert "尚未交班" in said
    assert "130.00" in said


def test_paper_of_a_shift_that_is_not_there_is_refused(closed: MemoryShop) -> None:
    with pytest.raises(UnknownShift):
        owe_shift(closed, 7, clock=StillClock(), ids=CountedIds(last=900))
    with pytest.raises(UnknownShift):
        _printed(closed, PrintJob("j", "z", "receipt", "queued", "2026-09-28T15:00:00+08:00", receipt="9"))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_each_report_has_its_sheet(language: str) -> None:
    data = shift_pdf([Z, X], shop="海棠便利", till="1", words=words(language))

    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(pages) == 2
    assert ("Z report 12" in pages[0]) == (language == "en")
    assert "¥3,333.70" in pages[0]
    assert "¥522.10" in pages[0]
    assert data == shift_pdf([Z, X], shop="海棠便利", till="1", words=words(language))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_long_reason_is_told_whole_and_a_full_shift_keeps_to_its_sheet(language: str) -> None:
    reason = "少了十二元，已看录像，无法解释。" * 6
    ways = tuple(TenderRow(kind, 100, 90) for kind in TENDER_KINDS[:7])
    full = replace(Z, reason=reason, tenders=ways, settled_fen=700, card_fen=100)

    document = pypdfium2.PdfDocument(shift_pdf([full], shop="海棠便利", till="1", words=words(language)))
    pages, text = len(document), document[0].get_textpage()
    told = "".join(text.get_text_bounded().split())
    rightmost = max(text.get_charbox(place)[2] for place in range(text.count_chars()))
    text.close()
    document.close()

    assert pages == 1
    assert reason in told
    # within the page's margin
    assert rightmost < 560


def test_a_supplement_says_so_and_a_bar_is_never_less_than_it_is() -> None:
    late = replace(Z, supplement=1, hours=(HourRow(9, 3, 4790),))

    document = pypdfium2.PdfDocument(shift_pdf([late], shop="海棠便利", till="1", words=words("en")))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    book = openpyxl.load_workbook(io.BytesIO(shift_xlsx([late], words=words("en"))))

    assert "Supplement 1: a late document" in text
    assert "47.90" in text
    assert "Supplement 1" in str(book["Shifts"].cell(2, 2).value)


def test_a_night_shift_has_its_bars_side_by_side() -> None:
    hours = (HourRow(0, 1, 4790), HourRow(23, 1, 3110))
    night = replace(Z, opened_at="2026-09-28T22:10:00+08:00", hours=hours)

    document = pypdfium2.PdfDocument(shift_pdf([night], shop="海棠便利", till="1", words=words("en")))
    page = document[0].get_textpage()
    first, second = (page.search(text).get_next() for text in ("31.10", "47.90"))
    assert first is not None
    assert second is not None
    lefts = [page.get_charbox(found[0])[0] for found in (first, second)]
    document.close()

    # two hours share the width: the second stands in the right half
    assert lefts[0] < 300 < lefts[1]


def test_a_sheet_with_many_cashiers_goes_on_overleaf() -> None:
    many = replace(Z, cashiers=tuple(CashierRow(f"20{n:02d}", n, n * 100) for n in range(30)))

    document = pypdfium2.PdfDocument(shift_pdf([many], shop="海棠便利", till="1", words=words("en")))

    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(texts) == 2
    assert "2000" in texts[0] + texts[1]
    assert "2029" in texts[1]


def test_the_workbook_counts_in_numbers() -> None:
    formula = replace(Z, reason="=1+1")

    book = openpyxl.load_workbook(io.BytesIO(shift_xlsx([formula, X], words=words("en"))))

    shift_rows = [[cell.value for cell in row] for row in book["Shifts"].iter_rows()]
    said = dict(zip(shift_rows[0], shift_rows[1], strict=True))
    assert (said["Takings"], said["Voids"], said["Reason"]) == (3333.7, -12, "=1+1")
    assert book["Shifts"].cell(2, shift_rows[0].index("Reason") + 1).data_type == "s"
    ways = [[cell.value for cell in row] for row in book["Ways to pay"].iter_rows(min_row=2)]
    assert ways[0] == [3, "Cash", 532.1, 522.1, -10]
    assert ways[1][2:] == [1850, None, None]
    assert book["By hour"].max_row == 1 + 2 * len(Z.hours)
