"""Stored value paid in by a wallet goes back to that wallet: noted, then sent, once, and never another's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.quantity import Quantity
from storeapp.domain.staff import Staff
from storeapp.domain.tender import NotTaken, Tender
from storeapp.till import paying_back
from storeapp.till.checkout import Order, checkout
from storeapp.till.coded_top_ups import top_up_by_code
from storeapp.till.owed_cash import give_in_cash
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refund_wallets import RefundByWallet, Wallets
from storeapp.till.script_pay import Till
from storeapp.till.settling import Say
from storeapp.till.settling import give_back as send_again
from storeapp.till.top_ups import TopUpOrder, held, top_up
from storeapp.till.transferring import Transfer, transfer
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.staff import hire
from tests.fakes.still import CountedIds, StillClock, StillPace
from tests.fakes.things import ALICE, BOB, TEA

HER = ALICE.member_id
CODE, OTHER = "130000000000000001", "130000000000000002"
PAID, BACK, NO = Take("paid", ref="W1"), Take("refunded"), Take("failed", reason="refused_by_provider")
ORDER = PayBackOrder(HER, "within_days", "改主意了", "wechat", "script", prints=False)
MANAGER = Staff("1003", "周敏", "manager")


@pytest.fixture
def wallet() -> ScriptedProvider:
    return ScriptedProvider([PAID], refunds=[BACK])


@pytest.fixture
def till(bare: Shop, wallet: ScriptedProvider, clock: StillClock, ids: CountedIds) -> Till:
    """Alice paid 200 in by WeChat and was given 50."""
    with bare.writing() as books:
        books.members.put(ALICE)
        books.products.put([TEA])
    hire(bare, MANAGER, clock=clock)
    set_policies(bare, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=clock)
    made = Till(bare, {"wechat": wallet}, clock, ids, StillPace(clock))
    charged(made, CODE)
    return made


def charged(till: Till, code: str) -> None:
    top_up_by_code(till, TopUpOrder(HER, Money(20_000), "wechat", "script", prints=False), code)


def wallets(till: Till) -> Wallets:
    return Wallets(till.providers, till.pace)


def refunds(till: Till) -> list[tuple[str, int]]:
    with till.shop.reading() as books:
        trades = [one.trade_number for one in books.attempts.between("2026", "2027") if one.kind == "take"]
        return [(one.state, one.fen) for trade in trades for one in books.attempts.refunds_of(trade)]


def left(till: Till) -> tuple[int, int]:
    with till.shop.reading() as books:
        principal, bonus = held(books, HER)
    return principal.fen, bonus.fen


def paid_back(till: Till, order: PayBackOrder = ORDER) -> list[str]:
    done = pay_back(till.shop, order, clock=till.clock, ids=till.ids, wallets=wallets(till))
    return [one.state for one in done.sent]


def test_it_goes_back_to_her_wallet_and_off_her_card(till: Till) -> None:
    assert paid_back(till) == ["refunded"]

    assert refunds(till) == [("refunded", 20_000)]
    assert left(till) == (0, 0)
    with till.shop.reading() as books:
        assert sum(movement.fen for movement in books.drawer.of_shift(None)) == 0
        assert books.attempts.owed_back() == ()


def test_the_same_request_gives_it_once(till: Till, wallet: ScriptedProvider) -> None:
    order = replace(ORDER, request_id="r1", request_hash="h")

    assert paid_back(till, order) == ["refunded"]
    paid_back(till, order)

    assert wallet.deeds().count("refund") == 1


def test_each_top_up_goes_back_by_its_own_payment(till: Till) -> None:
    charged(till, OTHER)

    assert paid_back(till) == ["refunded", "refunded"]
    assert refunds(till) == [("refunded", 20_000), ("refunded", 20_000)]


def test_what_she_had_of_it_does_not_go_back(till: Till) -> None:
    line = Line(TEA, Quantity(20_000))
    order = Order(Basket((line,), member_id=HER), (Tender("stored_value", Money(6_000)),), "script", prints=False)
    checkout(till.shop, order, clock=till.clock, ids=till.ids)

    done = pay_back(till.shop, ORDER, clock=till.clock, ids=till.ids, wallets=wallets(till))

    # 60 of 250 were had, 48 of them out of the 200 she paid
    assert done.doc.money_fen == 15_200
    assert refunds(till) == [("refunded", 15_200)]


def test_what_somebody_else_paid_goes_to_no_wallet_of_hers(till: Till, wallet: ScriptedProvider) -> None:
    with till.shop.writing() as books:
        books.members.put(BOB)
    given = Transfer(HER, BOB.member_id, Money(20_000), "送她", "script", is_agreed=True)
    transfer(till.shop, given, clock=till.clock, ids=till.ids)

    with pytest.raises(RefundByWallet):
        paid_back(till, replace(ORDER, member_id=BOB.member_id))

    assert "refund" not in wallet.deeds()


def test_what_the_company_does_not_confirm_is_asked_about_later(till: Till, wallet: ScriptedProvider) -> None:
    wallet.refunds = [UNKNOWN]
    assert paid_back(till) == ["refund_unknown"]
    assert left(till) == (0, 0)

    wallet.queries = [BACK]
    paying_back.resume_refunds(till.shop, till.providers, clock=till.clock, pace=till.pace)

    assert refunds(till) == [("refunded", 20_000)]


def test_what_the_company_refuses_is_owed_and_sent_again(till: Till, wallet: ScriptedProvider) -> None:
    wallet.refunds = [NO]
    assert paid_back(till) == ["failed"]
    with till.shop.reading() as books:
        [owed] = books.attempts.owed_back()

    wallet.refunds = [BACK]
    say = Say("1003", reason="again")
    send_again(till.shop, wallet, owed.trade_number, say, clock=till.clock, ids=till.ids, pace=till.pace)

    assert [state for state, _fen in refunds(till)] == ["failed", "refunded"]
    with till.shop.reading() as books:
        assert books.attempts.owed_back() == ()


def test_what_the_company_refuses_for_good_comes_out_of_the_drawer(till: Till, wallet: ScriptedProvider) -> None:
    wallet.refunds = [NO]
    paid_back(till)
    with till.shop.reading() as books:
        [owed] = books.attempts.owed_back()

    give_in_cash(till.shop, owed.trade_number, Say("1003", reason="wallet closed"), clock=till.clock, ids=till.ids)

    with till.shop.reading() as books:
        assert books.attempts.owed_back() == ()
        moved = sorted((each.tender, each.fen) for each in books.drawer.of_shift(None))
    assert moved == [("cash", -20_000), ("wechat", -20_000), ("wechat", 20_000), ("wechat", 20_000)]


@pytest.mark.parametrize("kind", ["alipay", "wechat"])
def test_no_company_that_did_not_take_it_is_asked(till: Till, wallet: ScriptedProvider, kind: str) -> None:
    top_up(till.shop, TopUpOrder(HER, Money(20_000), "cash", "script", prints=False), clock=till.clock, ids=till.ids)

    with pytest.raises(RefundByWallet):
        paid_back(till, replace(ORDER, tender=kind))  # type: ignore[arg-type]  # a kind of tender

    assert "refund" not in wallet.deeds()
    assert left(till) == (40_000, 10_000)


def test_a_till_that_cannot_ask_the_company_pays_another_way(till: Till) -> None:
    with pytest.raises(RefundByWallet):
        pay_back(till.shop, ORDER, clock=till.clock, ids=till.ids)

    assert left(till) == (20_000, 5_000)
    with pytest.raises(NotTaken):
        pay_back(till.shop, replace(ORDER, tender="points"), clock=till.clock, ids=till.ids)
