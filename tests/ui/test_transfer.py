"""Stored value given to another member, by keys alone: found by her phone, agreed, allowed, booked once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.ledger import principal_account
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.till.policies import set_policies
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.transferring import Transferred
from storeapp.ui.account.transfer import TransferPresenter
from storeapp.ui.account.transfer_sheet import TransferSheet
from storeapp.ui.approval.screen import ApprovalSheet
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import OWNER, Stage
from tests.ui.test_counter_looks import clipped

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
OTHER = Member("0192f0a0-0000-7000-8000-00000000ca01", "8613700000009", "李娜", joined_at="2026-09-28T10:00:00+08:00")


def furnish(here: Scene) -> None:
    with here.shop.writing() as books:
        books.members.put(OTHER)
    set_policies(here.shop, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=here.desk.clock)
    order = TopUpOrder(ALICE.member_id, Money(20_000), "card", "1001", prints=False)
    top_up(here.shop, order, clock=here.desk.clock, ids=here.desk.ids)


def lies(here: Scene, member: Member) -> int:
    with here.shop.reading() as books:
        return books.ledger.balance(principal_account(member.member_id), "fen")


def opened(stage: Stage) -> TransferSheet:
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.press(Qt.Key.Key_C, ALT)
    stage.press(Qt.Key.Key_0, CTRL)
    sheet = stage.counter.window.sheet
    assert isinstance(sheet, TransferSheet)
    return sheet


def transferring(here: Scene) -> tuple[TransferPresenter, Seen, list[Transferred]]:
    done: list[Transferred] = []

    def ask(*_: object, then: object, **__: object) -> None:
        then(None)  # type: ignore[operator]  # nobody need be asked

    made, seen = TransferPresenter(here.desk, OWNER, ALICE.member_id, ask=ask, then=done.append), Seen()
    made.bind(seen)
    return made, seen, done


def test_it_goes_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    furnish(here)
    stage = open_stage(staff=OWNER)
    opened(stage)

    stage.type("13700000009")
    stage.press(ENTER)
    stage.type("80")
    stage.press(ENTER)
    stage.type("送给女儿")
    stage.press(ENTER)

    assert (lies(here, ALICE), lies(here, OTHER)) == (12_000, 8_000)
    assert stage.counter.window.sheet is None
    assert "100.00" in stage.counter.window.notice.accessibleName()
    with here.shop.reading() as books:
        assert [job.kind for job in books.prints.queued()] == ["transfer"]


@pytest.mark.parametrize(
    ("phone", "text", "why", "word", "place"),
    [
        ("137", "80", "x", "bad_phone", "whom"),
        ("13700000001", "80", "x", "unknown_member", "whom"),
        (ALICE.phone[2:], "80", "x", "same_member", "whom"),
        ("13700000009", "0", "x", "bad_transfer", "much"),
        ("13700000009", "-5", "x", "bad_transfer", "much"),
        ("13700000009", "200.01", "x", "not_enough_value", "much"),
        ("13700000009", "999999", "x", "not_enough_value", "much"),
        ("13700000009", "80", " ", "approval_reason_missing", "why"),
    ],
)
def test_what_cannot_go_is_said_where_it_belongs(
    here: Scene, phone: str, text: str, why: str, word: str, place: str
) -> None:
    furnish(here)
    made, seen, done = transferring(here)

    made.whom(phone)
    made.type(text)
    made.because(why)
    made.confirm()

    assert made.state.refused is not None
    assert (made.state.refused.word, made.state.belongs) == (word, place)
    assert (seen.beeps, done, lies(here, OTHER)) == (1, [], 0)


def test_pressed_twice_it_goes_once(here: Scene) -> None:
    furnish(here)
    made, _seen, done = transferring(here)
    made.whom("13700000009")
    made.type("80")
    made.because("x")

    made.confirm()
    made.confirm()

    assert [each.was_repeated for each in done] == [False]
    assert lies(here, OTHER) == 8_000


def test_a_cashier_has_somebody_asked(open_stage: OpenStage, here: Scene) -> None:
    furnish(here)
    stage = open_stage(staff=CASHIER)
    opened(stage)
    for text in ("13700000009", "80", "送给女儿"):
        stage.type(text)
        stage.press(ENTER)

    assert isinstance(stage.counter.window.over, ApprovalSheet)
    assert lies(here, OTHER) == 0


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_stage: OpenStage, here: Scene, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    furnish(here)
    stage = open_stage(staff=OWNER, language=language)
    stage.counter.window.resize(*size)
    opened(stage)
    stage.type("13700000009")
    stage.press(ENTER)
    stage.type("80")
    stage.press(ENTER)
    QApplication.processEvents()

    assert stage.counter.window.grab().save(str(tmp_path / "transfer.png"))
    assert clipped(stage.counter.window) == []
