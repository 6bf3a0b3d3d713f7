"""Price lists on screen: written by keys alone, read from a file, live, ended; what cannot be is told at its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.money import Money
from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till.price_lists import every_list, go_live, put_price_lists
from storeapp.ui.price_lists.editor import GoodsState, PriceListEditor
from storeapp.ui.price_lists.editor_page import PriceListEditorPage
from storeapp.ui.price_lists.page import PriceListsPage
from storeapp.ui.price_lists.presenter import PriceListsPresenter
from storeapp.words import words
from tests.ui.conftest import OpenStage
from tests.ui.scene import COLA, CRISPS, MILK, WATER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
LIST: dict[str, Any] = {"id": "a", "name": "国庆价", "prices": {WATER.code: 150, COLA.code: 200}}


class SeenGoods(Seen):
    """Remembers what an editor shows, and where it sends the hands."""

    def __init__(self) -> None:
        super().__init__()
        self.goods = GoodsState()
        self.asks: list[str] = []

    def show_goods(self, state: GoodsState) -> None:
        self.goods = state

    def tell_goods(self, error: Exception) -> None:
        self.told.append(error)

    def ask_price(self) -> None:
        self.asks.append("price")

    def ask_goods(self) -> None:
        self.asks.append("goods")


def editing(here: Scene, seen: SeenGoods, *, staff: Staff = OWNER, stored: bool = False) -> PriceListEditor:
    """An editor of a new list, or of the one that is stored."""
    version = next(iter(every_list(here.shop))) if stored else None
    editor = PriceListEditor(here.desk, staff, version=version, saved=seen.well.append)
    editor.bind_goods(seen)
    editor.bind(seen)
    return editor


def opened(here: Scene, seen: Seen, *, staff: Staff = OWNER, kept: list[Any] | None = None) -> PriceListsPresenter:
    def keep(*said: Any) -> str:
        if kept is not None:
            kept.extend(said)
        return "reports/a.pdf"

    presenter = PriceListsPresenter(here.desk, staff, words("zh_CN"), keep=keep, edit=lambda _version: None)
    presenter.bind(seen)
    return presenter


def states(here: Scene) -> dict[str, str]:
    return {row.subject: row.state for row in every_list(here.shop)}


def test_goods_are_scanned_or_searched_and_priced_one_after_the_other(here: Scene) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)
    editor.type("name", "国庆价")

    editor.scan(WATER.code)
    editor.type_price("1.50")
    editor.price_done()
    editor.search("薯片")
    editor.scan("薯片")
    editor.type_price("6")
    editor.price_done()
    editor.save()

    (made,) = every_list(here.shop)
    assert made.data["prices"] == {WATER.code: 150, CRISPS.code: 600}
    assert (made.name, made.state, made.by) == ("国庆价", "draft", OWNER.code)
    assert seen.asks == ["price", "goods", "price", "goods"]
    assert seen.well == [made.subject]


def test_a_product_that_is_there_is_selected_and_not_doubled(here: Scene) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)
    for code in (WATER.code, COLA.code, WATER.code):
        editor.scan(code)

    assert [line.code for line in seen.goods.lines] == [COLA.code, WATER.code]
    assert seen.goods.selected == 1


def test_an_unknown_code_is_refused_aloud(here: Scene) -> None:
    seen = SeenGoods()
    editing(here, seen).scan("6999999999999")

    assert (seen.beeps, seen.goods.lines) == (1, ())
    assert [error.word for error in seen.told if isinstance(error, Refused)] == ["unknown_code"]


@pytest.mark.parametrize(
    ("typed", "refused"),
    [("0", "zero"), ("", "no_price"), ("200.01", "above_reason"), ("6921168509256", "too_large"), ("-1", "negative")],
)
def test_a_price_that_cannot_be_is_told_where_it_is_typed_and_nothing_is_kept(
    here: Scene, typed: str, refused: str
) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)
    editor.type("name", "国庆价")
    editor.scan(WATER.code)
    editor.type_price(typed)

    editor.price_done()
    editor.save()

    assert (seen.goods.refused, seen.goods.typed) == (refused, typed)
    assert "goods" not in seen.asks
    assert (seen.beeps, every_list(here.shop)) == (2, ())


def test_the_first_product_without_a_price_is_shown_before_anything_is_kept(here: Scene) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)
    editor.type("name", "国庆价")
    for code in (WATER.code, COLA.code):
        editor.scan(code)
        if code == COLA.code:
            editor.type_price("2")

    editor.save()

    assert (seen.goods.selected, seen.goods.refused) == (1, "no_price")
    assert every_list(here.shop) == ()


def test_a_list_without_goods_is_no_list(here: Scene) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)
    editor.type("name", "国庆价")

    editor.save()

    assert (seen.goods.refused, every_list(here.shop)) == ("no_goods", ())


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("name", ""),
        ("first", "yesterday"),
        ("last", "2026-09-01"),
        ("weekdays", "8"),
        ("weekdays", "mon"),
        ("hours", "7-9"),
    ],
)
def test_terms_that_will_not_do_are_told_at_their_field(here: Scene, key: str, text: str) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)
    for name, said in (("name", "国庆价"), ("first", "2026-10-01"), (key, text)):
        editor.type(name, said)
    editor.scan(WATER.code)
    editor.type_price("1")

    editor.save()

    assert (seen.state.faults, every_list(here.shop)) == ({key}, ())


def test_all_terms_are_kept_and_shown_again(here: Scene) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)
    terms = {"name": "金卡价", "whom": "tiers", "tiers": "金卡，银卡", "stores": "S01, S02", "first": "2026-10-01",
             "last": "2026-10-07", "weekdays": "67", "hours": "18:00-21:00"}  # fmt: skip
    for key, text in terms.items():
        editor.type(key, text)
    editor.scan(WATER.code)
    editor.type_price("1")
    editor.save()

    again = SeenGoods()
    editing(here, again, stored=True)
    assert again.state.values == terms | {"tiers": "金卡, 银卡"}
    assert [(line.code, line.price) for line in again.goods.lines] == [(WATER.code, Money(100))]


def test_a_product_leaves_the_list(here: Scene) -> None:
    put_price_lists(here.shop, (LIST,), clock=here.desk.clock)
    seen = SeenGoods()
    editor = editing(here, seen, stored=True)

    editor.drop()
    editor.save()

    (made,) = every_list(here.shop)
    assert (made.number, made.data["prices"]) == (2, {COLA.code: 200})


def test_prices_come_from_a_file_and_its_bad_rows_are_named(here: Scene, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text(f"条码,新价\n{WATER.code},1.20\n777,1\n{MILK.code},-3\n", encoding="gb18030")
    put_price_lists(here.shop, (LIST,), clock=here.desk.clock)
    seen = SeenGoods()
    editor = editing(here, seen, stored=True)

    editor.read_file(str(file))

    assert [(line.code, line.price) for line in seen.goods.lines] == [(WATER.code, Money(120)), (COLA.code, Money(200))]
    assert [(fault.row, fault.reason) for fault in seen.goods.faults] == [(3, "unknown_code"), (4, "negative")]
    assert seen.state.is_changed


def test_a_file_that_is_no_table_says_so(here: Scene, tmp_path: Path) -> None:
    seen = SeenGoods()
    editor = editing(here, seen)

    editor.read_file(str(tmp_path / "missing.csv"))
    (tmp_path / "a.csv").write_bytes(b"\x00\x01")
    editor.read_file(str(tmp_path / "a.csv"))

    assert [error.word for error in seen.told if isinstance(error, Refused)] == ["no_such_file", "not_a_table"]
    assert not seen.state.is_changed


def test_a_cashier_reads_and_decides_nothing(here: Scene) -> None:
    put_price_lists(here.shop, (LIST,), clock=here.desk.clock)
    seen = SeenGoods()
    page = opened(here, seen, staff=CASHIER)
    editor = editing(here, SeenGoods(), staff=CASHIER, stored=True)

    for deed in (page.go_live, page.end, page.write_new, page.change, editor.drop, editor.save):
        deed()

    assert (states(here), seen.state.may_decide, len(seen.state.lines)) == ({"a": "draft"}, False, 2)
    assert {error.word for error in seen.told if isinstance(error, Refused)} == {"not_allowed"}


def test_a_list_goes_live_and_ends_with_the_second_press(here: Scene) -> None:
    put_price_lists(here.shop, (LIST,), clock=here.desk.clock)
    seen = Seen()
    page = opened(here, seen)

    page.go_live()
    assert states(here) == {"a": "live"}
    page.end()
    assert (states(here), seen.state.asking) == ({"a": "live"}, "end")
    page.end()

    assert (states(here), seen.well) == ({"a": "ended"}, ["live", "ended"])


def test_a_list_below_cost_goes_live_with_the_second_press_alone(here: Scene) -> None:
    with here.shop.writing() as books:
        books.products.put([replace(WATER, cost=Money(160))])
    put_price_lists(here.shop, (LIST,), clock=here.desk.clock)
    seen = Seen()
    page = opened(here, seen)

    page.go_live()
    assert (states(here), seen.state.asking, seen.state.doubtful) == ({"a": "draft"}, "live", 1)
    page.go_live()

    assert states(here) == {"a": "live"}


def test_a_list_that_contradicts_a_live_one_says_so(here: Scene) -> None:
    other = {**LIST, "id": "b", "prices": {WATER.code: 160}}
    put_price_lists(here.shop, (LIST, other), clock=here.desk.clock)
    go_live(here.shop, ("a",), clock=here.desk.clock)
    seen = Seen()
    page = opened(here, seen)
    page.choose("b")

    page.go_live()

    assert [error.word for error in seen.told if isinstance(error, Refused)] == ["price_lists_disagree"]
    assert states(here) == {"a": "live", "b": "draft"}


def test_the_price_changes_are_kept_for_whoever_puts_up_the_tags(here: Scene) -> None:
    put_price_lists(here.shop, ({**LIST, "stores": ["S01"]},), clock=here.desk.clock)
    kept: list[Any] = []

    opened(here, SeenGoods(), kept=kept).keep()

    name, title, day, sheet, suffix = kept
    assert (name, title, day, suffix) == ("price-list-a-1", "调价单：国庆价", "2026-09-28", "pdf")
    assert isinstance(sheet, ReportSheet)
    (table,) = sheet.tables
    assert table.rows[0] == (WATER.code, WATER.name, "瓶", Money(200), Money(150))
    assert "S01" in table.title


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_list_is_written_and_goes_live_by_keys_alone(open_stage: OpenStage, language: str) -> None:
    stage = open_stage(language=language)
    window = stage.counter.window

    stage.press(Qt.Key.Key_Y, CTRL)
    assert isinstance(window.page, PriceListsPage)
    stage.press(Qt.Key.Key_N, CTRL)
    assert isinstance(window.page, PriceListEditorPage)
    stage.type("October")
    stage.press(Qt.Key.Key_F1)
    stage.type(WATER.code)
    stage.press(ENTER)
    stage.type("0")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Backspace)
    stage.type("1.5")
    stage.press(ENTER)
    stage.type(COLA.code)
    stage.press(ENTER)
    stage.type("2")
    stage.type("3")
    stage.press(Qt.Key.Key_Backspace)
    stage.press(ENTER)
    stage.type(CRISPS.code)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_F8)
    stage.press(Qt.Key.Key_S, CTRL)
    page = window.page
    assert isinstance(page, PriceListsPage)
    stage.press(Qt.Key.Key_G, CTRL)

    (made,) = every_list(stage.here.shop)
    assert (made.name, made.state) == ("October", "live")
    assert made.data["prices"] == {WATER.code: 150, COLA.code: 200}
    stage.press(Qt.Key.Key_Escape)
    stage.counter.take_scan(WATER.code)
    assert stage.counter.sell.state.priced.total == Money(150)


def test_leaving_what_was_typed_is_asked_about(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.press(Qt.Key.Key_Y, CTRL)
    stage.press(Qt.Key.Key_N, CTRL)
    stage.counter.take_scan(WATER.code)

    stage.press(Qt.Key.Key_Escape)

    assert isinstance(stage.counter.window.page, PriceListEditorPage)
    assert stage.counter.window.page._presenter.goods.lines[0].code == WATER.code
