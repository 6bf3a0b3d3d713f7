"""Receipts for tests: a shop, a basket of its goods, and words in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from storeapp.domain.money import Money
from storeapp.domain.policy import Policy
from storeapp.domain.priced import Cut
from storeapp.domain.receipt import MemberShown, Receipt, content
from storeapp.domain.sale import CouponUse, Sale, SaleLine
from storeapp.domain.tender import Tender
from storeapp.words import words

URL = "https://s.example.cn/0G048Q3F2GG4KGM5GJWSPPDZJN"
CONTACT = "https://u.wechat.com/EAbCdEfGhIjKlMnOpQrStUvWxYz0123"
ALICE = MemberShown("138****0001", 2621)
SHOP = Policy(
    {
        "shop.name": "海棠便利·南山科技园店",
        "shop.address": "深圳市南山区科技园科苑路 15 号",
        "shop.phone": "0755-86001234",
        "offer.enabled": True,
        "offer.headline": "扫码加微信，下次立减 5 元",
        "offer.small_print": "次日起 30 天内有效，每人限领一张",
    }
)


def line(number: int, name: str, fen: int, *, milli: int = 1000, unit: str = "件", **more: object) -> SaleLine:
    gross = Money((fen * milli + 500) // 1000)
    plain = SaleLine(number, f"69000000{number:05d}", name, unit, milli, Money(fen), Money(fen), gross)
    return replace(plain, **more)  # type: ignore[arg-type]  # fields by name, checked by the dataclass itself


LINES = (
    line(1, "农夫山泉 饮用天然水 550ml", 200, milli=2000),
    line(2, "蒙牛 特仑苏纯牛奶 250ml×12", 6990, cuts=(Cut("member_price", Money(1000)),)),
    line(3, "乐事 薯片 原味 75g", 750, milli=3000, cuts=(Cut("line_discount", Money(750), "买二送一"),)),
    line(4, "红富士苹果（散称）", 1280, milli=1256, unit="kg"),
    line(5, "维达 超韧抽纸 3层 100抽×6", 2690, cuts=(Cut("coupon", Money(1000), "7F3K9Q2M"),)),
    line(6, "海天 金标生抽 500ml", 990, note="瓶盖略有压痕"),
    line(7, "鲜豆浆", 300, price_reason="临期"),
)


def sale(lines: tuple[SaleLine, ...] = LINES, **more: object) -> Sale:
    """A member's cash sale of `lines`, with a coupon where a line was cut for one."""
    due = Money(sum(one.net.fen for one in lines))
    used = Money(sum(cut.amount.fen for one in lines for cut in one.cuts if cut.reason == "coupon"))
    given = Money(due.fen + 4772)
    plain = Sale(
        sale_id="0195c0de-0000-7000-8000-000000000001",
        receipt="S01-1-20260928-0117",
        number_in_day=117,
        token="0G048Q3F2GG4KGM5GJWSPPDZJN",
        token_seq=12345,
        store="S01",
        till="1",
        cashier="1007",
        business_date="2026-09-28",
        at="2026-09-28T14:32:05+08:00",
        lines=lines,
        tenders=(Tender("cash", given),),
        rounding=Money(0),
        change=Money(4772),
        member_id="m1",
        coupons=(CouponUse("c1", "7F3K9Q2M", "offer-1", used),) if used else (),
        points_earned=due.fen // 100,
        points_balance=2621,
        points_per_yuan=1,
        offer_id="offer-1",
        redeem_code="Q7N4KX2M",
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # fields by name, checked by the dataclass itself


def receipt(sold: Sale | None = None, *, language: str = "zh_CN", policy: Policy = SHOP, **more: Any) -> Receipt:
    """The receipt of `sold` with a page behind its QR code and Alice on it, unless told otherwise."""
    given: dict[str, Any] = {"qr_url": URL, "member": ALICE, **more}
    return content(sold or sale(), policy=policy, words=words(language), **given)
