"""A counter with all its other screens, on a shop with staff, an offer and some members."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from storeapp.domain.staff import Staff
from storeapp.settings import Settings
from storeapp.till import members
from storeapp.till.members import SignUp
from storeapp.ui.counter import Counter, Setup
from storeapp.ui.look import Look
from storeapp.ui.menu import menu
from storeapp.ui.parts import Parts
from storeapp.ui.screens import Screens
from tests.fakes.staff import hire
from tests.ui.outside import FakeOutside
from tests.ui.scene import Scene

OWNER = Staff("1001", "林店长", "owner")
MANAGER = Staff("1003", "周敏", "manager")
CASHIER = Staff("1007", "陈晓雯", "cashier")
OFFER = {
    "offer.enabled": True,
    "offer.headline": "扫码领券，下次立减 5 元",
    "offer.small_print": "满 30 元可用。",
    "offer.contact_qr": "https://shop.example/haitang",
}
LI_LEI = "13900001234"


def furnish(here: Scene) -> None:
    """Staff with PINs, an offer, and a member who signed up at the counter."""
    with here.shop.writing() as books:
        for key, value in OFFER.items():
            books.policy.put(key, value, at="2026-01-01T00:00:00+08:00")
    for who in (OWNER, MANAGER, CASHIER):
        hire(here.shop, who, clock=here.clock)
    members.sign_up(here.shop, SignUp(LI_LEI, "李雷"), cashier="1007", clock=here.desk.clock, ids=here.desk.ids)


@dataclass
class Stage:
    """Everything a test may look at or press."""

    here: Scene
    outside: FakeOutside
    counter: Counter
    screens: Screens
    kept: list[Settings] = field(default_factory=list)

    @property
    def page(self) -> Any:
        """What covers the columns, as itself: a test knows which page it opened."""
        assert self.counter.window.page is not None
        return self.counter.window.page

    @property
    def sheet(self) -> Any:
        """What stands beside the basket, likewise."""
        assert self.counter.window.sheet is not None
        return self.counter.window.sheet

    def type(self, text: str) -> None:
        """Into whatever has the focus; Chinese comes from an input method, not from keys."""
        focused = QApplication.focusWidget()
        assert focused is not None
        if text.isascii():
            QTest.keyClicks(focused, text)
        else:
            assert isinstance(focused, QLineEdit)
            focused.insert(text)
            focused.textEdited.emit(focused.text())

    def press(self, key: object, *modifiers: object) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.counter.window, key, *modifiers)  # type: ignore[call-overload]  # a key or a letter


def raised(look: Look, here: Scene, staff: Staff = OWNER) -> Stage:
    """The counter and its screens; the caller shows the window."""
    outside = FakeOutside()
    kept: list[Settings] = []
    counter = Counter(look, Setup(here.desk, staff, here.around, here.bell, {}, menu(look.t, has_paper=True)))
    parts = Parts(here.shop, here.desk.clock, here.desk.ids, look.words, Settings(), kept.append, outside, staff=staff)
    screens = Screens(counter, parts, here.desk, beep=here.bell)
    counter.changed.connect(screens.followed)
    return Stage(here, outside, counter, screens, kept)
