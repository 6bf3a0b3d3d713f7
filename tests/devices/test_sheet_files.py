"""Any report as a PDF of as many pages as it takes, and as a workbook of numbers."""

from __future__ import annotations

import io
from itertools import starmap

import pypdfium2
import pytest
from openpyxl import load_workbook

from storeapp.devices.sheet_pdf import sheet_pdf
from storeapp.devices.sheet_xlsx import sheet_xlsx
from storeapp.domain.money import Money
from storeapp.domain.report_sheet import Fact, ReportSheet, SheetTable
from storeapp.words import words

ROWS = tuple((f"69{n:011d}", f"第 {n} 种商品 家庭装" * 3, n, Money(n * 100)) for n in range(1, 90))
FIGURES = (("sales", 89), ("takings", Money(1_234_567)), ("back", Money(-500)), ("net", Money(1)), ("members", 3))
SHEET = ReportSheet(
    tuple(starmap(Fact, FIGURES)),
    (SheetTable(("code", "name", "count", "¥"), ROWS), SheetTable(("who", "what"), (("=1+1", "a"),), title="a/b?")),
)


def pages(sheet: ReportSheet, language: str = "en") -> list[str]:
    made = sheet_pdf(sheet, "Stock", shop="小店", till="1", day="2026-09-28", words=words(language))
    document = pypdfium2.PdfDocument(made)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_long_table_goes_on_under_its_head(language: str) -> None:
    told = pages(SHEET, language)

    assert len(told) > 2
    assert all("Count" in page or "Who" in page for page in told)
    assert "12,345.67" in told[0]
    assert "−5.00" in told[0]
    assert [code for code, *_rest in ROWS if not any(code in page for page in told)] == []


def test_nothing_is_said_where_there_is_nothing() -> None:
    assert "Nothing to look at" in pages(ReportSheet(nothing="Nothing to look at"))[0]


def test_a_workbook_holds_numbers_and_no_formula() -> None:
    figures, goods, odd = load_workbook(io.BytesIO(sheet_xlsx(SHEET, "Stock"))).worksheets

    assert [figures.cell(row, 2).value for row in (2, 3, 4)] == [89, 12345.67, -5]
    assert [cell.value for cell in goods[2]] == ["6900000000001", ROWS[0][1], 1, 1]
    assert odd.title == "a b "
    assert (odd["A2"].value, odd["A2"].data_type) == ("=1+1", "s")


def test_a_report_without_a_row_is_a_workbook_too() -> None:
    [only] = load_workbook(io.BytesIO(sheet_xlsx(ReportSheet(nothing="none"), "Stock"))).worksheets

    assert only.title == "Stock"
