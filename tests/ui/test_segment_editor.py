"""A segment written in the window: counted while it is typed, saved, changed and dropped by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.segment import CONDITIONS_MAX, FIELDS, Segment, from_data
from storeapp.domain.staff import NotAllowed
from storeapp.till import layers, segments
from storeapp.ui.insight.page import InsightPage
from storeapp.ui.insight.presenter import SEGMENTS, InsightPresenter
from storeapp.ui.insight.segment_editor import SegmentEditor
from storeapp.ui.insight.segment_page import SegmentPage
from tests.fakes.held_work import HeldWork
from tests.ui import scene
from tests.ui.conftest import OpenStage
from tests.ui.crowd import crowd
from tests.ui.scene import Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER

CTRL = Qt.KeyboardModifier.ControlModifier
BIG = {
    "id": "big",
    "name": "买得多",
    "tag": "大客户",
    "conditions": [
        {"field": "net_fen", "is": "at_least", "value": 12_350},
        {"field": "may_be_contacted", "is": "equals", "value": False},
        {"field": "stage", "is": "differs", "value": "lost"},
        {"field": "categories", "is": "lacks", "value": "大衣"},
    ],
}


@pytest.fixture
def lived(here: Scene) -> Scene:
    crowd(here.shop, 40)
    layers.work_the_night(here.shop, clock=here.desk.clock)
    return here


def writing(here: Scene, known: Segment | None = None) -> tuple[SegmentEditor, Seen, list[str]]:
    kept: list[str] = []
    seen = Seen()
    editor = SegmentEditor(here.desk, OWNER, known=known, saved=kept.append)
    editor.bind(seen)
    return editor, seen, kept


def saved(here: Scene) -> tuple[Segment, ...]:
    with here.shop.reading() as books:
        return books.layers.segments()


def test_it_is_counted_while_it_is_typed_and_saved_as_it_stands(lived: Scene) -> None:
    editor, seen, kept = writing(lived)
    assert seen.state.members is None

    editor.ask("net_fen")
    editor.type_value("123.5")
    few = seen.state.members
    editor.add()
    editor.ask("may_be_contacted")
    both = seen.state.members
    editor.type_name("买得多")
    editor.type_tag("大客户")
    editor.save()

    [made] = saved(lived)
    assert (made.name, made.tag, kept) == ("买得多", "大客户", [made.segment_id])
    assert [(each.field, each.test, each.value) for each in made.conditions] == [
        ("net_fen", "at_least", 12_350), ("may_be_contacted", "equals", True),
    ]  # fmt: skip
    assert few is not None
    assert both is not None
    assert 0 < both < few
    assert segments.count(lived.shop, made, clock=lived.desk.clock) == both


def test_a_question_that_was_saved_comes_back_as_it_was(lived: Scene) -> None:
    known = from_data(BIG)
    editor, seen, _kept = writing(lived, known)
    assert [row.text for row in seen.state.rows] == ["123.50", "false", "lost", "大衣"]

    editor.type_name("买得更多")
    editor.save()

    assert saved(lived) == (from_data(BIG | {"name": "买得更多"}),)


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_is_saved_without_a_value_that_fits(lived: Scene, field: str) -> None:
    editor, seen, kept = writing(lived)
    editor.type_name("x")
    editor.ask(field)
    editor.type_value("￥" * 41)
    editor.save()

    # of yes and no, what is not yes is no
    refused = field not in ("may_be_contacted", "never_bought")
    assert (bool(kept), seen.state.faults) == (not refused, frozenset({0}) if refused else frozenset())


@pytest.mark.parametrize(("name", "tag", "fault"), [("", "", "name"), ("x", "a,b", "tag"), ("x" * 41, "", "name")])
def test_what_will_not_do_is_told_at_its_field(lived: Scene, name: str, tag: str, fault: str) -> None:
    editor, seen, kept = writing(lived)
    editor.type_value("45")
    editor.type_name(name)
    editor.type_tag(tag)

    editor.save()

    assert (seen.state.faults, kept, seen.beeps) == (frozenset({fault}), [], 1)


def test_conditions_come_and_go_but_one_stays(lived: Scene) -> None:
    editor, seen, _kept = writing(lived)
    for _more in range(CONDITIONS_MAX):
        editor.add()
    assert (len(seen.state.rows), seen.state.chosen, seen.beeps) == (CONDITIONS_MAX, CONDITIONS_MAX - 1, 1)

    for _less in range(CONDITIONS_MAX):
        editor.remove()

    assert (len(seen.state.rows), seen.state.chosen, seen.beeps) == (1, 0, 2)


def test_of_a_count_that_is_overtaken_nobody_hears() -> None:
    work = HeldWork()
    here = scene.scene(work)
    crowd(here.shop, 12)
    layers.work_the_night(here.shop, clock=here.desk.clock)
    editor, seen, _kept = writing(here)

    editor.type_value("1")
    editor.type_value("9999")
    while work.waiting:
        work.run_next()

    assert (seen.state.members, seen.told) == (0, [])


def test_who_may_not_read_reports_writes_none(here: Scene) -> None:
    with pytest.raises(NotAllowed):
        SegmentEditor(here.desk, CASHIER, saved=lambda _id: None)


def test_a_segment_is_dropped_with_the_second_press(lived: Scene) -> None:
    segments.put(lived.shop, [BIG], by="1001", clock=lived.desk.clock)
    presenter, seen = InsightPresenter(lived.desk, OWNER), Seen()
    presenter.bind(seen)
    presenter.drop()
    assert (seen.beeps, seen.state.asking) == (1, "")

    presenter.show_side(SEGMENTS)
    presenter.drop()
    assert (seen.state.asking, saved(lived)) == ("big", (from_data(BIG),))
    presenter.drop()

    assert (seen.state.asking, seen.state.segments, saved(lived), seen.well) == ("", (), (), ["dropped"])


def test_a_segment_is_written_changed_and_dropped_by_keys_alone(open_stage: OpenStage, lived: Scene) -> None:
    on = open_stage()
    on.press(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    on.press(Qt.Key.Key_Left, CTRL)
    on.press(Qt.Key.Key_N, CTRL)
    page = on.counter.window.page
    assert isinstance(page, SegmentPage)

    on.type("好久没来")
    on.press(Qt.Key.Key_Tab)
    on.press(Qt.Key.Key_Tab)
    on.press(Qt.Key.Key_Return)
    # the list of fields: from the days away on to the days since she joined
    on.press(Qt.Key.Key_Down)
    on.press(Qt.Key.Key_Return)
    on.type("1")
    on.press(Qt.Key.Key_Return)

    [made] = saved(lived)
    assert (made.name, made.conditions[0].field, made.conditions[0].value) == ("好久没来", "days_joined", 1)
    assert isinstance(on.counter.window.page, InsightPage)
    on.press(Qt.Key.Key_E, CTRL)
    page = on.counter.window.page
    assert isinstance(page, SegmentPage)
    on.press(Qt.Key.Key_N, CTRL)
    assert len(page.state.rows) == 2
    on.press(Qt.Key.Key_Escape)
    assert on.counter.window.page is page
    on.press(Qt.Key.Key_K, CTRL)
    assert len(page.state.rows) == 1


def test_a_shop_before_its_first_night_writes_segments_too(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage()
    on.screens.people.insight("")
    page = on.counter.window.page
    assert isinstance(page, InsightPage)
    assert page._segments.isVisible()

    on.press(Qt.Key.Key_N, CTRL)

    assert isinstance(on.counter.window.page, SegmentPage)
