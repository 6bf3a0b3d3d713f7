"""Stamps at the counter: beside her name, and a word when a row is full."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import points_account
from storeapp.domain.money import Money
from storeapp.domain.stamp import StampCard
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.ui.sell.presenter import SellPresenter
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, WATER, Scene
from tests.ui.seen_selling import SeenSelling
from tests.ui.test_counter_looks import clipped

ON = {"stamps.rules": "1 = points 50; 10 = coupon 10", "stamps.since": "2026-01-01"}


def test_a_full_row_is_said_once_the_sale_is_done(here: Scene, sell: SellPresenter, seen: SeenSelling) -> None:
    set_policies(here.shop, ON, clock=here.desk.clock)
    basket = Basket((Line(WATER),), member_id=ALICE.member_id)
    order = Order(basket, (Tender("cash", Money(200)),), "1007", prints=False)

    for said in ("stamped", "no more"):
        done = checkout(here.shop, order, clock=here.desk.clock, ids=here.desk.ids)
        sell.release(done.sale)

        assert seen.well.count("stamped") == 1, said
    with here.shop.reading() as books:
        earned = books.ledger.balance(points_account(ALICE.member_id), "pts") - 2486
    assert earned == 50 + 2 * 2


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_her_card_stands_beside_her_name(open_stage: OpenStage, here: Scene, language: str, tmp_path: Path) -> None:
    set_policies(here.shop, ON, clock=here.desk.clock)
    stage = open_stage(language=language)
    stage.counter.sell.attach_member(ALICE.member_id)
    QApplication.processEvents()

    assert stage.counter.sell.state.member is not None
    assert stage.counter.sell.state.member.stamps == StampCard(0, 10)
    assert any(
        "138****6621" in each.text() and "10" in each.text() for each in stage.counter.window.findChildren(QLabel)
    )
    assert stage.counter.window.grab().save(str(tmp_path / "stamps.png"))
    assert clipped(stage.counter.window) == []
