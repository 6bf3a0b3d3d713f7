"""Paying by code: noted before it is sent, followed to its end, counted once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.attempt import AttemptState
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.payment import CodeUsed, NoPaymentCode, Take
from storeapp.domain.quantity import quantity
from storeapp.domain.receipt_layout import TextRow, layout
from storeapp.domain.receipt_text import columns
from storeapp.domain.sale import PaymentOverride, Sale, body, from_body
from storeapp.domain.tender import Tender
from storeapp.till import paying, paying_back, settling
from storeapp.till.checkout import Done, Order, checkout
from storeapp.till.paying import Asked, PaymentOpen, PaymentUnsettled
from storeapp.till.paying_back import GiveBack, GivesBackTooMuch, NothingToGiveBack
from storeapp.till.payment_proof import PaymentNotProven
from storeapp.till.policies import set_policy
from storeapp.till.receipts import receipt_of
from storeapp.till.records import Attempt
from storeapp.till.settling import NothingToSettle, Say
from tests.domain.goods import TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock, StillPace

CODE, ANOTHER = "130000000000000001", "130000000000000002"
PAID, WAITING, CLOSED = Take("paid", ref="W1"), Take("waiting", reason="password"), Take("closed")
PRICE = Money(700)
BOSS = Say("1003", reason="seen in the app")


@dataclass
class Counter:
    """A counter with one provider."""

    shop: MemoryShop
    clock: StillClock
    ids: CountedIds
    provider: ScriptedProvider = field(default_factory=ScriptedProvider)

    def __post_init__(self) -> None:
        self.pace = StillPace(self.clock)

    def take(self, code: str = CODE, *, sale: str = "s1") -> Attempt:
        asked = Asked(PRICE, code, sale, by="1007")
        return paying.take(self.shop, self.provider, asked, clock=self.clock, ids=self.ids, pace=self.pace)

    def resume(self) -> tuple[Attempt, ...]:
        return paying.resume(self.shop, {"wechat": self.provider}, clock=self.clock, pace=self.pace)

    def sell(self, tender: Tender, *, sale: str | None = "s1") -> Done:
        basket = Basket((Line(TEA, quantity("2")),))
        return checkout(self.shop, Order(basket, (tender,), "1007", sale_id=sale), clock=self.clock, ids=self.ids)

    def refund(self, number: str, fen: int, document: str = "r1") -> Attempt:
        back = GiveBack(number, Money(fen), document)
        return paying_back.refund(self.shop, self.provider, back, clock=self.clock, ids=self.ids, pace=self.pace)

    def settle(self, number: str, decision: settling.Decision, say: Say = BOSS) -> Attempt:
        return settling.settle(self.shop, number, decision, say, clock=self.clock, ids=self.ids)

    def left(self, state: AttemptState) -> Attempt:
        """An attempt that stands so in the books."""
        attempt = self.take()
        assert attempt.state == state
        return attempt

    def journaled(self) -> list[str]:
        with self.shop.reading() as books:
            return [json.loads(e.body)["state"] for e in books.journal.after(0, limit=500) if e.type == "payment"]


@pytest.fixture
def till(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> Counter:
    hired(shop, "1001", "1003", "1007", clock=clock)
    return Counter(shop, clock, ids)


def test_a_payment_is_noted_before_it_is_sent(till: Counter) -> None:
    noted: list[AttemptState] = []
    till.provider = ScriptedProvider(
        [PAID], before=lambda deed: noted.extend(a.state for a in paying.left_open(till.shop))
    )

    till.take()

    assert noted == ["sent"]


def test_a_clear_yes_is_paid_at_once_and_told_to_the_journal(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID])

    attempt = till.take()

    assert (attempt.state, attempt.ref, till.pace.passed) == ("paid", "W1", 0.0)
    assert till.journaled() == ["paid"]


def test_a_password_is_waited_for_at_the_providers_own_pace(till: Counter) -> None:
    till.provider = ScriptedProvider([WAITING], [WAITING, WAITING, PAID])

    assert till.take().state == "paid"
    assert till.pace.waits == [5.0, 10.0, 10.0]


def test_nobody_entering_it_is_reversed_at_the_deadline_and_confirmed(till: Counter) -> None:
    till.provider = ScriptedProvider([WAITING], [WAITING] * 5 + [CLOSED], [CLOSED])

    assert till.take().state == "reversed"
    assert till.pace.passed == 45.0
    assert till.provider.deeds()[-3:] == ["query", "reverse", "query"]
    assert till.journaled() == ["reversed"]


def test_a_reversal_is_repeated_after_1_2_5_10_and_30_seconds_and_then_listed(till: Counter) -> None:
    till.provider = ScriptedProvider([UNKNOWN])

    attempt = till.take()

    assert attempt.state == "suspense"
    assert till.pace.waits[-7:] == [0.0, 1.0, 2.0, 5.0, 10.0, 30.0, 0.0]
    assert till.journaled() == ["suspense"]


def test_a_payment_too_late_to_be_stopped_waits_for_a_manager(till: Counter) -> None:
    till.provider = ScriptedProvider([WAITING], [WAITING] * 5 + [PAID], [CLOSED])

    assert till.take().state == "paid_late"


def test_a_trade_that_never_arrived_is_over_when_its_code_is_too_old(till: Counter) -> None:
    till.provider = ScriptedProvider([UNKNOWN], [Take("unknown", reason="no_such_trade")], [UNKNOWN])

    assert till.take().state == "reversed"
    assert till.pace.passed >= 60.0


@pytest.mark.parametrize(
    "answer",
    [
        Take("paid", amount=Money(699)),
        Take("paid", amount=PRICE, currency="USD"),
        Take("paid", amount=PRICE, trade_number="somebody else's"),
    ],
)
def test_an_answer_about_another_amount_currency_or_trade_is_never_paid(till: Counter, answer: Take) -> None:
    till.provider = ScriptedProvider([answer], [answer], [CLOSED])

    attempt = till.take()

    assert (attempt.state, attempt.reason) == ("suspense", "answer_differs")


def test_one_sale_has_one_open_attempt(till: Counter) -> None:
    def again(deed: str) -> None:
        till.provider.before = lambda deed: None
        with pytest.raises(PaymentOpen):
            till.take(ANOTHER)

    till.provider = ScriptedProvider([PAID], before=again)

    assert till.take().state == "paid"
    assert till.provider.deeds() == ["take"]


def test_a_new_code_is_a_new_trade_number(till: Counter) -> None:
    till.provider = ScriptedProvider([Take("failed", reason="code_expired"), PAID])

    first, second = till.take(), till.take(ANOTHER)

    assert first.state == "failed"
    assert second.state == "paid"
    assert first.trade_number != second.trade_number
    assert len(second.trade_number) == 32


def test_the_same_code_is_not_tried_twice_and_is_never_kept(till: Counter) -> None:
    till.provider = ScriptedProvider([Take("failed", reason="code_expired")])
    till.take()

    with pytest.raises(CodeUsed):
        till.take(sale="s2")
    with till.shop.reading() as books:
        [kept] = books.attempts.of_document("s1")
    assert CODE not in str(kept)


def test_a_code_that_was_never_sent_is_still_good(till: Counter) -> None:
    till.provider = ScriptedProvider([Take("failed", reason="not_sent"), PAID])
    till.take()

    assert till.take().state == "paid"


def test_a_code_of_another_wallet_is_not_sent_to_this_one(till: Counter) -> None:
    for code in ("281234567890123456", "6901234567892", "1300000000000000011"):
        with pytest.raises(NoPaymentCode):
            till.take(code)
    assert till.provider.asked == []


def test_after_a_crash_the_provider_is_asked_before_anything_else(till: Counter) -> None:
    class Crash(Exception):
        pass

    def crash(deed: str) -> None:
        till.provider.before = lambda deed: None
        raise Crash

    till.provider = ScriptedProvider([PAID], [PAID], before=crash)
    with pytest.raises(Crash):
        till.take()
    till.provider.amounts = {a.trade_number: PRICE for a in paying.left_open(till.shop)}

    [attempt] = till.resume()

    assert attempt.state == "paid"
    assert paying.left_open(till.shop) == ()


def test_a_paid_attempt_pays_for_its_own_sale_once(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID])
    attempt = till.take()
    tender = Tender("wechat", PRICE, ref=attempt.trade_number)

    sale = till.sell(tender).sale

    assert sale.tenders == (tender,)
    with till.shop.reading() as books:
        assert books.attempts.unused() == ()
    with pytest.raises(PaymentNotProven, match="used"):
        till.sell(tender)


@pytest.mark.parametrize(
    ("tender", "sale", "reason"),
    [
        (Tender("wechat", PRICE, ref="x"), "s1", "no_such_payment"),
        (Tender("alipay", PRICE, ref="TRADE"), "s1", "other_kind"),
        (Tender("wechat", PRICE, ref="TRADE"), "s2", "other_sale"),
        (Tender("wechat", PRICE, ref="TRADE"), None, "other_sale"),
        (Tender("wechat", Money(900), ref="TRADE"), "s1", "other_amount"),
    ],
)
def test_a_tender_is_proven_by_its_payment(till: Counter, tender: Tender, sale: str | None, reason: str) -> None:
    till.provider = ScriptedProvider([PAID])
    number = till.take().trade_number
    named = Tender(tender.kind, tender.amount, ref=tender.ref.replace("TRADE", number))

    with pytest.raises(PaymentNotProven) as refused:
        if tender.amount == PRICE:
            till.sell(named, sale=sale)
        else:
            basket = Basket((Line(TEA, quantity("4")),))
            order = Order(basket, (named, Tender("cash", Money(500))), "1007", sale_id=sale)
            checkout(till.shop, order, clock=till.clock, ids=till.ids)

    assert refused.value.reason == reason


def test_a_sale_is_not_paid_otherwise_while_its_payment_is_unclear(till: Counter) -> None:
    attempt = till.left("suspense")

    with pytest.raises(PaymentUnsettled):
        till.sell(Tender("cash", PRICE))
    with pytest.raises(NeedsApproval):
        till.settle(attempt.trade_number, "other_means", Say("1007"))
    till.settle(attempt.trade_number, "other_means", Say("1007", approver="1003", reason="showed her phone"))

    assert till.sell(Tender("cash", PRICE)).sale.total == PRICE
    with till.shop.reading() as books:
        assert [(one.state, one.approver) for one in books.attempts.unsettled()] == [("suspense", "1003")]


def test_money_that_was_taken_must_be_counted_or_given_back(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID], refunds=[Take("refunded")])
    number = till.take().trade_number
    with pytest.raises(PaymentUnsettled):
        till.sell(Tender("cash", PRICE))

    back = settling.give_back(till.shop, till.provider, number, BOSS, clock=till.clock, ids=till.ids, pace=till.pace)

    assert back.state == "refunded"
    assert till.sell(Tender("cash", PRICE)).sale.total == PRICE
    with pytest.raises(PaymentNotProven, match="not_paid"):
        till.sell(Tender("wechat", PRICE, ref=number))


def test_a_late_payment_counts_once_a_manager_says_so(till: Counter) -> None:
    till.provider = ScriptedProvider([WAITING], [WAITING] * 5 + [PAID], [CLOSED])
    attempt = till.left("paid_late")
    tender = Tender("wechat", PRICE, ref=attempt.trade_number)
    with pytest.raises(PaymentNotProven, match="not_paid"):
        till.sell(tender)

    accepted = till.settle(attempt.trade_number, "accept")

    assert (accepted.state, accepted.approver) == ("paid", "1003")
    assert till.sell(tender).sale.tenders == (tender,)
    with pytest.raises(NothingToSettle):
        till.settle(attempt.trade_number, "accept")


def test_an_approval_that_does_not_fit_a_payment_is_on_record(till: Counter) -> None:
    attempt = till.left("suspense")
    forged = Say("1007", approval_id="no-such-approval")

    with pytest.raises(NeedsApproval):
        till.settle(attempt.trade_number, "other_means", forged)
    with pytest.raises(NeedsApproval):
        settling.give_back(
            till.shop, till.provider, attempt.trade_number, forged, clock=till.clock, ids=till.ids, pace=till.pace
        )

    with till.shop.reading() as books:
        refused = [e for e in books.journal.after(0, limit=500) if e.type == "approval.refused"]
    assert [json.loads(entry.body)["why"] for entry in refused] == ["unknown", "unknown"]


def receipt_text(till: Counter, sale: Sale, *, width: int = 32, language: str = "en") -> str:
    with till.shop.writing() as books:
        books.policy.put("receipt.language", language, at=till.clock.now().isoformat())
    with till.shop.reading() as books:
        rows = layout(receipt_of(books, sale), paper_columns=width)
    texts = [row.text(width) for row in rows if isinstance(row, TextRow)]
    assert all(columns(text) <= width for text in texts)
    return " ".join(texts)


def test_what_a_manager_let_pass_stands_on_the_receipt(till: Counter) -> None:
    attempt = till.left("suspense")
    till.settle(attempt.trade_number, "other_means")

    sale = till.sell(Tender("cash", PRICE)).sale

    assert sale.overrides == (PaymentOverride("wechat", PRICE, attempt.trade_number, "other_means", "1003"),)
    said = receipt_text(till, sale)
    assert "paid otherwise with the approval of 1003" in said
    assert attempt.trade_number in said
    assert from_body(body(sale)) == sale


def test_a_late_payment_that_counts_says_who_said_so(till: Counter) -> None:
    till.provider = ScriptedProvider([WAITING], [WAITING] * 5 + [PAID], [CLOSED])
    attempt = till.left("paid_late")
    till.settle(attempt.trade_number, "accept")

    sale = till.sell(Tender("wechat", PRICE, ref=attempt.trade_number)).sale

    assert [one.decision for one in sale.overrides] == ["accept"]
    assert "经1003授权计入" in receipt_text(till, sale, language="zh_CN").replace(" ", "")


def test_a_payment_set_aside_that_cleared_up_before_the_sale_leaves_no_mark(till: Counter) -> None:
    attempt = till.left("suspense")
    till.settle(attempt.trade_number, "other_means")
    till.provider = ScriptedProvider([], [CLOSED])
    paying.ask_suspense(till.shop, {"wechat": till.provider}, clock=till.clock)

    assert till.sell(Tender("cash", PRICE)).sale.overrides == ()


def test_a_payment_nobody_had_to_decide_about_leaves_no_mark(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID])
    attempt = till.take()

    sale = till.sell(Tender("wechat", PRICE, ref=attempt.trade_number)).sale

    assert sale.overrides == ()
    assert "overrides" not in body(sale)


@pytest.mark.parametrize(("way", "is_marked"), [("relay", True), ("shouqianba", True), ("none", False)])
def test_our_own_code_is_unverified_where_codes_are_charged(till: Counter, way: str, is_marked: bool) -> None:
    set_policy(till.shop, "pay.wechat", way, actor="1001", clock=till.clock)

    sale = till.sell(Tender("code_manual", PRICE), sale=None).sale

    [tender] = sale.tenders
    assert tender.is_unverified is is_marked
    assert ("not verified" in receipt_text(till, sale)) is is_marked
    assert body(sale)["tenders"][0].get("unverified", False) is is_marked
    assert from_body(body(sale)).tenders == (tender,)
    assert not till.sell(Tender("cash", PRICE), sale=None).sale.tenders[0].is_unverified


def test_the_suspense_list_is_asked_about_until_it_is_clear(till: Counter) -> None:
    attempt = till.left("suspense")
    till.provider.queries = [UNKNOWN, CLOSED]

    [cleared] = paying.ask_suspense(till.shop, {"wechat": till.provider}, clock=till.clock)

    assert (cleared.trade_number, cleared.state) == (attempt.trade_number, "reversed")


def test_a_refund_nobody_confirms_is_asked_about_under_the_same_number(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID], [UNKNOWN, Take("refunded")])
    number = till.take().trade_number

    back = till.refund(number, 300)

    assert back.state == "refunded"
    assert [n for deed, n in till.provider.asked if deed != "take"] == [back.refund_number] * 3
    assert len(back.refund_number) <= 20


def test_a_refund_asked_for_twice_by_one_document_is_given_once(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID], refunds=[Take("refunded")])
    number = till.take().trade_number

    assert till.refund(number, 300) == till.refund(number, 300)
    assert till.provider.deeds().count("refund") == 1


def test_no_more_is_given_back_than_was_taken(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID], refunds=[Take("refunded")])
    number = till.take().trade_number
    till.refund(number, 300, "r1")

    with pytest.raises(GivesBackTooMuch) as refused:
        till.refund(number, 401, "r2")
    till.refund(number, 400, "r3")

    assert refused.value.left_fen == 400
    with pytest.raises(NothingToGiveBack):
        till.refund(number, 1, "r4")


def test_a_refund_left_by_a_crash_goes_on_at_the_next_start(till: Counter) -> None:
    till.provider = ScriptedProvider([PAID])
    number = till.take().trade_number
    assert till.refund(number, 300).state == "refund_unknown"
    till.provider.queries = [Take("unknown", reason="no_such_refund"), Take("refunded")]
    till.provider.refunds = [Take("refunded")]

    [back] = paying_back.resume_refunds(till.shop, {"wechat": till.provider}, clock=till.clock, pace=till.pace)

    assert back.state == "refunded"
