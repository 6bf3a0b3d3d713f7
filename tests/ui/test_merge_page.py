"""Two members become one under a cashier's hands: found, seen side by side, and merged by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.approval import ApprovalReasonMissing
from storeapp.domain.member import UnknownMember
from storeapp.domain.merge import MemberMerged
from storeapp.till import merge_preview, merging
from storeapp.till.members import by_phone, set_consent
from storeapp.till.merging import Merge
from storeapp.till.ports import Books
from storeapp.ui.approval.screen import ApprovalSheet
from storeapp.ui.member.file_page import FilePage
from storeapp.ui.merge.page import MergePage
from storeapp.ui.merge.presenter import MergePresenter
from tests.fakes.staff import PINS
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import LI_LEI, OWNER, Stage, furnish
from tests.ui.test_counter_looks import clipped

ENTER, ALT, HERS = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, ALICE.member_id


def other(here: Scene) -> str:
    with here.shop.reading() as books:
        return by_phone(books, LI_LEI).member_id


def opened(open_stage: OpenStage, staff: object = OWNER, language: str = "zh_CN") -> Stage:
    stage = open_stage(staff=staff, language=language)
    stage.screens.member_page(HERS)
    stage.press(Qt.Key.Key_J, ALT)
    assert isinstance(stage.counter.window.page, MergePage)
    return stage


def test_two_become_one_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    stage = opened(open_stage)
    gone = other(here)

    stage.type("1234")
    stage.press(ENTER)
    assert stage.page._presenter.state.refused is None
    stage.type("换了手机号")
    stage.press(ENTER)

    assert isinstance(stage.counter.window.page, FilePage)
    with here.shop.reading() as books:
        assert books.members.merged() == {gone: HERS}
        assert by_phone(books, LI_LEI).member_id == HERS
        looks = [entry for entry in books.journal.after(0, limit=500) if entry.type == "member.looked"]
    assert len(looks) >= 2


def test_the_other_one_may_stay_and_the_basket_follows(open_stage: OpenStage, here: Scene) -> None:
    stage = open_stage(staff=OWNER)
    stage.counter.sell.attach_member(HERS)
    stage.screens.member_page(HERS)
    stage.press(Qt.Key.Key_J, ALT)
    stays = other(here)

    stage.type("1234")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_F6)
    stage.type("同一个人")
    stage.press(ENTER)

    with here.shop.reading() as books:
        assert books.members.merged() == {HERS: stays}
    member = stage.counter.sell.state.member
    assert member is not None
    assert (member.member_id, member.points) == (stays, 2486)


def test_a_cashier_wants_a_yes_and_a_wrong_choice_is_taken_back(open_stage: OpenStage, here: Scene) -> None:
    stage = opened(open_stage, CASHIER)

    stage.type("1234")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Escape)
    assert isinstance(stage.counter.window.page, MergePage)
    stage.press(ENTER)
    stage.type("x")
    stage.press(ENTER)
    over = stage.counter.window.over
    assert isinstance(over, ApprovalSheet)
    with here.shop.reading() as books:
        assert books.members.merged() == {}
    people = [person.code for person in over._presenter.state.people]
    over._presenter.choose(people.index(OWNER.code))
    over._presenter.enter(PINS[OWNER.code])

    with here.shop.reading() as books:
        assert books.members.merged() == {other_of(books): HERS}


def other_of(books: Books) -> str:
    return next(iter(books.members.merged()))


def test_esc_leads_back_to_her_page(open_stage: OpenStage, here: Scene) -> None:
    stage = opened(open_stage)

    stage.press(Qt.Key.Key_Escape)
    QApplication.processEvents()

    assert isinstance(stage.counter.window.page, FilePage)


def made(here: Scene) -> tuple[MergePresenter, Seen]:
    furnish(here)
    presenter = MergePresenter(
        here.desk,
        OWNER,
        HERS,
        ask=lambda right, payload, *, then, about="", amount=None: then(None),
        then=lambda _merged: None,
    )
    seen = Seen()
    presenter.bind(seen)
    return presenter, seen


def test_what_is_shown_beforehand_is_what_comes_of_it(here: Scene) -> None:
    presenter, _ = made(here)
    gone = other(here)
    set_consent(here.shop, HERS, purpose="marketing", given=False, clock=here.desk.clock)
    here.clock.go_on(hours=1)
    set_consent(here.shop, gone, purpose="marketing", given=True, clock=here.desk.clock)

    presenter.choose(gone)
    shown = presenter.state.after
    assert shown is not None
    assert not shown.gets_offers
    presenter.because("同一个人")
    presenter.confirm()

    with here.shop.reading() as books:
        came = merge_preview.side(books, HERS, on=here.desk.today(books))
    assert came.gets_offers == shown.gets_offers
    assert (came.points, came.coupons, came.phones, came.member) == (
        shown.points,
        shown.coupons,
        shown.phones,
        shown.member,
    )


def test_what_cannot_be_is_said_where_it_was_typed(here: Scene) -> None:
    presenter, seen = made(here)
    gone = other(here)

    presenter.search("王")
    assert presenter.state.found == ()
    presenter.choose_first()
    presenter.choose("nobody")
    assert isinstance(presenter.state.refused, UnknownMember)
    presenter.choose(gone)
    presenter.confirm()
    assert isinstance(presenter.state.refused, ApprovalReasonMissing)
    assert presenter.state.is_about_reason
    assert seen.beeps == 3

    # somebody else was quicker
    merging.merge(here.shop, Merge(HERS, gone, "x", "script"), clock=here.desk.clock, ids=here.desk.ids)
    presenter.because("x")
    presenter.confirm()
    assert isinstance(presenter.state.refused, MemberMerged)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(open_stage: OpenStage, language: str, size: tuple[int, int], tmp_path: Path) -> None:
    stage = open_stage(staff=OWNER, language=language)
    stage.counter.window.resize(*size)
    stage.screens.member_page(HERS)
    QApplication.processEvents()
    assert clipped(stage.counter.window) == []
    assert stage.counter.window.grab().save(str(tmp_path / "member.png"))
    stage.press(Qt.Key.Key_J, ALT)
    stage.type("1234")
    QApplication.processEvents()
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert clipped(stage.counter.window) == []
    assert stage.counter.window.grab().save(str(tmp_path / "find.png"))
    stage.press(ENTER)
    QApplication.processEvents()
    assert clipped(stage.counter.window) == []
    assert stage.counter.window.grab().save(str(tmp_path / "seen.png"))
