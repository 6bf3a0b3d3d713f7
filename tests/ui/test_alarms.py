"""The page of alarms: by keys alone, and no cashier needs to understand it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from storeapp.domain.alarm import Alarm
from storeapp.domain.member import normal_phone
from storeapp.domain.staff import NotAllowed
from storeapp.ui import alarm_words
from storeapp.ui.alarms.page import AlarmsPage
from storeapp.words import words
from tests.ui.conftest import OpenStage
from tests.ui.stage import CASHIER, LI_LEI, MANAGER, Stage

EN, ZH = words("en"), words("zh_CN")
TWICE = Alarm(
    "a-1", "coupon_twice", "2026-09-27T18:30:00+08:00", "T2", {"fen": 500, "receipts": ["S1-T1-9", "S1-T2-4"]}
)
BOOKS = Alarm("a-2", "breaker", "2026-09-27T12:30:00+08:00", "T3", {"failed": 12})


def put(stage: Stage, *alarms: Alarm) -> None:
    with stage.here.shop.writing() as books:
        for alarm in alarms:
            books.alarms.put(alarm)


def said(page: AlarmsPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_the_owner_looks_at_one_after_the_other_by_keys(open_stage: OpenStage) -> None:
    stage = open_stage(language="en", staff=MANAGER)
    put(stage, TWICE, BOOKS)
    stage.counter.frame.tick()
    before = [label.text() for label in stage.counter.window.status.findChildren(QLabel)]

    stage.press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    page = stage.counter.window.page
    assert isinstance(page, AlarmsPage)
    first = said(page)
    stage.press(Qt.Key.Key_Return)
    second = said(page)
    stage.press(Qt.Key.Key_Return)

    assert "2 alarms" in before
    assert "A coupon was used at two tills" in first
    assert "Receipts: S1-T1-9, S1-T2-4" in first
    assert "The cloud stopped reading one till's entries" in second
    with stage.here.shop.reading() as books:
        assert {alarm.alarm_id: (alarm.state, alarm.by) for alarm in books.alarms.latest()} == {
            "a-1": ("seen", MANAGER.code),
            "a-2": ("seen", MANAGER.code),
        }
        assert not books.alarms.standing()


def test_a_member_is_named_by_the_till_and_not_by_the_alarm(open_stage: OpenStage) -> None:
    stage = open_stage(language="en", staff=MANAGER)
    with stage.here.shop.reading() as books:
        member = books.members.by_phone(normal_phone(LI_LEI))
    assert member is not None
    facts = {"account": f"val.principal:{member.member_id}", "unit": "fen", "amount": -200}
    put(stage, Alarm("a-3", "overdrawn", "2026-09-27T18:30:00+08:00", "T2", facts))

    stage.press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)

    page = stage.counter.window.page
    assert isinstance(page, AlarmsPage)
    assert "Member: 李* 139****1234\nBalance: −¥2.00" in said(page)


def test_a_cashier_is_kindly_refused(open_stage: OpenStage) -> None:
    stage = open_stage(language="en", staff=CASHIER)
    put(stage, TWICE)

    stage.press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)

    assert stage.counter.window.page is None
    assert stage.counter.window.notice.isVisible()
    assert NotAllowed.word == "not_allowed"


def test_every_kind_has_its_words_in_both_languages_and_a_new_one_is_no_riddle() -> None:
    for kind in (*alarm_words.KINDS, "of_tomorrow"):
        found = alarm_words.said(Alarm("a", kind, "2026-09-27T18:30:00+08:00"))
        for text in (found.what, found.next):
            assert ZH.t(text) != text

    assert alarm_words.facts(TWICE, EN) == ("Amount: ¥5.00", "Receipts: S1-T1-9, S1-T2-4")
