"""Expectations: what a value must be, as rules and settings put it, in the words of people."""

from __future__ import annotations

from storeapp.words import N_, Words

# each stands in English beside its rule; here it is looked up
KNOWN = frozenset(
    {
        N_("fen from 0 to 1000; 0 redeems nothing"),
        N_("fen, not negative; 0 is no limit"),
        N_("one of principal_first, bonus_first, pro_rata"),
        N_("points, not negative"),
        N_("one of never, days, year_end"),
        N_(
            "rules such as tier 金卡=150; weekday 3=200; birthday=200;"
            " category 烟酒=0; code 6901234567892=+5; visit 30=+2"
        ),
        N_("days from 1 to 3650"),
        N_("days from 0 to 365"),
        N_("points from 0 to 1000000"),
        N_("percents such as all 1; 烟酒 0; 服装 3.5 (at most 50), or empty"),
        N_("points 100, or coupon 10 over 50 for 30 (yuan off, of at least so many yuan, days), or empty"),
        N_("rising steps such as 200+50,500+150 (yuan paid + yuan given), or empty"),
        N_("rising steps such as 1000+50x6 (yuan paid + yuan a month x months), or empty"),
        N_("fen from 1 to 500000"),
        N_("days from 0 to 3650; 0 never lapses"),
        N_("days from 7 to 3650"),
        N_("days from 1 to 3650"),
        N_("one of step, all, never"),
        N_("the id of a coupon template, or empty"),
        N_("hours from 0 to 168"),
        N_("days from 0 to 60"),
        N_("one of cooling, lost"),
        N_("gifts such as 6901234567892 = 500; template FIVE-OFF = 200 (goods, or a coupon = points), or empty"),
        N_("rewards such as 5 = points 50; 10 = coupon 10 over 50 for 30, or 10 = template NAME; empty for no cards"),
        N_("a day such as 2026-10-01, or empty"),
        N_("tiers from the lowest up, such as 银卡: spend 1000, visits 12; 金卡: spend 5000; 黑卡: topup 10000"),
        N_("rights to add or to take away, such as +refund,-discount"),
        N_("percent from 0 to 100"),
        N_("copies from 0 to 99"),
        N_("seconds from 10 to 3600"),
        N_("days from 0 to 365; 0 never asks"),
        N_("0 or 1: a second original would be a forgery"),
        N_("a PNG as base64 of at most 90,000 characters"),
        N_("a host name such as s.example.cn, or empty"),
        N_("a known setting"),
        N_("a list"),
        N_("a table"),
        N_("a table of keys such as F2"),
        N_("a text of 1 to 40 characters"),
        N_("a text of at most 120 characters"),
        N_("a text of at most 120 characters: whom to ask about personal data"),
        N_("a text of at most 200 characters"),
        N_("a text of at most 40 characters"),
        N_("a text of at most 60 characters"),
        N_("a time zone such as Asia/Shanghai"),
        N_("a whole hour from 0 to 12"),
        N_("a whole hour from 0 to 23"),
        N_("one question of at most 60 characters; empty asks nothing"),
        N_("people from 0 to 50; 0 writes to nobody"),
        N_("a text of at most 20 characters: who writes, such as 小棠"),
        N_("a whole number from 0 to 1000"),
        N_("a whole number from 1 to 1000"),
        N_("members from 1 to 10000"),
        N_("months from 0 to 240; 0 keeps them for ever"),
        N_("an https link, or empty"),
        N_("an ISO 8601 moment such as 2026-09-28T11:53:26+08:00"),
        N_("an object"),
        N_("days from 0 to 30"),
        N_("days from 1 to 365"),
        N_("days from 7 to 1000"),
        N_("days from 0 to 3650"),
        N_("card kinds as `storeapp card add` writes them, or empty"),
        N_("one of list, share"),
        N_("one of days, months"),
        N_("one of cash, all"),
        N_("one of none, relay, shouqianba"),
        N_("one of none, shouqianba"),
        N_("percent from 0 to 1000"),
        N_("visits from 2 to 100"),
        N_("percent of the usual interval, from 100 to 1000"),
        N_("percent of the usual interval, from 100 to 2000"),
        N_("fen from 1 to 2000"),
        N_("fen, not negative"),
        N_("layouts such as 21:5:5:price,22:5:5:weight:1:unchecked (prefix, item digits, value digits, what, scale)"),
        N_("no such key"),
        N_("one of fen, jiao, yuan"),
        N_("one of zh_CN, en"),
        N_("the text inside the shop's own WeChat QR code, or empty"),
        N_("true or false"),
        N_("whole fen"),
    }
)


def expectation(expected: str, words: Words) -> str:
    """`expected` in the language of `words`, as far as it is known there."""
    return words.t(expected) if expected in KNOWN else expected
