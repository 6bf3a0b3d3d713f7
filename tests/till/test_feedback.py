"""A low mark is a reason to write, and what customers said is read with whose it was."""

from __future__ import annotations

from storeapp.domain.feedback import Feedback
from storeapp.domain.member import Consent
from storeapp.till import feedback, outreach
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import StillClock
from tests.fakes.things import ALICE, BOB


def said(shop: MemoryShop, who: str | None, mark: int, at: str, token: str) -> None:
    with shop.writing() as books:
        books.feedback.put(Feedback(token, mark, "面包有点干", at, "S01-1-20260927-0001", who))


def lived(shop: MemoryShop) -> None:
    with shop.writing() as books:
        for member, agrees in ((ALICE, True), (BOB, False)):
            books.members.put(member)
            consent = Consent("marketing", "2026-11", agrees, "counter", member.joined_at)
            books.members.consent(member.member_id, consent)
    for token, who, mark, at in (
        ("a", ALICE.member_id, 1, "2026-09-27T03:00:00+00:00"),
        ("b", BOB.member_id, 1, "2026-09-27T03:00:00+00:00"),
        ("c", None, 1, "2026-09-27T16:30:00+00:00"),
        ("d", ALICE.member_id, 2, "2026-09-01T03:00:00+00:00"),
    ):
        said(shop, who, mark, at, token)


def test_who_was_not_content_and_agrees_to_messages_stands_on_the_mornings_list(
    shop: MemoryShop, clock: StillClock
) -> None:
    lived(shop)

    outreach.prepare(shop, clock=clock)

    with shop.reading() as books:
        day = books.outreach.of_day(clock.now().date())
    assert [(due.member_id, due.reason, due.detail) for due in day] == [(ALICE.member_id, "make_good", "1")]


def test_answers_are_read_by_the_shops_own_clock_with_whose_they_are(shop: MemoryShop, clock: StillClock) -> None:
    lived(shop)

    found = feedback.all_of_it(shop)

    first, second, *_rest = found.latest
    assert (first.said.at[:16], first.phone_masked) == ("2026-09-28T00:30", "")
    assert "****" in second.phone_masked
    assert (found.marks.answers, found.marks.low, len(found.latest)) == (4, 4, 4)
