"""The first run on one page: the steps on the left, the one at hand on the right, Enter to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from storeapp.ui.keys import Keys
from storeapp.ui.look import Look
from storeapp.ui.notices import notice
from storeapp.ui.receipt.paper_view import PaperView
from storeapp.ui.settings.printer_view import LIKE, NAMES
from storeapp.ui.theme import Theme
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.digits import Digits
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, Picture, label, set_tone
from storeapp.ui.wizard.first_run import FirstRun
from storeapp.ui.wizard.presenter import STEPS, Step, WizardPresenter, WizardState
from storeapp.words import N_

_WIDE_PX, _HIGH_PX, _RAIL_PX = 1000, 620, 270
_NAMES: dict[Step, str] = {
    "language": N_("Language"),
    "shop": N_("The shop"),
    "owner": N_("The owner"),
    "printer": N_("The printer"),
    "ready": N_("Ready"),
}
_TOP = Qt.AlignmentFlag.AlignTop
_KINDS = ("paper", "tcp", "usb", "file")


class Rail(QWidget):
    """The steps one under the other, with a tick on those that are done."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._now = look, 0
        self.setAccessibleName(look.t("Steps"))
        self.setMinimumHeight(look.px(56 * len(STEPS)))

    def show_step(self, place: int) -> None:
        self._now = place
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px, c = self._look, self._look.px, self._look.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, high = px(30), px(56)
        for place, step in enumerate(STEPS):
            top = place * high
            circle = QRect(0, top + (high - side) // 2, side, side)
            if place:
                painter.setPen(QPen(QColor(c.brand if place <= self._now else c.edge), px(2)))
                middle = circle.center().x()
                painter.drawLine(middle, top - (high - side) // 2 + px(3), middle, circle.top() - px(3))
            done, now = place < self._now, place == self._now
            fill = c.brand if done or now else c.surface
            paint.rounded(painter, circle, side / 2, fill, c.brand if done or now else c.edge, px(2))
            if done:
                painter.drawPixmap(circle.x() + px(6), circle.y() + px(6), look.pixmap("check", "white", 18))
            else:
                colour = c.white if now else c.muted
                paint.text(painter, circle, str(place + 1), look.font(15, True), colour, paint.CENTRE)
            words = QRect(side + px(14), top, self.width() - side - px(14), high)
            tone = c.text if now else c.muted
            paint.text(painter, words, look.t(_NAMES[step]), look.font(look.theme.type.name, now), tone)


class Panel(QFrame):
    """The wizard in one language; draws one WizardState."""

    def __init__(self, look: Look, presenter: WizardPresenter, beep: Callable[[], None]) -> None:
        super().__init__()
        self._look, self._presenter, self.beep = look, presenter, beep
        self.setProperty("kind", "card")
        self.setFixedSize(look.px(_WIDE_PX), look.px(_HIGH_PX))
        self._fields: dict[str, Field] = {}
        self._step: Step | None = None
        self._png = b""
        self._rail, self._pages = Rail(look), QStackedWidget()
        for make in (self._language, self._shop, self._owner, self._printer, self._ready):
            self._pages.addWidget(make())
        self._fault = label("", "secondary", "red", wrap=True)
        row = card.row(look, self, margin=(28, 26, 28, 24), gap=28)
        row.addWidget(self._left())
        right = card.column(look, gap=12)
        right.addWidget(self._pages, 1)
        right.addWidget(self._fault)
        right.addLayout(self._buttons())
        row.addLayout(right, 1)
        presenter.bind(self)

    def show_state(self, state: WizardState) -> None:
        look, words = self._look, self._look.words
        place = STEPS.index(state.step)
        self._rail.show_step(place)
        self._pages.setCurrentIndex(place)
        for key, made in self._fields.items():
            made.set_text(state.values.get(key, ""))
            at = state.fault is not None and state.fault_at == key
            made.show_fault(notice(state.fault, words).words if at and state.fault is not None else "")
        loose = state.fault is not None and not state.fault_at
        self._fault.setText(notice(state.fault, words).words if loose and state.fault is not None else "")
        self._choice.show_chosen(state.values["language"])
        self._kind.show_chosen(state.values["kind"])
        self._paper.show_chosen(state.values["paper"])
        needs_address = state.values["kind"] != "paper"
        self._fields["rest"].setVisible(needs_address)
        self._fields["rest"].edit.setPlaceholderText(LIKE.get(state.values["kind"], ""))
        self._show_tried(state)
        self._show_summary(state)
        self._back.setVisible(place > 0)
        self._next.setEnabled(not state.is_busy)
        self._next.setText(look.t("Open the shop") if state.step == "ready" else look.t("Go on"))
        if state.step != self._step:
            self._step = state.step
            self._first_focus(state.step).setFocus()
        elif state.fault_at:
            self._fields[state.fault_at].edit.setFocus()

    def take_focus(self) -> None:
        """Where typing goes at this step."""
        self._first_focus(self._presenter.state.step).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._presenter.go_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._to_the_next_field():
                self._presenter.go_on()
        elif key == Qt.Key.Key_T and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._presenter.test()
        else:
            super().keyPressEvent(event)

    def _to_the_next_field(self) -> bool:
        """Enter in a field goes to the next one of its step."""
        order = {"shop": ("name", "store", "till"), "owner": ("owner", "pin", "again")}
        keys = order.get(self._presenter.state.step, ())
        here = next((place for place, key in enumerate(keys) if self._fields[key].edit.hasFocus()), None)
        if here is None or here + 1 >= len(keys):
            return False
        self._fields[keys[here + 1]].edit.setFocus()
        return True

    def _first_focus(self, step: Step) -> QWidget:
        return {
            "language": self._choice,
            "shop": self._fields["name"].edit,
            "owner": self._fields["owner"].edit,
            "printer": self._kind,
            "ready": self._next,
        }[step]

    def _show_tried(self, state: WizardState) -> None:
        _ = self._look.t
        if state.is_busy and state.step == "printer":
            words, tone = _("Printing the test page…"), "muted"
        elif state.tried is None:
            words, tone = _("You can change all this later in the settings."), "muted"
        elif state.tried.proof == "pictured":
            words, tone = _("This is how it looks on the built-in paper."), "brand"
        else:
            words, tone = _("Sent: please look at the paper."), "brand"
        self._tried.setText(words)
        set_tone(self._tried, tone)
        png = state.tried.png if state.tried is not None else b""
        if png != self._png:
            self._png = png
            self._sample.show_papers((png,) if png else ())

    def _show_summary(self, state: WizardState) -> None:
        value = state.values.get
        way = self._look.t(NAMES[value("kind", "paper")])
        place = self._look.t("Store {store}, till {till}").format(store=value("store", ""), till=value("till", ""))
        for row, words in zip(
            self._summary,
            (value("name", ""), place, value("owner", ""), f"{way} {value('rest', '')}".strip()),
            strict=True,
        ):
            row.setText(words)

    # what stands on the pages

    def _left(self) -> QWidget:
        look, _ = self._look, self._look.t
        host = QWidget()
        host.setFixedWidth(look.px(_RAIL_PX))
        lines = card.column(look, host, gap=10)
        lines.addWidget(Picture(look, "building-store", "brand", 40))
        lines.addWidget(label(_("A new shop"), "title", wrap=True))
        lines.addWidget(label(_("Two minutes, then you sell."), "secondary", "muted", wrap=True))
        lines.addSpacing(look.px(16))
        lines.addWidget(self._rail)
        lines.addStretch(1)
        return host

    def _page(self, title: str, said: str) -> tuple[QWidget, QVBoxLayout]:
        host = QWidget()
        lines = card.column(self._look, host, gap=14)
        lines.addWidget(label(title, "title"))
        if said:
            lines.addWidget(label(said, "secondary", "muted", wrap=True))
        return host, lines

    def _language(self) -> QWidget:
        _ = self._look.t
        host, lines = self._page(_("Which language?"), _("← → choose, Enter goes on."))
        self._choice = Choice(self._look, "", [("zh_CN", "中文"), ("en", "English")])
        self._choice.setAccessibleName(_("Language"))
        self._choice.chosen.connect(lambda stored: self._presenter.type("language", stored))
        lines.addWidget(self._choice)
        lines.addStretch(1)
        return host

    def _field(self, key: str, words: str, *, hint: str = "", most: int = 60) -> Field:
        made = Field(self._look, words, hint=hint, most=most)
        made.edited.connect(lambda text: self._presenter.type(key, text))
        self._fields[key] = made
        return made

    def _shop(self) -> QWidget:
        _ = self._look.t
        host, lines = self._page(_("What is the shop called?"), _("It stands on every receipt."))
        lines.addWidget(self._field("name", _("Name of the shop")))
        pair = card.row(self._look, gap=16)
        hint = _("1 to 8 letters or digits; keep it for one store and one till")
        other = _("A second till gets another one")
        pair.addWidget(self._field("store", _("Code of the store"), hint=hint, most=8), 1, _TOP)
        pair.addWidget(self._field("till", _("Code of this till"), hint=other, most=8), 1, _TOP)
        lines.addLayout(pair)
        lines.addStretch(1)
        return host

    def _owner(self) -> QWidget:
        _ = self._look.t
        host, lines = self._page(_("Who owns it?"), _("The owner may change everything, and adds the staff later."))
        lines.addWidget(self._field("owner", _("Name"), most=40))
        pair = card.row(self._look, gap=16)
        pair.addWidget(self._field("pin", _("PIN, at least six digits"), most=12), 1, _TOP)
        pair.addWidget(self._field("again", _("The PIN once more"), most=12), 1, _TOP)
        lines.addLayout(pair)
        lines.addStretch(1)
        for key in ("pin", "again"):
            edit = self._fields[key].edit
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.setValidator(Digits(r"\d{0,12}", edit))
        return host

    def _printer(self) -> QWidget:
        look, _ = self._look, self._look.t
        host, lines = self._page(_("Where is the receipt printer?"), "")
        self._kind = Choice(look, _("How it is reached"), [(kind, _(NAMES[kind])) for kind in _KINDS])
        self._kind.chosen.connect(lambda kind: self._presenter.type("kind", kind))
        self._paper = Choice(look, _("Width of the paper"), [("80", "80 mm"), ("58", "58 mm")])
        self._paper.chosen.connect(lambda paper: self._presenter.type("paper", paper))
        test = KeyButton(look, _("Print the test page"), "printer", cap="Ctrl+T")
        test.clicked.connect(self._presenter.test)
        self._tried = label("", "secondary", "muted", wrap=True)
        self._sample = PaperView(look, _("The test page"))
        left = card.column(look, gap=12)
        for part in (self._kind, self._field("rest", _("Address"), most=200), self._paper, test, self._tried):
            left.addWidget(part)
        left.addStretch(1)
        halves = card.row(look, gap=16)
        halves.addLayout(left, 5)
        halves.addWidget(self._sample, 4)
        lines.addLayout(halves, 1)
        return host

    def _ready(self) -> QWidget:
        look, _ = self._look, self._look.t
        host, lines = self._page(_("Everything is there"), _("Enter makes the shop and opens it."))
        box = card.frame("sunken")
        rows = card.column(look, box, margin=18, gap=12)
        self._summary: list[Elided] = []
        for words in (_("The shop"), _("Place"), _("The owner"), _("The printer")):
            row = card.row(look, gap=12)
            name = label(words, "body", "muted")
            name.setFixedWidth(look.px(120))
            value = Elided("", "name", strong=True)
            row.addWidget(name)
            row.addWidget(value, 1)
            rows.addLayout(row)
            self._summary.append(value)
        lines.addWidget(box)
        said = _(
            "Goods come in with: storeapp import products. A cloud can be joined at any time; the shop needs none."
        )
        lines.addWidget(label(said, "secondary", "muted", wrap=True))
        lines.addStretch(1)
        return host

    def _buttons(self) -> QVBoxLayout:
        look, _ = self._look, self._look.t
        self._back = KeyButton(look, _("Back"), "chevron-left", action="back")
        self._back.clicked.connect(self._presenter.go_back)
        self._next = KeyButton(look, "", "chevron-right", cap="Enter", kind="primary")
        self._next.clicked.connect(self._presenter.go_on)
        made = card.column(look)
        row = card.row(look, gap=12)
        row.addWidget(self._back, 1)
        row.addWidget(self._next, 2)
        made.addLayout(row)
        return made


class WizardWindow(QWidget):
    """Holds the panel, and makes another one when another language is chosen."""

    def __init__(self, theme: Theme, first: FirstRun, presenter: WizardPresenter, beep: Callable[[], None]) -> None:
        super().__init__()
        self._theme, self._first, self._presenter, self.beep = theme, first, presenter, beep
        self.setProperty("kind", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("storeapp")
        self._layout = QVBoxLayout(self)
        self._language = ""
        self._panel: Panel | None = None
        self.show_state(presenter.state)

    def show_state(self, state: WizardState) -> None:
        """The panel draws itself; a new language takes a new panel."""
        if state.values["language"] != self._language:
            self._language = state.values["language"]
            self._another()
        elif self._panel is not None:
            self._panel.show_state(state)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        QApplication.quit()

    def _another(self) -> None:
        old = self._panel
        look = Look(self._theme, self._first.words_of(self._language), Keys())
        self._panel = Panel(look, self._presenter, self.beep)
        self._presenter.bind(self)
        self._layout.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignCenter)
        if old is not None:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
            self._panel.show_state(self._presenter.state)
        # only now it is in the window whose keys it wants
        self._panel.take_focus()
