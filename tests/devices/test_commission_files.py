"""A month's commissions, on A4 and in a workbook."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from openpyxl import load_workbook

from storeapp.devices.commission_pdf import commission_pdf
from storeapp.devices.commission_xlsx import commission_xlsx
from storeapp.domain.commission import Commissions, Share, Statement
from storeapp.words import words

HERS = Statement(
    "0192f0a0-0000-7000-8000-00000000a11c", "王* 138****0001", 2, 0, (Share("=1+1", 10_000, 500, 500),), 300
)
REPORT = Commissions(
    "2026-09",
    (Statement("1007", "小李", 3, 1, (Share("服装", 123_456, 350, 4_320), Share("", -100, 100, -1))),),
    (HERS,),
    (Statement("", "张姐", 1, 0, (Share("中秋团", 5_110, 500, 255),)),),
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("many", [1, 60])
def test_sheets_say_what_is_due(language: str, many: int) -> None:
    report = Commissions(REPORT.month, REPORT.staff * many, REPORT.promoters, REPORT.leaders)
    document = pypdfium2.PdfDocument(commission_pdf(report, shop="小店" * 30, till="1", words=words(language)))
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        pages = len(document)
    finally:
        document.close()

    assert (pages > 1) == (many > 1)
    for figure in (
        "2026-09",
        "1007 小李",
        "¥1,233.56",
        "¥43.19",
        "3.5%",
        "138****0001",
        "¥3.00",
        "张姐",
        "中秋团",
        "¥2.55",
        words(language).t("Leaders of groups"),
        words(language).t("capped"),
    ):
        assert figure in text


def test_a_workbook_holds_numbers_and_no_formula() -> None:
    staff, hers, leaders = load_workbook(io.BytesIO(commission_xlsx(REPORT, words=words("en")))).worksheets

    assert [cell.value for cell in staff[2]] == ["1007", "小李", "In all", 1233.56, None, 43.19]
    assert [cell.value for cell in leaders[3]] == [None, "张姐", "中秋团", 51.1, "5%", 2.55]
    assert (hers["C3"].value, hers["C3"].data_type) == ("=1+1", "s")
