"""A payment nobody is sure of: asked about, taken back, counted late, set aside, and found again after a power cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.tender import Tender
from storeapp.till import paying
from storeapp.till.paying import Asked
from storeapp.till.paying_back import NothingToGiveBack
from storeapp.ui.pay.asking import PaymentRefused
from storeapp.ui.pay.presenter import PayPresenter
from storeapp.ui.pay.state import PayState
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.view import PaymentRunning
from storeapp.ui.work import InlineWork
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import StillPace
from tests.ui import scene
from tests.ui.scene import CASHIER, MILK, WATER
from tests.ui.seen_selling import SeenSelling
from tests.ui.stage import MANAGER
from tests.ui.test_pay_presenter import PAID, Counter, SeenPaying

YES, CLOSED = Take("paid", ref="W1"), Take("closed")
WAITING = Take("waiting", reason="password")


@dataclass
class Asks:
    """Says yes to every approval, and remembers what was asked."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, right: Any, payload: Any, *, then: Any, about: str = "", amount: Money | None = None) -> None:
        self.asked.append((right, dict(payload)))
        then(None)


@dataclass
class Unclear(Counter):
    provider: ScriptedProvider
    asks: Asks

    def attempts(self) -> list[tuple[str, str]]:
        with self.here.shop.reading() as books:
            return [(one.kind, one.state) for one in books.attempts.of_document(self.pay.sale_id)]


def till_with(provider: ScriptedProvider, *, staff: Any = MANAGER, here: Any = None) -> Unclear:
    made_here = here or scene.scene(InlineWork())
    basket, seen, asks = SeenSelling(), SeenPaying(), Asks()
    with made_here.shop.writing() as books:
        for who in (MANAGER, CASHIER):
            books.staff.put(who)
    sell = SellPresenter(made_here.desk, staff)
    pay = PayPresenter(made_here.desk, sell, providers={provider.kind: provider}, pace=StillPace(), ask=asks)
    sell.bind(basket)
    pay.bind(seen)
    return Unclear(made_here, basket, sell, seen, pay, provider, asks)


def paying_with(provider: ScriptedProvider, *, staff: Any = MANAGER) -> Unclear:
    made = till_with(provider, staff=staff)
    made.sell.scan(MILK.code)
    made.pay.open("scan")
    made.pay.take_scan(PAID)
    return made


def silent() -> ScriptedProvider:
    return ScriptedProvider()


def late() -> ScriptedProvider:
    """Says nothing until it is told to take the money back, and has it then."""
    return ScriptedProvider(queries=[UNKNOWN] * 5 + [YES], reverses=[UNKNOWN])


def test_a_wallet_that_pays_at_once_makes_the_sale() -> None:
    till = paying_with(ScriptedProvider(takes=[YES]))

    assert till.sold is not None
    assert [(tender.kind, tender.amount.fen) for tender in till.sold.tenders] == [("wechat", 6990)]
    assert till.seen.closed == 1


def test_the_password_is_seen_and_its_seconds_are_counted() -> None:
    provider = ScriptedProvider(takes=[WAITING], queries=[WAITING, YES])
    till = till_with(provider)
    states: list[PayState] = []

    def look(deed: str) -> None:
        if deed == "query":
            till.here.clock.go_on(seconds=7)
            till.pay.asking.tick()
            states.append(till.pay.state)

    provider.before = look
    till.sell.scan(MILK.code)
    till.pay.open("scan")
    till.pay.take_scan(PAID)

    seen = [(state.step, state.asked.wants_password, state.asked.seconds) for state in states if state.asked]
    assert seen[0] == ("asking", True, 7)
    assert seen[1][2] == 14
    assert till.sold is not None


def test_what_nobody_answers_is_taken_back_and_the_customer_has_paid_nothing() -> None:
    till = paying_with(ScriptedProvider(queries=[UNKNOWN] * 6 + [CLOSED], reverses=[CLOSED]))

    assert till.sold is None
    assert isinstance(till.seen.state.refused, PaymentRefused)
    assert till.seen.state.refused.reason == "taken_back"
    assert till.seen.state.step == "ready"
    assert till.pay.leave()


def test_while_it_is_taken_back_both_screens_warn() -> None:
    provider = ScriptedProvider(queries=[UNKNOWN], reverses=[UNKNOWN])
    till = till_with(provider)
    warned: list[bool] = []

    def look(deed: str) -> None:
        if deed == "reverse":
            till.pay.asking.tick()
            warned.append(till.pay.state.is_unknown)

    provider.before = look
    till.sell.scan(MILK.code)
    till.pay.open("scan")
    till.pay.take_scan(PAID)

    assert len(warned) > 3
    assert all(warned)
    assert till.seen.state.is_unknown


def test_an_unknown_result_holds_the_counter_until_it_is_clear() -> None:
    till = paying_with(silent())

    assert till.seen.state.step == "unclear"
    assert not till.pay.leave()
    assert [type(error) for error in till.seen.told] == [PaymentRunning]
    till.pay.confirm()
    till.pay.confirm_amount(Money(10000))
    assert till.sold is None
    with pytest.raises(PaymentRunning):
        till.pay.open("cash")


def test_asked_again_it_is_clear_at_last() -> None:
    till = paying_with(silent())
    till.provider.queries = [Take("closed")]

    till.pay.asking.again()

    assert till.seen.state.step == "ready"
    assert till.attempts() == [("take", "reversed")]


def test_what_the_till_hears_by_itself_ends_the_payment_too() -> None:
    till = paying_with(silent())
    till.provider.queries = [YES]
    desk = till.here.desk
    paying.ask_suspense(desk.shop, {"wechat": till.provider}, clock=desk.clock)

    till.pay.asking.look()

    assert till.seen.state.step == "late"


def test_asked_again_and_still_unknown_it_goes_on_being_unknown() -> None:
    till = paying_with(silent())

    till.pay.asking.again()

    assert till.seen.state.step == "unclear"
    assert till.attempts() == [("take", "suspense")]


def test_set_aside_with_approval_the_sale_is_paid_another_way() -> None:
    till = paying_with(silent())

    till.pay.asking.set_aside()

    assert till.asks.asked[0][0] == "settle_suspense"
    assert till.asks.asked[0][1]["decision"] == "other_means"
    assert till.seen.words == ["set_aside"]
    till.pay.open("cash")
    till.pay.confirm()
    assert till.sold is not None
    assert till.sold.tenders == (Tender("cash", Money(6990)),)
    with till.here.shop.reading() as books:
        assert [one.state for one in books.attempts.unsettled()] == ["suspense"]


def test_whoever_may_not_decide_sets_nothing_aside() -> None:
    till = paying_with(silent(), staff=CASHIER)

    till.pay.asking.set_aside()

    assert till.seen.state.step == "unclear"
    assert [getattr(error, "word", "") for error in till.seen.told] == ["needs_approval"]


def test_money_that_comes_late_waits_for_a_manager_and_then_counts() -> None:
    till = paying_with(late())
    assert till.seen.state.step == "late"
    assert not till.pay.leave()

    till.pay.asking.accept_late()

    assert till.asks.asked[0][0] == "accept_late_payment"
    assert till.sold is not None
    assert till.sold.tenders[0].kind == "wechat"


def test_money_that_comes_late_goes_back_and_the_sale_is_paid_another_way() -> None:
    till = paying_with(late())
    till.provider.refunds = [Take("refunded")]

    till.pay.asking.give_late_back()

    assert till.seen.words == ["given_back"]
    till.pay.open("cash")
    till.pay.confirm()
    assert till.sold is not None
    assert till.attempts() == [("take", "refunded"), ("refund", "refunded")]


def part_by_wallet(provider: ScriptedProvider) -> Unclear:
    till = till_with(provider)
    till.sell.scan(MILK.code)
    till.pay.open("scan")
    till.pay.type("40")
    till.pay.take_scan(PAID)
    assert till.seen.state.left == Money(2990)
    return till


def test_a_wallets_part_is_taken_away_by_giving_it_back() -> None:
    till = part_by_wallet(ScriptedProvider(takes=[YES], refunds=[Take("refunded")]))

    till.pay.remove(0)

    assert till.seen.words == ["given_back"]
    assert till.seen.state.tenders == ()
    assert till.seen.state.left == Money(6990)
    assert till.pay.leave()


def test_a_wallets_part_that_will_not_go_back_stays_on_the_counter() -> None:
    till = part_by_wallet(ScriptedProvider(takes=[YES], refunds=[Take("failed", reason="refused_by_provider")]))

    till.pay.remove(0)

    assert [tender.amount for tender in till.seen.state.tenders] == [Money(4000)]
    assert [type(error) for error in till.seen.told] == [PaymentRefused]
    assert not till.pay.leave()


def test_a_part_perhaps_on_its_way_back_is_not_counted_and_said_aloud() -> None:
    till = part_by_wallet(ScriptedProvider(takes=[YES]))

    till.pay.remove(0)

    assert till.seen.words == ["giving_back_unclear"]
    assert till.seen.state.tenders == ()
    till.pay.open("cash")
    till.pay.confirm()
    assert till.sold is not None
    assert till.sold.tenders == (Tender("cash", Money(6990)),)


def test_what_was_given_back_cannot_be_given_back_again() -> None:
    till = part_by_wallet(ScriptedProvider(takes=[YES], refunds=[Take("refunded")]))
    given = till.seen.state.given[0]
    till.pay.remove(0)

    till.pay.asking.give_back(given)

    assert [type(error) for error in till.seen.told] in ([], [NothingToGiveBack])
    assert till.provider.deeds().count("refund") == 1


# after a power cut


def cut_short(provider: ScriptedProvider, *, fen: int = 6990, basket: bool = True) -> Unclear:
    """A shop whose till lost its power while a wallet was asked, or just after."""
    before = till_with(provider)
    if basket:
        before.sell.scan(MILK.code)
    desk = before.here.desk
    question = Asked(Money(fen), PAID, "sale-before", by="1003")
    paying.take(desk.shop, provider, question, clock=desk.clock, ids=desk.ids, pace=StillPace())
    return till_with(provider, here=before.here)


def power_goes(deed: str) -> None:
    if deed == "query":
        raise SystemExit


def test_money_taken_before_the_power_went_finishes_the_sale_with_the_kept_basket() -> None:
    till = cut_short(ScriptedProvider(takes=[YES]))

    till.pay.recover()

    assert till.seen.found == 1
    assert till.sold is not None
    assert till.sold.sale_id == "sale-before"
    assert till.sold.tenders[0].kind == "wechat"


def test_a_part_taken_before_the_power_went_lies_on_the_counter_again() -> None:
    till = cut_short(ScriptedProvider(takes=[YES]), fen=4000)

    till.pay.recover()

    assert till.sold is None
    assert till.seen.state.left == Money(2990)
    till.pay.open("cash")
    till.pay.confirm()
    assert till.sold is not None


def test_a_question_the_power_cut_short_is_asked_to_its_end() -> None:
    provider = ScriptedProvider(queries=[YES])
    till = till_with(provider)
    till.sell.scan(MILK.code)
    question = Asked(Money(6990), PAID, "sale-before", by="1003")
    provider.before = power_goes
    desk = till.here.desk
    with pytest.raises(SystemExit):
        paying.take(desk.shop, provider, question, clock=desk.clock, ids=desk.ids, pace=StillPace())
    provider.before = lambda _deed: None
    again = till_with(provider, here=till.here)

    again.pay.recover()

    assert again.sold is not None
    assert again.sold.sale_id == "sale-before"


def test_a_suspense_of_before_holds_the_kept_basket() -> None:
    till = cut_short(silent())

    till.pay.recover()

    assert till.seen.state.step == "unclear"
    assert not till.pay.leave()


def test_money_without_a_basket_holds_nobody_up() -> None:
    till = cut_short(ScriptedProvider(takes=[YES]), basket=False)

    till.pay.recover()

    assert till.seen.found == 0
    till.sell.scan(WATER.code)
    till.pay.open("cash")
    till.pay.confirm()
    assert till.sold is not None


def test_a_start_with_nothing_left_opens_nothing() -> None:
    till = till_with(silent())
    till.sell.scan(MILK.code)

    till.pay.recover()

    assert till.seen.found == 0
    assert not till.seen.state.is_open
