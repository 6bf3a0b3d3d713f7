"""Whom she brought, on a sheet of its own: who they are, how it stands, what she got, wherever it was written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.referral import Given, Referral
from storeapp.till.members import by_phone
from storeapp.till.policies import set_policies
from storeapp.ui.account.brought_sheet import BroughtSheet
from storeapp.ui.member.file_page import FilePage
from storeapp.ui.widgets.rows import RowList, RowModel
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.stage import LI_LEI, Stage
from tests.ui.test_counter_looks import clipped

HERS, AT, DAY = ALICE.member_id, "2026-09-20T10:00:00+08:00", "2026-09-20"


def brought(here: Scene) -> None:
    with here.shop.writing() as books:
        new = by_phone(books, LI_LEI).member_id
        books.referrals.add(Referral(new, HERS, AT, DAY, "1007", "code", "rewarded", "", "s-1", AT))
        books.referrals.give(Given(new, "referrer", HERS, "points", 100, "t-1", DAY))
        books.referrals.tell(
            Referral("0192f0a0-0000-7000-8000-00000000ca09", HERS, "2026-09-21T10:00:00+08:00", DAY, "1", "code")
        )


def opened(open_stage: OpenStage, here: Scene, language: str = "zh_CN") -> Stage:
    set_policies(here.shop, {"referral.enabled": True}, clock=here.desk.clock)
    stage = open_stage(staff=CASHIER, language=language)
    return stage


def test_whom_she_brought_is_one_key_away(open_stage: OpenStage, here: Scene) -> None:
    stage = opened(open_stage, here)
    brought(here)
    stage.screens.member_page(HERS)

    stage.press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)

    sheet = stage.counter.window.sheet
    assert isinstance(sheet, BroughtSheet)
    model = sheet.findChildren(RowList)[0].model()
    assert isinstance(model, RowModel)
    rows = model.rows
    assert [row.title for row in rows] == ["已注销的会员", "李* · 139****1234"]
    assert [row.right_detail for row in rows] == [DAY, DAY]
    assert [bool(row.right) for row in rows] == [False, True]
    assert "100" in rows[1].right
    assert not any(LI_LEI in row.spoken for row in rows)


def test_a_shop_without_referrals_shows_no_key(open_stage: OpenStage, here: Scene) -> None:
    stage = open_stage(staff=CASHIER)
    stage.screens.member_page(HERS)

    page = stage.counter.window.page
    assert isinstance(page, FilePage)
    assert not any(cap == "Alt+N" and button for cap, button in shown(page))


def shown(page: FilePage) -> list[tuple[str, bool]]:
    from storeapp.ui.widgets.buttons import KeyButton

    return [(button.cap, button.isVisible()) for button in page.findChildren(KeyButton)]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_stage: OpenStage, here: Scene, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    stage = opened(open_stage, here, language)
    brought(here)
    set_policies(here.shop, {"points.gifts": "6928804011142 = 200"}, clock=here.desk.clock)
    stage.counter.window.resize(*size)
    stage.screens.member_page(HERS)
    QApplication.processEvents()
    assert clipped(stage.counter.window) == []
    assert stage.counter.window.grab().save(str(tmp_path / "page.png"))
    stage.screens.accounts.open("brought", HERS)
    QApplication.processEvents()
    assert clipped(stage.counter.window) == []
    assert stage.counter.window.grab().save(str(tmp_path / "brought.png"))
