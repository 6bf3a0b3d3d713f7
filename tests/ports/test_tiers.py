"""Tiers: words are kept in their order, and what she did counts old and new sales, and what came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storeapp.domain.tier import TierDone, TierWord
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB, TEA, a_line, a_sale, book

AT, SINCE = "2026-09-28T10:00:00+08:00", date(2026, 9, 1)


def test_words_stay_and_the_last_one_is_her_tier(shop: Shop) -> None:
    first = TierWord(ALICE.member_id, "银卡", AT, measure="spend", until="2027-09-28")
    second = TierWord(ALICE.member_id, "金卡", AT, "银卡", by="1001", reason="常客")
    with shop.writing() as books:
        books.members.put(ALICE)
        for word in (first, second):
            books.tiers.say(word)

    with shop.reading() as books:
        found = books.members.by_id(ALICE.member_id)
        assert found == replace(ALICE, tier="金卡")
        assert books.tiers.words(ALICE.member_id) == (first, second)
        assert books.tiers.last(ALICE.member_id) == second
        assert books.tiers.lasts() == {ALICE.member_id: second}
        assert (books.tiers.words(BOB.member_id), books.tiers.last(BOB.member_id)) == ((), None)


def test_what_she_did_is_money_and_days_of_every_sale_since(shop: Shop) -> None:
    line = a_line(1, TEA, count=2)
    past = replace(a_sale(7, day="2026-09-03", lines=[line], member=ALICE), token="", token_seq=0, receipt="H-7")
    older = replace(a_sale(8, day="2026-08-31", lines=[line], member=ALICE), token="", token_seq=0, receipt="H-8")
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
        for sale in (past, older):
            books.sales.add(sale, imported=True)
        for number in (1, 2):
            book(books, a_sale(number, lines=[line], member=ALICE))

    with shop.reading() as books:
        assert books.tiers.done(ALICE.member_id, since=SINCE) == TierDone(3 * line.net.fen, 2)
        assert books.tiers.done(BOB.member_id, since=SINCE) == TierDone()
        assert list(books.tiers.every(since=SINCE)) == [
            (ALICE.member_id, ALICE.tier, TierDone(3 * line.net.fen, 2)),
            *([(BOB.member_id, BOB.tier, TierDone())] if BOB.tier else []),
        ]
