"""A crowd of members with a year behind them, made up by a stated rule and always the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from storeapp.domain.member import Consent, Member
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.things import a_line, a_sale

MASK = Product("7001", "补水面膜 5片", Money(4900), category="面膜", cost=Money(2100))
TROUSERS = Product("7002", "直筒长裤", Money(19900), category="裤子", cost=Money(9900))
COAT = Product("7003", "羊毛大衣", Money(59900), category="大衣", cost=Money(31000))
SURNAMES = "王李张刘陈杨黄赵吴周"
GIVEN = ("芳", "敏", "静", "丽娜", "秀英", "婷婷", "雪", "佳怡", "思雨", "梓涵")
TODAY = date(2026, 9, 28)


def crowd(shop: MemoryShop, members: int = 160) -> tuple[Member, ...]:
    """Each first comes on a day of the last year and then about every 10 to 60 days; half of them agreed to offers."""
    chance = random.Random(11)
    made = []
    with shop.writing() as books:
        books.products.put([MASK, TROUSERS, COAT])
        for number in range(members):
            name = SURNAMES[number % 10] + GIVEN[number // 10 % 10]
            member = Member(f"m-{number:04d}", f"86139{number:08d}", name, "2025-10-01T10:00:00+08:00")
            books.members.put(member)
            said = Consent("marketing", "2026-11", number % 2 == 0, "counter", member.joined_at)
            books.members.consent(member.member_id, said)
            made.append(member)
            day, every = TODAY - timedelta(days=chance.randint(1, 360)), chance.randint(10, 60)
            visit = 0
            while day < TODAY and visit < 20:
                # every third dresses here: trousers first, then a coat
                worn = TROUSERS if visit % 2 == 0 else COAT
                goods = worn if number % 3 == 0 and chance.random() < 0.8 else MASK
                sale = a_sale(visit + 1, day=day.isoformat(), lines=[a_line(1, goods)], member=member)
                receipt = f"H-{number}-{visit}"
                books.sales.add(replace(sale, token="", token_seq=0, receipt=receipt, sale_id=receipt), imported=True)
                visit += 1
                day += timedelta(days=max(1, round(chance.gauss(every, every / 4))))
                if chance.random() < 0.12:
                    break
    return tuple(made)
