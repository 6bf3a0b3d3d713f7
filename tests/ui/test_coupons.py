"""Coupons in the window: their kinds with what became of them, written in plain words, given, found and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.approval import ApprovalReasonMissing
from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import UnknownCoupon
from storeapp.domain.coupon_template import as_data, from_data
from storeapp.domain.coupon_terms import CouponKind
from storeapp.domain.goods_names import goods_names
from storeapp.domain.money import Money
from storeapp.domain.report_sheet import said as cell
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.till.baskets import park
from storeapp.ui.account.give_coupon_sheet import GiveSheet
from storeapp.ui.coupons.editor_page import TemplatePage
from storeapp.ui.coupons.issue_sheet import IssueSheet
from storeapp.ui.coupons.one_sheet import STEPS, OneSheet
from storeapp.ui.coupons.page import CouponsPage
from storeapp.ui.coupons.presenter import CouponsPresenter, Opens
from storeapp.ui.coupons.saying import KINDS, said
from storeapp.ui.coupons.typed import read, specs_of, typed
from storeapp.ui.member.file_page import FilePage
from storeapp.words import words
from tests.ui import scene
from tests.ui.conftest import OpenStage
from tests.ui.coupon_shop import TEMPLATES, give_some
from tests.ui.scene import ALICE, MILK, TEN_OFF
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, LI_LEI, OWNER, Stage

GOODS = goods_names(scene.GOODS)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Opened(Seen):
    """What the page led to."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @property
    def opens(self) -> Opens:
        def noted(name: str) -> Callable[..., None]:
            return lambda *_: self.opened.append(name)

        return Opens(noted("edit"), noted("issue"), noted("give"), noted("show"))


def page(on: Stage, staff: Staff = OWNER, chosen: str = "five") -> tuple[CouponsPresenter, Opened]:
    seen = Opened()
    made = CouponsPresenter(on.here.desk, staff, seen.opens, chosen=chosen)
    made.bind(seen)
    return made, seen


@pytest.fixture
def on(open_stage: OpenStage) -> Stage:
    return open_stage()


def test_a_kind_tells_how_its_coupons_stand_what_they_cost_and_brought(on: Stage) -> None:
    give_some(on)
    _presenter, seen = page(on)

    row = seen.state.figures["five"]

    assert (row.given, row.out, row.reserved, row.redeemed, row.void, row.lapsed) == (4, 1, 1, 1, 1, 0)
    assert (row.off_fen, row.cost_fen, row.sales_fen) == (500, 500, 6990 + 250 - 500)
    assert [word.subject for word in seen.state.rows if word.state != "live"] == ["old"]
    assert [other.template_id for other in seen.state.others] == ["offer-1"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template["id"])
def test_a_kind_shown_in_the_form_and_read_again_is_the_same(template: dict[str, Any]) -> None:
    known = from_data(template)

    _data, made, faults = read(typed(known, GOODS), known.terms.kind, known.template_id, GOODS, known=known)

    assert faults == {}
    assert made is not None
    assert as_data(made) == as_data(known)


def test_every_kind_has_an_example_a_form_and_words_in_both_languages() -> None:
    kinds = set(get_args(CouponKind))

    assert kinds == set(KINDS) == {from_data(template).terms.kind for template in TEMPLATES}
    for template in map(from_data, TEMPLATES):
        assert specs_of(template.terms.kind)
        told = [said(template, GOODS, words(language)) for language in ("en", "zh_CN")]
        assert len(told[0]) == len(told[1]) > 3


@pytest.mark.parametrize(
    ("typed_in", "fault"),
    [
        ({"name": ""}, "name"),
        ({"name": "x", "amount_fen": ""}, "amount_fen"),
        ({"name": "x", "amount_fen": "5", "valid_days": "0"}, "valid_days"),
        ({"name": "x", "amount_fen": "5", "valid_days": "", "valid_until": "morgen"}, "valid_until"),
        ({"name": "x", "amount_fen": "5", "goods": "飞机"}, "goods"),
        ({"name": "x", "amount_fen": "5", "weekdays": "89"}, "weekdays"),
        ({"name": "x", "amount_fen": "5", "not_on": "2026-13-01"}, "not_on"),
        ({"name": "x", "amount_fen": "5", "most_per_member": "-1"}, "most_per_member"),
    ],
)
def test_what_will_not_do_is_said_at_its_field(typed_in: dict[str, str], fault: str) -> None:
    _data, made, faults = read({"valid_days": "30"} | typed_in, "amount", "a", GOODS, known=None)

    assert made is None
    assert set(faults) == {fault}


def test_a_kind_is_written_by_keys_alone_and_changed(on: Stage) -> None:
    on.counter.act("coupons")
    on.press(Qt.Key.Key_N, CTRL)
    assert isinstance(on.counter.window.page, TemplatePage)
    on.press(Qt.Key.Key_Tab)
    on.type("满 30 减 5")
    on.press(Qt.Key.Key_Tab)
    on.type("5")
    on.press(Qt.Key.Key_Tab)
    on.type("30")
    on.press(Qt.Key.Key_Return)

    assert isinstance(on.counter.window.page, CouponsPage)
    template = on.counter.window.page.state.template
    assert template is not None
    assert (template.name, template.amount.fen, template.min_spend.fen) == ("满 30 减 5", 500, 3000)
    on.press(Qt.Key.Key_E, CTRL)
    on.type("!")
    on.press(Qt.Key.Key_Return)
    word = on.counter.window.page.state.word
    assert word is not None
    assert (word.name, word.number) == ("满 30 减 5!", 2)


def test_a_batch_is_made_by_keys_and_its_list_kept(on: Stage) -> None:
    give_some(on)
    on.screens.open("coupons")
    on.page._presenter.choose("five")
    on.press(Qt.Key.Key_G, CTRL)
    assert isinstance(on.counter.window.sheet, IssueSheet)
    on.press(Qt.Key.Key_A, CTRL)
    on.type("12")
    on.press(Qt.Key.Key_Return)

    with on.here.shop.reading() as books:
        grants = [grant for grant in books.coupon_grants.every() if grant.n <= 12 and grant.by == OWNER.code]
    assert len(grants) == 12
    [(name, title, _day, sheet)] = on.outside.drawn
    assert name.startswith("coupons-five-")
    assert title == "满 30 减 5"
    assert len(sheet.tables[0].rows) == 12
    assert {cell(row[1]) for row in sheet.tables[0].rows} == {"¥5"}
    assert isinstance(on.counter.window.page, CouponsPage)


def test_one_is_given_by_keys_to_whom_the_number_is(on: Stage) -> None:
    give_some(on)
    on.screens.open("coupons")
    on.page._presenter.choose("crisps")
    on.press(Qt.Key.Key_G, ALT)
    assert isinstance(on.counter.window.sheet, GiveSheet)
    on.type("13900000000")
    on.press(Qt.Key.Key_Return)
    assert on.counter.window.sheet._presenter.state.fault_at == "phone"
    on.press(Qt.Key.Key_A, CTRL)
    on.type(LI_LEI)
    on.press(Qt.Key.Key_Return)
    on.press(Qt.Key.Key_Return)
    on.press(Qt.Key.Key_Return)
    assert isinstance(on.counter.window.sheet._presenter.state.refused, ApprovalReasonMissing)
    on.type("等得太久")
    on.press(Qt.Key.Key_Return)

    with on.here.shop.reading() as books:
        grant = [grant for grant in books.coupon_grants.every() if grant.why == "goodwill"][-1]
        member = books.members.by_id(grant.member_id or "")
    assert member is not None
    assert (grant.template_id, grant.reason, member.phone[-4:], grant.by) == ("crisps", "等得太久", "1234", OWNER.code)
    assert isinstance(on.counter.window.page, CouponsPage)


def test_a_code_is_found_with_its_history_and_taken_back_by_keys(on: Stage) -> None:
    give_some(on)
    with on.here.shop.reading() as books:
        used = next(coupon for coupon in books.coupon_grants.wallet(ALICE.member_id) if coupon.offer_id == "crisps")
    on.screens.open("coupons")
    on.press(Qt.Key.Key_F, CTRL)
    on.type(used.code)
    on.press(Qt.Key.Key_Return)
    sheet = on.counter.window.sheet
    assert isinstance(sheet, OneSheet)
    file = sheet._presenter.state.file
    assert ([step.kind for step in file.steps], file.stands) == (["coupon.issued"], "issued")
    assert file.phone_masked.endswith(ALICE.phone[-4:])
    on.type("发错人")
    on.press(Qt.Key.Key_Return)

    with on.here.shop.reading() as books:
        gone = books.coupons.by_code(used.code)
    assert gone is not None
    assert gone.state == "void"
    assert isinstance(on.counter.window.page, CouponsPage)


def test_a_history_tells_the_receipt_and_every_step_has_words(on: Stage) -> None:
    code = give_some(on)
    presenter, seen = page(on)

    presenter.find(code)
    on.screens.open("coupons")
    on.page._presenter.find(code)

    sheet = on.counter.window.sheet
    assert isinstance(sheet, OneSheet)
    steps = sheet._presenter.state.file.steps
    assert [step.kind for step in steps] == ["sale", "coupon.issued"]
    assert steps[0].receipt == "S01-1-20260928-0001"
    assert {step.kind for step in steps} <= set(STEPS)
    assert seen.opened == ["show"]
    sheet.confirm()
    assert not sheet._presenter.state.is_saving


def test_what_nobody_gave_is_said_and_the_page_stays(on: Stage) -> None:
    presenter, seen = page(on)

    presenter.find("00000000")
    presenter.find(" ")

    assert isinstance(seen.told[0], UnknownCoupon)
    assert (seen.beeps, seen.opened) == (2, [])


def test_a_cashier_looks_and_finds_but_writes_and_ends_nothing(on: Stage) -> None:
    code = give_some(on)
    presenter, seen = page(on, CASHIER)

    for deed in (presenter.write_new, presenter.change, presenter.issue, presenter.end):
        deed()
    presenter.find(code)

    assert [type(error) for error in seen.told] == [NotAllowed] * 4
    assert seen.opened == ["show"]


def test_a_kind_ends_with_the_second_press_and_what_is_out_stays(on: Stage) -> None:
    give_some(on)
    presenter, seen = page(on)

    presenter.end()
    assert seen.state.is_asking
    presenter.end()

    assert seen.well == ["ended"]
    word = seen.state.word
    assert word is not None
    assert word.state == "ended"
    assert seen.state.figures["five"].out == 1
    presenter.issue()
    presenter.give()
    assert seen.opened == []


def test_her_page_shows_her_coupons_with_their_states_and_gives_one_by_a_key(on: Stage) -> None:
    give_some(on)
    on.screens.member_page(ALICE.member_id)
    page = on.counter.window.page
    assert isinstance(page, FilePage)
    before = [(one.coupon.offer_id, one.stands) for one in page._presenter.state.wallet]

    on.press(Qt.Key.Key_W, ALT)
    assert isinstance(on.counter.window.sheet, GiveSheet)
    on.press(Qt.Key.Key_Return)
    on.type("补偿")
    on.press(Qt.Key.Key_Return)

    here = on.counter.window.page
    assert isinstance(here, FilePage)
    now = [(one.coupon.offer_id, one.stands) for one in here._presenter.state.wallet]
    assert before == [("offer-1", "issued"), ("crisps", "issued")]
    assert sorted(now) == sorted([*before, ("five", "issued")])


def test_hers_that_another_basket_holds_is_shown_so_on_her_page_and_does_not_fit_at_the_counter(on: Stage) -> None:
    desk = on.here.desk
    aside = Basket((Line(MILK),), member_id=ALICE.member_id, coupon_codes=(TEN_OFF.code,))
    park(desk.shop, aside, total=Money(0), cashier="1007", label="", clock=desk.clock, ids=desk.ids)

    on.counter.sell.attach_member(ALICE.member_id)
    for _ in range(2):
        on.counter.sell.scan(MILK.code)
    on.screens.member_page(ALICE.member_id)

    page, member = on.counter.window.page, on.counter.sell.state.member
    assert isinstance(page, FilePage)
    assert member is not None
    assert [one.stands for one in page._presenter.state.wallet] == ["reserved"]
    assert [view.fits for view in member.coupons] == [False]
