"""The top bar: which shop and till, the scan field, who sells, the hour, the menu."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from storeapp.ui import wording
from storeapp.ui.frame.scan_field import ScanBox
from storeapp.ui.frame.state import FrameState
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import IconButton
from storeapp.ui.widgets.labels import RIGHT, Elided, Picture, label, set_tone


class TopBar(QFrame):
    menu_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "bar")
        self.setFixedHeight(look.px(62))
        self.scan = ScanBox(look)
        self._shop, self._till = Elided("", "name", strong=True), Elided("", "secondary", "muted")
        self._cashier, self._code = Elided("", "name", strong=True), Elided("", "secondary", "muted")
        self._clock, self._day = label("", "name", strong=True), label("", "secondary", "muted")
        layout = card.row(look, self, margin=(16, 4, 14, 4), gap=14)
        layout.addWidget(Picture(look, "building-store", "brand", 28))
        layout.addLayout(self._pair(self._shop, self._till, 196))
        layout.addSpacing(look.px(6))
        layout.addWidget(self.scan, 1)
        layout.addSpacing(look.px(8))
        layout.addLayout(self._person())
        layout.addLayout(self._time())
        menu = IconButton(look, "menu-2", look.t("Menu ({key})").format(key=look.cap("menu")), tone="text")
        menu.clicked.connect(self.menu_wanted)
        layout.addWidget(menu)

    def show_state(self, state: FrameState) -> None:
        _ = self._look.t
        self._shop.setText(state.shop)
        till = _("Till {till}").format(till=state.till)
        if state.is_training:
            till = _("{till} · training").format(till=till)
        elif state.is_demo:
            till = _("{till} · demo").format(till=till)
        self._till.setText(till)
        set_tone(self._till, "red" if state.is_training else "muted")
        self._cashier.setText(state.cashier)
        role = wording.role(state.role, self._look.words) if state.role else ""
        self._code.setText(f"{role} {state.cashier_code}".strip())
        self._clock.setText(wording.clock(state.now))
        self._day.setText(wording.day(state.now, self._look.words))

    def _pair(self, upper: Elided, lower: Elided, width_px: int) -> QVBoxLayout:
        for part in (upper, lower):
            part.setMaximumWidth(self._look.px(width_px))
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        made = card.column(self._look, gap=1)
        made.addStretch(1)
        made.addWidget(upper)
        made.addWidget(lower)
        made.addStretch(1)
        return made

    def _person(self) -> QHBoxLayout:
        made = card.row(self._look, gap=12)
        made.addWidget(Picture(self._look, "user", "muted", 22))
        made.addLayout(self._pair(self._cashier, self._code, 132))
        return made

    def _time(self) -> QVBoxLayout:
        made = card.column(self._look, gap=1)
        made.addStretch(1)
        for part in (self._clock, self._day):
            part.setAlignment(RIGHT)
            made.addWidget(part)
        made.addStretch(1)
        return made
