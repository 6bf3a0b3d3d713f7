"""sell with a payment code: taken once, whatever happens between the wallet and the books."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storeapp.domain.ledger import Leg, Txn, points_account
from storeapp.domain.member import national
from storeapp.domain.money import Money
from storeapp.domain.payment import NoPaymentCode, Take
from storeapp.domain.tender import NotTaken, TenderExceedsDue
from storeapp.till import script_pay
from storeapp.till.merging import Merge, merge
from storeapp.till.script import sell_one
from storeapp.till.script_pay import PaymentNotTaken
from tests.domain.goods import TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import CountedIds, StillClock, StillPace
from tests.fakes.things import ALICE

PAID = Take("paid", ref="W1")
CODE, OTHER = "130000000000000001", "130000000000000002"


@pytest.fixture
def wallet() -> ScriptedProvider:
    return ScriptedProvider([PAID], refunds=[Take("refunded")])


def request(*tenders: dict[str, Any], number: str = "b1") -> dict[str, Any]:
    return {"id": number, "lines": [{"code": TEA.code, "qty": "2"}], "tenders": list(tenders)}


def by_code(fen: int = 700, code: str = CODE, kind: str = "wechat") -> dict[str, Any]:
    return {"kind": kind, "fen": fen, "code": code}


@pytest.fixture
def sell(shop: MemoryShop, clock: StillClock, ids: CountedIds, wallet: ScriptedProvider) -> Any:
    def deed(asked: dict[str, Any]) -> dict[str, Any]:
        pace = StillPace(clock)
        return sell_one(shop, asked, clock=clock, ids=ids, providers={"wechat": wallet}, pace=pace)

    return deed


def test_a_code_is_charged_and_the_sale_counts_it(shop: MemoryShop, wallet: ScriptedProvider, sell: Any) -> None:
    sell(request(by_code()))

    with shop.reading() as books:
        [sale] = books.sales.recent()
        paid = books.attempts.by_trade(sale.tenders[0].ref)
    assert paid is not None
    assert (paid.used_by, paid.fen) == (sale.sale_id, 700)


def test_the_same_request_again_charges_nobody(wallet: ScriptedProvider, sell: Any) -> None:
    first, again = sell(request(by_code())), sell(request(by_code(code=OTHER)))

    assert again["receipt"] == first["receipt"]
    assert again["repeated"]
    assert wallet.deeds() == ["take"]


def test_a_shop_that_rounds_the_whole_charges_the_rounded_whole(
    shop: MemoryShop, wallet: ScriptedProvider, sell: Any
) -> None:
    with shop.writing() as books:
        for key, value in (("cash.rounding", "yuan"), ("cash.rounding_scope", "all")):
            books.policy.put(key, value, at="2026-01-01T00:00:00+08:00")
    asked = request() | {"lines": [{"code": TEA.code, "qty": "1"}]}

    with pytest.raises(TenderExceedsDue):
        sell(asked | {"tenders": [by_code(350)]})
    assert wallet.deeds() == []

    assert sell(asked | {"tenders": [by_code(300)]})["total_fen"] == 350
    assert wallet.deeds() == ["take"]


def test_money_taken_before_a_crash_pays_for_the_repeated_request(
    wallet: ScriptedProvider, sell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(Exception):
        pass

    def crash(*_given: object, **_named: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(script_pay, "checkout", crash)
        with pytest.raises(Crash):
            sell(request(by_code()))

    assert sell(request(by_code()))["total_fen"] == 700
    assert wallet.deeds() == ["take"]


def test_a_refused_wallet_sells_nothing(shop: MemoryShop, wallet: ScriptedProvider, sell: Any) -> None:
    wallet.takes = [Take("failed", reason="not_enough_money")]

    with pytest.raises(PaymentNotTaken) as refused:
        sell(request(by_code()))

    assert (refused.value.state, refused.value.reason) == ("failed", "not_enough_money")
    with shop.reading() as books:
        assert books.sales.last() is None


def test_the_first_wallet_gets_its_money_back_when_the_second_refuses(wallet: ScriptedProvider, sell: Any) -> None:
    wallet.takes = [PAID, Take("failed", reason="not_enough_money")]

    with pytest.raises(PaymentNotTaken):
        sell(request(by_code(300), by_code(400, OTHER)))

    assert wallet.deeds() == ["take", "take", "refund"]


def test_an_unclear_payment_is_told_with_its_number(wallet: ScriptedProvider, sell: Any) -> None:
    wallet.takes = [UNKNOWN]

    with pytest.raises(PaymentNotTaken) as refused:
        sell(request(by_code()))

    assert refused.value.state == "suspense"
    assert len(refused.value.trade_number) == 32


@pytest.mark.parametrize(
    ("tender", "error"),
    [
        (by_code(code="6901234567892"), NoPaymentCode),
        (by_code(code="281234567890123456"), NoPaymentCode),
        (by_code(kind="alipay", code="281234567890123456"), NotTaken),
        (by_code(fen=800), TenderExceedsDue),
    ],
)
def test_nobody_is_asked_for_money_that_could_not_be_counted(
    wallet: ScriptedProvider, sell: Any, tender: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        sell(request(tender))

    assert wallet.asked == []


def test_two_equal_parts_are_two_payments(wallet: ScriptedProvider, sell: Any) -> None:
    sell(request(by_code(350), by_code(350, OTHER)))

    assert wallet.deeds() == ["take", "take"]
    assert set(wallet.amounts.values()) == {Money(350)}


def test_a_sale_paid_before_a_merge_and_finished_after_it_is_hers_who_stays(
    shop: MemoryShop, wallet: ScriptedProvider, clock: StillClock, ids: CountedIds, sell: Any
) -> None:
    stays = replace(ALICE, member_id="m-stays", phone="8613800000077")
    hers = points_account(ALICE.member_id)
    with shop.writing() as books:
        for each in (ALICE, stays):
            books.members.put(each)
        books.ledger.post(
            Txn("t-1", "opening", clock.now().isoformat(), (Leg(hers, "pts", 150), Leg("x", "pts", -150)))
        )

    def merged(deed: str) -> None:
        if deed == "take":
            merge(shop, Merge("m-stays", ALICE.member_id, "同一人", "script"), clock=clock, ids=ids)

    wallet.before = merged

    told = sell(request(by_code(500)) | {"member": national(ALICE.phone), "points": 100})

    with shop.reading() as books:
        [sale] = books.sales.recent()
        [paid] = books.attempts.of_document(sale.sale_id)
        left = {name: books.ledger.balance(points_account(name), "pts") for name in ("m-stays", ALICE.member_id)}
    assert (sale.member_id, sale.total.fen, paid.used_by, paid.fen) == ("m-stays", 600, sale.sale_id, 500)
    # 150 came over, 100 paid, and 5 yuan earned 5
    assert left == {"m-stays": 55, ALICE.member_id: 0}
    assert (told["account"]["before"]["points"], told["points_balance"]) == (150, 55)
    assert wallet.deeds() == ["take"]
