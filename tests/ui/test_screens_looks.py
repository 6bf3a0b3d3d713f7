"""The other screens as they look: nothing clipped, small or nameless, in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from storeapp.domain.money import Money
from storeapp.till import layers, paying, shifts
from storeapp.till.paying import Asked
from storeapp.till.policies import set_policies, set_policy
from storeapp.till.price_lists import go_live, put_price_lists
from storeapp.till.promotions import put_promotions
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.customer.screen import CustomerWindow
from storeapp.ui.groups.page import GroupsPage
from storeapp.ui.groups.taking_page import OrderPage, PastePage
from storeapp.ui.look import Look, dress
from storeapp.ui.member.find_sheet import FindSheet
from storeapp.ui.member.sign_up_sheet import SignUpSheet
from storeapp.ui.refund.page import RefundPage
from storeapp.ui.refund.presenter import RefundPresenter
from storeapp.ui.refund.state import OWN
from storeapp.ui.reports.presenter import KINDS
from storeapp.ui.set_up import Tried
from storeapp.ui.settings.open import SettingsPage
from storeapp.ui.settings.rights_view import RightsSection
from storeapp.ui.settings.rules import GROUPS
from storeapp.ui.settings.rules_view import RulesSection
from storeapp.ui.theme import TARGET_PX
from storeapp.ui.theme_qss import style_sheet
from storeapp.ui.wizard.first_run import FirstRun
from storeapp.ui.wizard.presenter import STEPS, WizardPresenter
from storeapp.ui.wizard.screen import WizardWindow
from storeapp.ui.work import InlineWork
from storeapp.words import Words
from tests.fakes.scripted_provider import ScriptedProvider
from tests.fakes.still import StillPace
from tests.ui import scene, stage
from tests.ui.coupon_shop import give_some
from tests.ui.crowd import crowd
from tests.ui.grouping import grouped
from tests.ui.outside import paper
from tests.ui.refunding import refunding, usual
from tests.ui.stage import LI_LEI, Stage
from tests.ui.test_counter_looks import LONG, clipped


def _opened(action: str) -> Callable[[Stage], None]:
    return lambda on: on.screens.open(action)


def _found(on: Stage) -> None:
    on.screens.find_member()
    sheet = on.counter.window.sheet
    assert isinstance(sheet, FindSheet)
    sheet._presenter.search("6621")


def _parked(on: Stage) -> None:
    scene.fill(on.counter)
    on.counter.sell.park("红衣服")
    on.screens.parked()


def _paid(on: Stage) -> None:
    scene.fill(on.counter)
    on.counter.act("cash")
    on.counter.pay.type("200")
    on.counter.pay.confirm()
    on.screens.receipts()


def _repriced(on: Stage) -> None:
    scene.fill(on.counter)
    with on.here.shop.writing() as books:
        books.products.put([replace(scene.CRISPS, price=Money(800))])
    on.screens.outside_changed()


def _promoted(on: Stage) -> None:
    words = (("half", "第二件半价 · 薯片"), ("over", "九折"))
    rules = tuple({"id": name, "name": said, "kind": "percent", "percent_off": 10} for name, said in words)
    put_promotions(on.here.shop, rules, clock=on.here.desk.clock)
    on.screens.open("promotions")


def _coupons(*keys: str) -> Callable[[Stage], None]:
    """The page of coupons, and what these keys open from it."""

    def opened(on: Stage) -> None:
        give_some(on)
        on.screens.open("coupons")
        # the page has its keys once it is in front
        QApplication.processEvents()
        for key in keys:
            QTest.keySequence(QApplication.focusWidget() or on.counter.window, QKeySequence.fromString(key))

    return opened


def _one_coupon(on: Stage) -> None:
    code = give_some(on)
    on.screens.open("coupons")
    on.page._presenter.find(code)


def _written(on: Stage) -> None:
    _promoted(on)
    on.page._presenter.change()


def _lists(on: Stage) -> None:
    goods = {scene.WATER.code: 180, scene.MILK.code: 3980, scene.CRISPS.code: 500, scene.COLA.code: 300}
    lists: tuple[dict[str, Any], ...] = (
        {"id": "milk", "name": "会员日", "prices": goods, "whom": "members", "when": {"weekdays": [3]}},
        {"id": "next", "name": "国庆价", "prices": goods, "when": {"first": "2026-10-01", "last": "2026-10-07"}},
        {"id": "old", "name": "中秋价", "prices": goods, "stores": ["S01", "S02"], "when": {"last": "2026-09-20"}},
        {"id": "draft", "name": "晚间熟食 八折起 · 九点以后", "prices": {scene.MILK.code: 3980}},
    )
    with on.here.shop.writing() as books:
        books.products.put([replace(scene.MILK, cost=Money(4500)), replace(scene.CRISPS, cost=Money(480))])
        books.policy.put("price.floor", True, at="2026-01-01T00:00:00+08:00")
        books.policy.put("price.floor_percent", 10, at="2026-01-01T00:00:00+08:00")
    put_price_lists(on.here.shop, lists, clock=on.here.desk.clock)
    go_live(on.here.shop, ("milk", "next", "old"), clock=on.here.desk.clock)
    on.screens.open("price_lists")


def _list_written(on: Stage) -> None:
    _lists(on)
    on.page._presenter.change()
    on.page._presenter.select(2)


def _list_searched(on: Stage) -> None:
    _lists(on)
    on.page._presenter.write_new()
    on.page._presenter.search("可")


def _insight(side: int) -> Callable[[Stage], None]:
    def opened(on: Stage) -> None:
        crowd(on.here.shop, 60)
        layers.work_the_night(on.here.shop, clock=on.here.desk.clock)
        on.screens.people.insight()
        on.page._presenter.show_side(side)

    return opened


def _asked_why(on: Stage) -> None:
    scene.fill(on.counter)
    on.counter.sell.select(1)
    on.counter.act("why")


def _asked_why_later(on: Stage) -> None:
    _paid(on)
    on.page._turn()


def _section(place: int) -> Callable[[Stage], None]:
    def opened(on: Stage) -> None:
        on.screens.settings()
        page = on.counter.window.page
        assert isinstance(page, SettingsPage)
        page.open(place)

    return opened


def _report(kind: int) -> Callable[[Stage], None]:
    def opened(on: Stage) -> None:
        _paid(on)
        on.counter.window.close_page()
        on.screens.people.reports()
        on.page._presenter.show_kind(kind)

    return opened


def _rules(room: int) -> Callable[[Stage], None]:
    def opened(on: Stage) -> None:
        _section(9)(on)
        [section] = on.page.findChildren(RulesSection)
        section.step(room)

    return opened


def _grouped(wanted: str) -> Callable[[Stage], None]:
    def opened(on: Stage) -> None:
        grouped(on.here)
        on.screens.open("groups")
        page = on.counter.window.page
        assert isinstance(page, GroupsPage)
        page._presenter.choose("moon" if wanted in ("orders", "buy", "words") else "milk")
        if wanted in ("orders", "buy", "words"):
            page._presenter.show_side(wanted)  # type: ignore[arg-type]  # mypy widens the text
            return
        {"edit": page.edit_wanted, "order": page.order_wanted, "list": page.paste_wanted}[wanted].emit("milk")
        written = on.counter.window.page
        if isinstance(written, OrderPage):
            written._presenter.type_what(f"{scene.WATER.code} 2")
        elif isinstance(written, PastePage):
            written._text.setPlainText("1. A 6921168509256 2\n2. B x3")

    return opened


def _limits(on: Stage) -> None:
    _section(7)(on)
    page = on.counter.window.page
    assert page is not None
    [rights] = page.findChildren(RightsSection)
    rights.open("limits")


def _erasing(on: Stage) -> None:
    on.screens.member_page("m-alice")
    on.page._presenter.ask_erase()


def _approval(on: Stage) -> None:
    scene.fill(on.counter)
    on.counter.sell.staff = stage.CASHIER
    about, payload = "S01-1-20260928-0117 · 陈晓雯", {"fen": 12850}
    on.counter.approvals.ask("refund", payload, then=lambda _id: None, about=about, amount=Money(12850))


def _unclear(on: Stage) -> None:
    desk, provider = on.here.desk, ScriptedProvider()
    for place, fen in enumerate((6990, 125)):
        question = Asked(Money(fen), f"13456789012345678{place}", f"sale-{place}", by="1003")
        paying.take(desk.shop, provider, question, clock=desk.clock, ids=desk.ids, pace=StillPace())
    on.counter.frame.tick()
    on.screens.unclear()


def _opening(on: Stage) -> None:
    scene.fill(on.counter)
    set_policy(on.here.shop, "shift.required", True, actor="1001", clock=on.here.desk.clock)
    on.counter.frame.tick()
    on.screens.shift.arrived()


def _counting_pieces(on: Stage) -> None:
    _opening(on)
    on.sheet._presenter.turn()


def _refunding(on: Stage, *, member: bool = True) -> RefundPresenter:
    on.counter.sell.staff = stage.CASHIER
    usual(on.here, member=member)
    on.screens.open("refund")
    page = on.counter.window.page
    assert isinstance(page, RefundPage)
    page._presenter.choose()
    page._presenter.everything()
    return page._presenter


def _refund_refused(on: Stage) -> None:
    presenter = _refunding(on)
    presenter.toggle_in_cash()
    presenter.toggle_restock()
    presenter.choose_reason(OWN)
    presenter.type("9")


def _exchanging(on: Stage) -> None:
    presenter = _refunding(on, member=False)
    presenter._staff = on.counter.sell.staff = stage.OWNER
    presenter.choose_reason("wrong_goods")
    presenter.take_others()
    on.counter.sell.scan(scene.SOY.code)
    assert on.counter.sell.state.trading is not None


def _exchange_paid(on: Stage) -> None:
    _exchanging(on)
    on.counter.act("cash")


def _refunded(on: Stage) -> None:
    presenter = _refunding(on)
    presenter._staff = stage.OWNER
    presenter.choose_reason("faulty")
    presenter.give_back()
    assert presenter.state.step == "done"


def _brought(on: Stage) -> None:
    set_policies(on.here.shop, {"referral.enabled": True}, clock=on.here.desk.clock)
    on.counter.act("new_member")
    sheet = on.counter.window.findChild(SignUpSheet)
    assert sheet is not None
    for field, text in ((sheet._phone, "13700001111"), (sheet._name, "Liu Yang"), (sheet._referrer, LI_LEI)):
        QTest.keyClicks(field.edit, text)
        QTest.keyClick(field.edit, Qt.Key.Key_Return if field is not sheet._referrer else Qt.Key.Key_End)
    assert sheet._presenter.state.brought_by is not None


def _shift(on: Stage) -> None:
    desk = on.here.desk
    shifts.open_shift(desk.shop, by="1007", float_amount=Money(50_000), clock=desk.clock, ids=desk.ids)
    for way in ("cash", "pay_card", "paid_by_code"):
        scene.fill(on.counter)
        on.counter.act(way)
        on.counter.pay.confirm()
    on.counter.frame.tick()
    on.screens.shift.open()


def _in_shift(*keys: str) -> Callable[[Stage], None]:
    def opened(on: Stage) -> None:
        desk = on.here.desk
        for place, fen in enumerate((6990, 125)):
            question = Asked(Money(fen), f"13456789012345678{place}", f"sale-{place}", by="1003")
            paying.take(desk.shop, ScriptedProvider(), question, clock=desk.clock, ids=desk.ids, pace=StillPace())
        _shift(on)
        for key in keys:
            QTest.keySequence(QApplication.focusWidget() or on.counter.window, QKeySequence.fromString(key))

    return opened


def _forgotten(on: Stage) -> None:
    _shift(on)
    on.counter.window.close_page()
    on.here.clock.go_on(days=1)
    on.counter.frame.tick()
    on.screens.shift.arrived()


SCREENS: dict[str, Callable[[Stage], object]] = {
    "sign-up": _opened("new_member"),
    "sign-up-brought": _brought,
    "find": _opened("find_member"),
    "unclear": _unclear,
    "found": _found,
    "member": lambda on: on.screens.member_page("m-alice"),
    "erase": _erasing,
    "parked": _parked,
    "receipts": _paid,
    "refund": _opened("refund"),
    "refunding": _refunding,
    "refund-refused": _refund_refused,
    "refunded": _refunded,
    "exchanging": _exchanging,
    "exchanging-pay": _exchange_paid,
    "repriced": _repriced,
    "promotions": _promoted,
    "promotion-editor": _written,
    "price-lists": _lists,
    "price-list-editor": _list_written,
    "price-list-search": _list_searched,
    "coupons": _coupons(),
    "coupon-editor": _coupons("Ctrl+E"),
    "coupon-codes": _coupons("Ctrl+G"),
    "coupon-give": _coupons("Alt+G"),
    "coupon-one": _one_coupon,
    **{f"insight-{side}": _insight(side) for side in range(5)},
    **{f"reports-{kind.id}": _report(place) for place, kind in enumerate(KINDS)},
    **{f"groups-{wanted}": _grouped(wanted) for wanted in ("orders", "buy", "words", "edit", "order", "list")},
    "why": _asked_why,
    "why-later": _asked_why_later,
    "prints": _opened("prints"),
    "shift": _shift,
    "shift-move": _in_shift("F3"),
    "shift-drawer": _in_shift("F6"),
    "shift-count": _in_shift("F9"),
    "shift-sum": _in_shift("F9", "Ctrl+N"),
    "shift-told": _in_shift("F9", "Ctrl+N", "1", "F9"),
    "shift-z": _in_shift("F9", "F8", "F9"),
    "shift-forgotten": _forgotten,
    "shift-open": _opening,
    "shift-open-pieces": _counting_pieces,
    "paper": lambda on: on.screens.printed(paper()),
    "sign-in": _opened("sign_out"),
    "approval": _approval,
    "switch": _opened("switch"),
    "menu": lambda on: on.counter.act("menu"),
    "settings-limits": _limits,
    **{f"settings-{place}": _section(place) for place in range(9)},
    **{f"settings-rules-{place}": _rules(place) for place in range(len(GROUPS))},
}


@pytest.fixture(
    scope="module",
    params=[(language, name) for language in ("zh_CN", "en", LONG) for name in SCREENS],
    ids=lambda param: f"{param[0] if isinstance(param[0], str) else 'long'}-{param[1]}",
)
def window(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[QWidget]:
    language, name = request.param
    look = scene.look_in(language)
    _dress(qapp, look)
    here = scene.scene()
    stage.furnish(here)
    raised = stage.raised(look, here)
    shown = raised.counter.window
    shown.resize(1366, 768)
    shown.show()
    SCREENS[name](raised)
    for _round in range(3):
        QApplication.processEvents()
    yield shown
    shown.close()
    shown.deleteLater()


def _dress(app: QApplication, look: Look) -> None:
    if app.styleSheet() != style_sheet(look.theme):
        dress(app, look.theme)


def test_a_screen_fits_and_shows_its_words_whole(window: QWidget) -> None:
    assert (window.width(), window.height()) == (1366, 768)
    assert window.minimumSizeHint().height() <= 728
    assert clipped(window) == []


def test_a_finger_hits_every_control(window: QWidget) -> None:
    controls = [one for kind in (QPushButton, QCheckBox) for one in window.findChildren(kind) if one.isVisible()]

    small = [
        (one.accessibleName() or one.text(), one.width(), one.height())
        for one in controls
        if min(one.width(), one.height()) < TARGET_PX
    ]
    assert len(controls) > 2
    assert small == []


def test_every_control_can_be_read_out(window: QWidget) -> None:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QScrollArea)
    controls = [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]

    nameless = [
        type(one).__name__
        for one in controls
        if not (one.accessibleName() or (getattr(one, "text", str)() or "").strip())
    ]
    assert nameless == []


@pytest.mark.parametrize("language", ["zh_CN", "en", LONG], ids=["zh_CN", "en", "long"])
def test_the_first_run_shows_its_words_whole(qapp: QApplication, language: str | Words) -> None:
    look = scene.look_in(language)
    _dress(qapp, look)
    first = FirstRun(lambda _language: look.words, lambda _new: None, lambda _printer: Tried("pictured", paper()))
    presenter = WizardPresenter(first, InlineWork())
    shown = WizardWindow(look.theme, first, presenter, lambda: None)
    shown.resize(1366, 728)
    shown.show()
    cut = []
    typed = {"name": "海棠便利", "owner": "林店长", "pin": "246810", "again": "246810"}
    for _step in STEPS[:-1]:
        for _round in range(3):
            QApplication.processEvents()
        cut += clipped(shown)
        for key, text in typed.items():
            presenter.type(key, text)
        presenter.go_on()
    cut += clipped(shown)

    assert presenter.state.step == "ready"
    assert cut == []
    assert shown.height() == 728
    shown.hide()
    shown.deleteLater()


@pytest.mark.parametrize("language", ["zh_CN", "en", LONG], ids=["zh_CN", "en", "long"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 600)])
def test_the_customers_screen_shows_its_words_whole(
    qapp: QApplication, language: str | Words, width: int, height: int
) -> None:
    look = scene.look_in(language, 1.2 if width > 1100 else 0.9)
    _dress(qapp, scene.look_in("en"))
    here = scene.scene()
    stage.furnish(here)
    counter = scene.open_counter(look, here)
    presenter = CustomerPresenter(here.desk)
    shown = CustomerWindow(look, presenter)
    shown.resize(width, height)
    shown.show()
    cut = []
    for deed in (lambda: None, lambda: scene.fill(counter), lambda: _pay_in(counter)):
        deed()
        presenter.follow(counter.sell.state)
        for _round in range(3):
            QApplication.processEvents()
        cut += clipped(shown)

    assert presenter.state.phase == "paid"
    assert cut == []
    assert (shown.width(), shown.height()) == (width, height)
    shown.hide()
    shown.deleteLater()
    counter.window.deleteLater()


@pytest.mark.parametrize("language", ["zh_CN", "en", LONG], ids=["zh_CN", "en", "long"])
def test_the_customers_screen_shows_what_comes_back_whole(qapp: QApplication, language: str | Words) -> None:
    look = scene.look_in(language, 1.2)
    _dress(qapp, scene.look_in("en"))
    here = scene.scene()
    stage.furnish(here)
    counter = scene.open_counter(look, here)
    presenter = CustomerPresenter(here.desk)
    shown = CustomerWindow(look, presenter)
    shown.resize(1366, 768)
    shown.show()
    back = refunding(here)
    back.presenter.open(usual(here, member=True))
    cut = []

    def follow(phase: str) -> None:
        for _round in range(3):
            QApplication.processEvents()
        assert presenter.state.phase == phase
        cut.extend(clipped(shown))

    back.presenter.everything()
    back.presenter.choose_reason("unwanted")
    presenter.follow_refund(back.state)
    follow("back")
    back.presenter.take_others()
    presenter.follow_refund(None)
    counter.sell.exchange(back.exchanged[0], "m-alice")
    scene.fill(counter)
    presenter.follow(counter.sell.state)
    follow("basket")
    counter.sell.exchange(None)
    back.presenter.give_back()
    presenter.follow_refund(back.state)
    follow("back")

    assert presenter.state.back is not None
    assert presenter.state.back.given
    assert cut == []
    assert (shown.width(), shown.height()) == (1366, 768)
    shown.hide()
    shown.deleteLater()
    counter.window.deleteLater()


def _pay_in(counter) -> None:
    counter.act("cash")
    counter.pay.type("200")
    counter.pay.confirm()
