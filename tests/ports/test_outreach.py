"""Outreach: the list of a morning stays as it was made, and what became of it is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storeapp.domain.member import Consent
from storeapp.domain.outreach import Candidate, Due
from storeapp.domain.outreach_reasons import Lapsing
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB, COUPON

MONDAY, TUESDAY = date(2026, 9, 28), date(2026, 9, 29)
AT = "2026-09-28T10:00:00+08:00"


def test_a_list_keeps_its_order_and_who_stands_on_it_stays_as_she_stands(shop: Shop) -> None:
    with shop.writing() as books:
        books.outreach.put_day(MONDAY, [Candidate("b", "birthday"), Candidate("a", "due", detail="面膜")])
        books.outreach.settle(MONDAY, "a", "done", by="1001", at=AT)
        books.outreach.put_day(MONDAY, [Candidate("a", "thanks"), Candidate("b", "thanks")])

    with shop.reading() as books:
        assert books.outreach.of_day(MONDAY) == (
            Due(MONDAY, "b", "birthday"),
            Due(MONDAY, "a", "due", "面膜", "done", AT, "1001"),
        )
        assert books.outreach.of_day(TUESDAY) == ()


def test_only_who_really_heard_from_the_shop_was_written_to(shop: Shop) -> None:
    with shop.writing() as books:
        for day in (MONDAY, TUESDAY):
            books.outreach.put_day(day, [Candidate(name, "thanks") for name in "abcd"])
        for name, outcome in (("a", "done"), ("b", "replied"), ("c", "skipped")):
            books.outreach.settle(MONDAY, name, outcome, by="1001", at=AT)  # type: ignore[arg-type]  # from the pairs
        books.outreach.settle(TUESDAY, "a", "bought", by="1001", at=AT)

    with shop.reading() as books:
        assert books.outreach.last_written() == {"a": TUESDAY, "b": MONDAY}
        assert [(due.day, due.member_id) for due in books.outreach.since(TUESDAY)] == [(TUESDAY, n) for n in "abcd"]


def test_the_latest_word_counts_and_of_two_in_one_moment_the_no(shop: Shop) -> None:
    def said(given: bool, at: str, purpose: str = "marketing") -> Consent:
        return Consent("marketing" if purpose == "marketing" else "membership", "2026-11", given, "counter", at)

    told = {
        "yes": (said(False, "2026-09-01T10:00:00+08:00"), said(True, "2026-09-02T10:00:00+08:00")),
        "no": (said(True, "2026-09-01T10:00:00+08:00"), said(False, "2026-09-02T10:00:00+08:00")),
        "both": (said(False, AT), said(True, AT)),
        # the same evening told in two zones: the no is the later one
        "zones": (said(True, "2026-09-02T10:00:00+08:00"), said(False, "2026-09-02T03:00:00+00:00")),
        "member": (said(True, AT, "membership"),),
    }
    with shop.writing() as books:
        for member_id, consents in told.items():
            for consent in consents:
                books.members.consent(member_id, consent)

    with shop.reading() as books:
        assert list(books.outreach.agreed()) == ["yes"]


def test_members_coupons_that_lapse_soon_are_found(shop: Shop) -> None:
    with shop.writing() as books:
        for number, (who, until, state) in enumerate(
            (
                (ALICE.member_id, MONDAY, "issued"),
                (ALICE.member_id, date(2026, 10, 9), "issued"),
                (BOB.member_id, MONDAY, "redeemed"),
                (None, MONDAY, "issued"),
            )
        ):
            books.coupons.put(
                replace(COUPON, coupon_id=f"c-{number}", member_id=who, valid_until=until, state=state)  # type: ignore[arg-type]  # of the rows
            )

    with shop.reading() as books:
        assert list(books.outreach.lapsing(MONDAY, TUESDAY)) == [Lapsing(ALICE.member_id, 500, MONDAY)]
