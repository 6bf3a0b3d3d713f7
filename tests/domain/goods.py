"""Goods that tests know by name."""

from __future__ import annotations

from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.terms import MemberTerms, Terms

TEA = Product("6901234567892", "乌龙茶 500ml", Money(350), unit="瓶", category="饮料", member_price=Money(300))
CUP = Product("6901234567808", "马克杯", Money(2900), unit="只", category="日用")
APPLE = Product("00301", "红富士苹果", Money(1280), unit="kg", category="生鲜", weighed=True)
BAG = Product("0001", "购物袋", Money(30), unit="个", category="常用", barcodes=("6900000000013",))

STRANGER, MEMBER = Terms(), Terms(member=MemberTerms())
