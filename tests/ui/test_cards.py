"""Cards under a cashier's hands: kinds written, one sold, used by scanning, left alone, paid back; by keys alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.card import Card, CardNotHandedOn, CardsOff, NothingOnCard
from storeapp.domain.card_kind import CardKind
from storeapp.domain.merge import SameMember
from storeapp.domain.money import Money
from storeapp.domain.value_refund import PayBackReasonMissing
from storeapp.till import cards
from storeapp.till.card_sales import CardOrder, sell
from storeapp.till.policies import set_policies
from storeapp.ui.cards.back import CardBackPresenter
from storeapp.ui.cards.back_sheet import CardBackSheet
from storeapp.ui.cards.hand_on import HandOnPresenter
from storeapp.ui.cards.hand_on_sheet import HandOnSheet
from storeapp.ui.cards.kind_editor import KindEditor
from storeapp.ui.cards.kind_page import KindPage
from storeapp.ui.cards.page import CardsPage
from storeapp.ui.cards.presenter import CardsPresenter
from storeapp.ui.cards.sell import SellCardPresenter
from storeapp.ui.cards.sell_sheet import SellCardSheet
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, COLA, CRISPS, Scene
from tests.ui.seen import Seen
from tests.ui.stage import LI_LEI, OWNER, Stage, furnish
from tests.ui.test_counter_looks import clipped

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
TEN = CardKind("C10", "可乐十次卡", Money(3_000), goods=(COLA.code, CRISPS.code), times=10, gift=2, days=365)


def on_sale(here: Scene, kind: CardKind = TEN) -> None:
    set_policies(here.shop, {"cards.enabled": True}, clock=here.desk.clock)
    cards.put_kind(here.shop, kind, clock=here.desk.clock)


def hers(here: Scene) -> tuple[Card, ...]:
    with here.shop.reading() as books:
        return cards.cards_of(books, ALICE.member_id)


def sold(here: Scene) -> Card:
    order = CardOrder(ALICE.member_id, "C10", "cash", CASHIER.code, prints=False)
    return sell(here.shop, order, clock=here.desk.clock, ids=here.desk.ids).card


def page_of(stage: Stage) -> CardsPage:
    page = stage.counter.window.page
    assert isinstance(page, CardsPage)
    return page


def test_a_card_is_sold_by_keys_alone_and_takes_what_is_scanned(open_stage: OpenStage, here: Scene) -> None:
    on_sale(here)
    stage = open_stage(staff=CASHIER)
    stage.counter.sell.attach_member(ALICE.member_id)

    stage.press(Qt.Key.Key_K, ALT)
    page_of(stage)
    stage.press(ENTER)
    assert isinstance(stage.counter.window.sheet, SellCardSheet)
    stage.press(ENTER)

    [card] = hers(here)
    assert (card.left, card.tender) == (12, "cash")
    assert len(page_of(stage).state.cards) == 1
    stage.press(Qt.Key.Key_Escape)
    stage.counter.take_scan(COLA.code)
    [line] = stage.counter.sell.state.priced.lines
    assert (line.net, line.cuts[0].note) == (Money(0), "可乐十次卡 11/12")
    assert stage.counter.sell.state.member is not None
    assert stage.counter.sell.state.member.cards_left == (12,)
    # nothing is to pay, and it is a sale all the same
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)
    assert hers(here)[0].left == 11


def test_her_cards_are_left_alone_by_one_key_and_used_again_by_the_same(open_stage: OpenStage, here: Scene) -> None:
    on_sale(here)
    sold(here)
    stage = open_stage(staff=CASHIER)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.counter.take_scan(COLA.code)

    for spares in (True, False):
        stage.press(Qt.Key.Key_K, ALT)
        stage.press(Qt.Key.Key_G, CTRL)
        stage.press(Qt.Key.Key_Escape)
        assert bool(stage.counter.sell.state.priced.total) is spares


def test_a_card_is_paid_back_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    on_sale(here)
    sold(here)
    stage = open_stage(staff=OWNER)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.press(Qt.Key.Key_K, ALT)
    stage.press(Qt.Key.Key_Left)
    stage.press(ENTER)

    assert isinstance(stage.counter.window.sheet, CardBackSheet)
    stage.type("搬家")
    stage.press(ENTER)
    stage.press(ENTER)

    [card] = hers(here)
    assert (card.was_paid_back, card.back_fen, card.left) == (True, 3_000, 0)


def test_a_card_goes_on_to_another_member_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    on_sale(here, replace(TEN, may_be_handed_on=True))
    card = sold(here)
    stage = open_stage(staff=OWNER)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.press(Qt.Key.Key_K, ALT)
    stage.press(Qt.Key.Key_0, CTRL)

    sheet = stage.counter.window.sheet
    assert isinstance(sheet, HandOnSheet)
    stage.type("13")
    stage.press(ENTER)
    assert sheet._presenter.state.refused is not None
    stage.press(Qt.Key.Key_A, CTRL)
    stage.type(LI_LEI)
    stage.press(ENTER)
    stage.type("生日礼物")
    stage.press(ENTER)

    assert hers(here) == ()
    with here.shop.reading() as books:
        [doc] = [doc for doc in books.cards.of_card(card.card_id) if doc.deed == "card_given"]
        assert (doc.reason, doc.given_by) == ("生日礼物", ALICE.member_id)
        assert [each.left for each in cards.cards_of(books, doc.member_id)] == [12]
    assert page_of(stage).state.cards == ()


def test_what_may_not_go_on_stays_where_it_is(open_stage: OpenStage, here: Scene) -> None:
    on_sale(here)
    card = sold(here)
    stage = open_stage(staff=OWNER)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.press(Qt.Key.Key_K, ALT)
    page = page_of(stage)
    assert not page._on.isVisible()
    stage.press(Qt.Key.Key_0, CTRL)

    assert stage.counter.window.sheet is None
    with pytest.raises(CardNotHandedOn):
        HandOnPresenter(here.desk, OWNER, ALICE.member_id, card.card_id, ask=here_says_yes, then=lambda _done: None)


def test_a_card_that_goes_on_wants_somebody_else_and_a_reason(here: Scene) -> None:
    on_sale(here, replace(TEN, may_be_handed_on=True))
    card = sold(here)
    furnish(here)
    made, seen = (
        HandOnPresenter(here.desk, OWNER, ALICE.member_id, card.card_id, ask=here_says_yes, then=lambda _done: None),
        Seen(),
    )
    made.bind(seen)

    made.whom(ALICE.phone)
    assert not made.find()
    assert isinstance(made.state.refused, SameMember)
    made.whom(LI_LEI)
    made.confirm()
    assert made.state.is_about_why
    assert hers(here)[0].left == 12


def test_the_owner_writes_a_kind_and_ends_it(open_stage: OpenStage, here: Scene) -> None:
    set_policies(here.shop, {"cards.enabled": True}, clock=here.desk.clock)
    stage = open_stage(staff=OWNER)
    stage.press(Qt.Key.Key_K, ALT)
    stage.press(Qt.Key.Key_N, CTRL)
    page = stage.counter.window.page
    assert isinstance(page, KindPage)
    for name, text in (("code", "B5"), ("name", "五次卡"), ("price", "88"), ("goods", COLA.code), ("times", "5")):
        page._fields[name].edit.setFocus()
        stage.type(text)
    stage.press(ENTER)

    [kind] = page_of(stage).state.kinds
    assert (kind.code, kind.name, kind.price, kind.times) == ("B5", "五次卡", Money(8_800), 5)
    stage.press(Qt.Key.Key_K, CTRL)
    assert page_of(stage).state.ending == "B5"
    stage.press(Qt.Key.Key_K, CTRL)
    assert page_of(stage).state.kinds[0].is_ended


def test_what_will_not_do_turns_red_at_its_field(here: Scene) -> None:
    made, seen = KindEditor(here.desk, OWNER, saved=lambda _kind: None), Seen()
    made.bind(seen)

    for name, text, fault in (
        ("code", "", "code"),
        ("code", "X1", "name"),
        ("name", "卡", "price"),
        ("price", "9999", "price"),
        ("price", "10", "goods"),
        ("goods", "nothing", "times"),
        ("times", "two", "times"),
        ("times", "2", "goods"),
    ):
        made.type(name, text)
        made.save()
        assert made.state.fault == fault
    made.type("goods", COLA.code)
    made.save()
    assert made.state.fault == ""


def test_a_cashier_writes_no_kinds_and_a_shop_without_cards_sells_none(here: Scene) -> None:
    on_sale(here)
    made, seen = CardsPresenter(here.desk, CASHIER, None, spares=False, spare=lambda _spares: None), Seen()
    made.bind(seen)

    made.end("C10")
    made.toggle()
    assert (made.state.writes, made.state.kinds[0].is_ended, seen.beeps) == (False, False, 2)
    set_policies(here.shop, {"cards.enabled": False}, clock=here.desk.clock)
    with pytest.raises(CardsOff):
        SellCardPresenter(here.desk, CASHIER, ALICE.member_id, "C10", ask=here_says_yes, then=lambda _done: None)


def here_says_yes(*_asked: object, **_more: object) -> None:
    """Nobody is asked here."""


def test_paying_back_wants_a_reason_and_something_owed(here: Scene) -> None:
    on_sale(here)
    card = sold(here)
    made = CardBackPresenter(
        here.desk, OWNER, ALICE.member_id, card.card_id, ask=here_says_yes, then=lambda _done: None
    )
    seen = Seen()
    made.bind(seen)

    made.confirm()
    assert isinstance(made.state.refused, PayBackReasonMissing)
    made.move(1)
    assert made.state.cause == "shop"
    with here.shop.writing() as books:
        assert books.cards.of_card(card.card_id)
    made.because("搬家")
    assert made.check()
    with pytest.raises(NothingOnCard):
        _paid_back_twice(here, card.card_id)


def _paid_back_twice(here: Scene, card_id: str) -> None:
    from storeapp.till.card_refunds import CardBackOrder, pay_back

    order = CardBackOrder(card_id, "shop", "x", "cash", "script", prints=False)
    pay_back(here.shop, order, clock=here.desk.clock, ids=here.desk.ids)
    CardBackPresenter(here.desk, OWNER, ALICE.member_id, card_id, ask=here_says_yes, then=lambda _done: None)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_stage: OpenStage, here: Scene, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    on_sale(here, replace(TEN, may_be_handed_on=True))
    card = sold(here)
    stage = open_stage(staff=OWNER, language=language)
    window = stage.counter.window
    window.resize(*size)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.counter.take_scan(COLA.code)
    stage.counter.take_scan(CRISPS.code)

    def looks(name: str) -> None:
        QApplication.processEvents()
        assert window.grab().save(str(tmp_path / f"{name}.png"))
        assert clipped(window) == []

    looks("counter")
    stage.screens.cards.open()
    looks("cards")
    stage.screens.cards._sell("C10")
    looks("sell")
    window.close_sheet()
    stage.screens.cards.open()
    stage.screens.cards._pay_back(card.card_id)
    looks("back")
    window.close_sheet()
    stage.screens.cards.open()
    stage.screens.cards._hand_on(card.card_id)
    looks("hand_on")
    window.close_sheet()
    for known in (TEN, None):
        stage.screens.cards._write(known)
        looks(f"kind-{'new' if known is None else 'known'}")
    stage.screens.member_page(ALICE.member_id)
    looks("member")
