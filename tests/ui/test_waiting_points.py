"""Points that wait: beside her name at the counter, on her page, and on the receipt with the day they are good from."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.receipts import receipt_of
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, WATER, Scene
from tests.ui.stage import Stage
from tests.ui.test_counter_looks import clipped


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_what_waits_is_seen_and_told(
    open_stage: OpenStage, here: Scene, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    set_policies(here.shop, {"points.pending_days": 7}, clock=here.desk.clock)
    basket = Basket((Line(WATER, Quantity(15_000)),), member_id=ALICE.member_id)
    order = Order(basket, (Tender("cash", Money(3000)),), "1007", prints=False)
    sale = checkout(here.shop, order, clock=here.desk.clock, ids=here.desk.ids).sale
    stage = open_stage(language=language)
    stage.counter.window.resize(*size)
    stage.counter.sell.attach_member(ALICE.member_id)
    QApplication.processEvents()

    assert any("138****6621" in each.text() and "30" in each.text() for each in labels(stage))
    assert stage.counter.window.grab().save(str(tmp_path / "counter.png"))
    assert clipped(stage.counter.window) == []
    stage.screens.member_page(ALICE.member_id)
    QApplication.processEvents()
    waits = "待生效积分" if language == "zh_CN" else "Points that wait"
    assert any(each.text() == waits and each.isVisible() for each in labels(stage))
    assert stage.counter.window.grab().save(str(tmp_path / "page.png"))
    assert clipped(stage.counter.window) == []
    with here.shop.reading() as books:
        told = repr(receipt_of(books, sale))
    assert "2026-10-05" in told


def labels(stage: Stage) -> list[QLabel]:
    return stage.counter.window.findChildren(QLabel)
