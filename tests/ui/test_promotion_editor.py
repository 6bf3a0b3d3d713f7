"""A promotion written in the window: typed, said in plain words, kept as a draft, and nothing of its rules lost."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.goods_names import GoodsNames, UnknownGoods, goods_names
from storeapp.domain.promotion import Kind
from storeapp.domain.promotion_data import as_data, from_data
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.till.promotions import every_promotion, go_live, put_promotions
from storeapp.ui.promotions.editor import EditorPresenter
from storeapp.ui.promotions.editor_page import EditorPage
from storeapp.ui.promotions.page import PromotionsPage
from storeapp.ui.promotions.saying import KINDS, percent_off, said
from storeapp.ui.promotions.typed import read, specs_of, typed
from storeapp.words import words
from tests.ui import scene
from tests.ui.conftest import OpenStage
from tests.ui.scene import COLA, CRISPS, MILK, WATER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER
from tests.waiting import PATIENCE_MS

GOODS: GoodsNames = goods_names(scene.GOODS)
ZH, EN = words("zh_CN"), words("en")
RULES: tuple[dict[str, Any], ...] = (
    {"id": "a", "name": "饮料九折", "kind": "percent", "percent_off": 10, "scope": {"categories": ["饮料"]}},
    {"id": "b", "name": "立减", "kind": "amount", "off_fen": 50, "scope": {"codes": [COLA.code]}, "stacks": True},
    {"id": "c", "name": "特价", "kind": "fixed_price", "price_fen": 990, "scope": {"except_categories": ["乳品"]}},
    {
        "id": "d",
        "name": "第二件半价",
        "kind": "nth_percent",
        "count": 2,
        "percent_off": 50,
        "group": "g",
        "priority": -3,
    },
    {
        "id": "e",
        "name": "买二送一",
        "kind": "buy_get",
        "count": 2,
        "free": 1,
        "percent_off": 100,
        "get": {"codes": [WATER.code]},
    },
    {
        "id": "f",
        "name": "组合",
        "kind": "bundle",
        "parts": [
            {"scope": {"codes": [MILK.code]}, "count": 1},
            {"scope": {"categories": ["饮料"], "codes": [CRISPS.code]}, "count": 2},
        ],
        "price_fen": 7000,
    },
    {"id": "g", "name": "免一件", "kind": "cheapest_free", "count": 3, "first_purchase": True, "whom": "members"},
    {
        "id": "h",
        "name": "每满减",
        "kind": "spend_off",
        "steps": [{"spend_fen": 10050, "off_fen": 1500}],
        "repeats": True,
        "limits": {"per_basket": 2, "per_day": 100},
    },
    {
        "id": "i",
        "name": "满折",
        "kind": "spend_percent",
        "steps": [{"spend_fen": 10000, "percent_off": 5}, {"spend_fen": 20000, "percent_off": 10}],
        "whom": "tiers",
        "tiers": ["金卡", "银卡"],
        "min_spend_fen": 100,
    },
    {
        "id": "j",
        "name": "多件",
        "kind": "count_percent",
        "steps": [{"count": 2, "percent_off": 10}, {"count": 3, "percent_off": 20}],
        "when": {
            "first": "2026-09-01",
            "last": "2026-09-30",
            "weekdays": [1, 5],
            "hours": [["07:00", "09:30"], ["22:00", "00:00"]],
        },
        "min_count": 2,
    },
    {
        "id": "k",
        "name": "满赠",
        "kind": "spend_gift",
        "steps": [{"spend_fen": 5000, "gift": WATER.code, "free": 1}],
        "whom": "members",
        "limits": {"per_member": 1},
    },
)


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules["kind"])
def test_rules_shown_in_the_form_and_read_again_are_the_same(rules: dict[str, Any]) -> None:
    promotion = from_data(rules)

    data, made, faults = read(typed(promotion, GOODS), promotion.kind, "a", GOODS, known=promotion)

    assert faults == {}
    assert made is not None
    assert as_data(made) | {"id": ""} == as_data(promotion) | {"id": ""}
    assert from_data(data) == made


def test_every_kind_has_an_example_a_form_and_a_case_here() -> None:
    kinds = set(get_args(Kind))

    assert kinds == set(KINDS) == {rules["kind"] for rules in RULES}
    assert all(specs_of(kind) for kind in kinds)


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules["kind"])
def test_each_sentence_is_whole_in_both_languages(rules: dict[str, Any]) -> None:
    promotion = from_data(rules)

    for language in (ZH, EN):
        lines = said(promotion, GOODS, language)
        assert all(line and "{" not in line for line in lines)


def test_sentences_are_what_a_shop_says() -> None:
    told = {rules["kind"]: said(from_data(rules), GOODS, ZH)[0] for rules in RULES}

    assert told["percent"] == "饮料：打 9 折"
    assert told["amount"] == "可口可乐 330ml 罐装：每件减 ¥0.50"
    assert told["spend_off"] == "全场：每满 ¥100.50 减 ¥15.00"
    assert told["count_percent"] == "全场：满 2 件打 9 折；满 3 件打 8 折"
    assert said(from_data(RULES[9]), GOODS, ZH)[2:5] == (
        "2026-09-01 至 2026-09-30",
        "周一、周五",
        "07:00–09:30、22:00–24:00",
    )


@pytest.mark.parametrize(("percent", "zh"), [(10, "打 9 折"), (15, "打 8.5 折"), (95, "打 0.5 折"), (100, "免费")])
def test_percent_off_is_told_in_tenths_in_chinese(percent: int, zh: str) -> None:
    assert percent_off(percent, ZH) == zh


def test_goods_are_named_by_category_name_or_barcode() -> None:
    scope = GOODS.scope(f"饮料，{CRISPS.name}; {MILK.code}", "生鲜")

    assert scope == {"categories": ["饮料"], "codes": [MILK.code, CRISPS.code], "except_categories": ["生鲜"]}


def test_goods_nobody_sells_are_told_by_name() -> None:
    with pytest.raises(UnknownGoods, match="伏特加"):
        GOODS.scope("饮料, 伏特加")


def test_what_a_promotion_named_before_stays_though_the_catalogue_lost_it() -> None:
    known = from_data({"id": "a", "name": "x", "kind": "percent", "percent_off": 5, "scope": {"codes": ["gone"]}})

    data, made, faults = read(typed(known, GOODS), "percent", "a", GOODS, known=known)

    assert (faults, data["scope"]) == ({}, {"codes": ["gone"]})
    assert made == known


@pytest.mark.parametrize(
    ("kind", "changed", "fault"),
    [
        ("percent", {"name": ""}, "name"),
        ("percent", {"percent_off": "130"}, "percent_off"),
        ("percent", {"percent_off": "ten"}, "percent_off"),
        ("percent", {"goods": "nothing such"}, "goods"),
        ("percent", {"first": "yesterday"}, "first"),
        ("percent", {"first": "2026-10-02", "last": "2026-10-01"}, "last"),
        ("percent", {"weekdays": "8"}, "weekdays"),
        ("percent", {"hours": "7-9"}, "hours"),
        ("percent", {"per_day": "-1"}, "per_day"),
        ("percent", {"per_member": "1"}, "per_member"),
        ("percent", {"first_purchase": "true"}, "first_purchase"),
        ("percent", {"whom": "tiers", "tiers": ""}, "tiers"),
        ("spend_off", {"steps": "100-200"}, "steps"),
        ("spend_off", {"steps": "100-10, 90-20"}, "steps"),
        ("spend_off", {"steps": "100-10, 200-20", "repeats": "true"}, "repeats"),
        ("spend_gift", {"steps": "50-vodka x1"}, "steps"),
        ("bundle", {"parts": "", "price_fen": "10"}, "parts"),
        ("fixed_price", {"price_fen": "-1"}, "price_fen"),
    ],
)
def test_what_will_not_do_is_told_at_its_field(kind: Kind, changed: dict[str, str], fault: str) -> None:
    values = {"name": "x", "percent_off": "10", "whom": "all"} | changed

    _data, made, faults = read(values, kind, "a", GOODS)

    assert (made, set(faults)) == (None, {fault})


def test_a_new_promotion_is_kept_as_a_draft(here: Scene) -> None:
    kept: list[str] = []
    seen = Seen()
    editor = EditorPresenter(here.desk, OWNER, GOODS, saved=kept.append)
    editor.choose_kind("spend_off")
    editor.bind(seen)
    for key, text in (("name", "满百减十"), ("steps", "100-10")):
        editor.type(key, text)
    editor.save()

    (made,) = every_promotion(here.shop)
    assert kept == [made.promotion_id]
    assert (made.state, made.name, made.by) == ("draft", "满百减十", OWNER.code)
    assert from_data(made.data).steps[0].gives == 1000


def test_what_is_missing_is_told_and_nothing_is_kept(here: Scene) -> None:
    seen = Seen()
    editor = EditorPresenter(here.desk, OWNER, GOODS, saved=lambda _id: None)
    editor.bind(seen)
    editor.type("name", "x")
    editor.save()

    assert seen.state.faults == {"percent_off"}
    assert (seen.beeps, every_promotion(here.shop)) == (1, ())


def test_a_cashier_writes_no_promotion(here: Scene) -> None:
    seen = Seen()
    editor = EditorPresenter(here.desk, CASHIER, GOODS, saved=lambda _id: None)
    editor.bind(seen)
    for key, text in (("name", "x"), ("percent_off", "90")):
        editor.type(key, text)
    editor.save()

    assert (len(seen.told), every_promotion(here.shop)) == (1, ())


def test_changing_a_live_one_makes_the_next_version_a_draft(here: Scene) -> None:
    put_promotions(here.shop, (RULES[0],), clock=here.desk.clock)
    (live,) = go_live(here.shop, ("a",), clock=here.desk.clock, unreplayed=True)
    editor = EditorPresenter(here.desk, OWNER, GOODS, version=live, saved=lambda _id: None)
    editor.bind(Seen())
    assert editor.was_live

    editor.type("percent_off", "20")
    editor.save()

    (now,) = every_promotion(here.shop)
    assert (now.number, now.state, now.data["percent_off"], now.promotion_id) == (2, "draft", 20, "a")


def test_another_kind_keeps_what_both_have(here: Scene) -> None:
    version = PromotionVersion("a", 1, RULES[0], "draft", "2026-09-28T10:00:00+08:00")
    editor = EditorPresenter(here.desk, OWNER, GOODS, version=version, saved=lambda _id: None)
    seen = Seen()
    editor.bind(seen)

    editor.choose_kind("nth_percent")
    editor.bind(seen)

    assert (seen.state.values["name"], seen.state.values["goods"]) == ("饮料九折", "饮料")
    assert editor.preview()[1] == {"count": ""}


def test_by_keys_alone_a_promotion_is_written_and_then_chosen_in_the_list(open_stage: OpenStage) -> None:
    on = open_stage(staff=OWNER, language="en")
    on.screens.open("promotions")
    window = on.counter.window
    on.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, EditorPage)

    on.press(Qt.Key.Key_Down)
    on.press(Qt.Key.Key_Tab)
    on.type("Cans cheaper")
    on.press(Qt.Key.Key_Tab)
    on.type("0.50")
    on.press(Qt.Key.Key_Return)

    assert isinstance(window.page, PromotionsPage)
    (made,) = every_promotion(on.here.shop)
    assert (made.name, made.data["kind"], made.data["off_fen"]) == ("Cans cheaper", "amount", 50)
    assert window.page._presenter.state.chosen == made.promotion_id


def test_escape_asks_once_where_something_was_typed(open_stage: OpenStage, qtbot: Any) -> None:
    on = open_stage(staff=OWNER, language="en")
    on.screens.open("promotions")
    window = on.counter.window
    on.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    on.press(Qt.Key.Key_Tab)
    on.type("half a thought")

    on.press(Qt.Key.Key_Escape)
    assert isinstance(window.page, EditorPage)
    on.press(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: isinstance(window.page, PromotionsPage), timeout=PATIENCE_MS)
    assert every_promotion(on.here.shop) == ()
