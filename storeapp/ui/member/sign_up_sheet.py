"""The sheet that signs somebody up: phone, Enter, name or nothing, Enter; and who brought her, where that is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.member.sign_up import SignUpPresenter, SignUpState
from storeapp.ui.notices import notice, sentence
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.digits import Digits
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, Picture, label
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.widgets.tick import Tick
from storeapp.ui.window import Window


class SignUpSheet(Sheet):
    """Draws one SignUpState."""

    def __init__(self, window: Window, presenter: SignUpPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("New member"), "user-plus")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._phone = self._phone_field(look)
        self._name = Field(look, _("Name, if she likes"), most=40)
        self._referrer = Field(look, _("Who brought her: code or phone, if anybody"), most=20)
        self._referrer.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._known = self._known_box(look)
        self._marketing = Tick(look, _("She also wants offers from the shop"))
        self._marketing.setToolTip(_("Space ticks it"))
        self._confirm = KeyButton(look, "", "check", kind="primary")
        for part in (self._phone, self._name, self._referrer, self._known):
            self.body.addWidget(part)
        self._consent = self._consent_box(look)
        self.body.addWidget(self._consent)
        self.body.addStretch(1)
        self.body.addWidget(self._confirm)
        self._phone.edited.connect(presenter.type_phone)
        self._phone.submitted.connect(self._phone_entered)
        self._name.edited.connect(presenter.type_name)
        self._name.submitted.connect(self._name_entered)
        self._referrer.edited.connect(presenter.type_referrer)
        self._referrer.submitted.connect(presenter.confirm)
        self._marketing.toggled.connect(presenter.agree_marketing)
        self._confirm.clicked.connect(presenter.confirm)
        presenter.bind(self)

    def first_focus(self) -> QWidget:
        return self._phone.edit

    def take_scan(self, code: str) -> bool:
        """A phone typed as fast as a scanner is a phone all the same; goods go to the basket."""
        if not self._presenter.take_phone(code):
            return False
        self._phone_entered()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # a field tells of its Enter itself, and lets the key through all the same
        if enter and (self._marketing.hasFocus() or self._confirm.hasFocus()):
            self._presenter.confirm()
        else:
            super().keyPressEvent(event)

    def show_state(self, state: SignUpState) -> None:
        _, words = self.look.t, self.look.words
        self._phone.set_text(state.phone)
        self._phone.show_fault(sentence(state.phone_fault, words) if state.phone_fault is not None else "")
        self._name.show_fault(sentence(state.name_fault, words) if state.name_fault is not None else "")
        self._show_referrer(state)
        known = state.known
        self._known.setVisible(known is not None)
        self._name.setVisible(known is None)
        self._consent.setVisible(known is None)
        if known is not None:
            who = " · ".join(part for part in (known.name, known.phone) if part)
            self._known_words.setText(
                _("She is a member already: {who}. Enter takes her to this basket.").format(who=who)
            )
        self._confirm.setText(_("To this basket") if known is not None else _("She agrees: sign up"))
        self._confirm.setEnabled(not state.is_saving)

    def _show_referrer(self, state: SignUpState) -> None:
        """Whose code it is stands at the field, so that she can say yes before Enter."""
        _, who = self.look.t, state.brought_by
        shown = "" if who is None else " · ".join(part for part in (who.name, who.phone) if part)
        asks = _("Who brought her: code or phone, if anybody")
        self._referrer.set_label(_("Brought by {who}").format(who=shown) if shown else asks)
        fault = state.referrer_fault
        self._referrer.show_fault("" if fault is None else sentence(fault, self.look.words))
        self._referrer.setVisible(state.asks_referrer and state.known is None)
        if fault is not None:
            self._referrer.edit.setFocus()

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def _phone_entered(self) -> None:
        if self._presenter.state.known is not None:
            self._presenter.confirm()
        elif self._presenter.check_phone():
            self._name.edit.setFocus()

    def _name_entered(self) -> None:
        """One field more where the owner thanks for bringing somebody."""
        if self._presenter.state.asks_referrer:
            self._referrer.edit.setFocus()
        else:
            self._presenter.confirm()

    def _phone_field(self, look: Look) -> Field:
        made = Field(look, look.t("Mobile number"), kind="amount", most=16)
        made.edit.setValidator(Digits(r"\+?[0-9 -]{0,16}", made))
        made.edit.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        # with a Chinese input method on, digits would pick candidates
        made.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        return made

    def _known_box(self, look: Look) -> QFrame:
        made = card.frame("tinted")
        row = card.row(look, made, margin=(14, 10, 14, 10), gap=10)
        row.addWidget(Picture(look, "user", "brand", 22), 0, Qt.AlignmentFlag.AlignTop)
        self._known_words = label("", "body", "brand", wrap=True)
        row.addWidget(self._known_words, 1)
        return made

    def _consent_box(self, look: Look) -> QFrame:
        version = self._presenter.state.text_version
        made = card.frame("sunken")
        lines = card.column(look, made, margin=(14, 10, 14, 6), gap=6)
        head = card.row(look, gap=8)
        head.addWidget(Elided(look.t("Say to her"), "secondary", strong=True), 1)
        head.addWidget(label(look.t("text {version}").format(version=version), "tag", "faint"))
        lines.addLayout(head)
        said = label(wording.consent(version, "membership", look.words), "secondary", "muted", wrap=True)
        # a long text wants a wide place; this one is given the place there is
        said.setMinimumWidth(look.px(200))
        lines.addWidget(said)
        lines.addWidget(card.frame("rule"))
        lines.addWidget(self._marketing)
        return made
