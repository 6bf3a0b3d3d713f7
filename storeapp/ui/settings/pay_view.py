"""The section of payments: which way each wallet goes, and this machine's terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from storeapp.ui.look import Look
from storeapp.ui.notices import Notice, notice
from storeapp.ui.settings.form import PolicyForm
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.settings.pay import Part, TerminalForm, TerminalPresenter
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, Picture, label
from storeapp.ui.window import Window

_ASK_MOST = 300


class PaymentsSection(QWidget):
    """The form above, the terminal below."""

    def __init__(
        self, window: Window, form: PolicyForm, terminal: TerminalPresenter, *, beep: Callable[[], None]
    ) -> None:
        super().__init__()
        ways = FormWidget(window, form, beep=beep)
        lines = card.column(window.look, self, gap=14)
        lines.addWidget(ways, 1)
        lines.addWidget(TerminalBox(window, terminal, beep=beep))
        self.setFocusProxy(ways)


class TerminalBox(QFrame):
    """Draws one TerminalForm."""

    def __init__(self, window: Window, presenter: TerminalPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._look, self._presenter, self.beep = window, window.look, presenter, beep
        self.setProperty("kind", "sunken")
        look = self._look
        lines = card.column(look, self, margin=(18, 14, 18, 14), gap=10)
        lines.addLayout(self._head(look))
        self._fields = self._make_fields(look)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        for place, made in enumerate(self._fields.values()):
            grid.addWidget(made, place // 2, place % 2)
        lines.addLayout(grid)
        self._activate = KeyButton(look, "", "check")
        self._activate.clicked.connect(presenter.activate)
        lines.addWidget(self._activate)
        presenter.bind(self)

    def show_state(self, state: TerminalForm) -> None:
        _ = self._look.t
        self._icon.show_icon("circle-check" if state.news else "credit-card", "brand" if state.news else "muted")
        if state.news is None:
            self._title.setText(_("This machine is no terminal of Shouqianba yet"))
            self._about.setText(_("One contract for WeChat, Alipay and UnionPay; its key stays in this machine."))
        else:
            self._title.setText(_("Terminal {sn}").format(sn=state.news.sn))
            at = state.news.checked_at[:16].replace("T", " ")
            self._about.setText(_("Last check-in {at}").format(at=at or "—"))
        for part, made in self._fields.items():
            made.set_text(getattr(state.ask, part))
        refused = notice(state.refused, self._look.words).words if state.refused is not None else ""
        self._fields["code"].show_fault(refused)
        self._activate.setEnabled(state.ask.is_whole and not state.is_busy)
        self._activate.setText(_("Activating…") if state.is_busy else _("Activate this machine"))

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._look.words))

    def done(self, word: str) -> None:
        said = {"activated": self._look.t("Activated. Its key lies in the machine's keystore.")}[word]
        self._window.show_notice(Notice(said, "done"))

    def _head(self, look: Look) -> QGridLayout:
        head = QGridLayout()
        head.setHorizontalSpacing(look.px(12))
        self._icon = Picture(look, "credit-card", "muted", 30)
        self._title, self._about = Elided("", "total"), label("", "secondary", "muted", wrap=True)
        head.addWidget(self._icon, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 0, 1)
        head.addWidget(self._about, 1, 1)
        head.setColumnStretch(1, 1)
        return head

    def _make_fields(self, look: Look) -> dict[Part, Field]:
        _ = look.t
        names: dict[Part, str] = {
            "code": _("Activation code"),
            "app_id": _("Number of the app"),
            "vendor_sn": _("Number of the vendor"),
            "key_file": _("File with the vendor's key"),
        }
        made: dict[Part, Field] = {}
        for part in get_args(Part):
            field = Field(look, names[part], most=_ASK_MOST, compact=True)
            field.edited.connect(lambda text, part=part: self._presenter.type(part, text))
            field.submitted.connect(self._presenter.activate)
            made[part] = field
        return made
