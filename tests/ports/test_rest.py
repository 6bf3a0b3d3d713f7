"""Print queue, baskets, staff, policy, feeds and payment attempts."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from storeapp.domain.approval import Approval
from storeapp.domain.printing import JobState, PrintJob
from storeapp.domain.staff import Staff
from storeapp.till.ports import Shop
from storeapp.till.records import Attempt, Cursor, Parked
from tests.fakes.shops import NOT_SO

AT = "2026-09-28T12:00:00+08:00"
JOB = PrintJob("j1", "receipt", "receipt", "queued", AT, receipt="")


def test_jobs_are_sent_in_order_and_only_while_queued(shop: Shop) -> None:
    with shop.writing() as books:
        for number in (1, 2, 3):
            books.prints.add(replace(JOB, job_id=f"j{number}"))
        books.prints.set_state("j1", "done")

    with shop.reading() as books:
        assert [job.job_id for job in books.prints.queued()] == ["j2", "j3"]
        assert [job.job_id for job in books.prints.queued(limit=1)] == ["j2"]
        assert [job.job_id for job in books.prints.recent(limit=2)] == ["j3", "j2"]
        assert books.prints.get("j1") == replace(JOB, state="done")
        assert books.prints.get("j9") is None


def test_a_job_that_may_have_printed_is_a_question_until_somebody_decides(shop: Shop) -> None:
    with shop.writing() as books:
        for state in get_args(JobState):
            books.prints.add(replace(JOB, job_id=state))
            books.prints.set_state(state, state, reason="paper_out" if state == "failed" else "")

    with shop.reading() as books:
        assert [job.job_id for job in books.prints.open_questions()] == ["sending", "unconfirmed", "failed"]
        failed = books.prints.get("failed")
        assert failed is not None
        assert failed.reason == "paper_out"

    with shop.writing() as books:
        books.prints.settle("unconfirmed")

    with shop.reading() as books:
        assert [job.job_id for job in books.prints.open_questions()] == ["sending", "failed"]


def test_the_unfinished_basket_is_kept_until_it_is_done(shop: Shop) -> None:
    with shop.writing() as books:
        assert books.baskets.current() is None
        books.baskets.keep_current({"lines": [1]})
        books.baskets.keep_current({"lines": [1, 2], "note": "冰"})

    with shop.reading() as books:
        assert books.baskets.current() == {"lines": [1, 2], "note": "冰"}

    with shop.writing() as books:
        books.baskets.keep_current(None)

    with shop.reading() as books:
        assert books.baskets.current() is None


def test_a_parked_basket_is_taken_once(shop: Shop) -> None:
    first, second = Parked("p1", "red hat", AT, "1007", 2, 700, {"lines": []}), Parked("p2", "", AT, "1007", 1, 1, {})
    with shop.writing() as books:
        books.baskets.park(first)
        books.baskets.park(second)
        assert books.baskets.parked() == (first, second)
        assert books.baskets.take("p1") == first
        assert books.baskets.take("p1") is None

    with shop.reading() as books:
        assert books.baskets.parked() == (second,)


def test_staff_are_who_they_were_put_as_last(shop: Shop) -> None:
    mei, lin = Staff("1007", "小梅", "cashier", "hash"), Staff("1001", "林", "owner")
    locked = replace(mei, wrong_tries=5, locked_until=AT, is_active=False)

    with shop.writing() as books:
        for staff in (mei, lin, locked):
            books.staff.put(staff)

    with shop.reading() as books:
        assert books.staff.by_code("1007") == locked
        assert books.staff.by_code("9") is None
        assert books.staff.every() == (lin, locked)


def test_a_badge_names_its_person(shop: Shop) -> None:
    mei, lin = Staff("1007", "小梅", "cashier", badge="ST-4711", must_change_pin=True), Staff("1001", "林", "owner")

    with shop.writing() as books:
        for staff in (mei, lin):
            books.staff.put(staff)

    with shop.reading() as books:
        assert books.staff.by_badge("ST-4711") == mei
        assert books.staff.by_badge("ST-4712") is None
        assert books.staff.by_badge("") is None


def test_an_approval_is_spent_once(shop: Shop) -> None:
    given = Approval("a1", "refund", "ff" * 32, "1001", "1007", "damaged", AT, AT)

    with shop.writing() as books:
        books.approvals.add(given)
        assert books.approvals.by_id("a1") == given
        assert books.approvals.use("a1", at=AT)
        assert not books.approvals.use("a1", at=AT)
        assert not books.approvals.use("a2", at=AT)
        with pytest.raises(NOT_SO, match=r"there already|UNIQUE|constraint"):
            books.approvals.add(given)

    with shop.reading() as books:
        assert tuple(books.approvals.every()) == (replace(given, used_at=AT),)


def test_the_policy_in_force_is_the_latest_and_the_past_can_be_asked(shop: Shop) -> None:
    with shop.writing() as books:
        books.policy.put("points.per_yuan", 1, at="2026-09-01T00:00:00+08:00")
        books.policy.put("points.per_yuan", 2, at="2026-09-10T00:00:00+08:00")
        books.policy.put("shop.name", "永和", at="2026-09-10T00:00:00+08:00")

    with shop.reading() as books:
        assert books.policy.in_force().whole("points.per_yuan") == 2
        assert books.policy.in_force().text("shop.name") == "永和"
        # 17:00 in London is the next day in Shanghai
        assert books.policy.in_force(at="2026-09-09T15:59:59+00:00").whole("points.per_yuan") == 1
        assert books.policy.in_force(at="2026-09-09T16:00:00+00:00").whole("points.per_yuan") == 2
        assert books.policy.in_force(at="2026-08-01T00:00:00+08:00").values == {}


def test_an_older_choice_coming_back_does_not_undo_a_newer_one(shop: Shop) -> None:
    older = ("points.per_yuan", 1, "2026-09-01T00:00:00+08:00")
    with shop.writing() as books:
        books.policy.put(older[0], older[1], at=older[2])
        books.policy.put("points.per_yuan", 2, at="2026-09-10T00:00:00+08:00")
        books.policy.put(older[0], older[1], at=older[2])

    with shop.reading() as books:
        assert books.policy.in_force().whole("points.per_yuan") == 2


def test_a_feed_remembers_how_far_it_was_read(shop: Shop) -> None:
    with shop.writing() as books:
        assert books.feeds.cursor("catalog") is None
        books.feeds.move(Cursor("catalog", 1, 500, "aa"))
        books.feeds.move(Cursor("catalog", 2, 3))

    with shop.reading() as books:
        assert books.feeds.cursor("catalog") == Cursor("catalog", 2, 3)


def test_the_first_time_a_page_was_opened_counts(shop: Shop) -> None:
    with shop.writing() as books:
        books.feeds.note_opened("T1", "2026-09-28T12:00:00+08:00")
        books.feeds.note_opened("T1", "2026-09-28T13:00:00+08:00")

    with shop.reading() as books:
        assert books.feeds.opened() == {"T1": "2026-09-28T12:00:00+08:00"}


def an_attempt(number: str, **parts: object) -> Attempt:
    made = Attempt(f"a{number}", f"s{number}", "wechat", 350, "sent", AT, tender="wechat", trade_number=f"t{number}")
    return replace(made, **parts)  # type: ignore[arg-type]  # any field


def test_an_attempt_is_open_until_its_end_is_known(shop: Shop) -> None:
    sent, unknown = an_attempt("1"), an_attempt("2", state="unknown")

    with shop.writing() as books:
        for attempt in (sent, unknown, an_attempt("3", state="paid")):
            books.attempts.put(attempt)
        assert books.attempts.open() == (sent, unknown)
        books.attempts.put(replace(sent, state="failed", reason="code_expired"))

    with shop.reading() as books:
        assert books.attempts.open() == (unknown,)
        assert books.attempts.of_document("s1") == (replace(sent, state="failed", reason="code_expired"),)


def test_paid_money_is_unused_until_a_sale_has_used_it(shop: Shop) -> None:
    paid, late = an_attempt("1", state="paid"), an_attempt("2", state="paid_late")

    with shop.writing() as books:
        for attempt in (paid, late, an_attempt("3", state="paid", used_by="s3")):
            books.attempts.put(attempt)

    with shop.reading() as books:
        assert books.attempts.unused() == (paid,)
        assert books.attempts.unsettled() == (late,)


def test_a_refund_lies_beside_its_payment(shop: Shop) -> None:
    paid = an_attempt("1", state="paid", code_hash="h1")
    back = an_attempt(
        "2", state="refund_unknown", kind="refund", trade_number="t1", refund_number="r1", at="2026-09-29"
    )

    with shop.writing() as books:
        books.attempts.put(paid)
        books.attempts.put(back)

    with shop.reading() as books:
        assert books.attempts.by_trade("t1") == paid
        assert books.attempts.refunds_of("t1") == (back,)
        assert books.attempts.by_code("h1") == (paid,)
        assert books.attempts.between("2026-09-29", "2026-09-30") == (back,)
        assert books.attempts.open() == (back,)
