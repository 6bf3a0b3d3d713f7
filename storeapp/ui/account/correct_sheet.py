"""The sheet that corrects points: so many more or less, Enter, why, Enter, and a second person's PIN."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from storeapp.ui import wording
from storeapp.ui.account.correct import CorrectPresenter, CorrectState
from storeapp.ui.account.deed_sheet import DeedSheet, her_box, outcome_box
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.digits import Digits
from storeapp.ui.widgets.field import Field
from storeapp.ui.window import Window


class CorrectSheet(DeedSheet):
    """Draws one CorrectState."""

    def __init__(self, window: Window, presenter: CorrectPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Correct points"), "star", beep=beep)
        self._presenter, state = presenter, presenter.state
        self._points = Field(look, _("Points more, or less with a minus"), kind="amount", most=7)
        self._points.edit.setValidator(Digits(r"[+-]?\d{0,6}", self))
        self._points.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        # with a Chinese input method on, digits would pick candidates
        self._points.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._reason = Field(look, _("Why"), hint=_("A second person has to approve it."), most=100)
        box, (self._after,) = outcome_box(look, [_("Points after")])
        has = _("Has {points} points; by hand at most {most} a day").format(
            points=wording.number(state.has), most=wording.number(state.most)
        )
        for part in (her_box(look, state.her, has), self._points, box, self._reason):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self.confirm_button)
        self.steps = (self._points, self._reason)
        self._points.edited.connect(presenter.type)
        self._reason.edited.connect(presenter.because)
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def check(self, step: QWidget) -> bool:
        return self._presenter.check_points()

    def show_state(self, state: CorrectState) -> None:
        said = "" if state.refused is None else sentence(state.refused, self.look.words)
        self._points.set_text(state.text)
        self._points.show_fault(said if state.is_about_points else "")
        self._reason.show_fault("" if state.is_about_points else said)
        self._after.setText(wording.number(state.after))
        self.confirm_button.setText(self.look.t("Book {points} points").format(points=f"{state.points:+,}"))
        self.confirm_button.setEnabled(bool(state.points) and not state.is_saving)
