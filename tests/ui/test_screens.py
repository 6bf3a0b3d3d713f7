"""The other screens under a cashier's hands: opened by key, driven by key, back to the basket."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storeapp.domain.printing import PrintJob
from storeapp.settings import Settings
from storeapp.ui.approval.screen import ApprovalSheet
from storeapp.ui.member.file_page import FilePage
from storeapp.ui.member.find_sheet import FindSheet
from storeapp.ui.member.sign_up_sheet import SignUpSheet
from storeapp.ui.paper.sheet import PaperSheet
from storeapp.ui.parked.sheet import ParkedSheet
from storeapp.ui.receipt.page import ReceiptPage
from storeapp.ui.receipt.prints_sheet import PrintsSheet
from storeapp.ui.settings.form_view import PictureField
from storeapp.ui.settings.open import SECTIONS, SettingsPage
from storeapp.ui.signin.screen import SignInPage
from tests.ui import scene
from tests.ui.conftest import OpenStage
from tests.ui.outside import paper
from tests.ui.stage import CASHIER, LI_LEI, MANAGER, Stage
from tests.waiting import PATIENCE_MS

ENTER, DEL, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Down
CTRL = Qt.KeyboardModifier.ControlModifier


def pay(stage: Stage) -> None:
    scene.fill(stage.counter)
    stage.counter.act("cash")
    stage.counter.pay.type("200")
    stage.counter.pay.confirm()


def member_name(stage: Stage) -> str:
    member = stage.counter.sell.state.member
    return "" if member is None else member.name


# members


def test_somebody_is_signed_up_by_keys_alone(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)

    stage.press(Qt.Key.Key_F11)
    stage.type("13700001111")
    stage.press(ENTER)
    stage.type("刘洋")
    stage.press(ENTER)

    assert member_name(stage) == "刘洋"
    assert stage.counter.window.sheet is None
    assert stage.counter.window.scan.hasFocus()


def test_a_member_who_signs_up_again_is_attached_and_that_is_said(open_stage: OpenStage) -> None:
    stage = open_stage()

    stage.press(Qt.Key.Key_F11)
    stage.type(LI_LEI)
    stage.press(ENTER)

    assert member_name(stage) == "李雷"
    assert "已是会员" in stage.counter.window.notice.accessibleName()


def test_a_wrong_phone_keeps_the_cursor(open_stage: OpenStage) -> None:
    stage = open_stage()

    stage.press(Qt.Key.Key_F11)
    stage.type("137")
    stage.press(ENTER)

    assert isinstance(stage.counter.window.sheet, SignUpSheet)
    assert member_name(stage) == ""
    assert stage.here.bell.rung == 1


def test_a_member_is_found_and_attached_by_keys_alone(open_stage: OpenStage, qtbot: QtBot) -> None:
    stage = open_stage()

    stage.press(Qt.Key.Key_F7)
    stage.type("1234")
    sheet = stage.counter.window.sheet
    assert isinstance(sheet, FindSheet)
    qtbot.waitUntil(lambda: sheet.current() != "", timeout=PATIENCE_MS)
    stage.press(ENTER)

    assert member_name(stage) == "李雷"


def test_enter_does_not_wait_for_the_answers(open_stage: OpenStage) -> None:
    stage = open_stage()

    stage.press(Qt.Key.Key_F7)
    stage.type("1234")
    stage.press(ENTER)

    assert member_name(stage) == "李雷"


def test_the_member_at_the_counter_is_shown_whole_and_erased_by_keys(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.counter.sell.attach_member("m-alice")

    stage.press(Qt.Key.Key_I, CTRL)
    assert isinstance(stage.counter.window.page, FilePage)
    stage.press(DEL)
    stage.type("6621")
    stage.press(ENTER)

    assert stage.counter.window.page is None
    assert stage.counter.sell.state.member is None
    with stage.here.shop.reading() as books:
        assert books.members.by_id("m-alice") is None


def test_escape_takes_back_the_question_before_the_page(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.screens.member_page("m-alice")

    stage.press(DEL)
    stage.press(ESC)
    assert isinstance(stage.counter.window.page, FilePage)
    stage.press(ESC)

    assert stage.counter.window.page is None


# parked baskets and paper


def test_parked_baskets_come_back_and_are_dropped_by_keys(open_stage: OpenStage) -> None:
    stage = open_stage()
    for label in ("一", "二", "三"):
        stage.counter.sell.scan(scene.WATER.code)
        stage.counter.sell.park(label)

    stage.press(Qt.Key.Key_F6)
    assert isinstance(stage.counter.window.sheet, ParkedSheet)
    stage.press(DEL)
    stage.press(DEL)
    assert stage.counter.sell.state.parked == 2
    stage.press(DOWN)
    stage.press(ENTER)

    assert stage.counter.window.sheet is None
    assert stage.counter.sell.state.parked == 1
    assert len(stage.counter.sell.state.priced.lines) == 1


def test_a_receipt_is_found_by_scan_and_printed_again(open_stage: OpenStage) -> None:
    stage = open_stage()
    pay(stage)
    with stage.here.shop.reading() as books:
        sale = books.sales.last()
    assert sale is not None

    stage.press(Qt.Key.Key_R, CTRL)
    assert isinstance(stage.counter.window.page, ReceiptPage)
    stage.counter.take_scan(sale.token)
    stage.press(Qt.Key.Key_P, CTRL)

    with stage.here.shop.reading() as books:
        assert books.sales.copies(sale.receipt) == 1
    assert stage.counter.sell.state.unknown_codes == ()


def test_an_unsure_print_is_told_and_answered_by_key(open_stage: OpenStage) -> None:
    stage = open_stage()
    job = PrintJob("j-1", "test", "receipt", "queued", "2026-09-28T14:00:00+08:00")
    with stage.here.shop.writing() as books:
        books.prints.add(job)
        books.prints.set_state("j-1", "unconfirmed", reason="timeout")

    stage.screens.outside_changed()
    assert "Ctrl+O" in stage.counter.window.notice.accessibleName()
    stage.press(Qt.Key.Key_O, CTRL)
    assert isinstance(stage.counter.window.sheet, PrintsSheet)
    stage.press(DEL)

    with stage.here.shop.reading() as books:
        assert books.prints.open_questions() == ()


def test_the_paper_shows_itself_after_a_sale_and_goes_with_the_next_item(open_stage: OpenStage) -> None:
    stage = open_stage()
    pay(stage)

    stage.screens.printed(paper())
    assert isinstance(stage.counter.window.sheet, PaperSheet)
    assert stage.counter.window.scan.hasFocus()
    stage.counter.take_scan(scene.WATER.code)

    assert stage.counter.window.sheet is None


def test_the_paper_never_takes_the_place_of_work(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.counter.sell.scan(scene.WATER.code)

    stage.screens.printed(paper())

    assert stage.counter.window.sheet is None


def test_a_sale_wakes_the_printer_once(open_stage: OpenStage) -> None:
    stage = open_stage()

    pay(stage)
    stage.counter.sell.refresh()

    assert stage.outside.looked == 1


def test_the_drawer_is_for_whoever_may(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    stage.press(Qt.Key.Key_D, CTRL)
    assert stage.outside.looked == 0
    assert isinstance(stage.counter.window.over, ApprovalSheet)

    stage.counter.sign_in(MANAGER)
    assert stage.counter.window.over is None
    stage.press(Qt.Key.Key_D, CTRL)

    with stage.here.shop.reading() as books:
        assert [job.kind for job in books.prints.queued(limit=5)] == ["drawer"]
    assert stage.outside.looked == 1


def test_a_manager_lets_the_cashier_open_the_drawer_once(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)

    stage.press(Qt.Key.Key_D, CTRL)
    stage.type("100300")
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_D, CTRL)

    assert stage.outside.looked == 1
    assert isinstance(stage.counter.window.over, ApprovalSheet)


# settings and signing in


def test_a_cashier_is_refused_the_settings_in_words(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)

    stage.press(Qt.Key.Key_S, CTRL)

    assert stage.counter.window.page is None
    assert stage.counter.window.notice.isVisible()
    assert stage.here.bell.rung == 1


def test_every_section_opens_for_the_owner(open_stage: OpenStage) -> None:
    stage = open_stage()

    stage.press(Qt.Key.Key_S, CTRL)
    page = stage.counter.window.page
    assert isinstance(page, SettingsPage)
    for place in range(len(SECTIONS)):
        stage.press(Qt.Key(Qt.Key.Key_0.value + (place + 1) % 10), CTRL)
        assert page._buttons[place].isChecked()
        assert page._stack.currentIndex() == place


def test_a_manager_sees_a_lock_where_only_the_owner_may(open_stage: OpenStage) -> None:
    stage = open_stage(staff=MANAGER)

    stage.press(Qt.Key.Key_S, CTRL)
    page = stage.counter.window.page
    assert isinstance(page, SettingsPage)

    locked = []
    for place, section in enumerate(SECTIONS):
        page.open(place)
        if type(page._made[place]).__name__ == "QWidget":
            locked.append(section.right)
    assert sorted(locked) == ["policy", "policy", "policy", "policy", "policy", "staff"]


def test_another_language_wants_another_window(open_stage: OpenStage) -> None:
    stage = open_stage()
    wanted: list[Settings] = []
    stage.screens.settings_kept.connect(wanted.append)

    stage.screens.settings()
    page = stage.counter.window.page
    assert isinstance(page, SettingsPage)
    page.open(2)
    form = stage.page._made[2]._presenter
    form.type("language", "en")
    form.save()

    assert [settings.language for settings in wanted] == ["en"]
    assert [settings.language for settings in stage.kept] == ["en"]


def test_signing_out_keeps_the_basket_for_whoever_comes(open_stage: OpenStage, qtbot: QtBot) -> None:
    stage = open_stage()
    stage.counter.sell.scan(scene.WATER.code)

    stage.press(Qt.Key.Key_L, CTRL)
    assert isinstance(stage.counter.window.page, SignInPage)
    stage.press(ESC)
    stage.press(Qt.Key.Key_F8)
    assert isinstance(stage.counter.window.page, SignInPage)
    stage.press(DOWN)
    stage.press(DOWN)
    stage.type("1007")
    stage.press(ENTER)

    qtbot.waitUntil(lambda: stage.counter.window.page is None, timeout=PATIENCE_MS)
    assert stage.counter.sell.staff.code == "1007"
    assert len(stage.counter.sell.state.priced.lines) == 1
    assert stage.counter.window.scan.hasFocus()


def test_a_pin_typed_as_fast_as_a_scanner_is_a_pin(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.screens.door.sign_out()

    stage.counter.take_scan("100100")

    assert stage.counter.window.page is None


def test_a_phone_typed_as_fast_as_a_scanner_is_a_phone_and_goods_are_goods(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.screens.sign_up()

    stage.counter.take_scan(scene.WATER.code)
    assert len(stage.counter.sell.state.priced.lines) == 1
    stage.counter.take_scan(LI_LEI)

    assert member_name(stage) == "李雷"
    stage.screens.find_member()
    stage.counter.take_scan("13800006621")
    assert member_name(stage) == "王喆䶮"


def test_a_scan_while_nobody_is_signed_in_only_beeps(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.screens.door.sign_out()

    stage.counter.take_scan(scene.WATER.code)

    assert isinstance(stage.counter.window.page, SignInPage)
    assert stage.counter.sell.state.is_empty
    assert stage.here.bell.rung == 1


@pytest.mark.parametrize(
    "action", ["find_member", "new_member", "receipts", "prints", "paper", "settings", "sign_out", "recall"]
)
def test_every_screen_opens_twice_without_harm(open_stage: OpenStage, action: str) -> None:
    stage = open_stage()

    for _time in range(2):
        stage.screens.open(action)
        QApplication.processEvents()

    assert stage.counter.window.sheet is not None or stage.counter.window.page is not None


def test_a_picture_of_the_shops_code_is_kept_small_enough_to_travel(open_stage: OpenStage, tmp_path: Path) -> None:
    stage = open_stage()
    stage.screens.settings()
    page = stage.counter.window.page
    assert isinstance(page, SettingsPage)
    page.open(1)
    field = page.findChild(PictureField)
    assert field is not None
    photo, words = tmp_path / "code.png", tmp_path / "code.txt"
    Image.effect_noise((1600, 1600), 90).save(photo)
    words.write_text("no picture")

    field.take(photo)
    form = stage.page._made[1]._presenter
    form.save()

    with stage.here.shop.reading() as books:
        kept = books.policy.in_force().text("offer.contact_image")
    assert base64.b64decode(kept).startswith(b"\x89PNG")
    assert len(kept) < 90_000
    field.take(words)
    assert form.state.values["offer.contact_image"] == kept
