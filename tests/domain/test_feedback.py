"""Feedback: what an answer may be, and what all of them come to."""

from __future__ import annotations

from datetime import date

import pytest

from storeapp.domain.feedback import BadFeedback, Feedback, Marks
from storeapp.domain.outreach import OutreachRules as Rules
from storeapp.domain.outreach import Peace, may_write, queue
from storeapp.domain.outreach_reasons import apology

AT = "2026-09-28T12:00:00+00:00"
DAY = date(2026, 9, 28)


@pytest.mark.parametrize(
    ("mark", "words", "what"), [(0, "", "mark"), (6, "", "mark"), (3, "字" * 101, "words"), (3, "a\nb", "words")]
)
def test_what_is_no_answer_is_refused(mark: int, words: str, what: str) -> None:
    with pytest.raises(BadFeedback) as refused:
        Feedback("T", mark, words, AT)

    assert refused.value.what == what


@pytest.mark.parametrize(
    ("counts", "average", "low"),
    [((0, 0, 0, 0, 0), None, 0), ((1, 0, 0, 0, 0), 10, 1), ((0, 1, 0, 0, 2), 40, 1), ((0, 0, 0, 13, 7), 44, 0)],
)
def test_the_average_is_rounded_half_up(counts: tuple[int, ...], average: int | None, low: int) -> None:
    assert (Marks(counts).average_tenths, Marks(counts).low) == (average, low)


@pytest.mark.parametrize(
    ("mark", "who", "last", "is_owed"),
    [
        (2, "m", None, True),
        (3, "m", None, False),
        (1, None, None, False),
        (1, "m", date(2026, 9, 28), True),
        (1, "m", date(2026, 9, 29), False),
    ],
)
def test_a_low_mark_is_owed_a_word_once(mark: int, who: str | None, last: date | None, is_owed: bool) -> None:
    said = Feedback("T", mark, "", AT, member_id=who)

    assert (apology(said, on=DAY, last_written_on=last) is not None) == is_owed


def test_an_apology_does_not_wait_for_the_weeks_of_peace_but_for_her_yes() -> None:
    said = apology(Feedback("T", 1, "", AT, member_id="m"), on=DAY, last_written_on=None)
    assert said is not None
    written = Peace(has_agreed=True, last_written_on=DAY)

    assert queue([said], {"m": written}, today=date(2026, 9, 29), rules=Rules()) == (said,)
    assert not may_write(written, today=DAY, rules=Rules(), reason="make_good")
    assert not may_write(Peace(has_agreed=False), today=DAY, rules=Rules(), reason="make_good")
