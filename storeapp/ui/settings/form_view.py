"""A form of settings drawn: fields in two columns, faults at the field, one button that saves."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QScrollArea, QWidget

from storeapp.ui.look import Look
from storeapp.ui.settings.form import FormPresenter, FormState, Spec
from storeapp.ui.settings.section import Section
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.tick import Tick
from storeapp.ui.window import Window

_PICTURE_MOST_PX = 480
_TYPED_MOST = 30_000


class PictureField(QWidget):
    """A picture from a file, kept as base64 of a PNG; choosing none takes it away."""

    def __init__(self, look: Look, words: str, changed: Callable[[str], None]) -> None:
        super().__init__()
        self._look, self._changed = look, changed
        self._said = label("", "secondary", "muted")
        choose = KeyButton(look, look.t("Choose a file…"), "photo")
        choose.clicked.connect(self._choose)
        self._away = KeyButton(look, look.t("Remove"), "trash", kind="danger")
        self._away.clicked.connect(lambda: changed(""))
        lines = card.column(look, self, gap=5)
        lines.addWidget(label(words, "secondary", "muted"))
        row = card.row(look, gap=8)
        row.addWidget(choose, 1)
        row.addWidget(self._away, 1)
        lines.addLayout(row)
        lines.addWidget(self._said)

    def show_value(self, value: str) -> None:
        _ = self._look.t
        self._said.setText(_("A picture is set.") if value else _("No picture."))
        self._away.setEnabled(bool(value))

    def take(self, file: Path) -> None:
        """The picture in that file, small enough to travel."""
        image = QImage(str(file))
        if image.isNull():
            self._said.setText(self._look.t("This file is no picture."))
            return
        if max(image.width(), image.height()) > _PICTURE_MOST_PX:
            keep = Qt.AspectRatioMode.KeepAspectRatio
            image = image.scaled(_PICTURE_MOST_PX, _PICTURE_MOST_PX, keep)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image.convertToFormat(QImage.Format.Format_Mono))
        self._changed(base64.b64encode(bytes(buffer.data().data())).decode())

    def _choose(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(
            self, self._look.t("Choose a file…"), "", "PNG, JPEG (*.png *.jpg *.jpeg)"
        )
        if file:
            self.take(Path(file))


class FormWidget(Section):
    """Draws one FormState."""

    def __init__(
        self,
        window: Window,
        presenter: FormPresenter,
        *,
        beep: Callable[[], None],
        columns: int = 2,
        cap: str = "Enter",
    ) -> None:
        super().__init__(window, beep=beep)
        self._presenter = presenter
        self._fields: dict[str, Field | Choice | Tick | PictureField] = {}
        look = self._look
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, look.px(12), 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(10))
        y = x = 0
        for spec in presenter.specs:
            span = columns if spec.wide else 1
            if x + span > columns:
                y, x = y + 1, 0
            made = self._make(spec)
            self._fields[spec.key] = made
            grid.addWidget(made, y, x, 1, span, Qt.AlignmentFlag.AlignTop)
            x += span
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(y + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.setAccessibleName(look.t("Settings"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._save = KeyButton(look, look.t("Save"), "check", cap=cap, kind="primary")
        self._save.clicked.connect(presenter.save)
        outer = card.column(look, self, gap=12)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._save)
        presenter.bind(self)
        self.setFocusProxy(self._fields[presenter.specs[0].key])

    def show_state(self, state: FormState) -> None:
        for spec in self._presenter.specs:
            made, value = self._fields[spec.key], state.values.get(spec.key, "")
            if isinstance(made, Field):
                made.set_text(value)
                fault = self._look.t(spec.rule) or self._look.t("This will not do.")
                made.show_fault(fault if spec.key in state.faults else "")
            elif isinstance(made, Tick):
                made.setChecked(value == "true")
            elif isinstance(made, Choice):
                made.show_chosen(value)
            else:
                made.show_value(value)
        self._save.setEnabled(state.is_changed and not state.is_saving)

    def done(self, word: str) -> None:
        said = {"saved": self._look.t("Saved; it holds from now on.")}[word]
        self.say(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._presenter.state.is_changed:
            self._presenter.save()
        else:
            super().keyPressEvent(event)

    def _make(self, spec: Spec) -> Field | Choice | Tick | PictureField:
        look, words = self._look, self._look.t(spec.words)

        def typed(text: str) -> None:
            self._presenter.type(spec.key, text)

        if spec.kind == "yes_no":
            tick = Tick(look, words)
            tick.toggled.connect(lambda on: typed("true" if on else "false"))
            return tick
        if spec.kind == "choice":
            choice = Choice(look, words, [(stored, look.t(said)) for stored, said in spec.choices])
            choice.chosen.connect(typed)
            return choice
        if spec.kind == "picture":
            return PictureField(look, words, typed)
        field = Field(look, words, hint=look.t(spec.rule) if spec.hinted else "", most=_TYPED_MOST)
        field.edited.connect(typed)
        return field
