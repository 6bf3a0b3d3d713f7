"""Group orders in the window: by keys alone, from a new sheet to an order that is handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from openpyxl import Workbook
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from storeapp.domain.group_order import GroupOrder
from storeapp.domain.money import Money
from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.errors import Refused
from storeapp.till.promotions import goods_named
from storeapp.ui.groups.editor import SheetEditor
from storeapp.ui.groups.editor_page import EditorPage
from storeapp.ui.groups.page import GroupsPage
from storeapp.ui.groups.presenter import GroupsPresenter
from storeapp.ui.groups.taking import OrderPresenter, PastePresenter
from storeapp.ui.groups.taking_page import OrderPage, PastePage
from storeapp.ui.groups.typed import read_moment
from tests.ui.conftest import OpenStage
from tests.ui.grouping import grouped
from tests.ui.scene import MILK, WATER, Scene, look_in
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER, Stage

WORDS = look_in("en").words
kept_facts: list[tuple[str, int]] = []


class GroupSeen(Seen):
    """What the page was told."""

    def __init__(self) -> None:
        super().__init__()
        self.copied = ""
        self.files: list[str] = []

    def copy(self, text: str) -> None:
        self.copied = text

    def kept(self, file: str) -> None:
        self.files.append(file)


def kept(name: str, _title: str, day: str, sheet: ReportSheet, suffix: Literal["pdf", "xlsx"]) -> str:
    last = sheet.facts[-1]
    assert isinstance(last.cell, Money)
    kept_facts.append((last.name, last.cell.fen))
    return f"{name}-{day}.{suffix}"


def opened(here: Scene, seen: GroupSeen, *, chosen: str = "moon", staff: Staff = OWNER) -> GroupsPresenter:
    grouped(here)
    presenter = GroupsPresenter(
        here.desk,
        staff,
        lambda: WORDS,
        keep=kept,
        printed=lambda: None,
        chosen=chosen,
    )
    presenter.bind(seen)
    return presenter


@pytest.fixture
def seen() -> GroupSeen:
    return GroupSeen()


def keys(*pressed: str) -> None:
    for key in pressed:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keySequence(focused, QKeySequence.fromString(key))


def page_of(stage: Stage) -> object:
    return stage.counter.window.page


def test_the_sheet_shows_how_its_orders_stand(here: Scene, seen: GroupSeen) -> None:
    page = opened(here, seen)

    assert [row.stage for row in page.state.orders] == ["ordered", "picked", "ordered", "cancelled"]
    assert page.state.reward_fen == 5990 * 3 // 100
    assert [(row[0].sheet_id, row[1], row[2]) for row in page.state.sheets] == [
        ("snack", "draft", 0),
        ("milk", "open", 0),
        ("moon", "arrived", 3),
    ]


def test_a_sheet_goes_on_step_by_step_and_ends_with_the_second_press(here: Scene, seen: GroupSeen) -> None:
    page = opened(here, seen, chosen="snack")

    for _ in range(4):
        page.go_on()
    page.go_on()
    page.end()
    assert page.state.asking == "over"
    page.end()

    assert seen.well == ["open", "closed", "bought", "arrived", "over"]
    assert seen.beeps == 1


def test_a_cashier_takes_orders_and_makes_no_sheets(here: Scene, seen: GroupSeen) -> None:
    page = opened(here, seen, staff=CASHIER)

    page.go_on()
    page.end()

    assert not page.state.may_decide
    assert {type(error) for error in seen.told} == {NotAllowed}
    with pytest.raises(NotAllowed):
        SheetEditor(here.desk, CASHIER, goods_named(here.shop), saved=lambda _id: None)


def test_an_order_is_cancelled_with_the_second_press(here: Scene, seen: GroupSeen) -> None:
    page = opened(here, seen)
    page.choose_order(page.state.orders[0].order.code)

    page.cancel()
    assert page.state.orders[0].stage == "ordered"
    page.cancel()

    assert (page.state.orders[0].stage, seen.well) == ("cancelled", ["cancelled"])


def test_slips_of_those_who_still_come_are_owed(here: Scene, seen: GroupSeen) -> None:
    page = opened(here, seen)

    page.print_slips(every=True)

    with here.shop.reading() as books:
        owed = [job.receipt for job in books.prints.queued(limit=50) if job.kind == "group"]
    assert owed == [row.order.order_id for row in page.state.orders if row.stage == "ordered"]


def test_the_purchase_list_is_kept_and_the_words_are_copied(here: Scene, seen: GroupSeen) -> None:
    page = opened(here, seen)

    page.keep("pdf")
    page.keep("xlsx")
    page.copy()

    assert kept_facts[-1] == ("Due to 张姐", 5990 * 3 // 100)
    assert seen.files == ["group-moon-2026-09-28.pdf", "group-moon-2026-09-28.xlsx"]
    assert "Group order: moon" in seen.copied
    assert page.state.purchase is not None
    assert {need.name: need.to_buy for need in page.state.purchase.needs}[WATER.name] == 18_000


def test_an_order_is_read_while_it_is_typed(here: Scene) -> None:
    grouped(here)
    taken: list[GroupOrder] = []
    presenter = OrderPresenter(here.desk, OWNER, "milk", saved=taken.append)
    seen = Seen()
    presenter.bind(seen)

    presenter.type_what("香蕉2")
    assert presenter.state.misread is not None
    presenter.save()
    assert (seen.beeps, taken) == (1, [])
    presenter.type_what(WATER.code)
    presenter.type_who("13900000001 小丽")
    presenter.save()

    [order] = taken
    assert (order.phone, order.name) == ("8613900000001", "小丽")
    assert [(line.code, line.milli) for line in order.lines] == [(WATER.code, 1000)]


def test_a_pasted_list_is_read_at_once_and_kept_by_a_key(here: Scene) -> None:
    grouped(here)
    done: list[object] = []
    presenter = PastePresenter(here.desk, OWNER, "milk", saved=done.append)
    seen = Seen()
    presenter.bind(seen)

    presenter.type(f"1. 张三 {MILK.name} 1\n2. 李四 香蕉1")
    presenter.save()
    assert (len(done), seen.beeps) == (0, 1)
    with here.shop.reading() as books:
        assert books.groups.orders("milk") == ()
    presenter.save(skip_bad=True)

    assert len(done) == 1
    with here.shop.reading() as books:
        assert [order.name for order in books.groups.orders("milk")] == ["张三"]


def a_book(folder: Path, *rows: tuple[str, ...]) -> str:
    """A workbook with these rows under the usual head."""
    book = Workbook()
    for row in (("姓名", "手机", "商品", "数量"), *rows):
        book.worksheets[0].append(row)
    book.save(folder / "list.xlsx")
    return str(folder / "list.xlsx")


def test_a_list_from_a_file_is_read_at_once_and_typing_goes_before_it(here: Scene, tmp_path: Path) -> None:
    grouped(here)
    done: list[object] = []
    presenter = PastePresenter(here.desk, OWNER, "milk", saved=done.append)
    seen = Seen()
    presenter.bind(seen)

    presenter.read_file(a_book(tmp_path, ("张三", "", MILK.name, "2"), ("李四", "", "香蕉", "1")))
    presenter.save()
    taken = presenter.state.taken
    assert taken is not None
    assert (presenter.state.file, len(taken.new), [each.row for each in taken.misread]) == ("list.xlsx", 1, [3])
    assert (len(done), seen.beeps) == (0, 1)
    presenter.type(f"1. 王五 {WATER.name} 3")
    assert presenter.state.file == ""
    presenter.save()

    with here.shop.reading() as books:
        assert [order.name for order in books.groups.orders("milk")] == ["王五"]


def test_a_file_that_is_no_list_says_so_and_keeps_nothing(here: Scene, tmp_path: Path) -> None:
    grouped(here)
    presenter = PastePresenter(here.desk, OWNER, "milk", saved=lambda _taken: None)
    seen = Seen()
    presenter.bind(seen)
    (tmp_path / "a.csv").write_bytes(b"\x00\x01")
    (tmp_path / "b.csv").write_text("姓名,数量\n张三,1\n", encoding="utf-8")

    for name in ("missing.csv", "a.csv", "b.csv"):
        presenter.read_file(str(tmp_path / name))
    presenter.save()

    words = [error.word for error in seen.told if isinstance(error, Refused)]
    assert words == ["no_such_file", "not_a_table", "columns_missing"]
    with here.shop.reading() as books:
        assert books.groups.orders("milk") == ()


def test_a_list_is_taken_from_a_file_by_keys(open_stage: OpenStage, here: Scene, tmp_path: Path) -> None:
    grouped(here)
    stage = open_stage()
    keys("Alt+Q", "Down", "F3")
    page = page_of(stage)
    assert isinstance(page, PastePage)

    page.take(a_book(tmp_path, ("", "13800006621", WATER.code, "3")))
    assert page.is_changed
    keys("Ctrl+G")

    with here.shop.reading() as books:
        [order] = books.groups.orders("milk")
    assert (order.member_id, order.way) == ("m-alice", "list")


@pytest.mark.parametrize("text", ["09-30", "30-09 20:00", "09-31 20:00", "2026-09-30 25:00", "soon"])
def test_what_is_no_moment_is_refused(here: Scene, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_moment(text, now=here.desk.clock.now())


def test_a_day_long_past_is_next_years(here: Scene) -> None:
    now = here.desk.clock.now()

    assert read_moment("10-01 8:00", now=now).startswith("2026-10-01T08:00")
    assert read_moment("01-05 20:00", now=now).startswith("2027-01-05T20:00")


def test_a_sheet_is_written_by_keys_and_its_words_stand_beside_it(here: Scene) -> None:
    saved: list[str] = []
    editor = SheetEditor(here.desk, OWNER, goods_named(here.shop), saved=saved.append)
    seen = Seen()
    editor.bind(seen)
    for key, text in (
        ("name", "奶团"),
        ("leader", "张姐"),
        ("deadline", "09-29 20:00"),
        ("pickup_from", "09-29 19:00"),
        ("pickup_until", "10-01 20:00"),
        ("goods_1", f"{MILK.name} 59.9 2 100"),
        ("goods_2", "nothing 1"),
    ):
        editor.type(key, text)

    editor.save()
    assert editor.state.faults == {"goods_2"}
    editor.type("goods_2", f"{WATER.code} 1.50")
    editor.save()
    assert editor.state.faults == {"pickup_from"}
    assert editor.share_text() == ""
    editor.type("pickup_from", "09-30 10:00")
    editor.type("opens", "09-29 20:00")
    editor.save()
    assert editor.state.faults == {"deadline"}
    editor.type("opens", "09-29 08:00")
    assert MILK.name in editor.share_text()
    editor.save()

    with here.shop.reading() as books:
        sheet = books.groups.sheet(saved[0])
    assert sheet is not None
    assert [(each.code, each.price.fen, each.per_person, each.in_all) for each in sheet.goods] == [
        (MILK.code, 5990, 2, 100),
        (WATER.code, 150, 0, 0),
    ]
    assert (f"{sheet.opens:%m-%d %H:%M}", sheet.state) == ("09-29 08:00", "draft")
    again = SheetEditor(here.desk, OWNER, goods_named(here.shop), known=sheet, saved=saved.append)
    again.bind(Seen())
    assert again.parsed()[1] == frozenset()
    again.save()
    with here.shop.reading() as books:
        assert books.groups.sheet(saved[0]) == sheet
    again = SheetEditor(here.desk, OWNER, goods_named(here.shop), known=sheet, saved=saved.append)
    again.bind(Seen())
    again.type("opens", "")
    again.save()
    with here.shop.reading() as books:
        at_once = books.groups.sheet(saved[0])
    assert at_once is not None
    assert at_once.opens is None


def test_the_page_works_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    grouped(here)
    stage = open_stage()
    window = stage.counter.window

    keys("Alt+Q")
    page = page_of(stage)
    assert isinstance(page, GroupsPage)
    keys("Down", "Ctrl+2")
    assert (page.state.chosen, page.state.side) == ("milk", "buy")
    keys("Ctrl+3", "Ctrl+C")
    assert "milk" in QGuiApplication.clipboard().text()
    keys("Ctrl+1", "F2")
    assert isinstance(page_of(stage), OrderPage)
    stage.type("13800006621")
    keys("Return")
    stage.type(f"{WATER.code} 3")
    keys("Return")
    with here.shop.reading() as books:
        [order] = books.groups.orders("milk")
    assert order.member_id == "m-alice"
    keys("Esc")
    QTest.qWait(20)
    page = page_of(stage)
    assert isinstance(page, GroupsPage)
    keys("F3")
    assert isinstance(page_of(stage), PastePage)
    keys("Esc")
    QTest.qWait(20)
    keys("Ctrl+N")
    assert isinstance(page_of(stage), EditorPage)
    keys("Esc")
    QTest.qWait(20)
    page = page_of(stage)
    assert isinstance(page, GroupsPage)
    page._presenter.choose("moon")
    keys("F4")
    assert window.page is None
    assert [line.line.pickup for line in stage.counter.sell.state.priced.lines] == [page.state.order] * 2


def test_a_code_that_cannot_be_fetched_is_said_at_the_counter(open_stage: OpenStage, here: Scene) -> None:
    grouped(here)
    stage = open_stage()
    with here.shop.reading() as books:
        fetched = books.groups.orders("moon")[1]

    stage.counter.sell.scan(fetched.code)

    assert stage.counter.sell.state.priced.lines == ()
    assert here.bell.rung == 1
