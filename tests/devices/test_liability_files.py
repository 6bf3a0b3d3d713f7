"""What is owed to members, on a sheet of A4 and in a workbook."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from openpyxl import load_workbook

from storeapp.devices.liability_pdf import liability_pdf
from storeapp.devices.liability_xlsx import liability_xlsx
from storeapp.domain.liability import Flow, Liability, Owed
from storeapp.words import words

REPORT = Liability(
    "2026-09-28", Owed(2, 1_234_567), Owed(1, 5_000), Owed(3, 4_200), Owed(1, 100),
    (Flow("topup", 20_000, 5_000), Flow("=1+1", -1, 0, -7, 100)), fen_each=1, custody_percent=20, filing="沪-17",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_one_sheet_says_what_is_owed(language: str) -> None:
    document = pypdfium2.PdfDocument(liability_pdf(REPORT, shop="小店" * 30, till="1", words=words(language)))
    try:
        text = document[0].get_textpage().get_text_bounded()
        pages = len(document)
    finally:
        document.close()

    assert pages == 1
    for figure in ("¥12,345.67", "¥50.00", "4,200", "¥43.00", "¥2,469.14", "沪-17", "¥200.00"):
        assert figure in text


def test_a_workbook_holds_numbers_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(liability_xlsx(REPORT, words=words("en"))))

    owed, moved = book.worksheets
    assert [owed.cell(2, place).value for place in (2, 3)] == [2, 12345.67]
    assert [cell.value for cell in moved[2]] == ["Top-ups", 200, 50, 0, 0, 0]
    assert (moved["A3"].value, moved["A3"].data_type) == ("=1+1", "s")
