"""Receipt text: columns as the printer counts them, and rows that lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.receipt_text import balanced, char_columns, columns, has_rom_shape, printable, wrap

SHOP_TEXT = st.text(alphabet=st.sampled_from("茶叶蛋，。（）！ abcXYZ019.-·×℃…é㛃𠮷£😀"), max_size=120)
ANY_TEXT = st.text(max_size=80)


@pytest.mark.parametrize("char", "·—…×÷℃°é①茶，￥")
def test_what_gbk_writes_in_two_bytes_takes_two_columns(char: str) -> None:
    assert columns(char) == 2


@pytest.mark.parametrize(("char", "width"), [("£", 1), ("ñ", 1), ("€", 1), ("✓", 2), ("𠮷", 2), ("😀", 2), ("ｱ", 1)])
def test_characters_no_printer_has_are_counted_as_they_are_drawn(char: str, width: int) -> None:
    assert not has_rom_shape(char)
    assert char_columns(char) == width


def test_a_half_width_yen_sign_becomes_the_full_width_one() -> None:
    assert printable("\u00a512.50") == "￥12.50"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\tb\r\nc", "a b  c"),
        ("\x1b@\x00茶", "@茶"),
        ("a\u200bb\ufe0f\u202e", "ab"),
        ("\u2212 5", "- 5"),
        ("e\u0301", "é"),
    ],
)
def test_nothing_without_a_shape_reaches_the_printer(raw: str, shown: str) -> None:
    assert printable(raw) == shown


@given(ANY_TEXT)
def test_printable_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    shown = printable(text)

    assert shown.isprintable()
    assert printable(shown) == shown


@given(SHOP_TEXT, st.integers(8, 48))
def test_rows_fit_and_together_say_the_text(text: str, width: int) -> None:
    for rows in (wrap(printable(text), width), balanced(printable(text), width)):
        assert all(columns(row) <= width for row in rows)
        assert "".join(rows).replace(" ", "") == printable(text).replace(" ", "")


@given(SHOP_TEXT, st.integers(8, 48), st.integers(1, 3))
def test_only_what_is_too_long_is_cut_and_it_says_so(text: str, width: int, most_rows: int) -> None:
    whole = wrap(printable(text), width)

    cut = wrap(printable(text), width, most_rows=most_rows)

    assert len(cut) <= most_rows
    assert all(columns(row) <= width for row in cut)
    if len(whole) <= most_rows:
        assert cut == whole
    else:
        assert cut[-1].endswith("…")


def test_english_breaks_between_words() -> None:
    assert wrap("Joining is your choice and stays so", 16) == ("Joining is your", "choice and stays", "so")


def test_no_row_begins_with_a_comma() -> None:
    assert wrap("谢谢惠顾，再见", 8) == ("谢谢惠", "顾，再见")


def test_a_name_of_5000_characters_is_cut_at_once() -> None:
    assert wrap("茶" * 5000, 32, most_rows=3) == ("茶" * 16, "茶" * 16, "茶" * 15 + "…")


def test_centred_rows_are_even() -> None:
    assert balanced("扫码加微信，下次立减 5 元", 24) == ("扫码加微信，", "下次立减 5 元")


def test_centred_rows_part_at_a_comma_where_they_can() -> None:
    assert balanced("扫码领券，下次立减 5 元", 16) == ("扫码领券，", "下次立减 5 元")
    assert balanced("满 30 元可用，30 天有效，每人一次。", 32) == ("满 30 元可用，", "30 天有效，每人一次。")
    # one word alone is no row
    assert balanced("好，是否入会由您自愿，请放心购物消费哦", 36)[0] != "好，"
