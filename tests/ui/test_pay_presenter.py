"""Taking the money: a sale is in the books before anybody reads "paid"."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from storeapp.domain.basket import EmptyBasket
from storeapp.domain.money import Money, NotAnAmount
from storeapp.domain.sale import Sale
from storeapp.domain.tender import AbsurdChange, Tender, TenderExceedsDue
from storeapp.payments.simulated import SimulatedProvider
from storeapp.ui.pay.asking import PaymentRefused
from storeapp.ui.pay.presenter import PayPresenter
from storeapp.ui.pay.state import PayState
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.work import InlineWork, Work
from tests.fakes.held_work import HeldWork
from tests.fakes.still import StillPace
from tests.ui import scene
from tests.ui.scene import CASHIER, COLA, MILK, WATER, Scene
from tests.ui.seen_selling import SeenSelling

PAID, REFUSED = "134567890123456781", "134567890123456788"


@dataclass
class SeenPaying:
    state: PayState = field(default_factory=PayState)
    closed: int = 0
    told: list[Exception] = field(default_factory=list)
    beeps: int = 0
    found: int = 0
    words: list[str] = field(default_factory=list)

    def show(self, state: PayState) -> None:
        self.state = state

    def close(self) -> None:
        self.closed += 1

    def tell(self, error: Exception) -> None:
        self.told.append(error)

    def open_found(self) -> None:
        self.found += 1

    def done(self, word: str) -> None:
        self.words.append(word)

    def beep(self) -> None:
        self.beeps += 1


@dataclass
class Counter:
    here: Scene
    basket: SeenSelling
    sell: SellPresenter
    seen: SeenPaying
    pay: PayPresenter

    @property
    def sold(self) -> Sale | None:
        with self.here.shop.reading() as books:
            return books.sales.last()


def counter(work: Work | None = None, *, provider: bool = False) -> Counter:
    here, basket, seen = scene.scene(work or InlineWork()), SeenSelling(), SeenPaying()
    sell = SellPresenter(here.desk, CASHIER)
    pay = PayPresenter(
        here.desk, sell, providers={"simulated": SimulatedProvider()} if provider else {}, pace=StillPace()
    )
    sell.bind(basket)
    pay.bind(seen)
    return Counter(here, basket, sell, seen, pay)


@pytest.fixture
def till() -> Counter:
    made = counter()
    made.sell.scan(MILK.code)
    return made


def test_cash_gives_change_and_frees_the_counter(till: Counter) -> None:
    till.pay.open("cash")
    till.pay.type("100")
    assert till.seen.state.change == Money(3010)

    till.pay.confirm()

    assert till.seen.closed == 1
    assert till.sold is not None
    assert till.sold.change == Money(3010)
    assert till.basket.state.is_empty
    assert till.basket.state.last_sale is not None
    assert till.basket.state.last_sale.just_paid
    assert till.basket.state.last_sale.change == Money(3010)


def test_the_change_stays_in_sight_until_the_next_scan(till: Counter) -> None:
    till.pay.open("cash")
    till.pay.confirm()

    till.sell.scan(WATER.code)

    assert till.basket.state.last_sale is not None
    assert not till.basket.state.last_sale.just_paid
    assert till.basket.rung == [(WATER.name, "1")]


def test_a_paid_basket_cannot_be_undone(till: Counter) -> None:
    till.pay.open("cash")
    till.pay.confirm()

    till.sell.undo()

    assert till.basket.state.is_empty


def test_an_empty_field_means_exactly_what_is_due(till: Counter) -> None:
    till.pay.open("cash")

    till.pay.confirm()

    assert till.sold is not None
    assert till.sold.tenders == (Tender("cash", Money(6990)),)
    assert till.sold.change == Money(0)


def test_an_offered_amount_is_one_press(till: Counter) -> None:
    till.pay.open("cash")
    assert Money(10000) in till.seen.state.quick

    till.pay.confirm_amount(Money(10000))

    assert till.sold is not None
    assert till.sold.change == Money(3010)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("2000", AbsurdChange),
        ("6923644240028", NotAnAmount),
        ("69236442", NotAnAmount),
        ("0", NotAnAmount),
        ("..", NotAnAmount),
    ],
)
def test_a_wrong_amount_is_refused_and_nothing_is_sold(till: Counter, typed: str, error: type[Exception]) -> None:
    till.pay.open("cash")
    till.pay.type(typed)

    till.pay.confirm()

    assert type(till.seen.state.refused) is error
    assert till.seen.beeps == 1
    assert till.sold is None
    assert till.basket.rung == [(MILK.name, "1")]


def test_what_is_missing_is_told_while_typing(till: Counter) -> None:
    till.pay.open("cash")

    till.pay.type("50")

    assert till.seen.state.missing == Money(1990)
    assert till.seen.state.change is None


def test_cash_is_rounded_down_as_the_owner_says_and_codes_are_not(till: Counter) -> None:
    with till.here.shop.writing() as books:
        books.policy.put("cash.rounding", "yuan", at="2026-01-01T00:00:00+08:00")

    till.pay.open("cash")
    assert till.seen.state.due == Money(6900)
    till.pay.open("code_manual")
    assert till.seen.state.due == Money(6990)


def test_paid_by_code_is_confirmed_by_hand(till: Counter) -> None:
    till.pay.open("code_manual")

    till.pay.confirm()

    assert till.sold is not None
    assert till.sold.tenders == (Tender("code_manual", Money(6990)),)


def test_a_part_by_code_leaves_the_rest_in_cash(till: Counter) -> None:
    till.pay.open("code_manual")
    till.pay.type("40")
    till.pay.confirm()
    assert till.seen.state.due == Money(2990)

    till.pay.open("cash")
    till.pay.type("30")
    till.pay.confirm()

    assert till.sold is not None
    assert till.sold.tenders == (Tender("code_manual", Money(4000)), Tender("cash", Money(3000)))
    assert till.sold.change == Money(10)


def test_only_cash_gives_change(till: Counter) -> None:
    till.pay.open("code_manual")
    till.pay.type("100")

    till.pay.confirm()

    assert isinstance(till.seen.state.refused, TenderExceedsDue)


def test_nothing_is_paid_of_an_empty_basket() -> None:
    till = counter()

    with pytest.raises(EmptyBasket):
        till.pay.open("cash")


def test_another_item_at_the_last_moment_is_paid_for_too(till: Counter) -> None:
    till.pay.open("cash")
    till.sell.scan(WATER.code)
    till.pay.refresh()
    assert till.seen.state.due == Money(7190)

    till.pay.confirm()

    assert till.sold is not None
    assert till.sold.due == Money(7190)


def test_a_code_that_was_not_found_stops_the_payment(till: Counter) -> None:
    till.pay.open("cash")
    till.sell.scan("6999999999994")
    till.pay.refresh()

    till.pay.confirm()

    assert till.sold is None
    assert till.seen.state.refused is not None


def test_the_payment_is_left_and_forgotten(till: Counter) -> None:
    till.pay.open("code_manual")
    till.pay.type("40")
    till.pay.confirm()

    assert till.pay.leave()

    till.pay.open("cash")
    assert till.seen.state.given == ()
    assert till.seen.state.due == Money(6990)


def test_enter_twice_sells_once() -> None:
    work = HeldWork()
    till = counter(work)
    till.sell.scan(MILK.code)
    work.run_next()
    till.pay.open("cash")

    till.pay.confirm()
    till.pay.confirm()
    till.pay.confirm_amount(Money(10000))

    assert len(work.waiting) == 1
    assert till.seen.state.step == "saving"
    assert not till.pay.leave()


def test_the_next_customer_is_scanned_while_the_sale_is_written() -> None:
    work = HeldWork()
    till = counter(work)
    till.sell.scan(MILK.code)
    work.run_next()
    till.pay.open("cash")
    till.pay.confirm()
    till.sell.scan(COLA.code)

    work.run_next()

    assert till.sold is not None
    assert [line.name for line in till.sold.lines] == [MILK.name]
    assert till.basket.rung == [(COLA.name, "1")]


def test_a_sale_that_cannot_be_written_leaves_the_basket(till: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    till.pay.open("cash")

    def full_disk() -> None:
        raise OSError("no space left")

    monkeypatch.setattr(till.here.shop, "writing", full_disk)
    till.pay.confirm()

    assert till.seen.closed == 0
    assert till.basket.rung == [(MILK.name, "1")]
    assert [type(error) for error in till.seen.told] == [OSError]
    monkeypatch.undo()
    till.pay.confirm()
    assert till.sold is not None


@pytest.fixture
def demo() -> Counter:
    made = counter(provider=True)
    made.sell.scan(MILK.code)
    made.pay.open(made.pay.main_way)
    return made


def test_the_main_button_asks_for_the_customers_code_where_there_is_a_provider(demo: Counter, till: Counter) -> None:
    assert demo.pay.main_way == "scan"
    assert till.pay.main_way == "cash"


def test_a_payment_code_is_charged_and_the_sale_written(demo: Counter) -> None:
    assert demo.pay.take_scan(PAID)

    assert demo.sold is not None
    assert demo.sold.tenders[0].kind == "simulated"
    with demo.here.shop.reading() as books:
        proof = books.attempts.by_trade(demo.sold.tenders[0].ref)
    assert proof is not None
    assert (proof.state, proof.fen, proof.used_by) == ("paid", 6990, demo.sold.sale_id)
    assert demo.seen.closed == 1


def test_goods_scanned_at_the_payment_are_no_payment_code(demo: Counter) -> None:
    assert not demo.pay.take_scan(COLA.code)


def test_a_refused_code_says_so_and_the_basket_is_free_again(demo: Counter) -> None:
    demo.pay.take_scan(REFUSED)

    assert isinstance(demo.seen.state.refused, PaymentRefused)
    assert demo.sold is None
    demo.sell.scan(COLA.code)
    assert len(demo.basket.rung) == 2
    assert demo.pay.leave()


def test_money_a_provider_took_is_kept_when_the_sale_cannot_be_written(
    demo: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("storeapp.till.checkout.checkout", refuse)
    demo.pay.take_scan(PAID)
    assert demo.sold is None
    assert [tender.amount for tender in demo.seen.state.tenders] == [Money(6990)]
    assert not demo.pay.leave()

    monkeypatch.undo()
    demo.pay.confirm()

    assert demo.sold is not None
    assert demo.sold.tenders[0].kind == "simulated"
