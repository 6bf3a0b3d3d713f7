"""The day's report on paper: one sheet, whole, in the shop's language."""

from __future__ import annotations

import pypdfium2
import pytest

from storeapp.devices.report_pdf import report_pdf
from storeapp.domain.day_report import DayReport, day_report
from storeapp.domain.funnel import Step
from storeapp.words import words
from tests.domain.receipts import line, sale

SHOP = "海棠便利 · 南山科技园店"


def _text(report: DayReport, *, shop: str = SHOP, language: str = "zh_CN") -> tuple[int, str]:
    document = pypdfium2.PdfDocument(report_pdf(report, shop=shop, till="1", words=words(language)))
    try:
        return len(document), document[0].get_textpage().get_text_bounded()
    finally:
        document.close()


def test_a_day_of_twenty_four_hours_and_long_names_fits_one_sheet() -> None:
    lines = tuple(
        line(n, f"第{n}种名字特别特别特别长的商品礼盒装家庭装超值装整箱 250ml×{n}", 990_00) for n in range(1, 15)
    )
    sales = [sale(lines, at=f"2026-09-28T{hour:02d}:10:00+08:00") for hour in range(24)]

    pages, text = _text(day_report("2026-09-28", sales, new_members=120, loop=Step(24, 20, 10, 5, 2)), shop=SHOP * 5)

    assert pages == 1
    assert "250ml×10" in text
    assert "83%" in text
    assert "¥332,640.00" in text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_day_without_a_sale_has_its_sheet(language: str) -> None:
    pages, text = _text(day_report("2026-09-28", [], new_members=0, loop=Step()), language=language)

    assert pages == 1
    assert "¥0.00" in text
    assert ("Monday" in text) == (language == "en")


def test_the_same_day_gives_the_same_bytes() -> None:
    report = day_report("2026-09-28", [sale()], new_members=1, loop=Step(1))

    first, second = (report_pdf(report, shop=SHOP, till="1", words=words("zh_CN")) for _ in range(2))

    assert first == second
