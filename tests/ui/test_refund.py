"""Refunds at the window: a receipt found, lines marked with keys, and money back only as the books allow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.refund import NothingToRefund, RefundTooMuch
from storeapp.domain.tender import Tender
from storeapp.till import shifts
from storeapp.till.receipts import receipt_of
from storeapp.till.refunds import RefundByWallet, RefundReasonMissing, VoidTooLate, Wallets
from storeapp.ui.refund.done_view import to_do
from storeapp.ui.refund.state import OWN
from storeapp.words import words
from tests.fakes.held_work import HeldWork
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import StillPace
from tests.ui import scene
from tests.ui.refunding import Refunding, refunding, sold, usual, weighed
from tests.ui.scene import ALICE, COLA, CRISPS, WATER, Scene
from tests.ui.stage import CASHIER, MANAGER, furnish
from tests.ui.test_pay_unclear import YES, paying_with


def opened(here: Scene, *, member: bool = False) -> Refunding:
    on = refunding(here)
    on.presenter.open(usual(here, member=member))
    return on


# a receipt is found


def test_the_latest_sales_are_offered_and_enter_opens_the_newest(here: Scene) -> None:
    usual(here)
    newest = usual(here)
    on = refunding(here)

    on.presenter.choose()

    assert on.state.sale == newest
    assert on.state.step == "lines"


@pytest.mark.parametrize("what", ["number", "barcode", "token", "page"])
def test_whatever_stands_on_the_receipt_opens_it(here: Scene, what: str) -> None:
    sale = usual(here)
    with here.shop.reading() as books:
        barcodes = receipt_of(books, sale).barcodes
    on = refunding(here)

    codes = {"number": sale.receipt, "barcode": barcodes[0], "token": sale.token, "page": f"https://s.cn/{sale.token}"}
    assert on.presenter.scan(codes[what])

    assert on.state.sale == sale


def test_the_slip_of_what_came_back_before_leads_to_its_sale(here: Scene) -> None:
    sale = usual(here)
    on = refunding(here)
    on.presenter.open(sale)
    on.presenter.step(1)
    on.presenter.choose_reason("unwanted")
    on.presenter.give_back()

    again = refunding(here)
    assert again.presenter.scan(on.made[0].receipt)

    assert again.state.sale == sale
    assert again.state.lines[0].before_milli == 1000


def test_a_member_is_found_by_her_digits_and_her_sales_are_listed(here: Scene) -> None:
    hers = usual(here, member=True)
    usual(here)
    on = refunding(here)

    on.presenter.search("6621")
    assert [who.member_id for who in on.state.finding.members] == [ALICE.member_id]
    on.presenter.choose()

    assert on.state.finding.sales == (hers,)
    assert on.state.finding.of == ALICE.name


def test_a_number_nobody_has_is_refused_aloud(here: Scene) -> None:
    on = refunding(here)

    on.presenter.search("S09-9-20200101-0001")
    on.presenter.choose()

    assert isinstance(on.state.finding.refused, UnknownReceipt)
    assert on.state.step == "find"
    assert on.seen.beeps == 1


# lines are marked


def test_keys_mark_what_comes_back_and_the_amount_follows(here: Scene) -> None:
    on = opened(here)

    on.presenter.step(1)
    on.presenter.move(1)
    on.presenter.move(1)
    on.presenter.type("4")

    assert on.marks() == [1000, 0, 4000]
    assert on.state.plan is not None
    assert on.state.plan.back == Money(200 + 1000)


def test_digits_make_one_number_and_backspace_takes_them_away(here: Scene) -> None:
    on = refunding(here)
    on.presenter.open(sold(here, (COLA, 24_000)))

    on.presenter.type("1")
    on.presenter.type("2")
    assert on.marks() == [12_000]

    on.presenter.rub()
    assert on.marks() == [1000]
    on.presenter.rub()
    assert on.marks() == [0]
    assert on.state.plan is None


def test_a_weight_is_typed_with_a_point(here: Scene) -> None:
    on = refunding(here)
    on.presenter.open(weighed(here))

    for char in "0.25":
        on.presenter.type(char)

    assert on.marks() == [250]
    assert on.state.plan is not None
    assert on.state.plan.back == Money(320)


def test_of_weighed_goods_one_more_is_all_of_it(here: Scene) -> None:
    on = refunding(here)
    on.presenter.open(weighed(here))

    on.presenter.step(1)
    assert on.marks() == [1250]

    on.presenter.step(-1)
    assert on.marks() == [0]


def test_more_than_is_left_is_refused_and_the_mark_stays(here: Scene) -> None:
    on = opened(here)
    on.presenter.type("2")

    on.presenter.type("9")

    assert on.marks()[0] == 2000
    refused = on.state.refused
    assert isinstance(refused, RefundTooMuch)
    assert (refused.line, refused.left, refused.asked) == (1, "3", "29")
    assert on.seen.beeps == 1
    for _key in range(3):
        on.presenter.step(1)
    assert on.marks()[0] == 3000


def test_everything_is_marked_by_one_key_and_unmarked_by_the_same(here: Scene) -> None:
    on = opened(here)

    on.presenter.everything()
    assert on.state.plan is not None
    assert on.state.plan.back == Money(2850)

    on.presenter.everything()
    assert on.marks() == [0, 0, 0]


def test_scanned_goods_come_back_one_by_one_and_a_strange_code_changes_nothing(here: Scene) -> None:
    on = opened(here)

    assert on.presenter.scan(COLA.code)
    assert on.presenter.scan(COLA.code)
    assert on.presenter.scan(WATER.code)
    assert on.marks() == [1000, 0, 2000]

    on.presenter.scan("6999999999994")
    assert on.marks() == [1000, 0, 2000]
    assert on.seen.beeps == 1


def test_goods_that_stand_on_two_lines_fill_the_first_one_first(here: Scene) -> None:
    on = refunding(here)
    on.presenter.open(sold(here, (WATER, 1000), (CRISPS, 1000), (WATER, 2000)))

    for _scan in range(2):
        on.presenter.scan(WATER.code)

    assert on.marks() == [1000, 0, 1000]


def test_faulty_goods_are_scrapped_unless_somebody_says_otherwise(here: Scene) -> None:
    on = opened(here)
    on.presenter.everything()
    assert [each.restock for each in on.state.asked] == [True, True, True]

    on.presenter.choose_reason("faulty")
    on.presenter.toggle_restock()

    assert [each.restock for each in on.state.asked] == [True, False, False]


# and given back


def test_part_and_then_the_rest_come_back_and_no_more(here: Scene) -> None:
    sale = usual(here)
    on = refunding(here)
    on.presenter.open(sale)
    on.presenter.step(1)
    on.presenter.choose_reason("unwanted")

    on.presenter.give_back()

    assert on.state.step == "done"
    assert [(made.back, made.reason) for made in on.made] == [(Money(200), "unwanted")]
    rest = refunding(here)
    rest.presenter.open(sale)
    assert [line.before_milli for line in rest.state.lines] == [1000, 0, 0]
    rest.presenter.everything()
    rest.presenter.choose_reason("unwanted")
    rest.presenter.give_back()
    assert sum(made.back.fen for made in on.refunds(sale)) == sale.due.fen
    over = refunding(here)
    over.presenter.open(sale)
    assert isinstance(over.state.refused, NothingToRefund)
    over.presenter.step(1)
    assert isinstance(over.state.refused, RefundTooMuch)
    over.presenter.give_back()
    assert len(on.refunds(sale)) == 2


def test_a_refund_says_why(here: Scene) -> None:
    on = opened(here)
    on.presenter.step(1)

    on.presenter.give_back()
    assert isinstance(on.state.refused, RefundReasonMissing)

    on.presenter.type_reason("瓶盖漏水")
    on.presenter.give_back()
    assert on.made[0].reason == "瓶盖漏水"
    assert on.state.reason == OWN


def test_enter_without_a_mark_gives_nothing_back(here: Scene) -> None:
    on = opened(here)
    on.presenter.choose_reason("unwanted")

    on.presenter.give_back()

    assert isinstance(on.state.refused, NothingToRefund)
    assert on.made == []


def test_a_cashier_asks_for_each_right_she_has_not(here: Scene) -> None:
    furnish(here)
    sale = usual(here)
    here.clock.go_on(days=400)
    on = refunding(here, staff=CASHIER, answers=False)
    on.presenter.open(sale)
    on.presenter.step(1)
    on.presenter.choose_reason("unwanted")

    on.presenter.give_back()

    assert on.state.plan is not None
    assert on.state.plan.missing == ("refund", "refund_late")
    assert on.asks.asked == ["refund"]
    assert on.made == []


def test_a_yes_counts_for_what_was_asked_and_for_nothing_marked_since(here: Scene) -> None:
    furnish(here)
    on = refunding(here, staff=CASHIER, answers=False)
    on.presenter.open(usual(here))
    on.presenter.step(1)
    on.presenter.choose_reason("unwanted")
    answers = []
    on.presenter._ask = lambda right, payload, *, then, about="", amount=None: answers.append(then)
    on.presenter.give_back()

    on.presenter.step(1)
    answers[0]("a-1")

    assert on.made == []
    assert on.state.step == "lines"


def test_card_money_goes_back_to_the_card_or_in_cash_by_permission(here: Scene) -> None:
    on = refunding(here)
    on.presenter.open(sold(here, (COLA, 4000), tenders=(Tender("card", Money(1000)),)))
    on.presenter.everything()
    assert on.state.plan is not None
    assert [tender.kind for tender in on.state.plan.tenders] == ["card"]

    on.presenter.toggle_in_cash()

    assert [tender.kind for tender in on.state.plan.tenders] == ["cash"]
    assert "refund_other_tender" in on.state.plan.needed


def test_points_she_earned_are_told_before_they_go(here: Scene) -> None:
    on = opened(here, member=True)

    on.presenter.everything()

    assert on.state.plan is not None
    assert on.state.plan.points == 28
    assert ALICE.name in on.state.member


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Take("refunded"), "已退回顾客钱包"),
        (Take("failed", reason="refused_by_provider"), "退款被拒"),
        (UNKNOWN, "尚未确认"),
    ],
)
def test_what_was_paid_by_code_goes_back_through_its_company(answer: Take, said: str) -> None:
    provider = ScriptedProvider(takes=[YES], refunds=[answer])
    till = paying_with(provider)
    on = refunding(till.here, staff=MANAGER, wallets=Wallets({provider.kind: provider}, StillPace()))
    assert till.sold is not None
    on.presenter.open(till.sold)
    on.presenter.everything()
    on.presenter.choose_reason("unwanted")

    on.presenter.give_back()

    assert provider.deeds().count("refund") == 1
    [tender] = on.made[0].tenders
    assert said in to_do(tender, words("zh_CN"), on.state.sent)
    assert till.sold.due == tender.amount


def test_a_company_nobody_here_can_ask_is_named_before_anything_is_done() -> None:
    till = paying_with(ScriptedProvider(takes=[YES]))
    on = refunding(till.here)
    assert till.sold is not None
    on.presenter.open(till.sold)

    on.presenter.everything()
    assert isinstance(on.state.refused, RefundByWallet)
    on.presenter.toggle_in_cash()

    assert on.state.plan is not None
    assert [tender.kind for tender in on.state.plan.tenders] == ["cash"]


# void


def in_a_shift(here: Scene) -> None:
    shifts.open_shift(here.shop, by="1001", float_amount=Money(10_000), clock=here.desk.clock, ids=here.desk.ids)


def test_a_sale_of_the_open_shift_is_void_as_a_whole(here: Scene) -> None:
    in_a_shift(here)
    sale = usual(here)
    on = refunding(here)
    on.presenter.open(sale)

    on.presenter.toggle_void()
    on.presenter.step(-1)  # a void is of everything
    on.presenter.choose_reason("overcharged")
    on.presenter.give_back()

    [made] = on.made
    assert (made.kind, made.back, made.is_last) == ("void", sale.due, True)


def test_a_sale_without_a_shift_is_refunded_and_not_void(here: Scene) -> None:
    on = opened(here)

    on.presenter.toggle_void()

    assert isinstance(on.state.refused, VoidTooLate)
    assert on.state.kind == "refund"
    assert on.marks() == [0, 0, 0]


# nothing is lost


def test_what_was_marked_is_kept_while_the_page_is_away(here: Scene) -> None:
    on = opened(here)
    on.presenter.step(1)
    on.presenter.choose_reason("faulty")
    draft = on.kept[-1]
    assert draft is not None

    again = refunding(here)
    again.presenter.resume(draft)

    assert again.state.lines == on.state.lines
    assert again.state.reason == "faulty"
    assert again.seen.well == ["resumed"]


def test_a_draft_is_cut_to_what_is_left_meanwhile(here: Scene) -> None:
    sale = usual(here)
    on = refunding(here)
    on.presenter.open(sale)
    on.presenter.everything()
    draft = on.kept[-1]
    other = refunding(here)
    other.presenter.open(sale)
    other.presenter.step(1)
    other.presenter.choose_reason("unwanted")
    other.presenter.give_back()

    again = refunding(here)
    assert draft is not None
    again.presenter.resume(draft)

    assert again.marks() == [2000, 1000, 6000]


def test_another_receipt_and_back_again_keeps_the_marks(here: Scene) -> None:
    on = opened(here)
    on.presenter.step(1)

    on.presenter.another()
    assert on.state.step == "find"
    on.presenter.choose()

    assert on.marks() == [1000, 0, 0]


def test_nothing_is_kept_of_what_was_made(here: Scene) -> None:
    on = opened(here)
    on.presenter.step(1)
    on.presenter.choose_reason("unwanted")

    on.presenter.give_back()

    assert on.kept[-1] is None
    on.presenter.close()
    assert on.seen.left == 1


def test_a_refund_is_written_once_however_often_enter_is_pressed() -> None:
    work = HeldWork()
    here = scene.scene(work)
    on = refunding(here)
    sale = usual(here)
    on.presenter.open(sale)
    on.presenter.step(1)
    on.presenter.choose_reason("unwanted")

    on.presenter.give_back()
    on.presenter.give_back()
    assert on.state.is_saving
    assert not on.presenter.leave()
    before = on.state
    for key in (
        on.presenter.everything, on.presenter.toggle_restock, on.presenter.toggle_in_cash, on.presenter.toggle_void,
        on.presenter.take_others, on.presenter.another, lambda: on.presenter.choose_reason("faulty"),
        lambda: on.presenter.type_reason("x"), lambda: on.presenter.type("2"),
    ):  # fmt: skip
        key()
    assert on.state == before
    work.run_next()

    assert work.waiting == []
    assert len(on.refunds(sale)) == 1
    assert on.presenter.leave()


def test_a_refund_that_fails_says_so_and_keeps_the_marks(here: Scene) -> None:
    work = HeldWork()
    here = replace(here, desk=replace(here.desk, work=work))
    sale = usual(here)
    on, other = refunding(here), refunding(here)
    for each in (on, other):
        each.presenter.open(sale)
        each.presenter.everything()
        each.presenter.choose_reason("unwanted")

    other.presenter.give_back()
    on.presenter.give_back()
    work.run_next()
    work.run_next()

    assert len(on.refunds(sale)) == 1
    assert on.state.step == "lines"
    assert isinstance(on.state.refused, RefundTooMuch)
