"""Feedback: the first answer of a receipt counts, and what a member wrote goes when she is erased."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.feedback import Feedback, Marks
from storeapp.till.ports import Shop
from tests.fakes.things import ALICE, BOB

HERS = Feedback("T1", 2, "面包有点干", "2026-09-28T12:00:00+00:00", "S01-1-20260928-0001", ALICE.member_id)
BOBS = Feedback("T2", 5, "", "2026-09-29T12:00:00+00:00", "S01-1-20260929-0002", BOB.member_id)
NOBODYS = Feedback("T3", 1, "排队太久", "2026-09-29T23:30:00+08:00", "S01-1-20260929-0003")


def answered(shop: Shop) -> None:
    with shop.writing() as books:
        for member in (ALICE, BOB):
            books.members.put(member)
        for said in (HERS, BOBS, NOBODYS):
            books.feedback.put(said)


def test_the_first_answer_of_a_receipt_counts(shop: Shop) -> None:
    answered(shop)
    with shop.writing() as books:
        books.feedback.put(replace(HERS, mark=5, words="很好"))

    with shop.reading() as books:
        # the hour counts, not how it is written: half past eleven at night in Shanghai comes later than noon in London
        assert books.feedback.latest() == (NOBODYS, BOBS, HERS)
        assert books.feedback.latest(low=True) == (NOBODYS, HERS)
        assert books.feedback.latest(most=1) == (NOBODYS,)
        assert books.feedback.marks() == Marks((1, 1, 0, 0, 1))


def test_only_members_low_marks_are_looked_back_for(shop: Shop) -> None:
    answered(shop)

    with shop.reading() as books:
        assert books.feedback.low_since("2026-09-28") == (HERS,)
        assert books.feedback.low_since("2026-09-29") == ()


def test_her_words_go_when_she_is_erased_and_the_mark_stays(shop: Shop) -> None:
    answered(shop)
    with shop.writing() as books:
        books.members.erase(ALICE.member_id)

    with shop.reading() as books:
        kept = {said.token: said for said in books.feedback.latest()}
    assert kept == {"T1": replace(HERS, words=""), "T2": BOBS, "T3": NOBODYS}


def test_it_stands_on_her_timeline_and_nobody_elses(shop: Shop) -> None:
    answered(shop)

    with shop.reading() as books:
        [row] = books.timeline.of(ALICE.member_id)
        others = books.timeline.of(BOB.member_id)
    assert (row.kind, row.ref, row.detail) == ("feedback", HERS.receipt, "2:面包有点干")
    assert [(other.kind, other.detail) for other in others] == [("feedback", "5:")]


def test_what_two_said_who_are_one_person_is_hers(shop: Shop) -> None:
    answered(shop)
    with shop.writing() as books:
        books.members.merge(BOB.member_id, ALICE.member_id)

    with shop.reading() as books:
        hers = books.timeline.of(ALICE.member_id)
    assert {row.detail for row in hers if row.kind == "feedback"} == {"2:面包有点干", "5:"}
    with shop.writing() as books:
        books.members.erase(ALICE.member_id)
        assert {said.words for said in books.feedback.latest() if said.member_id} == {""}


def test_words_of_the_one_who_is_gone_stay_with_her(shop: Shop) -> None:
    answered(shop)
    with shop.writing() as books:
        books.members.merge(ALICE.member_id, BOB.member_id)

    with shop.reading() as books:
        assert books.feedback.low_since("2026-09-28") == (replace(HERS, member_id=BOB.member_id),)
