"""The owner's promotions: drafted, live, ended, and every word of it kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from storeapp.domain.money import Money
from storeapp.domain.priced import Cut
from storeapp.domain.product import Product, UnknownCode
from storeapp.domain.promotion_version import BadPromotion, NotReplayed, PromotionNotLive, UnknownPromotion
from storeapp.domain.staff import NotAllowed, Staff, UnknownStaff
from storeapp.till.ports import Shop
from storeapp.till.promotions import end, every_promotion, given_so_far, go_live, promotion, put_promotions
from tests.fakes.still import StillClock
from tests.fakes.things import a_line, a_sale, book

HALF = {"id": "half", "name": "第二件半价", "kind": "nth_percent", "count": 2, "percent_off": 50}
OVER = {"id": "over", "name": "满100减15", "kind": "spend_off", "steps": [{"spend_fen": 10000, "off_fen": 1500}]}


@pytest.fixture
def shop(bare: Shop) -> Shop:
    return bare


def journaled(shop: Shop) -> list[tuple[int, str]]:
    with shop.reading() as books:
        told = [json.loads(entry.body) for entry in books.journal.after(0) if entry.type == "promotion.changed"]
    return [(body["version"], body["state"]) for body in told]


def test_a_promotion_is_drafted_goes_live_and_ends(shop: Shop) -> None:
    clock = StillClock()

    put_promotions(shop, (HALF,), clock=clock, by="1001")
    clock.go_on(minutes=1)
    go_live(shop, ("half",), clock=clock, by="1001", unreplayed=True)
    clock.go_on(minutes=1)
    [over] = end(shop, ("half",), clock=clock, by="1001")

    assert promotion(shop, "half") == over
    assert journaled(shop) == [(1, "draft"), (1, "live"), (1, "ended")]
    with shop.reading() as books:
        assert [word.state for word in books.promotions.history("half")] == ["draft", "live", "ended"]


def test_other_rules_make_a_new_version_and_the_same_rules_none(shop: Shop) -> None:
    clock = StillClock()
    put_promotions(shop, (HALF, OVER), clock=clock)
    clock.go_on(minutes=1)

    put_promotions(shop, (HALF, OVER | {"name": "满100减20"}), clock=clock)

    assert [(word.promotion_id, word.number) for word in every_promotion(shop)] == [("half", 1), ("over", 2)]
    assert len(journaled(shop)) == 3


def test_a_live_promotion_whose_rules_change_is_a_draft_again(shop: Shop) -> None:
    clock = StillClock()
    put_promotions(shop, (HALF,), clock=clock)
    clock.go_on(minutes=1)
    go_live(shop, ("half",), clock=clock, unreplayed=True)
    clock.go_on(minutes=1)

    put_promotions(shop, (HALF | {"name": "第二件五折"},), clock=clock)

    assert (promotion(shop, "half").state, promotion(shop, "half").number) == ("draft", 2)


def test_going_live_untried_must_be_meant(shop: Shop) -> None:
    clock = StillClock()
    put_promotions(shop, (HALF,), clock=clock)

    with pytest.raises(NotReplayed):
        go_live(shop, ("half",), clock=clock)

    assert promotion(shop, "half").state == "draft"
    with shop.writing() as books:
        books.promotions.keep_replay("half", 1, {"cost_fen": 100}, at=clock.now().isoformat())
    assert go_live(shop, ("half",), clock=clock)[0].state == "live"


def test_one_bad_promotion_among_many_leaves_all_as_they_were(shop: Shop) -> None:
    with pytest.raises(BadPromotion):
        put_promotions(shop, (HALF, {"id": "no good", "name": "x"}), clock=StillClock())

    assert every_promotion(shop) == ()
    assert journaled(shop) == []


def test_a_draft_cannot_end_and_nobody_knows_a_stranger(shop: Shop) -> None:
    put_promotions(shop, (HALF,), clock=StillClock())

    with pytest.raises(PromotionNotLive):
        end(shop, ("half",), clock=StillClock())
    with pytest.raises(UnknownPromotion):
        go_live(shop, ("other",), clock=StillClock(), unreplayed=True)


def test_a_clock_set_back_loses_no_word(shop: Shop) -> None:
    clock = StillClock()
    put_promotions(shop, (HALF,), clock=clock)
    clock.go_on(days=-1)

    go_live(shop, ("half",), clock=clock, unreplayed=True)

    assert promotion(shop, "half").state == "live"


def test_a_word_told_late_does_not_undo_a_later_one(shop: Shop) -> None:
    clock = StillClock()
    early = put_promotions(shop, (HALF,), clock=clock)[0]
    clock.go_on(minutes=1)
    [late] = go_live(shop, ("half",), clock=clock, unreplayed=True)

    with shop.writing() as books:
        books.promotions.put(early)

    assert promotion(shop, "half") == late


def test_what_a_broken_transaction_said_is_forgotten(shop: Shop) -> None:
    put_promotions(shop, (HALF,), clock=StillClock())
    with pytest.raises(RuntimeError), shop.writing() as books:
        word = books.promotions.every()[0]
        books.promotions.put(type(word)("over", 1, OVER, "live", word.changed_at))
        assert len(books.promotions.every()) == 2
        raise RuntimeError

    assert [word.promotion_id for word in every_promotion(shop)] == ["half"]


def test_what_a_promotion_has_given_is_added_up_from_the_cuts(shop: Shop) -> None:
    put_promotions(shop, (HALF, OVER), clock=StillClock())
    line = a_line()
    cuts = (Cut("promotion", Money(30), "第二件半价", "half"), Cut("promotion", Money(5), "满减", "over"))
    with shop.writing() as books:
        books.sales.add(a_sale(1, lines=[replace(line, cuts=cuts)]), imported=True)
        by_coupon = Cut("coupon", Money(7), "X", "half")
        books.sales.add(a_sale(2, lines=[replace(line, cuts=(cuts[0], by_coupon))]), imported=True)

    assert given_so_far(shop) == {"half": Money(60), "over": Money(5)}


def test_a_shop_without_promotions_adds_nothing_up(shop: Shop) -> None:
    with shop.writing() as books:
        book(books, a_sale(1))

    assert given_so_far(shop) == {}


def test_who_may_not_decide_changes_nothing(shop: Shop) -> None:
    clock = StillClock()
    put_promotions(shop, (HALF,), clock=clock, by="1001")
    with shop.writing() as books:
        books.staff.put(Staff("1001", "林店长", "owner"))
        books.staff.put(Staff("1007", "陈晓雯", "cashier"))
        books.staff.put(Staff("1009", "走了", "owner", is_active=False))

    for by, refused in (("1007", NotAllowed), ("1009", UnknownStaff), ("1099", UnknownStaff)):
        with pytest.raises(refused):
            go_live(shop, ("half",), clock=clock, by=by, unreplayed=True)
        with pytest.raises(refused):
            put_promotions(shop, (OVER,), clock=clock, by=by)

    assert [(word.promotion_id, word.state) for word in every_promotion(shop)] == [("half", "draft")]
    assert go_live(shop, ("half",), clock=clock, by="1001", unreplayed=True)[0].state == "live"
    with pytest.raises(NotAllowed):
        end(shop, ("half",), clock=clock, by="1007")
    assert promotion(shop, "half").state == "live"


def test_goods_are_named_by_a_barcode_too_and_kept_by_their_own_code(shop: Shop) -> None:
    sells(shop)
    rules = {**HALF, "scope": {"codes": ["690111", "TEA"]}}

    [drafted] = put_promotions(shop, (rules,), clock=StillClock())

    assert drafted.data["scope"] == {"codes": ["TEA"]}
    assert put_promotions(shop, (rules,), clock=StillClock()) == (drafted,)
    assert go_live(shop, ("half",), clock=StillClock(), unreplayed=True)[0].state == "live"


@pytest.mark.parametrize(
    "rules",
    [
        {**HALF, "scope": {"codes": ["TEA", "NOPE"]}},
        {**HALF, "scope": {"except_codes": ["NOPE"]}},
        {"id": "half", "name": "买赠", "kind": "buy_get", "count": 2, "free": 1, "get": {"codes": ["NOPE"]}},
        {"id": "half", "name": "送", "kind": "spend_gift", "steps": [{"spend_fen": 100, "gift": "NOPE", "free": 1}]},
    ],
)
def test_a_promotion_on_goods_nobody_sells_does_not_go_live(shop: Shop, rules: dict[str, object]) -> None:
    sells(shop)
    put_promotions(shop, (rules,), clock=StillClock())

    with pytest.raises(UnknownCode) as refused:
        go_live(shop, ("half",), clock=StillClock(), unreplayed=True)

    assert refused.value.code == "NOPE"
    assert promotion(shop, "half").state == "draft"


def sells(shop: Shop) -> None:
    with shop.writing() as books:
        books.products.put([Product("TEA", "乌龙茶", Money(350), barcodes=("690111",))])
