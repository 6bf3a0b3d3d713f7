"""The page of settings: its sections, and who may see which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from storeapp.domain.staff import NotAllowed, Right, Staff, require
from storeapp.settings import Settings
from storeapp.ui.desk import Desk
from storeapp.ui.notices import sentence
from storeapp.ui.page import Page
from storeapp.ui.parts import Parts
from storeapp.ui.settings import specs
from storeapp.ui.settings.cloud import CloudPresenter
from storeapp.ui.settings.cloud_view import CloudSection
from storeapp.ui.settings.form import MachineForm, PolicyForm
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.settings.offer import OfferSection
from storeapp.ui.settings.pay import TerminalPresenter
from storeapp.ui.settings.pay_view import PaymentsSection
from storeapp.ui.settings.people import PeoplePresenter
from storeapp.ui.settings.people_view import PeopleSection
from storeapp.ui.settings.printer import PrinterPresenter
from storeapp.ui.settings.printer_view import PrinterSection
from storeapp.ui.settings.rights_view import RightsSection
from storeapp.ui.settings.rules_view import RulesSection
from storeapp.ui.settings.tiles import TilesPresenter
from storeapp.ui.settings.tiles_view import TilesSection
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Picture, label
from storeapp.ui.window import Window
from storeapp.words import N_

_NAV_PX = 216
_REMAKES = ("language", "size", "second_screen", "lock_after_min")


@dataclass(frozen=True, slots=True)
class Section:
    """A section, and the right somebody needs to see it."""

    words: str
    icon: str
    right: Right


SECTIONS = (
    Section(N_("Shop"), "building-store", "policy"),
    Section(N_("Offer"), "gift", "policy"),
    Section(N_("This till"), "device-desktop", "settings"),
    Section(N_("Quick keys"), "star", "settings"),
    Section(N_("Printer"), "printer", "settings"),
    Section(N_("Staff"), "users", "staff"),
    Section(N_("Cloud"), "cloud", "settings"),
    Section(N_("Rights"), "shield-check", "policy"),
    Section(N_("Payments"), "credit-card", "policy"),
    Section(N_("Rules"), "scale", "policy"),
)


class SettingsPage(Page):
    """`kept` brings settings just kept, `remake_wanted` those that need another window.

    `catalogue_changed` tells that the selling screen should look again.
    """

    kept = Signal(object)
    remake_wanted = Signal(object)
    catalogue_changed = Signal()

    def __init__(self, window: Window, parts: Parts, desk: Desk, staff: Staff, *, beep: Callable[[], None]) -> None:
        super().__init__(window, window.look.t("Settings"), "settings")
        self._parts, self._desk, self._staff, self._beep = parts, desk, staff, beep
        self._settings = parts.settings
        self._made: dict[int, QWidget] = {}
        self._buttons: list[KeyButton] = []
        self._stack = QStackedWidget()
        content = card.frame("card")
        card.column(self.look, content, margin=18).addWidget(self._stack)
        columns = card.row(self.look, gap=12)
        columns.addWidget(self._nav())
        columns.addWidget(content, 1)
        self.body.addLayout(columns, 1)
        first = next(place for place, section in enumerate(SECTIONS) if staff.may(section.right))
        self.open(first)

    def open(self, place: int) -> None:
        """The section with this number, if this person may."""
        if place not in self._made:
            self._made[place] = self._section(place)
            self._stack.addWidget(self._made[place])
        for number, button in enumerate(self._buttons):
            button.setChecked(number == place)
        self._stack.setCurrentWidget(self._made[place])
        self.setFocusProxy(self._made[place])
        self._made[place].setFocus()

    def _nav(self) -> QFrame:
        made = card.frame("card")
        made.setFixedWidth(self.look.px(_NAV_PX))
        lines: QVBoxLayout = card.column(self.look, made, margin=10, gap=6)
        for place, section in enumerate(SECTIONS):
            key = f"Ctrl+{(place + 1) % 10}"
            button = KeyButton(self.look, self.look.t(section.words), section.icon, cap=key)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, place=place: self.open(place))
            self.on_key(key, partial(self.open, place))
            lines.addWidget(button)
            self._buttons.append(button)
        lines.addStretch(1)
        return made

    def _section(self, place: int) -> QWidget:
        try:
            require(self._staff, SECTIONS[place].right)
        except NotAllowed as error:
            return self._shut(error)
        makers = (
            self._shop,
            self._offer,
            self._till,
            self._tiles,
            self._printer,
            self._people,
            self._cloud,
            self._rights,
            self._payments,
            self._rules,
        )
        return makers[place]()

    def _shut(self, error: NotAllowed) -> QWidget:
        made = QWidget()
        lines = card.column(self.look, made, gap=12)
        said = label(sentence(error, self.look.words), "name", "muted", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines.addStretch(1)
        lines.addWidget(Picture(self.look, "lock", "muted", 48), 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(said)
        lines.addStretch(1)
        return made

    def _shop(self) -> QWidget:
        form = PolicyForm(self._desk, self._staff, specs.SHOP, saved=self.catalogue_changed.emit)
        return FormWidget(self._window, form, beep=self._beep)

    def _offer(self) -> QWidget:
        form = PolicyForm(self._desk, self._staff, specs.OFFER, saved=self.catalogue_changed.emit)
        return OfferSection(self._window, form, self._desk, self._parts.outside, beep=self._beep)

    def _till(self) -> QWidget:
        form = MachineForm(
            self._desk,
            self._staff,
            specs.TILL,
            self._settings,
            keep=self._parts.keep_settings,
            outside=self._parts.outside,
            kept=self._kept,
        )
        return FormWidget(self._window, form, beep=self._beep)

    def _tiles(self) -> QWidget:
        tiles = TilesPresenter(self._desk, self._staff, changed=self.catalogue_changed.emit)
        return TilesSection(self._window, tiles, beep=self._beep)

    def _printer(self) -> QWidget:
        printer = PrinterPresenter(
            self._desk,
            self._staff,
            self._parts.outside,
            self._settings,
            keep=self._parts.keep_settings,
            kept=self._kept,
        )
        section = PrinterSection(self._window, printer, beep=self._beep)
        self._while_open("Ctrl+T", section, printer.test)
        return section

    def _people(self) -> QWidget:
        section = PeopleSection(self._window, PeoplePresenter(self._desk, self._staff), beep=self._beep)
        self._while_open("Ctrl+N", section, section.new)
        return section

    def _cloud(self) -> QWidget:
        cloud = CloudPresenter(self._desk, self._staff, self._parts.outside)
        return CloudSection(self._window, cloud, beep=self._beep)

    def _rights(self) -> QWidget:
        return RightsSection(self._window, self._desk, self._staff, beep=self._beep)

    def _payments(self) -> QWidget:
        # the counter's main button stands for other ways to pay from now on
        form = PolicyForm(self._desk, self._staff, specs.PAY, saved=lambda: self.remake_wanted.emit(self._settings))
        terminal = TerminalPresenter(self._desk, self._staff, self._parts.outside)
        return PaymentsSection(self._window, form, terminal, beep=self._beep)

    def _rules(self) -> QWidget:
        saved = self.catalogue_changed.emit
        section = RulesSection(self._window, self._desk, self._staff, beep=self._beep, saved=saved)
        self._while_open("PgUp", section, partial(section.step, -1))
        self._while_open("PgDown", section, partial(section.step, 1))
        return section

    def take_scan(self, code: str) -> bool:
        """A section that wants a scanned code gets it."""
        takes = getattr(self._stack.currentWidget(), "take_scan", None)
        return takes is not None and bool(takes(code))

    def _while_open(self, key: str, section: QWidget, deed: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence.fromString(key), section)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(deed)

    def _kept(self, before: Settings, after: Settings) -> None:
        self._settings = after
        self.kept.emit(after)
        # the other section that keeps this machine's settings starts from what was kept here
        for place in (2, 4):
            if place in self._made and self._made[place] is not self._stack.currentWidget():
                self._stack.removeWidget(self._made[place])
                self._made.pop(place).deleteLater()
        is_paper_now = before.printer.address.startswith("paper") != after.printer.address.startswith("paper")
        if is_paper_now or any(getattr(before, name) != getattr(after, name) for name in _REMAKES):
            self.remake_wanted.emit(after)


def open_settings(window: Window, parts: Parts, desk: Desk, staff: Staff, *, beep: Callable[[], None]) -> SettingsPage:
    """The page for this person."""
    return SettingsPage(window, parts, desk, staff, beep=beep)
