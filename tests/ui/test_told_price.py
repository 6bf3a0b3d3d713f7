"""What both screens told is what she pays, though a promotion begins or ends while she does."""

from __future__ import annotations

import pytest

from storeapp.domain.money import Money
from storeapp.till import paying, promotions
from storeapp.till.paying import Asked
from storeapp.till.quote import TOLD_HOLDS
from storeapp.ui.pay.state import TotalMoved
from storeapp.ui.work import InlineWork
from tests.fakes.scripted_provider import ScriptedProvider
from tests.fakes.still import StillPace
from tests.ui.scene import MILK, WATER, Scene, scene
from tests.ui.test_pay_presenter import PAID
from tests.ui.test_pay_unclear import WAITING, YES, Unclear, till_with

SHELF, CUT = Money(6990), Money(6291)


def evening(*, begins: str = "16:00", ends: str = "18:00") -> Scene:
    """Ten percent off from `begins` to `ends`, and ten seconds to six."""
    here = scene(InlineWork())
    here.clock.moment = here.clock.moment.replace(hour=17, minute=59, second=50)
    word = {"id": "DUSK", "name": "傍晚九折", "kind": "percent", "percent_off": 10, "when": {"hours": [[begins, ends]]}}
    promotions.put_promotions(here.shop, (word,), clock=here.clock)
    promotions.go_live(here.shop, ("DUSK",), clock=here.clock, unreplayed=True)
    return here


def rung_up(here: Scene, provider: ScriptedProvider | None = None) -> Unclear:
    till = till_with(provider or ScriptedProvider(takes=[YES]), here=here)
    till.sell.scan(MILK.code)
    return till


def paid(till: Unclear) -> list[tuple[str, Money]]:
    return [] if till.sold is None else [(tender.kind, tender.amount) for tender in till.sold.tenders]


@pytest.mark.parametrize(("begins", "ends", "told"), [("16:00", "18:00", CUT), ("18:00", "20:00", SHELF)])
def test_cash_pays_what_was_told(begins: str, ends: str, told: Money) -> None:
    here = evening(begins=begins, ends=ends)
    till = rung_up(here)
    assert till.sell.state.due == told

    here.clock.go_on(seconds=20)
    till.pay.open("cash")
    till.pay.confirm()

    assert paid(till) == [("cash", told)]


def test_the_hour_may_strike_while_the_wallet_asks_for_a_password() -> None:
    here = evening()
    till = rung_up(here, ScriptedProvider(takes=[WAITING], queries=[WAITING, YES]))
    till.provider.before = lambda _deed: here.clock.go_on(minutes=7)

    till.pay.open("scan")
    till.pay.take_scan(PAID)

    assert paid(till) == [("wechat", CUT)]


def test_what_the_cloud_brings_meanwhile_does_not_move_the_total() -> None:
    here = evening()
    till = rung_up(here)

    here.clock.go_on(seconds=20)
    till.sell.refresh()

    assert till.sell.state.due == CUT


def test_one_more_thing_in_the_basket_is_a_new_price() -> None:
    here = evening()
    till = rung_up(here)

    here.clock.go_on(seconds=20)
    till.sell.scan(WATER.code)

    assert till.sell.state.due == SHELF + WATER.price


def test_what_lay_too_long_is_told_anew_before_anybody_is_charged() -> None:
    here = evening()
    till = rung_up(here)
    here.clock.go_on(seconds=TOLD_HOLDS.total_seconds())

    till.pay.open("scan")

    refused = till.seen.state.refused
    assert isinstance(refused, TotalMoved)
    assert (refused.before_fen, refused.now_fen) == (CUT.fen, SHELF.fen)
    assert till.sell.state.due == till.pay.state.total == SHELF
    till.pay.take_scan(PAID)
    assert paid(till) == [("wechat", SHELF)]


def test_a_payment_found_at_the_next_start_pays_the_price_it_was_taken_at() -> None:
    here, provider = evening(), ScriptedProvider(takes=[YES])
    rung_up(here)
    desk, question = here.desk, Asked(CUT, PAID, "sale-before", by="1003")
    paying.take(desk.shop, provider, question, clock=desk.clock, ids=desk.ids, pace=StillPace())
    here.clock.go_on(hours=2)

    after = till_with(provider, here=here)
    after.pay.recover()

    assert paid(after) == [("wechat", CUT)]


def test_a_promotion_the_owner_ends_meanwhile_shows_what_is_missing_and_the_way_on() -> None:
    here = evening()
    till = rung_up(here)

    def owner_ends_it(_deed: str) -> None:
        promotions.end(here.shop, ("DUSK",), clock=here.clock)

    till.provider.before = owner_ends_it
    till.pay.open("scan")

    till.pay.take_scan(PAID)

    assert till.sold is None
    assert (till.pay.state.total, till.pay.state.left) == (SHELF, SHELF - CUT)
    till.pay.open("cash")
    till.pay.confirm()
    assert paid(till) == [("wechat", CUT), ("cash", SHELF - CUT)]
