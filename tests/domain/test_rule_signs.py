"""The owner's rules are read as a Chinese keyboard types them: its signs are wider, and mean the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from storeapp.domain.gift import read_gifts
from storeapp.domain.money import Money
from storeapp.domain.monthly_gift import read_monthly
from storeapp.domain.points_rules import read_points_rules
from storeapp.domain.stamp import read_goals
from storeapp.domain.top_up import read_steps


@pytest.mark.parametrize(
    ("read", "wide", "narrow"),
    [
        (read_steps, "200＋50，500＋150", "200+50,500+150"),
        (partial(read_monthly, most=Money(500_000)), "1000＋50×6；3000＋100X12", "1000+50x6,3000+100x12"),
        (read_gifts, "6901234567892＝500；模板 FIVE-OFF ＝ 300", "6901234567892 = 500; 模板 FIVE-OFF = 300"),
        (read_goals, "5＝积分 50；10＝券 10 满 50 有效 30", "5 = 积分 50; 10 = 券 10 满 50 有效 30"),
        (read_points_rules, "等级 金卡＝150；商品 00123＝＋5", "等级 金卡=150; 商品 00123=+5"),
    ],
)
def test_wide_signs_mean_what_narrow_ones_do(read: Callable[[str], Any], wide: str, narrow: str) -> None:
    assert read(wide) == read(narrow)
    assert read(narrow)
