"""A member's account under a cashier's hands: a debt paid, value paid back, points corrected, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.debt import NothingOwed, OwesLess
from storeapp.domain.ledger import LENT, Leg, Txn, bonus_account, owed_account, points_account, principal_account
from storeapp.domain.money import Money
from storeapp.domain.staff import Staff
from storeapp.domain.value_refund import NothingToPayBack, PayBackReasonMissing
from storeapp.till.adjusting import AdjustTooMuch
from storeapp.till.debts import DebtPaid
from storeapp.till.policies import set_policies
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.ui.account.correct import CorrectPresenter
from storeapp.ui.account.correct_sheet import CorrectSheet
from storeapp.ui.account.pay_back import PayBackPresenter
from storeapp.ui.account.pay_back_sheet import PayBackSheet
from storeapp.ui.account.settle import SettlePresenter
from storeapp.ui.account.settle_sheet import SettleSheet
from storeapp.ui.approval.screen import ApprovalSheet
from storeapp.ui.member.file_page import FilePage
from tests.fakes.staff import PINS
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import OWNER, Stage
from tests.ui.test_counter_looks import clipped

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
HERS = ALICE.member_id


def owe(here: Scene, fen: int = 4_990) -> None:
    legs = (
        Leg("tender.on_account:1", "fen", fen),
        Leg("sales.1", "fen", -fen),
        Leg(owed_account(HERS), "fen", fen),
        Leg(LENT, "fen", -fen),
    )
    with here.shop.writing() as books:
        books.ledger.post(Txn("owed-1", "sale", "2026-09-20T10:00:00+08:00", legs, HERS))


def pay_in(here: Scene) -> None:
    set_policies(here.shop, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=here.desk.clock)
    order = TopUpOrder(HERS, Money(20_000), "card", "1001")
    top_up(here.shop, order, clock=here.desk.clock, ids=here.desk.ids)


def lies(here: Scene, account: str, unit: str = "fen") -> int:
    with here.shop.reading() as books:
        return books.ledger.balance(account, unit)


def on_her_page(open_stage: OpenStage, staff: Staff, language: str = "zh_CN") -> Stage:
    stage = open_stage(staff=staff, language=language)
    stage.screens.member_page(HERS)
    return stage


def owner_says_yes(stage: Stage) -> None:
    over = stage.counter.window.over
    assert isinstance(over, ApprovalSheet)
    people = over._presenter.state.people
    over._presenter.choose([person.code for person in people].index(OWNER.code))
    over._presenter.enter(PINS[OWNER.code])


def test_a_debt_is_paid_by_keys_alone_and_her_page_is_back(open_stage: OpenStage, here: Scene) -> None:
    owe(here)
    stage = on_her_page(open_stage, CASHIER)

    stage.press(Qt.Key.Key_D, ALT)
    assert isinstance(stage.counter.window.sheet, SettleSheet)
    stage.type("20")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Right)
    stage.press(ENTER)

    assert (lies(here, owed_account(HERS)), lies(here, "tender.card:1")) == (2_990, 2_000)
    assert isinstance(stage.counter.window.page, FilePage)
    assert stage.counter.window.sheet is None
    with here.shop.reading() as books:
        assert [job.kind for job in books.prints.queued()] == ["debt"]


def test_more_than_is_owed_is_said_at_the_amount_and_nothing_moves(here: Scene) -> None:
    owe(here)
    paid: list[DebtPaid] = []
    made, seen = SettlePresenter(here.desk, CASHIER, HERS, then=paid.append), Seen()
    made.bind(seen)

    made.type("49.91")
    made.confirm()

    assert isinstance(made.state.refused, OwesLess)
    assert (paid, seen.beeps, lies(here, owed_account(HERS))) == ([], 1, 4_990)
    made.type("49.90")
    made.confirm()
    made.confirm()
    assert [each.paid for each in paid] == [Money(4_990)]


def test_who_owes_nothing_has_no_sheet(open_stage: OpenStage, here: Scene) -> None:
    with pytest.raises(NothingOwed):
        SettlePresenter(here.desk, CASHIER, HERS, then=lambda _paid: None)
    stage = on_her_page(open_stage, CASHIER)

    stage.press(Qt.Key.Key_D, ALT)

    assert isinstance(stage.counter.window.page, FilePage)
    assert stage.counter.window.sheet is None


def test_value_is_paid_back_after_its_sums_are_shown_and_somebody_said_yes(open_stage: OpenStage, here: Scene) -> None:
    pay_in(here)
    stage = on_her_page(open_stage, CASHIER)

    stage.press(Qt.Key.Key_B, ALT)
    sheet = stage.counter.window.sheet
    assert isinstance(sheet, PayBackSheet)
    assert sheet._presenter.state.tender == "card"
    stage.type("搬家")
    stage.press(ENTER)
    stage.press(ENTER)
    assert lies(here, principal_account(HERS)) == 20_000
    owner_says_yes(stage)

    assert (lies(here, principal_account(HERS)), lies(here, bonus_account(HERS))) == (0, 0)
    assert isinstance(stage.counter.window.page, FilePage)
    with here.shop.reading() as books:
        doc = books.values.of_member(HERS)[-1]
    assert (doc.kind, doc.money_fen, doc.cause, doc.tender) == ("topup_refund", 20_000, "within_days", "card")
    assert len(doc.approvals) == 1


def test_another_way_than_she_paid_is_asked_for_too(open_stage: OpenStage, here: Scene) -> None:
    pay_in(here)
    stage = on_her_page(open_stage, CASHIER)
    stage.press(Qt.Key.Key_B, ALT)
    stage.type("x")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Left)
    stage.press(ENTER)

    owner_says_yes(stage)
    assert lies(here, principal_account(HERS)) == 20_000
    owner_says_yes(stage)

    assert lies(here, principal_account(HERS)) == 0


def test_each_cause_shows_its_own_sum_and_no_reason_pays_nothing(here: Scene) -> None:
    pay_in(here)
    made = PayBackPresenter(here.desk, OWNER, HERS, ask=lambda *_a, **_k: pytest.fail("asked"), then=lambda _d: None)
    seen = Seen()
    made.bind(seen)

    assert {cause: plan.money.fen for cause, plan in made.state.plans.items()} == {
        "within_days": 20_000,
        "customer": 20_000,
        "shop": 20_000,
    }
    made.choose(2)
    made.confirm()

    assert (made.state.cause, seen.beeps) == ("shop", 1)
    assert isinstance(made.state.refused, PayBackReasonMissing)


def test_nothing_to_pay_back_has_no_sheet(here: Scene) -> None:
    with pytest.raises(NothingToPayBack):
        PayBackPresenter(here.desk, OWNER, HERS, ask=lambda *_a, **_k: None, then=lambda _d: None)


def test_points_are_corrected_by_two(open_stage: OpenStage, here: Scene) -> None:
    stage = on_her_page(open_stage, CASHIER)
    before = lies(here, points_account(HERS), "pts")

    stage.press(Qt.Key.Key_P, ALT)
    assert isinstance(stage.counter.window.sheet, CorrectSheet)
    stage.type("-86")
    stage.press(ENTER)
    stage.type("漏退货")
    stage.press(ENTER)
    assert lies(here, points_account(HERS), "pts") == before
    owner_says_yes(stage)

    assert lies(here, points_account(HERS), "pts") == before - 86
    assert isinstance(stage.counter.window.page, FilePage)


def test_even_the_owner_does_not_correct_alone(open_stage: OpenStage, here: Scene) -> None:
    stage = on_her_page(open_stage, OWNER)
    stage.press(Qt.Key.Key_P, ALT)
    stage.type("50")
    stage.press(ENTER)
    stage.type("x")
    stage.press(ENTER)

    over = stage.counter.window.over
    assert isinstance(over, ApprovalSheet)
    assert over._presenter.state.people == ()
    assert lies(here, points_account(HERS), "pts") == 2486


def test_too_many_points_are_said_before_anybody_is_asked(here: Scene) -> None:
    made = CorrectPresenter(here.desk, CASHIER, HERS, ask=lambda *_a, **_k: pytest.fail("asked"), then=lambda _d: None)
    made.bind(Seen())

    made.type("1001")
    made.because("x")
    made.confirm()

    assert isinstance(made.state.refused, AdjustTooMuch)
    assert made.state.is_about_points


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_stage: OpenStage, here: Scene, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    owe(here)
    pay_in(here)
    stage = on_her_page(open_stage, CASHIER, language)
    stage.counter.window.resize(*size)
    for key in ("", "settle", "pay_back", "correct"):
        if key:
            stage.screens.accounts.open(key, HERS)
        QApplication.processEvents()

        assert stage.counter.window.grab().save(str(tmp_path / f"{key or 'page'}.png"))
        assert clipped(stage.counter.window) == [], key
