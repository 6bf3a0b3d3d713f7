"""A page something of a kind is written on: kinds on the left, fields, and what they mean on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget

from storeapp.ui.look import Look
from storeapp.ui.page import WritingPage
from storeapp.ui.promotions.kinds import KindsForm
from storeapp.ui.settings.form import FormState, Spec
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Elided, label, set_tone
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

_LINES = 14


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says. `kinds` are ids with name and example; `lines` tells what was made in plain words.

    `after` says what saving does, as a warning where it ends something.
    """

    title: str
    icon: str
    kinds_words: str
    kinds: tuple[tuple[str, str, str], ...]
    unnamed: str
    lines: Callable[[Any], Sequence[str]]
    after: str
    is_warning: bool = False


class KindForm(FormWidget):
    """A FormWidget that tells what is typed."""

    def __init__(
        self, window: Window, presenter: KindsForm[Any], *, beep: Callable[[], None], follow: Callable[[], None]
    ) -> None:
        self._follow = follow
        super().__init__(window, presenter, beep=beep)

    def show_state(self, state: FormState) -> None:
        super().show_state(state)
        self._follow()


class Preview(QFrame):
    """What it would say, or what is missing yet."""

    def __init__(self, look: Look, presenter: KindsForm[Any], told: Told) -> None:
        super().__init__()
        self._look, self._presenter, self._told = look, presenter, told
        self.setProperty("kind", "card")
        lines = card.column(look, self, margin=16, gap=8)
        lines.addWidget(label(look.t("In plain words"), "secondary", "muted"))
        self._name = Elided("", "title", strong=True)
        lines.addWidget(self._name)
        self._lines = [label("", "name" if place == 0 else "body", wrap=True) for place in range(_LINES)]
        for line in self._lines:
            lines.addWidget(line)
        lines.addStretch(1)
        self._after: QLabel = label(told.after, "body", "amber" if told.is_warning else "muted", wrap=True)
        lines.addWidget(self._after)

    def look_again(self) -> None:
        made, faults = self._presenter.preview()
        self._name.setText(self._presenter.state.values.get("name", "") or self._told.unnamed)
        if made is not None:
            texts = list(self._told.lines(made))
        else:
            wanted = [spec for spec in self._presenter.specs if spec.key in faults]
            texts = [self._fault(spec, faults[spec.key]) for spec in wanted]
        for place, line in enumerate(self._lines):
            line.setText(texts[place] if place < len(texts) else "")
            line.setVisible(place < len(texts))
            set_tone(line, "amber" if made is None else "text" if place == 0 else "muted")

    def _fault(self, spec: Spec, unknown: str) -> str:
        t = self._look.t
        field = t(spec.words)
        if unknown:
            return t("{field}: the catalogue has no “{goods}”").format(field=field, goods=unknown)
        return t("{field}: {rule}").format(field=field, rule=t(spec.rule))


class KindsPage(WritingPage):
    """The arrows choose the kind, Tab goes to the fields, Enter saves; Esc leaves, pressed twice where one typed."""

    def __init__(self, window: Window, presenter: KindsForm[Any], told: Told, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, told.title, told.icon)
        self._presenter, self._told, self._beep = presenter, told, beep
        self._kinds = RowList(look, told.kinds_words)
        places = [kind for kind, _name, _example in told.kinds]
        self._kinds.show_rows([Row(*kind) for kind in told.kinds], places.index(presenter.kind))
        self._kinds.selectionModel().currentChanged.connect(lambda *_: self._kind_chosen())
        self._preview = Preview(look, presenter, told)
        self._forms = QStackedWidget()
        left, middle = card.frame("card"), card.frame("card")
        card.column(look, left, margin=(1, 8, 1, 8)).addWidget(self._kinds)
        card.column(look, middle, margin=16).addWidget(self._forms)
        columns = card.row(look, gap=12)
        columns.addWidget(left, 5)
        columns.addWidget(middle, 11)
        columns.addWidget(self._preview, 7)
        self.body.addLayout(columns, 1)
        self._form = self._show_form()
        self.setFocusProxy(self._kinds if presenter.is_new else self._form)

    @property
    def is_changed(self) -> bool:
        return self._presenter.state.is_changed

    def _kind_chosen(self) -> None:
        kind = self._told.kinds[self._kinds.currentIndex().row()][0]
        if kind != self._presenter.kind:
            self._presenter.choose_kind(kind)
            self._form = self._show_form()

    def _show_form(self) -> KindForm:
        made = KindForm(self._window, self._presenter, beep=self._beep, follow=self._preview.look_again)
        before = self._forms.currentWidget()
        self._forms.addWidget(made)
        self._forms.setCurrentWidget(made)
        if before is not None:
            self._forms.removeWidget(before)
            before.deleteLater()
        return made
