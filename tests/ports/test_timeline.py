"""The timeline: everything that happened with her, in order, page by page, and nobody else's."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.member import Consent
from storeapp.domain.timeline import Happened
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB, COUPON, a_sale, book

AT = "2026-09-30T12:00:00+08:00"
NOON_S = 1_790_740_800
"""Noon of 30 September 2026 in Shanghai."""


def lived(shop: Shop) -> None:
    """Alice bought before this till and twice at it, looked at a receipt, has a coupon; Bob bought once."""
    with shop.writing() as books:
        for member in (ALICE, BOB):
            books.members.put(member)
        old = a_sale(9, day="2026-03-01", member=ALICE)
        books.sales.add(replace(old, token="", token_seq=0, receipt="H-9"), imported=True)
        first = book(books, a_sale(1, day="2026-09-28", member=ALICE))
        book(books, a_sale(2, day="2026-09-29", member=ALICE))
        book(books, a_sale(3, day="2026-09-29", member=BOB))
        books.feeds.note_opened(first.token, "2026-09-28T20:00:00+08:00")
        books.coupons.put(replace(COUPON, member_id=ALICE.member_id))
        books.members.consent(ALICE.member_id, Consent("marketing", "2026-11", True, "counter", ALICE.joined_at))
        books.timeline.note(ALICE.member_id, "changed", by="1007", at=AT, detail="note")
        books.timeline.note(ALICE.member_id, "looked", by="1007", at=AT)


def test_it_all_stands_in_one_order_the_latest_first(shop: Shop) -> None:
    lived(shop)

    with shop.reading() as books:
        hers = books.timeline.of(ALICE.member_id)

    assert [row.kind for row in hers] == ["changed", "sale", "opened", "sale", "consent", "coupon", "past"]
    assert hers[0] == Happened("changed", NOON_S, "", None, "note", "1007")
    assert (hers[1].ref, hers[1].fen, hers[1].by) == ("S01-1-20260929-0002", 350, "1007")
    assert (hers[5].ref, hers[5].fen, hers[5].detail) == (COUPON.code, 500, "issued:2026-09-30")


def test_it_is_read_page_by_page(shop: Shop) -> None:
    lived(shop)

    with shop.reading() as books:
        whole = books.timeline.of(ALICE.member_id)
        pages = [books.timeline.of(ALICE.member_id, skip=skip, most=3) for skip in (0, 3, 6)]

    assert [row for page in pages for row in page] == list(whole)
    assert [len(page) for page in pages] == [3, 3, 1]


def test_who_looked_is_on_record_and_shown_only_when_asked_for(shop: Shop) -> None:
    lived(shop)
    with shop.writing() as books:
        for who in (ALICE, ALICE, BOB):
            books.timeline.note(who.member_id, "looked", by="1003", at=AT)

    with shop.reading() as books:
        kinds = [row.kind for row in books.timeline.of(ALICE.member_id, looks=True)]
        looks = books.timeline.looks("2026-09-30")
        before = books.timeline.looks("2026-09-29")

    assert kinds.count("looked") == 3
    # the same file twice is one member looked at
    assert (looks, before) == ({"1007": 1, "1003": 2}, {})
