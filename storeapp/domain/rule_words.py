"""Rule words: the keywords of the owner's rules may be written in Chinese, too, as a Chinese owner would say them."""

from __future__ import annotations

import re

CHINESE = {
    "tier": "等级",
    "weekday": "星期",
    "date": "日期",
    "birthday": "生日",
    "category": "分类",
    "code": "商品",
    "visit": "单笔满",
    "spend": "消费",
    "visits": "到店",
    "topup": "储值",
    "points": "积分",
    "coupon": "券",
    "over": "满",
    "for": "有效",
    "template": "模板",
    "all": "全部",
}
"""Each keyword of a rule's grammar, and its word in Chinese."""
_ALSO = {"template": "券种"}
"""What the window calls it, where the grammar has an older word."""
_WEEKDAYS = "一二三四五六日"


def plain(text: str, *keywords: str, everywhere: bool = False) -> str:
    """`text` with these keywords as the grammar has them: at its beginning only, for what follows may be a name, or
    `everywhere` a word begins."""
    said = {tongue[keyword]: keyword for tongue in (CHINESE, _ALSO) for keyword in keywords if keyword in tongue}
    begin = r"(?<!\S)" if everywhere else r"\A"
    pattern = rf"{begin}({'|'.join(sorted(said, key=len, reverse=True))})\s*"
    return re.sub(pattern, lambda match: f"{said[match[1]]} ", text.strip())


def weekday(text: str) -> int:
    """`3` or `三` as a day of the week, from Monday 1 to Sunday 7; raises ValueError."""
    name = text.replace("天", "日")
    if len(name) == 1 and name in _WEEKDAYS:
        return _WEEKDAYS.index(name) + 1
    if len(name) != 1 or name not in "1234567":
        raise ValueError(text)
    return int(name)
