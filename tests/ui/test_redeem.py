"""Gifts for points under a cashier's hands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.gift import UnknownGift
from storeapp.domain.ledger import points_account
from storeapp.domain.member_tender import NotEnoughPoints
from storeapp.till.policies import set_policies
from storeapp.ui.account.redeem import RedeemPresenter
from storeapp.ui.account.redeem_sheet import RedeemSheet
from storeapp.ui.member.file_page import FilePage
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, COLA, CRISPS, TISSUE, Scene
from tests.ui.seen import Seen
from tests.ui.test_counter_looks import clipped

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


def offer(here: Scene) -> None:
    text = f"{COLA.code} = 200; {CRISPS.code} = 600; {TISSUE.code} = 9000"
    with here.shop.writing() as books:
        books.products.put([replace(CRISPS, stock_milli=12_000)])
    set_policies(here.shop, {"points.gifts": text}, clock=here.desk.clock)


def points(here: Scene) -> int:
    with here.shop.reading() as books:
        return books.ledger.balance(points_account(ALICE.member_id), "pts")


def test_a_gift_is_hers_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    offer(here)
    stage = open_stage(staff=CASHIER)
    stage.screens.member_page(ALICE.member_id)

    stage.press(Qt.Key.Key_L, ALT)
    assert isinstance(stage.counter.window.sheet, RedeemSheet)
    stage.press(Qt.Key.Key_Down)
    stage.press(ENTER)
    assert points(here) == 2486
    stage.press(ENTER)

    assert points(here) == 1886
    assert isinstance(stage.counter.window.page, FilePage)
    with here.shop.reading() as books:
        assert [job.kind for job in books.prints.queued()] == ["gift"]


def test_a_gift_that_is_too_dear_is_said_in_the_sheet(here: Scene) -> None:
    offer(here)
    made, seen = RedeemPresenter(here.desk, CASHIER, ALICE.member_id, then=lambda _given: None), Seen()
    made.bind(seen)

    made.choose(TISSUE.code)
    made.confirm()

    assert isinstance(made.state.refused, NotEnoughPoints)
    assert (seen.beeps, points(here)) == (1, 2486)


def test_a_shop_without_gifts_opens_nothing(here: Scene) -> None:
    with pytest.raises(UnknownGift):
        RedeemPresenter(here.desk, CASHIER, ALICE.member_id, then=lambda _given: None)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_stage: OpenStage, here: Scene, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    offer(here)
    stage = open_stage(staff=CASHIER, language=language)
    stage.counter.window.resize(*size)
    stage.screens.member_page(ALICE.member_id)
    QApplication.processEvents()
    assert clipped(stage.counter.window) == []
    assert stage.counter.window.grab().save(str(tmp_path / "page.png"))
    stage.screens.accounts.open("redeem", ALICE.member_id)
    QApplication.processEvents()

    assert stage.counter.window.grab().save(str(tmp_path / "redeem.png"))
    assert clipped(stage.counter.window) == []
