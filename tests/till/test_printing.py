"""The print queue: what is owed, what a crash leaves, and who decides about printing again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.money import Money
from storeapp.domain.printing import JobKind, PrintJob
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender, TenderKind
from storeapp.till import printing, shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policy
from tests.domain.goods import TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock


def sell(shop: MemoryShop, clock: StillClock, ids: CountedIds, *, kind: TenderKind = "cash") -> Sale:
    order = Order(Basket((Line(TEA),)), (Tender(kind, Money(350)),), cashier="1007")
    return checkout(shop, order, clock=clock, ids=ids).sale


def jobs(shop: MemoryShop) -> tuple[PrintJob, ...]:
    with shop.reading() as books:
        return tuple(reversed(books.prints.recent(limit=100)))


def sent(shop: MemoryShop, kind: JobKind = "receipt") -> PrintJob:
    """The queue's job of that kind, taken for sending."""
    queued = next(job for job in jobs(shop) if job.kind == kind and job.state == "queued")
    taken = printing.take(shop, queued.job_id)
    assert taken is not None
    return taken


def test_a_cash_sale_owes_the_drawer_first_and_then_the_receipt(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sale = sell(shop, clock, ids)

    assert [(job.kind, job.receipt, job.state) for job in jobs(shop)] == [
        ("drawer", "", "queued"),
        ("receipt", sale.receipt, "queued"),
    ]


def test_a_sale_paid_by_code_leaves_the_drawer_shut(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, clock, ids, kind="code_manual")

    assert [job.kind for job in jobs(shop)] == ["receipt"]


@pytest.mark.parametrize("copies", [0, 1])
def test_the_owner_says_how_many_receipts_a_sale_prints(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, copies: int
) -> None:
    set_policy(shop, "receipt.copies", copies, actor="1001", clock=clock)

    sell(shop, clock, ids, kind="code_manual")

    assert [job.copy for job in jobs(shop)] == [0] * copies


def test_a_drawer_overtakes_paper_that_waits(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, clock, ids, kind="code_manual")
    printing.kick_drawer(shop, cashier="1001", reason="change money", clock=clock, ids=ids)

    first = printing.next_job(shop)

    assert first is not None
    assert first.kind == "drawer"


def test_opening_the_drawer_without_a_sale_is_journaled(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    printing.kick_drawer(shop, cashier="1001", reason="change money", clock=clock, ids=ids)

    with shop.reading() as books:
        entry = books.journal.at(books.journal.head()[0])
    assert entry is not None
    assert (entry.type, json.loads(entry.body)) == ("drawer.opened", {"cashier": "1001", "reason": "change money"})


def test_a_hand_in_the_drawer_is_counted_in_its_shift(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(shop, by="1001", float_amount=Money(20_000), clock=clock, ids=ids)
    printing.kick_drawer(shop, cashier="1001", reason="change money", clock=clock, ids=ids)

    report = shifts.x_report(shop)

    assert report.no_sale == 1
    assert [(row.tender, row.expected_fen) for row in report.tenders] == [("cash", 20_000)]


def test_a_reprint_is_counted_and_journaled(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sale = sell(shop, clock, ids)

    copies = [printing.reprint(shop, sale.receipt, clock=clock, ids=ids).copy for _ in range(2)]

    assert copies == [1, 2]
    with shop.reading() as books:
        entry = books.journal.at(books.journal.head()[0])
    assert entry is not None
    assert (entry.type, json.loads(entry.body)) == (
        "receipt.reprinted",
        {"receipt": sale.receipt, "copy": 2, "by": "script"},
    )


def test_a_receipt_nobody_knows_cannot_be_reprinted(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(UnknownReceipt):
        printing.reprint(shop, "S01-1-20260928-9999", clock=clock, ids=ids)
    assert jobs(shop) == ()


def test_a_job_is_taken_once(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, clock, ids)
    job = sent(shop)

    assert printing.take(shop, job.job_id) is None
    assert printing.take(shop, "no such job") is None


def test_what_a_crash_left_half_sent_is_asked_about_and_never_sent_again(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sell(shop, clock, ids)
    receipt, drawer = sent(shop), sent(shop, "drawer")

    (question,) = printing.start_up(shop)

    assert (question.job_id, question.state, question.reason) == (receipt.job_id, "unconfirmed", "interrupted")
    assert question.may_have_printed
    assert printing.next_job(shop) is None
    # nobody asks about a drawer: it is open or it is not
    assert next(job for job in jobs(shop) if job.job_id == drawer.job_id).state == "failed"


def test_a_job_just_being_sent_is_no_question(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, clock, ids)
    sent(shop)

    assert printing.questions(shop) == ()


def test_what_may_be_on_paper_comes_again_as_a_copy(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sale = sell(shop, clock, ids)
    job = printing.finish(shop, sent(shop), "unconfirmed", reason="broken_pipe")

    again = printing.answer(shop, job.job_id, print_again=True, clock=clock, ids=ids)

    assert again is not None
    assert (again.kind, again.receipt, again.copy) == ("copy", sale.receipt, 1)
    assert printing.questions(shop) == ()


def test_what_is_surely_not_on_paper_comes_again_as_the_original(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sell(shop, clock, ids)
    queued = next(job for job in jobs(shop) if job.kind == "receipt")
    printing.finish(shop, queued, "failed", reason=printing.TOO_OLD)

    again = printing.answer(shop, queued.job_id, print_again=True, clock=clock, ids=ids)

    assert again is not None
    assert (again.kind, again.copy, again.state) == ("receipt", 0, "queued")


def test_leaving_it_prints_nothing_and_a_question_is_answered_once(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sell(shop, clock, ids)
    job = printing.finish(shop, sent(shop), "unconfirmed", reason="mute")

    assert printing.answer(shop, job.job_id, print_again=False, clock=clock, ids=ids) is None

    with pytest.raises(printing.UnknownJob):
        printing.answer(shop, job.job_id, print_again=True, clock=clock, ids=ids)
    assert [one.kind for one in jobs(shop)] == ["drawer", "receipt"]


def test_a_printer_known_never_to_answer_raises_no_questions(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sell(shop, clock, ids)

    ended = printing.finish(shop, sent(shop), "unconfirmed", asks=False)

    assert ended.asked
    assert printing.questions(shop) == ()


def test_a_held_job_stays_in_the_queue_with_its_reason(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, clock, ids, kind="code_manual")

    printing.hold(shop, sent(shop), "paper_out")

    waiting = printing.next_job(shop)
    assert waiting is not None
    assert (waiting.state, waiting.reason) == ("queued", "paper_out")


def test_paper_is_owed_for_ten_minutes_and_a_drawer_for_seconds(clock: StillClock) -> None:
    paper = PrintJob("j", "receipt", "receipt", "queued", clock.now().isoformat())
    drawer = replace(paper, kind="drawer")

    assert not printing.is_too_old(paper, clock.now() + timedelta(minutes=10))
    assert printing.is_too_old(paper, clock.now() + timedelta(minutes=10, seconds=1))
    assert printing.is_too_old(drawer, clock.now() + timedelta(seconds=16))
    assert not printing.is_too_old(drawer, clock.now() - timedelta(days=1))


def test_each_printer_has_its_own_queue(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    printing.kick_drawer(shop, cashier="1001", reason="change money", clock=clock, ids=ids, printer="kitchen")

    assert printing.next_job(shop) is None
    assert printing.next_job(shop, printer="kitchen") is not None
