"""Fields of the window, typed into with a Chinese input method on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLineEdit

from storeapp.domain.goods_names import goods_names
from storeapp.domain.promotion import Kind
from storeapp.ui.coupons import typed as coupons
from storeapp.ui.groups.typed import read_moment, read_value
from storeapp.ui.promotions import typed as promotions
from storeapp.ui.shift.counting import number_of
from storeapp.ui.widgets.digits import Digits
from tests.ui import scene
from tests.ui.scene import WATER

GOODS = goods_names(scene.GOODS)
NOW = datetime(2026, 9, 1, tzinfo=UTC)
PLAIN: dict[str, str] = {"name": "x", "whom": "members"}
WHEN = {"first": "2026-09-08", "last": "2026-09-30", "weekdays": "135", "hours": "09:00-11:30, 18:00-21:00"}
WIDE_WHEN = {
    "first": "2026年9月8日",
    "last": "2026。9。30",
    "weekdays": "１、３，5",
    "hours": "9：00－11：30，18：00—21：00",
}
RULES: dict[Kind, tuple[dict[str, str], dict[str, str]]] = {
    "percent": ({"percent_off": "10"} | WHEN, {"percent_off": "１０％"} | WIDE_WHEN),
    "amount": ({"off_fen": "12.5", "priority": "-3"}, {"off_fen": "１２。５", "priority": "－３"}),
    "fixed_price": (
        {"price_fen": "9.90", "per_basket": "2", "per_member": "1", "per_day": "100", "min_count": "2"},
        {"price_fen": "９．９０", "per_basket": "２", "per_member": " １", "per_day": "１００", "min_count": "２"},
    ),
    "spend_off": ({"steps": "100-15.5, 200-40"}, {"steps": "１００－１５。５，200——40"}),
    "spend_percent": ({"steps": "100-5, 200-10"}, {"steps": "１００：５％，２００减１０"}),
    "spend_gift": ({"steps": f"50-{WATER.code}x2"}, {"steps": f"５０－{WATER.code}×２"}),
    "bundle": (
        {"parts": f"{WATER.code} x1 + 饮料 x2", "price_fen": "70"},
        {"parts": f"{WATER.code} ｘ１＋饮料＊２", "price_fen": "７０"},
    ),
}


@pytest.mark.parametrize("kind", RULES)
def test_a_promotion_typed_wide_is_the_one_typed_plain(kind: Kind) -> None:
    narrow, wide = RULES[kind]

    expected = promotions.read(PLAIN | narrow, kind, "a", GOODS)
    found = promotions.read(PLAIN | wide, kind, "a", GOODS)

    assert found == expected
    assert found[2] == {}
    assert found[1] is not None


def test_a_coupon_typed_wide_is_the_one_typed_plain() -> None:
    narrow = {"name": "x", "percent_off": "10", "amount_fen": "20.5", "valid_from": "2026-09-08"}
    wide = {"name": "x", "percent_off": "１０％", "amount_fen": "２０。５", "valid_from": "2026。9。8"}
    narrow |= {"valid_until": "2026-10-08", "not_on": "2026-10-01, 2026-10-02", "most_per_member": "3"}
    wide |= {"valid_until": "2026年10月8日", "not_on": "2026年10月1日、2026／10／2", "most_per_member": "３"}

    expected = coupons.read(narrow, "percent", "a", GOODS, known=None)

    assert coupons.read(wide, "percent", "a", GOODS, known=None) == expected
    assert expected[2] == {}
    assert expected[1] is not None


@pytest.mark.parametrize("text", ["9月30日 20：00", "９－３０　２０：００", "2026年9月30日20:00", "9。30 20：00"])
def test_the_moment_of_a_group_order_is_read_as_people_write_it(text: str) -> None:
    assert read_moment(text, now=NOW) == read_moment("09-30 20:00", now=NOW)


def test_goods_and_share_of_a_group_order_typed_wide() -> None:
    narrow = read_value("goods_1", f"{WATER.code} 3.50 2 100", GOODS, now=NOW)

    assert read_value("goods_1", f"{WATER.code}　３。５０ ２ １００", GOODS, now=NOW) == narrow
    assert read_value("reward", "２。５％", GOODS, now=NOW) == "2.5"


def test_pieces_of_a_drawer_typed_wide() -> None:
    assert number_of("１２") == 12


@pytest.mark.parametrize(
    ("pattern", "typed", "stands"),
    [(r"\d{0,6}([.]\d{0,2})?", "１２。５", "12.5"), (r"[+-]?\d{0,6}", "－３０", "-30"), (r"\d{0,12}", "１２x", "12")],
)
def test_a_field_of_digits_shows_wide_ones_plain(qtbot: object, pattern: str, typed: str, stands: str) -> None:
    line = QLineEdit()
    line.setValidator(Digits(pattern, line))

    for char in typed:
        line.insert(char)

    assert line.text() == stands
    assert line.cursorPosition() == len(stands)
