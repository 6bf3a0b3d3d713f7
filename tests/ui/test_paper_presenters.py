"""Parked baskets, receipts of the past and prints nobody is sure of."""

from __future__ import annotations

import pytest

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.sale import Sale
from storeapp.till import printing
from storeapp.till.receipts import receipt_of
from storeapp.till.refunds import RefundOrder, refund
from storeapp.ui.counter import Counter
from storeapp.ui.parked.presenter import ParkedPresenter
from storeapp.ui.receipt.presenter import ReceiptPresenter
from storeapp.ui.receipt.prints import PrintsPresenter
from tests.fakes.held_work import HeldWork
from tests.ui import scene
from tests.ui.conftest import OpenCounter
from tests.ui.outside import FakeOutside
from tests.ui.scene import CASHIER, Scene
from tests.ui.seen import Seen


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def outside() -> FakeOutside:
    return FakeOutside()


def park(counter: Counter, label: str) -> None:
    counter.sell.scan(scene.WATER.code)
    counter.sell.park(label)


def sell(counter: Counter) -> Sale:
    scene.fill(counter)
    counter.act("cash")
    counter.pay.type("200")
    counter.pay.confirm()
    with counter._setup.desk.shop.reading() as books:
        sale = books.sales.last()
    assert sale is not None
    return sale


# parked


@pytest.fixture
def taken() -> list[str]:
    return []


@pytest.fixture
def parked(open_counter: OpenCounter, here: Scene, seen: Seen, taken: list[str]) -> ParkedPresenter:
    counter = open_counter()
    for label in ("红衣服", "蓝帽子"):
        park(counter, label)
    made = ParkedPresenter(here.desk, recall=taken.append)
    made.bind(seen)
    return made


def test_parked_baskets_are_listed_oldest_first(parked: ParkedPresenter, seen: Seen) -> None:
    assert [basket.label for basket in seen.state.parked] == ["红衣服", "蓝帽子"]


def test_the_chosen_basket_is_recalled(parked: ParkedPresenter, seen: Seen, taken: list[str]) -> None:
    parked.choose(seen.state.parked[1].parked_id)

    assert taken == [seen.state.parked[1].parked_id]


def test_a_basket_is_dropped_only_when_asked_twice(parked: ParkedPresenter, seen: Seen) -> None:
    first = seen.state.parked[0].parked_id

    parked.drop(first)
    assert len(seen.state.parked) == 2
    assert seen.state.asking == first
    parked.drop(first)

    assert [basket.label for basket in seen.state.parked] == ["蓝帽子"]
    assert seen.left == 1


def test_another_basket_is_asked_about_anew(parked: ParkedPresenter, seen: Seen) -> None:
    one, two = (basket.parked_id for basket in seen.state.parked)

    parked.drop(one)
    parked.drop(two)

    assert len(seen.state.parked) == 2
    assert seen.state.asking == two


def test_moving_on_takes_the_question_back(parked: ParkedPresenter, seen: Seen) -> None:
    parked.drop(seen.state.parked[0].parked_id)

    parked.stop_asking()

    assert seen.state.asking == ""


# receipts


@pytest.fixture
def sale(open_counter: OpenCounter) -> Sale:
    return sell(open_counter())


@pytest.fixture
def receipts(here: Scene, seen: Seen, outside: FakeOutside, sale: Sale) -> ReceiptPresenter:
    made = ReceiptPresenter(here.desk, CASHIER, outside)
    made.bind(seen)
    return made


def test_the_latest_receipt_is_shown_on_paper(
    receipts: ReceiptPresenter, seen: Seen, sale: Sale, outside: FakeOutside
) -> None:
    assert seen.state.sale == sale
    assert outside.drawn == [sale.receipt]
    assert seen.state.png.startswith(b"\x89PNG")


def test_a_fragment_of_the_number_finds_it(receipts: ReceiptPresenter, seen: Seen, sale: Sale) -> None:
    receipts.search("0001")
    assert seen.state.sale == sale

    receipts.search("9999")
    assert seen.state.sales == ()
    assert seen.state.sale is None


@pytest.mark.parametrize("what", ["number", "barcode", "short barcode", "token", "page"])
def test_whatever_stands_on_the_receipt_finds_it(
    receipts: ReceiptPresenter, seen: Seen, sale: Sale, here: Scene, what: str
) -> None:
    with here.shop.reading() as books:
        barcodes = receipt_of(books, sale).barcodes
    receipts.search("nothing")
    texts = {
        "number": sale.receipt,
        "barcode": barcodes[0],
        "short barcode": barcodes[-1],
        "token": sale.token,
        "page": f"https://s.example.cn/{sale.token}",
    }

    assert receipts.look_up(texts[what])
    assert seen.state.sale == sale


def test_the_number_of_a_refund_shows_its_slip_and_prints_it_again(
    receipts: ReceiptPresenter, seen: Seen, sale: Sale, here: Scene
) -> None:
    order = RefundOrder(sale.receipt, "script", "unwanted", prints=False)
    made = refund(here.shop, order, clock=here.desk.clock, ids=here.desk.ids).refund

    assert receipts.look_up(made.receipt)
    receipts.reprint()

    assert (seen.state.sale, seen.state.refund, seen.state.chosen) == (None, made, made.receipt)
    with here.shop.reading() as books:
        assert [job.receipt for job in books.prints.queued(limit=20) if job.kind == "copy"] == [made.receipt]
    receipts.search("")
    assert seen.state.refund is None


def test_a_foreign_code_is_no_receipt(receipts: ReceiptPresenter, seen: Seen, sale: Sale) -> None:
    assert not receipts.look_up("6999999999994")

    assert isinstance(seen.state.refused, UnknownReceipt)
    assert seen.state.sale == sale
    assert seen.beeps == 1


def test_a_copy_is_counted_and_printed(
    receipts: ReceiptPresenter, seen: Seen, sale: Sale, here: Scene, outside: FakeOutside
) -> None:
    receipts.reprint()

    with here.shop.reading() as books:
        jobs = [job for job in books.prints.queued(limit=20) if job.kind == "copy"]
    assert [(job.receipt, job.copy) for job in jobs] == [(sale.receipt, 1)]
    assert seen.state.copies == 1
    assert outside.looked == 1
    assert seen.well == ["reprinting"]


def test_a_picture_that_comes_late_is_not_shown_under_another_receipt(open_counter: OpenCounter, seen: Seen) -> None:
    here = scene.scene()
    work = HeldWork()
    late = ReceiptPresenter(type(here.desk)(here.shop, work, here.desk.clock, here.desk.ids), CASHIER, FakeOutside())
    late.bind(seen)
    late.choose("S01-1-20260928-0001")

    late.choose("")
    work.run_next()

    assert seen.state.png == b""


def test_without_a_receipt_nothing_is_printed(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    made = ReceiptPresenter(here.desk, CASHIER, outside)
    made.bind(seen)

    made.reprint()

    assert [type(error) for error in seen.told] == [UnknownReceipt]
    assert outside.looked == 0


# prints nobody is sure of


@pytest.fixture
def unsure(here: Scene, sale: Sale, seen: Seen, outside: FakeOutside) -> PrintsPresenter:
    with here.shop.reading() as books:
        jobs = [job for job in books.prints.queued(limit=20) if job.kind == "receipt"]
    printing.take(here.shop, jobs[0].job_id)
    printing.finish(here.shop, jobs[0], "unconfirmed", reason="timeout")
    made = PrintsPresenter(here.desk, outside)
    made.bind(seen)
    return made


def test_an_unsure_print_is_asked_about(unsure: PrintsPresenter, seen: Seen, sale: Sale) -> None:
    assert [(job.receipt, job.reason) for job in seen.state.asked] == [(sale.receipt, "timeout")]


def test_what_is_on_paper_is_left_and_asked_no_more(unsure: PrintsPresenter, seen: Seen, here: Scene) -> None:
    unsure.answer(seen.state.asked[0].job_id, print_again=False)

    assert seen.state.asked == ()
    with here.shop.reading() as books:
        assert all(job.kind != "copy" for job in books.prints.queued(limit=20))


def test_printed_again_it_comes_as_a_counted_copy(
    unsure: PrintsPresenter, seen: Seen, here: Scene, outside: FakeOutside
) -> None:
    unsure.answer(seen.state.asked[0].job_id, print_again=True)

    assert seen.state.asked == ()
    with here.shop.reading() as books:
        assert [job.copy for job in books.prints.queued(limit=20) if job.kind == "copy"] == [1]
    assert outside.looked == 1


def test_a_question_answered_elsewhere_is_told(unsure: PrintsPresenter, seen: Seen, here: Scene) -> None:
    job = seen.state.asked[0]
    printing.answer(here.shop, job.job_id, print_again=False, clock=here.desk.clock, ids=here.desk.ids)

    unsure.answer(job.job_id, print_again=True)

    assert [type(error) for error in seen.told] == [printing.UnknownJob]
    assert seen.state.asked == ()
