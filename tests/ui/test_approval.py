"""Asking somebody who may: who, why, which PIN, by keys alone; and the counter goes on meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.approval import Approval
from storeapp.domain.money import Money
from storeapp.domain.reason import REASONS
from storeapp.domain.staff import Staff, UnknownStaff, WrongPin
from storeapp.till.staff import put_staff
from storeapp.ui.approval.presenter import ApprovalPresenter, Request
from storeapp.ui.approval.screen import ApprovalSheet
from tests.fakes.held_work import HeldWork
from tests.ui import scene, stage
from tests.ui.conftest import OpenStage
from tests.ui.scene import WATER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, MANAGER, OWNER, Stage

REQUEST = Request("refund", {"receipt": "S01-1-20260928-0001", "fen": 1200}, "S01-1-20260928-0001", Money(1200))


@pytest.fixture
def given() -> list[str]:
    return []


def asked(here: Scene, given: list[str], asker: Staff = CASHIER) -> tuple[ApprovalPresenter, Seen]:
    stage.furnish(here)
    made, seen = ApprovalPresenter(here.desk, asker, REQUEST, then=given.append), Seen()
    made.bind(seen)
    return made, seen


def test_those_who_may_are_on_the_list_and_the_asker_is_not(here: Scene, given: list[str]) -> None:
    _made, seen = asked(here, given)

    assert [who.code for who in seen.state.people] == ["1003", "1001"]
    _made, seen = ApprovalPresenter(here.desk, MANAGER, REQUEST, then=given.append), Seen()
    _made.bind(seen)
    assert [who.code for who in seen.state.people] == ["1001"]


def test_the_right_pin_gives_an_approval_of_this_action(here: Scene, given: list[str]) -> None:
    made, seen = asked(here, given)

    made.turn(1)
    made.enter("100300")

    with here.shop.reading() as books:
        [approval] = books.approvals.every()
    assert given == [approval.approval_id]
    assert (approval.approver, approval.asked_by, approval.reason) == ("1003", "1007", "mistake")
    assert seen.left == 1


def test_no_customer_is_said_to_have_asked_for_what_the_house_does_itself() -> None:
    assert Request("close_difference", {}).likeliest == "checked"
    assert Request("refund", {}).likeliest == "customer_asked"
    assert Request("big_discount", {}).likeliest == REASONS[0]


def test_a_wrong_pin_is_told_with_the_tries_left(here: Scene, given: list[str]) -> None:
    made, seen = asked(here, given)

    made.enter("999999")

    assert given == []
    assert isinstance(seen.state.refused, WrongPin)
    assert seen.beeps == 1


def test_a_typed_code_chooses_the_person(here: Scene, given: list[str]) -> None:
    made, seen = asked(here, given)

    made.enter("1001")
    assert seen.state.person.code == "1001"
    made.enter("100100")

    assert len(given) == 1


def test_a_badge_chooses_its_person_and_goods_pass_by(here: Scene, given: list[str]) -> None:
    made, seen = asked(here, given)
    with here.shop.writing() as books:
        lin, mei = books.staff.by_code("1001"), books.staff.by_code("1007")
        assert lin is not None
        assert mei is not None
        books.staff.put(replace(lin, badge="STAFF-0001"))
        books.staff.put(replace(mei, badge="STAFF-0007"))

    assert made.scan("STAFF-0001")
    assert seen.state.person.code == "1001"
    assert not made.scan(WATER.code)
    assert made.scan("STAFF-0007")

    assert isinstance(seen.state.refused, UnknownStaff)
    assert seen.state.person.code == "1001"


def test_a_scanned_pin_is_a_pin(here: Scene, given: list[str]) -> None:
    made, _seen = asked(here, given)

    assert made.scan("100300")

    assert len(given) == 1


def test_while_a_pin_is_checked_nothing_else_is_taken(given: list[str]) -> None:
    work = HeldWork()
    made, seen = asked(scene.scene(work), given)

    made.enter("100300")
    made.enter("100300")
    made.move(1)
    made.turn(1)

    assert seen.state.is_asking
    assert len(work.waiting) == 1
    assert seen.state.person.code == "1003"


@pytest.mark.parametrize("pin", ["100300", "999999"])
def test_a_yes_that_comes_after_the_question_was_taken_back_does_nothing(given: list[str], pin: str) -> None:
    work = HeldWork()
    made, seen = asked(scene.scene(work), given)

    made.enter(pin)
    made.leave()
    work.run_next()

    assert given == []
    assert (seen.left, seen.beeps) == (0, 0)


def test_where_nobody_else_may_the_list_is_empty(here: Scene, given: list[str]) -> None:
    put_staff(here.shop, "1001", name="林", role="owner", pin="100100", clock=here.desk.clock)
    made, seen = ApprovalPresenter(here.desk, OWNER, REQUEST, then=given.append), Seen()
    made.bind(seen)

    made.enter("100100")

    assert seen.state.person is None
    assert given == []


# in the window


def _ask(on: Stage, given: list[str]) -> ApprovalSheet:
    on.counter.approvals.ask(
        "refund", {"fen": 1200}, then=lambda found: given.append(str(found)), about="S01-1-20260928-0001"
    )
    over = on.counter.window.over
    assert isinstance(over, ApprovalSheet)
    return over


def test_an_owner_is_not_asked(open_stage: OpenStage, given: list[str]) -> None:
    on = open_stage(staff=OWNER)

    on.counter.approvals.ask("refund", {"fen": 1200}, then=lambda found: given.append(str(found)))

    assert given == ["None"]
    assert on.counter.window.over is None


def test_it_is_done_by_keys_alone(open_stage: OpenStage, given: list[str]) -> None:
    on = open_stage(staff=CASHIER)
    _ask(on, given)

    on.press(Qt.Key.Key_Down)
    on.press(Qt.Key.Key_Right)
    on.type("100100")
    on.press(Qt.Key.Key_Return)

    assert on.counter.window.over is None
    approval = _only_one(on)
    assert (approval.approver, approval.reason) == ("1001", "mistake")
    assert given == [approval.approval_id]
    assert QApplication.focusWidget() is on.counter.window.scan


def _only_one(on: Stage) -> Approval:
    with on.here.shop.reading() as books:
        [approval] = books.approvals.every()
    return approval


def test_goods_scanned_meanwhile_are_rung_up_and_the_pin_keeps_the_cursor(
    open_stage: OpenStage, given: list[str]
) -> None:
    on = open_stage(staff=CASHIER)
    sheet = _ask(on, given)

    on.counter.take_scan(WATER.code)

    assert [line.line.product for line in on.counter.sell.state.priced.lines] == [WATER]
    assert on.counter.window.over is sheet
    assert sheet.isAncestorOf(QApplication.focusWidget() or on.counter.window)


def test_other_keys_wait_until_the_question_is_gone_and_escape_takes_it_away(
    open_stage: OpenStage, given: list[str]
) -> None:
    on = open_stage(staff=CASHIER)
    on.counter.take_scan(WATER.code)
    sheet = _ask(on, given)

    on.press(Qt.Key.Key_F9)
    assert on.counter.window.sheet is None
    on.press(Qt.Key.Key_Delete)
    assert len(on.counter.sell.state.priced.lines) == 1
    on.press(Qt.Key.Key_Escape)

    assert on.counter.window.over is None
    assert sheet.take_scan("100300")
    assert given == []
    on.press(Qt.Key.Key_F9)
    assert on.counter.window.sheet is not None


def test_it_lies_over_a_page_and_signing_out_takes_it_away(open_stage: OpenStage, given: list[str]) -> None:
    on = open_stage(staff=CASHIER)
    on.screens.receipts()
    page = on.counter.window.page
    sheet = _ask(on, given)
    assert sheet.isVisible()
    assert on.counter.window.page is page

    on.screens.door.sign_out()

    assert on.counter.window.over is None
