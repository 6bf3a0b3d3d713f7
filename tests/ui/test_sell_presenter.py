"""Ringing up: what the cashier does, and what she then sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.basket import EmptyBasket, NoSuchLine
from storeapp.domain.money import Money
from storeapp.domain.quantity import PartOfAPiece, QuantityTooLarge
from storeapp.till import baskets as kept
from storeapp.ui.sell import her_view
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.view import BasketInTheWay, PaymentRunning, UnknownCodesLeft
from tests.fakes.held_work import HeldWork
from tests.ui import scene
from tests.ui.scene import ALICE, APPLES, CASHIER, COLA, CRISPS, MILK, WATER, Scene
from tests.ui.seen_selling import SeenSelling

NOBODYS = "6999999999994"


def _again(here: Scene, seen: SeenSelling) -> SellPresenter:
    """The till after a power cut."""
    made = SellPresenter(here.desk, CASHIER)
    made.bind(seen)
    return made


def test_the_same_code_twice_is_one_line_of_two(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.scan(WATER.code)

    assert seen.rung == [(WATER.name, "2")]
    assert seen.state.selected == 0
    assert seen.state.due == Money(400)


def test_a_number_and_a_star_ring_up_that_many(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.submit(f"1.256*{APPLES.code}")
    sell.submit(f"6 × {COLA.code}")

    assert seen.rung == [(APPLES.name, "1.256"), (COLA.name, "6")]


def test_the_number_and_the_star_may_be_typed_wide(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.submit(f"１。２５６＊{APPLES.code}")

    assert seen.rung == [(APPLES.name, "1.256")]


def test_a_star_in_a_scanned_code_is_part_of_it(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(f"3*{COLA.code}")

    assert seen.state.unknown_codes == (f"3*{COLA.code}",)


def test_an_unknown_code_beeps_and_stays_red_while_selling_goes_on(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(NOBODYS)
    sell.scan(WATER.code)

    assert seen.beeps == 1
    assert seen.state.unknown_codes == (NOBODYS,)
    assert seen.rung == [(WATER.name, "1")]
    assert seen.state.selected == 0


def test_a_red_row_is_deleted_with_one_key(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.scan(NOBODYS)

    sell.delete()

    assert seen.state.unknown_codes == ()
    assert seen.rung == [(WATER.name, "1")]


def test_goods_found_by_name_take_the_place_of_a_red_row(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(NOBODYS)
    sell.search("kl")

    sell.choose_hit(0)

    assert seen.state.unknown_codes == ()
    assert seen.rung == [(COLA.name, "1")]


def test_the_next_scan_does_not_resolve_a_red_row(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(NOBODYS)
    sell.scan(COLA.code)

    assert seen.state.unknown_codes == (NOBODYS,)


def test_red_rows_keep_the_basket_from_being_paid(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.scan(NOBODYS)

    with pytest.raises(UnknownCodesLeft) as refused:
        sell.for_payment()

    assert refused.value.count == 1


def test_an_empty_basket_is_not_paid(sell: SellPresenter) -> None:
    with pytest.raises(EmptyBasket):
        sell.for_payment()


def test_typing_a_name_and_enter_takes_the_first_answer(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.search("可口")
    sell.submit("可口")

    assert seen.rung == [(COLA.name, "1")]
    assert seen.state.search == ""
    assert seen.state.hits == ()


def _not_again(*_args: object, **_more: object) -> None:
    raise AssertionError("asked the books")


def test_moving_and_typing_asks_the_books_for_answers_alone(
    sell: SellPresenter, seen: SeenSelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in (WATER.code, MILK.code):
        sell.scan(code)
    sell.attach_member(ALICE.member_id)
    before = seen.state
    monkeypatch.setattr(her_view, "member_view", _not_again)

    sell.search("特仑")
    assert [hit.id for hit in seen.state.hits] == [MILK.code]
    monkeypatch.setattr(sell._desk.shop, "reading", _not_again)
    sell.search("")
    sell.move(-1)
    sell.choose_tab(1)
    sell.edit("quantity")

    assert (seen.state.selected, seen.state.tab, seen.state.hits) == (0, 1, ())
    assert seen.state.editing is not None
    assert (seen.state.member, seen.state.priced) == (before.member, before.priced)


def test_enter_before_the_search_was_drawn_still_finds(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.submit("nfsq")

    assert seen.rung == [(WATER.name, "1")]


def test_typing_what_nothing_answers_to_leaves_a_red_row(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.submit("zzzz")

    assert seen.state.unknown_codes == ("zzzz",)
    assert seen.beeps == 1


def test_every_change_can_be_undone_one_by_one(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.scan(CRISPS.code)
    sell.step(1, 1)
    sell.delete()

    sell.undo()
    assert seen.rung == [(WATER.name, "1"), (CRISPS.name, "2")]
    sell.undo()
    sell.undo()
    assert seen.rung == [(WATER.name, "1")]
    sell.undo()
    assert seen.state.is_empty
    assert not seen.state.can_undo
    sell.undo()
    assert seen.state.is_empty


def test_a_cleared_basket_comes_back_with_undo(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.attach_member(ALICE.member_id)

    sell.clear()
    assert seen.state.is_empty
    assert seen.state.member is None
    sell.undo()

    assert seen.rung == [(WATER.name, "1")]
    assert seen.state.member is not None


def test_the_last_piece_goes_by_deleting_not_by_minus(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)

    sell.step(0, -1)

    assert seen.rung == [(WATER.name, "1")]
    assert seen.beeps == 1


def test_weighed_goods_ask_what_they_weigh(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.ring_product(APPLES.code)
    assert seen.state.editing is not None
    assert seen.state.editing.kind == "quantity"

    sell.confirm_edit("0.5")

    assert seen.rung == [(APPLES.name, "0.5")]
    assert seen.state.editing is None


def test_half_a_bottle_is_not_rung_up_and_not_typed(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.submit(f"0.5*{WATER.code}")
    sell.edit("quantity")
    sell.confirm_edit("1.5")

    assert [str(error) for error in seen.told] == [str(PartOfAPiece(2, "0.5"))]
    assert seen.state.editing is not None
    assert isinstance(seen.state.editing.refused, PartOfAPiece)
    assert seen.rung == [(WATER.name, "1")]


def test_weighed_goods_have_no_stepper(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.submit(f"1.256*{APPLES.code}")

    sell.step(0, 1)

    assert seen.rung == [(APPLES.name, "1.256")]


def test_a_quantity_is_typed_and_a_barcode_is_no_quantity(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.edit("quantity")

    sell.confirm_edit(WATER.code)
    assert seen.state.editing is not None
    assert isinstance(seen.state.editing.refused, QuantityTooLarge)
    sell.confirm_edit("12")

    assert seen.state.editing is None
    assert seen.rung == [(WATER.name, "12")]


@pytest.mark.parametrize(
    ("text", "unit", "due"), [("1.50", "", 600), ("10", "%", 675), ("", "", 750), ("100", "%", 0), ("12.5", "%", 656)]
)
def test_a_discount_in_yuan_or_percent(sell: SellPresenter, seen: SeenSelling, text: str, unit: str, due: int) -> None:
    sell.scan(CRISPS.code)
    sell.edit("discount")

    sell.confirm_edit(text, unit, "damaged")

    assert seen.state.due == Money(due)


@pytest.mark.parametrize(("text", "unit"), [("8", ""), ("101", "%"), ("-1", ""), ("x", "%")])
def test_a_discount_beyond_the_line_is_refused_where_it_was_typed(
    sell: SellPresenter, seen: SeenSelling, text: str, unit: str
) -> None:
    sell.scan(CRISPS.code)
    sell.edit("discount")

    sell.confirm_edit(text, unit, "damaged")

    assert seen.state.editing is not None
    assert seen.state.editing.refused is not None
    assert seen.state.due == Money(750)


def test_a_price_and_a_note(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(CRISPS.code)
    sell.edit("price")
    sell.confirm_edit("5", "", "shelf_price")
    sell.edit("note")
    sell.confirm_edit(" 少冰 ")

    assert seen.state.due == Money(500)
    assert seen.state.priced.lines[0].line.note == "少冰"


def test_nothing_is_edited_without_a_line(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.edit("price")

    assert [type(error) for error in seen.told] == [NoSuchLine]
    assert seen.state.editing is None


def test_a_scan_while_a_line_is_edited_rings_up_and_ends_the_edit(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(CRISPS.code)
    sell.edit("price")

    sell.scan(WATER.code)

    assert seen.state.editing is None
    assert len(seen.rung) == 2


def test_a_basket_outlives_a_power_cut(sell: SellPresenter, here: Scene) -> None:
    sell.scan(WATER.code)
    sell.scan(NOBODYS)
    sell.attach_member(ALICE.member_id)

    after = SeenSelling()
    _again(here, after)

    assert after.well == ["recovered"]
    assert after.rung == [(WATER.name, "1")]
    assert after.state.unknown_codes == (NOBODYS,)
    assert after.state.member is not None


def test_parking_frees_the_counter_and_recalling_fills_it(sell: SellPresenter, seen: SeenSelling, here: Scene) -> None:
    sell.scan(WATER.code)
    sell.park("穿红衣的")
    assert seen.state.is_empty
    assert seen.state.parked == 1

    only = kept.only_parked(here.shop)
    assert only is not None
    sell.recall(only.parked_id)

    assert seen.rung == [(WATER.name, "1")]
    assert seen.state.parked == 0
    assert seen.well == ["parked", "recalled"]
    assert kept.parked(here.shop) == ()


def test_a_parked_basket_waits_for_a_free_counter(sell: SellPresenter, seen: SeenSelling, here: Scene) -> None:
    sell.scan(WATER.code)
    sell.park()
    sell.scan(COLA.code)

    sell.recall(kept.parked(here.shop)[0].parked_id)

    assert [type(error) for error in seen.told] == [BasketInTheWay]
    assert seen.rung == [(COLA.name, "1")]
    assert seen.state.parked == 1


def test_nothing_is_parked_of_an_empty_basket(sell: SellPresenter, seen: SeenSelling) -> None:
    sell.park()

    assert [type(error) for error in seen.told] == [EmptyBasket]
    assert seen.state.parked == 0


def test_with_two_parked_somebody_has_to_choose(sell: SellPresenter, here: Scene) -> None:
    for code in (WATER.code, COLA.code):
        sell.scan(code)
        sell.park()

    assert kept.only_parked(here.shop) is None


def test_a_tile_rings_up_its_product(sell: SellPresenter, seen: SeenSelling) -> None:
    assert seen.state.tabs[0].tiles
    sell.choose_tab(1)

    sell.ring_product(seen.state.tabs[1].tiles[0].product.code)

    assert len(seen.rung) == 1


def test_what_is_scanned_while_a_sale_is_written_down_belongs_to_the_next(
    sell: SellPresenter, seen: SeenSelling
) -> None:
    sell.scan(WATER.code)
    sell.hold()

    sell.scan(COLA.code)
    sell.delete()
    sell.undo()
    assert seen.rung == [(WATER.name, "1")]
    assert [type(error) for error in seen.told] == [PaymentRunning]
    sell.release(None)

    assert seen.rung == [(WATER.name, "1"), (COLA.name, "1")]


def test_a_price_from_the_cloud_is_seen_after_refresh_only_by_new_lines(
    sell: SellPresenter, seen: SeenSelling, here: Scene
) -> None:
    sell.scan(WATER.code)
    with here.shop.writing() as books:
        books.products.put([replace(WATER, price=Money(250))])

    sell.refresh()

    assert seen.state.due == Money(200)


def test_a_basket_that_cannot_be_parked_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    work = HeldWork()
    here, seen = scene.scene(work), SeenSelling()
    sell = SellPresenter(here.desk, CASHIER)
    sell.bind(seen)
    sell.scan(WATER.code)
    work.run_next()
    sell.park()
    monkeypatch.setattr(here.shop, "writing", _full_disk)

    work.run_next()

    assert seen.rung == [(WATER.name, "1")]
    assert [type(error) for error in seen.told] == [OSError]


def _full_disk() -> None:
    raise OSError("no space left")
