"""Reports on screen: read beside the window, turned by keys, kept as a file, for whoever may read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.money import Money
from storeapp.domain.refund import Asked
from storeapp.domain.report_sheet import ReportSheet, said
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.payments.fake.orders import Entry
from storeapp.payments.fake.statement import statement
from storeapp.till.policies import set_policies
from storeapp.till.refund_plan import RefundOrder
from storeapp.till.refunds import refund
from storeapp.till.statements import NoStatement
from storeapp.ui.reports.page import ReportsPage
from storeapp.ui.reports.presenter import KINDS, ReportsPresenter
from storeapp.ui.widgets.sheet_table import SheetTableView
from storeapp.words import words
from tests.fakes.held_work import HeldWork
from tests.ui import scene
from tests.ui.conftest import OpenStage
from tests.ui.outside import FakeOutside
from tests.ui.refunding import usual
from tests.ui.scene import Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, MANAGER, OWNER

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class SeenReports(Seen):
    """Remembers the files, too."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def kept(self, file: str) -> None:
        self.files.append(file)


def presenter(here: Scene, staff: Staff, outside: FakeOutside) -> ReportsPresenter:
    keep, move_out = outside.keep_report, outside.move_out
    return ReportsPresenter(here.desk, staff, words("en"), keep=keep, move_out=move_out)


def opened(here: Scene, outside: FakeOutside | None = None) -> tuple[ReportsPresenter, SeenReports]:
    page, seen = presenter(here, OWNER, outside or FakeOutside()), SeenReports()
    page.bind(seen)
    return page, seen


def facts(sheet: ReportSheet) -> dict[str, str]:
    return {one.name: said(one.cell) for one in sheet.facts}


def place(kind: str) -> int:
    return [each.id for each in KINDS].index(kind)


def test_a_day_tells_what_was_taken_and_what_went_back(here: Scene) -> None:
    sale = usual(here)
    order = RefundOrder(sale.receipt, "1001", "unwanted", (Asked(2, 1000),))
    refund(here.shop, order, clock=here.desk.clock, ids=here.desk.ids)

    _page, seen = opened(here)

    told = facts(seen.state.sheet)
    assert (told["takings"], told["given back"], told["left of it"]) == ("28.50", "7.50", "21.00")
    assert seen.state.sheet.tables[0].rows == (("Cash", 1, Money(2850), Money(-750)),)


def test_days_are_turned_and_the_future_has_no_report(here: Scene) -> None:
    usual(here)
    page, seen = opened(here)
    now = seen.state.today

    page.go(1)
    assert (seen.state.day, seen.beeps) == (now, 1)
    page.go(-3)

    assert seen.state.day == now - timedelta(days=3)
    assert seen.state.sheet.is_empty
    page.go_today()
    assert seen.state.day == now


def test_a_slow_answer_to_an_old_question_is_dropped() -> None:
    work = HeldWork()
    here = scene.scene(work)
    page, seen = opened(here)

    page.show_kind(place("stock"))
    work.run_next()
    assert (seen.state.sheet, seen.state.is_reading) == (None, True)
    work.run_next()

    assert seen.state.sheet.nothing == "No product's stock is counted."


def test_what_is_shown_is_kept(here: Scene) -> None:
    usual(here)
    outside = FakeOutside()
    page, seen = opened(here, outside)

    page.keep("pdf")
    page.keep("xlsx")

    day = seen.state.day.isoformat()
    assert seen.files == [f"reports/day-{day}.pdf", f"reports/day-{day}.xlsx"]
    assert outside.drawn == [("day", "Day", day, seen.state.sheet)] * 2


def test_what_cannot_be_kept_is_told(here: Scene) -> None:
    outside = FakeOutside(fails=OSError("full"))
    page, seen = opened(here, outside)

    page.keep("pdf")

    assert (seen.files, [str(error) for error in seen.told]) == ([], ["full"])
    assert not seen.state.is_keeping


def test_a_companys_statement_is_laid_beside_the_books(here: Scene, tmp_path: Path) -> None:
    page, seen = opened(here)
    page.show_kind(place("payments"))
    assert "WeChat Pay" in seen.state.sheet.nothing
    file = tmp_path / "bill.csv"
    file.write_bytes(statement("wechat", [Entry(here.desk.clock.now(), "wechat", "charge", "T0001", "", 1234)]))

    page.use_statement(file)

    assert seen.state.statement == "bill.csv"
    assert ("missing here", "T0001", Money(0), Money(1234), "") in seen.state.sheet.tables[1].rows


def test_a_file_that_is_no_statement_says_so(here: Scene, tmp_path: Path) -> None:
    page, seen = opened(here)
    page.show_kind(place("payments"))
    (tmp_path / "x.csv").write_text("hello")

    page.use_statement(tmp_path / "x.csv")

    assert [type(error) for error in seen.told] == [NoStatement]


def test_what_is_owed_and_who_has_a_share_are_told(here: Scene) -> None:
    usual(here, member=True)
    set_policies(here.shop, {"commission.staff": "all 1"}, clock=here.desk.clock)
    page, seen = opened(here)

    page.show_kind(place("liability"))
    owed = facts(seen.state.sheet)
    page.show_kind(place("commissions"))

    assert owed["principal owed"] == "0.00"
    [shares] = [table for table in seen.state.sheet.tables if table.rows]
    assert shares.rows[0][1:] == ("in all", Money(2850), "", Money(28))


def test_commissions_are_turned_by_the_month(here: Scene) -> None:
    page, seen = opened(here)
    page.show_kind(place("commissions"))
    now = seen.state.today

    page.go(-1)
    assert (seen.state.day.month, seen.state.day.day) == ((now.month - 2) % 12 + 1, 1)
    page.go(2)

    assert seen.beeps == 1


def test_who_may_not_read_reports_gets_none(here: Scene) -> None:
    with pytest.raises(NotAllowed):
        presenter(here, CASHIER, FakeOutside())


def test_what_to_look_at_is_the_owners_alone(here: Scene) -> None:
    page = presenter(here, MANAGER, FakeOutside())

    assert "leaks" not in [kind.id for kind in page.kinds]


def test_everything_goes_along_for_whom_personal_data_is_for(here: Scene) -> None:
    outside = FakeOutside()
    page, seen = opened(here, outside)

    page.move_out()

    assert (outside.drawn, seen.files) == ([("moved out", "1001")], ["exports/2026-09-28-143200"])
    other = presenter(here, replace(CASHIER, rights=frozenset({"reports"})), outside)
    other.bind(seen)
    other.move_out()
    assert (len(outside.drawn), seen.beeps) == (1, 1)


def test_the_page_is_read_by_keys_alone(open_stage: OpenStage) -> None:
    stage = open_stage()
    usual(stage.here)

    stage.press(Qt.Key.Key_Y, ALT)
    page = stage.counter.window.page
    assert isinstance(page, ReportsPage)
    tables = page.findChildren(SheetTableView)
    assert [view.model().rowCount() for view in tables] == [1, 1, 3]
    stage.press(Qt.Key.Key_Right, CTRL)
    assert page._presenter.kind.id == "loop"
    stage.press(Qt.Key.Key_PageUp)
    assert page._presenter.state.day < page._presenter.state.today
    stage.press(Qt.Key.Key_Home)
    stage.press(Qt.Key.Key_F8)

    assert page._presenter.state.day == page._presenter.state.today
    assert stage.counter.window.notice.isVisible()
    stage.press(Qt.Key.Key_Escape)
    assert stage.counter.window.page is None
