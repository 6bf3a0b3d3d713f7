"""Knowing her: what the counter says of a member, in the place of the sale before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storeapp.domain.glance import Glance, Hint
from storeapp.domain.ledger import Leg, Txn, debt_account, principal_account
from storeapp.till.policies import set_policies
from storeapp.ui.sell.knowing import hint_words, lines_of, rhythm_words
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.state import NOTHING_KNOWN
from storeapp.words import words
from tests.ui.conftest import OpenCounter, OpenStage
from tests.ui.scene import ALICE, ALICE_LAYER, WATER, Scene
from tests.ui.seen_selling import SeenSelling


def test_the_counter_knows_her_rhythm_her_note_and_one_thing_to_say(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.attach_member(ALICE.member_id)

    assert seen.state.member is not None
    assert lines_of(seen.state.member, words("en")) == (
        "面膜: perhaps she needs it again.",
        "Last 09-20 · 面膜 usually 30 days, today 33",
        "",
        "Note: 要小包装，孩子对花生过敏",
    )
    assert seen.state.member.birthday == "10-16"


def test_the_last_day_before_her_birthday_is_tomorrow() -> None:
    def said(days: int) -> str:
        return hint_words(Hint("birthday", days=days), words("en"))

    assert said(1) == "Her birthday is tomorrow."
    assert said(3) == "Her birthday is in 3 days."
    assert said(0) == "Today is her birthday!"


def test_whoever_was_here_today_is_told_no_days() -> None:
    known = Glance(date(2026, 9, 28), 0, usual_days=30)

    assert rhythm_words(known, words("en")) == "Here today"
    assert rhythm_words(replace(known, waited=1, usual_days=None), words("en")) == "Last 09-28 · 1 day ago"
    assert rhythm_words(replace(known, waited=33), words("en")) == "Last 09-28 · usually 30 days, today 33"


def test_stored_value_shows_where_she_has_some(sell: SellPresenter, seen: SeenSelling, here: Scene) -> None:
    sell.attach_member(ALICE.member_id)
    assert seen.state.member is not None
    assert seen.state.member.stored is None

    hers = principal_account(ALICE.member_id)
    with here.shop.writing() as books:
        legs = (Leg(hers, "fen", 32_000), Leg("house:cash", "fen", -32_000))
        books.ledger.post(Txn("t-2", "import", "2026-09-01T10:00:00+08:00", legs))
    sell.refresh()

    assert seen.state.member.stored is not None
    assert seen.state.member.stored.fen == 32_000


def test_a_rhythm_without_a_category_counts_her_visits(sell: SellPresenter, seen: SeenSelling, here: Scene) -> None:
    with here.shop.writing() as books:
        books.layers.put([replace(ALICE_LAYER, habit=None)], computed_on=ALICE_LAYER.trade.last_on)
        books.members.put(replace(ALICE, note=""))
    sell.attach_member(ALICE.member_id)

    assert seen.state.member is not None
    assert lines_of(seen.state.member, words("en")) == ("", "Last 09-20 · usually 12 days, today 8", "", "")


def test_nothing_on_the_counter_moves_when_she_is_known(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)
    before = counter.screen._total.geometry()

    counter.sell.attach_member(ALICE.member_id)

    assert counter.screen._knowing.isVisible()
    assert not counter.screen._last.isVisible()
    assert counter.screen._total.geometry() == before
    counter.sell.attach_member(None)
    assert not counter.screen._knowing.isVisible()


def test_her_page_opens_from_the_card(open_stage: OpenStage) -> None:
    on = open_stage()
    on.counter.sell.attach_member(ALICE.member_id)

    on.counter.screen._knowing.page_wanted.emit()

    assert on.counter.window.page is not None


def test_the_counter_says_what_the_next_tier_needs_once_she_has_this_basket(
    sell: SellPresenter, seen: SeenSelling, here: Scene
) -> None:
    set_policies(here.shop, {"tier.rules": "金卡会员: spend 5; 黑卡: spend 100"}, clock=here.desk.clock)
    sell.attach_member(ALICE.member_id)
    assert seen.state.member is not None
    assert lines_of(seen.state.member, words("en"))[2] == "¥100.00 more for 黑卡"

    sell.scan(WATER.code)

    assert lines_of(seen.state.member, words("en"))[2] == "¥98.00 more for 黑卡"
    assert replace(seen.state.member, note="", glance=NOTHING_KNOWN).is_known


def test_points_she_owes_stand_beside_her_number(open_counter: OpenCounter, here: Scene) -> None:
    with here.shop.writing() as books:
        legs = (Leg(debt_account(ALICE.member_id), "pts", -120), Leg("exp.points", "pts", 120))
        books.ledger.post(Txn("t-3", "refund", "2026-09-01T10:00:00+08:00", legs))
    counter = open_counter(language="en")

    counter.sell.attach_member(ALICE.member_id)

    assert counter.screen._member._phone.text().startswith("138****6621 · owes 120 points")
