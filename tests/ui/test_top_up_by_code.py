"""Stored value paid in by the code on her phone: scanned over the sheet, charged once, and said where it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.top_up import BadTopUp
from storeapp.till.refund_wallets import Wallets as Companies
from storeapp.till.script_pay import PaymentNotTaken
from storeapp.till.top_ups import TopUpOrder, ValueDone, top_up
from storeapp.ui.account.pay_back import PayBackPresenter
from storeapp.ui.approval.ask import nobody_to_ask
from storeapp.ui.pay.wallets import Wallets
from storeapp.ui.topup.presenter import TopUpPresenter
from storeapp.ui.topup.sheet import TopUpSheet
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import StillPace
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import OWNER
from tests.ui.test_counter_looks import clipped
from tests.ui.test_top_up import holds, switch_on

CODE = "130000000000000001"
PAID = Take("paid", ref="W1")


@pytest.fixture
def wallet() -> ScriptedProvider:
    return ScriptedProvider([PAID], refunds=[Take("refunded")])


def topping_up(here: Scene, wallet: ScriptedProvider) -> tuple[TopUpPresenter, Seen, list[ValueDone]]:
    done: list[ValueDone] = []

    def ask(*_: object, then: object, **__: object) -> None:
        then(None)  # type: ignore[operator]  # nobody need be asked

    wallets = Wallets(here.desk, {"wechat": wallet}, pace=StillPace())
    made = TopUpPresenter(here.desk, CASHIER, ALICE.member_id, ask=ask, then=done.append, wallets=wallets)
    seen = Seen()
    made.bind(seen)
    return made, seen, done


def test_her_code_pays_what_stands_there_once(here: Scene, wallet: ScriptedProvider) -> None:
    switch_on(here)
    made, _seen, done = topping_up(here, wallet)
    made.type("200")

    assert made.take_code(CODE)
    assert made.take_code("130000000000000002")

    assert [(each.doc.tender, each.was_repeated) for each in done] == [("wechat", False), ("wechat", True)]
    assert (holds(here), wallet.deeds()) == ((20_000, 5_000), ["take"])
    assert not made.take_code("6901234567892")


def test_what_her_code_paid_goes_back_to_her_wallet_if_nobody_says_otherwise(
    here: Scene, wallet: ScriptedProvider
) -> None:
    switch_on(here)
    made, _seen, _done = topping_up(here, wallet)
    made.type("200")
    made.take_code(CODE)
    done: list[ValueDone] = []
    company = Companies({"wechat": wallet}, StillPace())

    def ask(*_: object, then: object, **__: object) -> None:
        then(None)  # type: ignore[operator]  # nobody need be asked

    back = PayBackPresenter(here.desk, OWNER, ALICE.member_id, ask=ask, then=done.append, wallets=company)
    back.bind(Seen())
    assert back.state.ways == ("wechat", "cash", "card", "code_manual")
    back.because("改主意了")
    back.confirm()

    assert [(each.doc.tender, [one.state for one in each.sent]) for each in done] == [("wechat", ["refunded"])]
    assert (holds(here), wallet.deeds()) == ((0, 0), ["take", "refund"])


def test_without_its_company_the_wallet_is_no_way_to_pay_back(here: Scene, wallet: ScriptedProvider) -> None:
    switch_on(here)
    made, _seen, _done = topping_up(here, wallet)
    made.type("200")
    made.take_code(CODE)

    back = PayBackPresenter(here.desk, OWNER, ALICE.member_id, ask=nobody_to_ask, then=lambda _done: None)

    assert (back.state.ways, back.state.tender) == (("cash", "card", "code_manual"), "cash")


@pytest.mark.parametrize("text", ["", "0", "-5", "4999", "999999"])
def test_without_an_amount_that_can_be_taken_nobody_is_charged(
    here: Scene, wallet: ScriptedProvider, text: str
) -> None:
    switch_on(here)
    made, seen, done = topping_up(here, wallet)
    made.type(text)

    assert made.take_code(CODE)

    assert (wallet.deeds(), done, holds(here)) == ([], [], (0, 0))
    assert made.state.fault is not None
    assert seen.beeps == 1


@pytest.mark.parametrize(
    ("answer", "state"), [(Take("failed", reason="not_enough_money"), "failed"), (UNKNOWN, "suspense")]
)
def test_what_the_wallet_did_not_pay_is_said_and_the_sheet_stays(
    here: Scene, wallet: ScriptedProvider, answer: Take, state: str
) -> None:
    switch_on(here)
    made, seen, done = topping_up(here, wallet)
    wallet.takes = [answer]
    made.type("200")

    made.take_code(CODE)

    assert isinstance(made.state.fault, PaymentNotTaken)
    assert made.state.fault.state == state
    assert (made.state.is_saving, made.state.is_asking, seen.beeps, done) == (False, False, 1, [])
    assert not isinstance(made.state.fault, BadTopUp)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_by_keys_and_scanner_alone_and_nothing_is_cut_off(
    open_stage: OpenStage, here: Scene, wallet: ScriptedProvider, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    switch_on(
        here,
        **{"stored_value.rules": "100,200+50,500+150,1000+400,2000+900,3000+1600", "stored_value.monthly": "200+10x6"},
    )
    first = TopUpOrder(ALICE.member_id, Money(10_000), "card", "1001", prints=False)
    top_up(here.shop, first, clock=here.desk.clock, ids=here.desk.ids)
    stage = open_stage(staff=CASHIER, language=language)
    stage.counter.window.resize(*size)
    stage.counter.pay.wallets.providers = {"wechat": wallet}
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    stage.type("200")
    QApplication.processEvents()
    assert stage.counter.window.grab().save(str(tmp_path / "code.png"))
    assert clipped(stage.counter.window) == []
    assert stage.counter.window.minimumSizeHint().height() <= (728 if size[0] == 1366 else size[1])
    assert isinstance(stage.counter.window.sheet, TopUpSheet)

    stage.counter.take_scan(CODE)
    for _ in range(200):
        QApplication.processEvents()
        if stage.counter.window.sheet is None:
            break

    assert holds(here) == (30_000, 5_000)
    assert stage.counter.window.sheet is None
