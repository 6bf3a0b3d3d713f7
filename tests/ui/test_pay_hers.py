"""A member's own pays at the counter: by keys alone, with what is possible in sight on both screens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from storeapp.domain.ledger import Leg, Txn, bonus_account, owed_account, principal_account
from storeapp.domain.member_tender import NotGranted, TooFewPoints
from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind
from storeapp.domain.voucher import VoucherUsed
from storeapp.ui.counter import Counter as Window
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.pay.state import VoucherWorthMissing, Way, WayClosed
from tests.ui.conftest import OpenCounter
from tests.ui.scene import ALICE, MILK, Scene
from tests.ui.test_both_screens import Hers
from tests.ui.test_pay_presenter import Counter, counter

HER = ALICE.member_id
ON = {"stored_value.enabled": True, "on_account.enabled": True, "on_account.most_fen": 5000}


def furnish(here: Scene) -> None:
    """Alice has 2,486 points, 20.00 of principal and 10.00 of bonus, and may owe 50.00."""
    legs = (
        Leg(principal_account(HER), "fen", 2000),
        Leg(bonus_account(HER), "fen", 1000),
        Leg("adjust.opening", "fen", -3000),
    )
    with here.shop.writing() as books:
        books.ledger.post(Txn("v", "opening", "2026-03-01T10:00:00+08:00", legs, HER))
        for key, value in ON.items():
            books.policy.put(key, value, at="2026-01-01T00:00:00+08:00")


@pytest.fixture
def till() -> Counter:
    made = counter()
    furnish(made.here)
    made.sell.scan(MILK.code)
    made.sell.attach_member(HER)
    return made


def part(till: Counter, way: Way, typed: str = "", proof: str = "") -> None:
    till.pay.open(way)
    till.pay.type(typed)
    till.pay.prove(proof)
    till.pay.confirm()


def paid(till: Counter) -> list[tuple[TenderKind, int]]:
    assert till.sold is not None
    return [(tender.kind, tender.amount.fen) for tender in till.sold.tenders]


def test_all_that_is_hers_pays_in_any_order(till: Counter) -> None:
    part(till, "points", "10")
    part(till, "stored_value")
    part(till, "on_account", "5")
    part(till, "coupon", "8.90", "mt 77")
    part(till, "cash")

    # 59.90 for a member
    assert paid(till) == [
        ("points", 1000),
        ("stored_value", 3000),
        ("on_account", 500),
        ("coupon", 890),
        ("cash", 600),
    ]
    with till.here.shop.reading() as books:
        assert books.vouchers.receipt_of("MT77") != ""
        assert books.ledger.balance(owed_account(HER), "fen") == 500


def test_a_voucher_pays_what_it_is_worth_and_never_just_all_that_is_due(till: Counter) -> None:
    part(till, "coupon", "", "MT77")
    assert isinstance(till.seen.state.refused, VoucherWorthMissing)
    assert not till.seen.state.given

    till.pay.type("10")
    till.pay.confirm()
    assert [(tender.kind, tender.amount.fen) for tender in till.seen.state.tenders] == [("coupon", 1000)]
    part(till, "coupon", "100", "MT78")

    # of the second one only what was left counts: a voucher gives no change
    assert paid(till) == [("coupon", 1000), ("coupon", 4990)]


def test_what_is_typed_is_told_in_points(till: Counter) -> None:
    till.pay.open("points")
    assert (till.seen.state.here.points, till.seen.state.points, till.seen.state.due) == (2486, 2486, Money(2486))

    till.pay.type("3.5")

    assert (till.seen.state.points, till.seen.state.missing) == (350, Money(5640))


def test_a_part_the_checkout_would_refuse_is_refused_at_once(till: Counter) -> None:
    with till.here.shop.writing() as books:
        books.policy.put("points.redeem_least", 500, at="2026-01-01T00:00:00+08:00")
        books.vouchers.take("A1", receipt="S01-1-20260928-0009")

    part(till, "points", "4.99")
    assert isinstance(till.seen.state.refused, TooFewPoints)
    part(till, "coupon", "10", "a 1")
    assert isinstance(till.seen.state.refused, VoucherUsed)

    assert till.seen.state.tenders == ()
    assert till.sold is None


def test_a_stranger_is_told_why_these_ways_are_shut() -> None:
    till = counter()
    furnish(till.here)
    till.sell.scan(MILK.code)
    for way in ("points", "stored_value", "on_account"):
        with pytest.raises(WayClosed) as closed:
            till.pay.open(way)
        assert closed.value.reason == "no_member"


def test_a_member_put_on_the_basket_opens_her_ways() -> None:
    till = counter()
    furnish(till.here)
    till.sell.scan(MILK.code)
    till.pay.open("cash")
    assert {offer.way: offer.closed for offer in till.seen.state.offers}["points"] == "no_member"

    till.sell.attach_member(HER)
    till.pay.refresh()

    assert {offer.way: offer.closed for offer in till.seen.state.offers}["points"] == ""


def test_at_a_till_of_a_cloud_nothing_of_hers_is_offered_until_the_owner_says_so(till: Counter) -> None:
    with till.here.shop.writing() as books:
        books.put_device(replace(books.device, cloud_url="https://c.example", tenant_id="t"))
    with pytest.raises(WayClosed) as closed:
        till.pay.open("points")
    assert closed.value.reason == "no_grant"

    with till.here.shop.writing() as books:
        books.policy.put("account.joined_most_fen", 1500, at="2026-01-01T00:00:00+08:00")
    part(till, "points", "10")
    part(till, "stored_value", "10")

    assert isinstance(till.seen.state.refused, NotGranted)
    assert [tender.kind for tender in till.seen.state.tenders] == ["points"]


def test_her_screen_says_what_of_hers_is_about_to_pay_and_what_it_left(till: Counter) -> None:
    customer, hers = CustomerPresenter(till.here.desk), Hers()
    customer.bind(hers)
    till.pay.watch(customer.follow_payment)
    customer.follow(till.sell.state)
    till.pay.open("points")
    till.pay.type("5")
    payment = customer.state.payment
    assert payment is not None
    assert payment.hers is not None
    assert (payment.hers.kind, payment.hers.amount, payment.hers.most) == ("points", Money(500), Money(2486))
    assert payment.hers.points == 500

    till.pay.confirm()
    part(till, "stored_value", "10")
    part(till, "cash")
    customer.follow(till.sell.state)

    assert customer.state.phase == "paid"
    assert (customer.state.points_spent, customer.state.value_left) == (500, Money(2000))


@pytest.fixture
def window(open_counter: OpenCounter, here: Scene) -> Window:
    furnish(here)
    made = open_counter()
    made.sell.scan(MILK.code)
    made.sell.attach_member(HER)
    return made


def press(window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window.window, key, modifier)


def test_the_four_ways_work_by_keys_alone(window: Window, here: Scene) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    for key, typed in ((Qt.Key.Key_4, "10"), (Qt.Key.Key_3, "20"), (Qt.Key.Key_6, "10")):
        press(window, key, alt)
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, typed)
        press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_5, alt)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "MT-9001")
    press(window, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is not focus
    press(window, Qt.Key.Key_Return)
    with here.shop.reading() as books:
        assert books.sales.last() is None
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "50")
    press(window, Qt.Key.Key_Return)

    with here.shop.reading() as books:
        sale = books.sales.last()
    assert sale is not None
    assert [(tender.kind, tender.amount.fen, tender.ref) for tender in sale.tenders] == [
        ("points", 1000, ""),
        ("stored_value", 2000, ""),
        ("on_account", 1000, ""),
        ("coupon", 1990, "MT-9001"),
    ]
