"""Rows for 58 and 80 mm paper: nothing too wide, nothing lost, every amount at the edge."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.policy import Policy
from storeapp.domain.receipt_layout import (
    BarcodeRow,
    CutRow,
    FeedRow,
    QrRow,
    Row,
    TextRow,
    layout,
    qr_module_dots,
    qr_rows,
)
from storeapp.domain.receipt_text import columns
from storeapp.domain.sale import SaleLine
from tests.domain.receipts import SHOP, line, receipt, sale

PAPERS = (32, 48)
NAMES = st.text(alphabet=st.sampled_from("农夫山泉茶蛋（散）×·… abcZ019.-😀㛃£"), min_size=1, max_size=60)
AMOUNT = re.compile(r"-?\d+\.\d\d")


@st.composite
def sold_lines(draw: st.DrawFn) -> tuple[SaleLine, ...]:
    count = draw(st.integers(1, 6))
    return tuple(
        line(
            number,
            draw(NAMES),
            draw(st.integers(0, 100_000_000)),
            milli=draw(st.sampled_from((1000, 2000, 1256, 1, 999_000))),
            unit=draw(st.sampled_from(("件", "kg", "瓶"))),
            note=draw(st.text(alphabet="备注 note", max_size=100)),
        )
        for number in range(1, count + 1)
    )


def texts(rows: tuple[Row, ...], paper: int) -> list[str]:
    return [row.text(paper) for row in rows if isinstance(row, TextRow)]


@pytest.mark.parametrize("paper", PAPERS)
@given(lines=sold_lines(), language=st.sampled_from(("zh_CN", "en")))
def test_no_row_is_wider_than_the_paper(paper: int, lines: tuple[SaleLine, ...], language: str) -> None:
    rows = layout(receipt(sale(lines), language=language, copy=1), paper_columns=paper)

    for row in rows:
        if isinstance(row, TextRow):
            assert columns(row.text(paper)) * row.width_factor <= paper


@pytest.mark.parametrize("paper", PAPERS)
@given(lines=sold_lines())
def test_every_amount_ends_at_the_last_column(paper: int, lines: tuple[SaleLine, ...]) -> None:
    shown = receipt(sale(lines))

    rows = layout(shown, paper_columns=paper)

    at_edge = [row for row in rows if isinstance(row, TextRow) and AMOUNT.fullmatch(row.right.lstrip("￥"))]
    assert all(columns(row.text(paper)) * row.width_factor == paper for row in at_edge)
    expected = [item.amount for item in shown.items] + [one.amount for item in shown.items for one in item.cuts]
    expected += [one.amount for one in (*shown.sums, shown.due, *shown.payments)]
    assert sorted(row.right.lstrip("￥") for row in at_edge) == sorted(
        f"{'-' if money.fen < 0 else ''}{abs(money.fen) // 100}.{abs(money.fen) % 100:02d}" for money in expected
    )


@pytest.mark.parametrize("paper", PAPERS)
@given(lines=sold_lines())
def test_nothing_said_is_lost(paper: int, lines: tuple[SaleLine, ...]) -> None:
    shown = receipt(sale(lines))

    printed = "".join("".join(texts(layout(shown, paper_columns=paper), paper)).split())

    for item in shown.items:
        for text in (item.count, *item.remarks, *([item.name] if columns(item.name) <= 3 * paper - 12 else [])):
            assert "".join(text.split()) in printed


@pytest.mark.parametrize("paper", PAPERS)
def test_the_total_is_the_largest_thing_and_stands_whole(paper: int) -> None:
    rows = layout(receipt(), paper_columns=paper)

    due = next(row for row in rows if isinstance(row, TextRow) and row.left == "应付")

    assert (due.right, due.width_factor, due.height_factor, due.bold) == ("￥124.78", 2, 2, True)


def test_a_total_too_long_for_double_width_is_only_twice_as_high() -> None:
    rich = sale((line(1, "整栋楼", 1_000_000_000, milli=999_000),))

    due = next(
        row for row in layout(receipt(rich), paper_columns=32) if isinstance(row, TextRow) and row.left == "应付"
    )

    assert (due.right, due.width_factor, due.height_factor) == ("￥9990000000.00", 1, 2)


def test_80_mm_paper_sets_a_short_name_and_its_numbers_on_one_row() -> None:
    rows = layout(receipt(sale((line(1, "鲜豆浆", 300, milli=2000),))), paper_columns=48)

    row = next(one for one in rows if isinstance(one, TextRow) and one.left.startswith("鲜豆浆"))

    assert row.text(48) == "鲜豆浆" + " " * 23 + "2 × 3.00" + "      6.00"


def test_a_name_of_5000_characters_takes_three_rows() -> None:
    rows = layout(receipt(sale((line(1, "茶" * 5000, 300),))), paper_columns=32)

    named = [text for text in texts(rows, 32) if text.startswith("茶")]

    assert len(named) == 3
    assert named[-1].endswith("…")


def test_a_row_with_a_character_no_printer_has_is_drawn() -> None:
    rows = layout(receipt(sale((line(1, "㛃记 😀", 300), line(2, "茶", 300)))), paper_columns=32)

    drawn = [row.left for row in rows if isinstance(row, TextRow) and row.is_drawn]

    assert drawn == ["㛃记 😀"]


@pytest.mark.parametrize(("paper", "barcode"), [(32, "S01-1-2609280117"), (48, "S01-1-20260928-0117")])
def test_the_barcode_holds_as_much_of_the_number_as_the_paper(paper: int, barcode: str) -> None:
    rows = layout(receipt(), paper_columns=paper)

    assert [row.data for row in rows if isinstance(row, BarcodeRow)] == [barcode]
    assert "S01-1-20260928-0117" in texts(rows, paper)[-1]


def test_a_number_no_barcode_can_hold_is_printed_without_one() -> None:
    rows = layout(receipt(sale(receipt="南山-店-20260928-0117")), paper_columns=32)

    assert not [row for row in rows if isinstance(row, BarcodeRow)]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_stands_in_white_and_the_receipt_ends_with_a_cut(paper: int) -> None:
    rows = layout(receipt(), paper_columns=paper)

    at = next(index for index, row in enumerate(rows) if isinstance(row, QrRow))

    assert rows[at - 1] == rows[at + 1] == FeedRow(24)
    assert rows[-1] == CutRow()


@pytest.mark.parametrize(
    ("size", "dots", "module"), [(44, 384, 6), (44, 576, 6), (150, 384, 6), (300, 384, 4), (600, 384, 0)]
)
def test_a_longer_text_gets_smaller_modules_but_never_under_four_dots(size: int, dots: int, module: int) -> None:
    assert qr_module_dots("x" * size, paper_dots=dots) == module


def test_a_code_that_does_not_fit_takes_the_words_under_it_along() -> None:
    rows = layout(receipt(qr_url=None, contact_qr="x" * 700), paper_columns=32)

    assert not [row for row in rows if isinstance(row, QrRow)]
    assert "扫码添加本店微信" not in texts(rows, 32)
    assert qr_rows("x" * 700, paper_columns=32) == ()


def test_a_receipt_of_500_lines_is_set() -> None:
    many = tuple(line(number, f"商品 {number}", 100) for number in range(1, 501))

    rows = layout(receipt(sale(many)), paper_columns=48)

    assert sum(row.right == "1.00" for row in rows if isinstance(row, TextRow)) == 500


def test_a_long_shop_name_gives_up_double_width() -> None:
    policy = Policy({**SHOP.values, "shop.name": "海棠便利连锁超市有限责任公司南山科技园中区第一百货旗舰店"})

    first = layout(receipt(policy=policy), paper_columns=32)[0]

    assert isinstance(first, TextRow)
    assert (first.width_factor, first.height_factor) == (1, 2)
