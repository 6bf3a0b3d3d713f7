"""What a Chinese owner writes in Chinese means what the English keywords mean; names are never taken for keywords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.commission import read_rates
from storeapp.domain.points_rules import read_points_rules
from storeapp.domain.reward import read_reward
from storeapp.domain.rule_words import CHINESE, plain, weekday
from storeapp.domain.stamp import read_goals
from storeapp.domain.tier import read_tiers


@pytest.mark.parametrize(
    ("read", "chinese", "english"),
    [
        (
            read_points_rules,
            "等级 金卡=150；星期三=200；星期六、日=120；生日=200；分类 烟酒=0；"
            "商品 6901234567892=+5；单笔满 30=+2；日期 11-11=300",
            "tier 金卡=150; weekday 3=200; weekday 6,7=120; birthday=200; category 烟酒=0; code 6901234567892=+5;"
            " visit 30=+2; date 11-11=300",
        ),
        (
            read_tiers,
            "银卡：消费 1000，到店 12；金卡：消费5000；黑卡：储值 10000",
            "银卡: spend 1000, visits 12; 金卡: spend 5000; 黑卡: topup 10000",
        ),
        (read_reward, "积分 100", "points 100"),
        (read_reward, "券 10 满 50 有效 30", "coupon 10 over 50 for 30"),
        (read_reward, "券10 满50", "coupon 10 over 50"),
        (
            read_goals,
            "5 = 积分 50; 10 = 券 10 满 50; 20 = 模板 THANKS",
            "5 = points 50; 10 = coupon 10 over 50; 20 = template THANKS",
        ),
        (read_goals, "20 = 券种 THANKS", "20 = template THANKS"),
        (read_rates, "全部 1; 烟酒 0", "all 1; 烟酒 0"),
    ],
)
def test_both_tongues_say_the_same(read: object, chinese: str, english: str) -> None:
    assert read(chinese) == read(english)  # type: ignore[operator]  # one of five readers


def test_a_name_that_is_a_keyword_stays_a_name() -> None:
    assert read_points_rules("category 商品=0; tier 等级=150").categories == {"商品": 0}
    assert read_points_rules("分类 商品=0").categories == {"商品": 0}
    assert read_rates("全部商品 2").categories == {"全部商品": 200}
    assert read_tiers("储值: spend 10")[0].name == "储值"


@pytest.mark.parametrize(
    ("text", "told"), [("星期八=200", "八"), ("星期=200", "星期"), ("等级金卡", "等级"), ("生日 明天=200", "生日")]
)
def test_what_says_nothing_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_points_rules(text)


@pytest.mark.parametrize(("said", "day"), [("一", 1), ("7", 7), ("日", 7), ("天", 7)])
def test_days_of_the_week_are_read_both_ways(said: str, day: int) -> None:
    assert weekday(said) == day


@given(st.text(alphabet="abc =;0123456789", max_size=30))
def test_text_without_chinese_stays_as_it_is(text: str) -> None:
    assert plain(text, *CHINESE, everywhere=True) == text.strip()
