"""A year behind the demo shop: members nobody mistakes for real, and what they bought, by a stated rule.

Each first comes on some day of the last year, then about every 8 to 45 days, and may one day stay away. Every third one
begins with drinks and goes on to snacks; the others buy what they always buy. The same people every time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from storeapp.app import Till
from storeapp.domain.feedback import Feedback
from storeapp.domain.member import Consent, Member, national
from storeapp.domain.product import Product
from storeapp.till import layers, sale_import, segments
from storeapp.till.members import enter
from storeapp.till.moments import local_moment
from storeapp.till.policies import set_policies

PEOPLE, DAYS, VISITS_MOST = 90, 360, 30
REGULAR = "13800000001"
"""A member of every demo shop, who buys for her household every thirty days."""
SURNAMES = "王李张刘陈杨黄赵吴周"
GIVEN = ("芳", "敏", "静", "丽娜", "秀英", "婷婷", "雪", "佳怡", "思雨")
QUESTION = "今天的购物还满意吗？"
SAID = ((5, "店员很热情"), (2, "排队太久了"), (4, ""), (5, "东西新鲜"), (3, "面包有点干"))
SEGMENTS = (
    {
        "id": "quiet",
        "name": "安静的常客",
        "tag": "待唤醒",
        "conditions": [
            {"field": "stage", "is": "equals", "value": "cooling"},
            {"field": "visits", "is": "at_least", "value": 4},
        ],
    },
    {
        "id": "may-write",
        "name": "可以联系",
        "conditions": [{"field": "may_be_contacted", "is": "equals", "value": True}],
    },
    {"id": "snacks", "name": "零食爱好者", "conditions": [{"field": "categories", "is": "has", "value": "零食"}]},
)


def live(till: Till) -> None:
    """Members, their purchases, the owner's segments, and the night's work over it all."""
    with till.shop.reading() as books:
        now = local_moment(books, till.clock.now())
        goods: dict[str, list[Product]] = {}
        for product in books.products.every():
            if not product.weighed:
                goods.setdefault(product.category, []).append(product)
    people = [_member(till, number, now) for number in range(PEOPLE)]
    with till.shop.writing() as books:
        for number, member in enumerate(people):
            said = Consent("marketing", "2026-11", number % 2 == 0, "counter", member.joined_at)
            joined = Consent("membership", "2026-11", True, "counter", member.joined_at)
            enter(books, member, (joined, said), cashier="1007", at=now.isoformat())
    sale_import.take_in(till.shop, enumerate(_receipts(people, goods, now), start=1), ids=till.ids)
    set_policies(till.shop, {"outreach.persona": "小棠", "feedback.question": QUESTION}, clock=till.clock)
    _said(till, people, now)
    segments.put(till.shop, SEGMENTS, by="1001", clock=till.clock)
    layers.work_the_night(till.shop, clock=till.clock)
    segments.tag_by_rule(till.shop, clock=till.clock)


def _said(till: Till, people: list[Member], now: datetime) -> None:
    with till.shop.writing() as books:
        for number, (mark, words) in enumerate(SAID):
            at = (now - timedelta(days=number + 1, hours=number)).isoformat()
            books.feedback.put(Feedback(f"past-{number}", mark, words, at, member_id=people[2 * number].member_id))


def _member(till: Till, number: int, now: datetime) -> Member:
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]
    birthday = date(2000, 1 + number % 12, 1 + number * 7 % 28)
    joined = (now - timedelta(days=DAYS + 30)).isoformat()
    return Member(till.ids.new(), f"861370000{number:04d}", name, joined, birthday=f"{birthday:%m-%d}")


def _receipts(people: list[Member], goods: Mapping[str, list[Product]], now: datetime) -> Iterator[Mapping[str, Any]]:
    chance = random.Random(23)
    for visit in range(5):
        # on the first day she is two days late, on the second three
        at = now - timedelta(days=32 + 30 * visit)
        yield _receipt(f"regular-{visit}", REGULAR, goods["日用"][0], 1, at)
    for number, member in enumerate(people):
        at = now - timedelta(days=chance.randint(2, DAYS), hours=chance.randint(0, 6))
        every, visit = chance.randint(8, 45), 0
        always = chance.choice(("乳品", "日用", "粮油", "熟食"))
        while at < now and visit < VISITS_MOST:
            category = always if number % 3 else "饮料" if visit % 2 == 0 else "零食"
            chosen = chance.choice(goods.get(category) or goods["饮料"])
            yield _receipt(f"{number:03d}-{visit:02d}", national(member.phone), chosen, chance.randint(1, 4), at)
            visit += 1
            at += timedelta(days=max(1, round(chance.gauss(every, every / 5))))
            if chance.random() < 0.08:
                break


def _receipt(number: str, phone: str, product: Product, count: int, at: datetime) -> Mapping[str, Any]:
    return {
        "id": f"past-{number}",
        "receipt": f"OLD-{number}",
        "at": at.isoformat(),
        "member": phone,
        "lines": [{"code": product.code, "qty": str(count), "price_fen": product.price.fen}],
        "tenders": [{"kind": "cash", "fen": product.price.fen * count}],
    }
