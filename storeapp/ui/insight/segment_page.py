"""The page a segment is written on: its conditions on the left, what may be asked, how many it finds on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.domain.segment import FIELDS, asks
from storeapp.domain.timeline_words import channels_said
from storeapp.ui import segment_words, wording
from storeapp.ui.insight.segment_editor import SegmentEditor, SegmentFormState, Typed
from storeapp.ui.look import Look
from storeapp.ui.page import WritingPage
from storeapp.ui.promotions.result_view import Figure
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_

ADD, REMOVE = "Ctrl+N", "Ctrl+K"
COMPARED = {
    "at_least": N_("at least"),
    "at_most": N_("at most"),
    "equals": N_("is"),
    "differs": N_("is not"),
    "has": N_("has"),
    "lacks": N_("has not"),
}
_NUMBER, _WORD, _SET = ("at_least", "at_most", "equals"), ("equals", "differs"), ("has", "lacks")


class Asked(QFrame):
    """How the chosen field is compared, and with what: one of a few where there are few, else typed."""

    def __init__(self, look: Look, presenter: SegmentEditor) -> None:
        super().__init__()
        self._look = look
        t = look.t
        self._tests = QStackedWidget()
        self._choices = {
            kind: self._choice(t("Comparison"), [(test, t(COMPARED[test])) for test in tests], presenter.compare)
            for kind, tests in (("number", _NUMBER), ("word", _WORD), ("set", _SET))
        }
        for choice in self._choices.values():
            self._tests.addWidget(choice)
        self._values = QStackedWidget()
        stages = [(stored, t(said)) for stored, said in wording.STAGES.items()]
        channels = list(channels_said(look.words).items())
        yes_no = [(str(is_so).lower(), said) for is_so, said in segment_words.yes_no(look.words).items()]
        typed = presenter.type_value
        self._few = {
            "stage": self._choice(t("Value"), stages, typed),
            "source": self._choice(t("Value"), channels, typed),
            "flag": self._choice(t("Value"), yes_no, typed),
        }
        self.value = Field(look, t("Value"))
        self.value.edited.connect(typed)
        self.value.submitted.connect(presenter.save)
        for part in (*self._few.values(), self.value):
            self._values.addWidget(part)
        lines = card.column(look, self, gap=10)
        lines.addWidget(self._tests)
        lines.addWidget(self._values)

    def show_row(self, row: Typed, fault: str) -> None:
        kind = asks(row.field)
        self._tests.setVisible(kind != "flag")
        if kind != "flag":
            self._tests.setCurrentWidget(self._choices[kind])
            self._choices[kind].show_chosen(row.test)
        few = self._few.get("flag" if kind == "flag" else row.field)
        self._values.setCurrentWidget(few or self.value)
        if few is not None:
            few.show_chosen(row.text)
            return
        t = self._look.t
        self.value.set_label(t("Value, yuan") if row.field.endswith("_fen") else t("Value"))
        self.value.set_text(row.text)
        self.value.show_fault(fault)

    def focus(self) -> None:
        """Where one goes on after the field is chosen."""
        here = self._values.currentWidget()
        assert here is not None
        here.setFocus()

    def _choice(self, words: str, choices: list[tuple[str, str]], then: Callable[[str], None]) -> Choice:
        made = Choice(self._look, words, choices)
        made.chosen.connect(then)
        return made


class SegmentPage(WritingPage):
    """Tab goes from the name to the conditions, the fields, the comparison and the value; Enter there saves."""

    def __init__(self, window: Window, presenter: SegmentEditor, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("New segment") if presenter.is_new else look.t("Change a segment"), "users")
        self._presenter, self.beep = presenter, beep
        self._is_drawing = False
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 9)
        columns.addWidget(self._middle(), 7)
        columns.addWidget(self._right(), 8)
        self.body.addLayout(columns, 1)
        self.on_key(ADD, presenter.add)
        self.on_key(REMOVE, presenter.remove)
        presenter.bind(self)
        self.setFocusProxy(self._name if presenter.is_new else self._conditions)

    @property
    def state(self) -> SegmentFormState:
        """What it shows."""
        return self._presenter.state

    @property
    def is_changed(self) -> bool:
        return self.state.is_changed

    def leaves(self) -> None:
        self._presenter.leave()

    def show_state(self, state: SegmentFormState) -> None:
        t = self.look.t
        self._is_drawing = True
        self._name.set_text(state.name)
        self._name.show_fault(t("a line of 1 to 40 characters") if "name" in state.faults else "")
        self._tag.set_text(state.tag)
        self._tag.show_fault(t("at most 20 characters, no comma, or nothing") if "tag" in state.faults else "")
        self._conditions.show_rows([self._row(each, state) for each in range(len(state.rows))], state.chosen)
        self._fields.setCurrentIndex(self._fields.model().index(FIELDS.index(state.row.field), 0))
        self._asked.show_row(state.row, t("This will not do.") if state.chosen in state.faults else "")
        readable = self._presenter.readable()
        is_whole = len(readable) == len(state.rows)
        waits = t("Counting…") if is_whole else t("Something is missing yet.")
        self._found.show_figure("—" if state.members is None else wording.number(state.members), "")
        said = " · ".join(segment_words.condition(each, self.look.words) for each in readable)
        self._said.setText(waits if state.members is None else said)
        self._save.setEnabled(state.is_changed and not state.is_saving)
        self._is_drawing = False

    def _row(self, place: int, state: SegmentFormState) -> Row:
        t, row = self.look.t, state.rows[place]
        shown = row.text or "…"
        if row.field == "stage" and row.text:
            shown = wording.stage(row.text, self.look.words)
        elif row.field == "source" and row.text:
            shown = wording.channel(row.text, self.look.words)
        if asks(row.field) == "flag":
            detail = segment_words.yes_no(self.look.words)[row.text == "true"] if row.text else shown
        else:
            detail = f"{t(COMPARED[row.test])} {shown}"
        tag = t("missing") if place in state.faults else ""
        return Row(str(place), t(segment_words.FIELDS[row.field]), detail, tag=tag, tag_tone="red")

    def _left(self) -> QFrame:
        look, t, presenter = self.look, self.look.t, self._presenter
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=10)
        self._name, self._tag = (
            Field(look, t("Name of the segment")),
            Field(look, t("Tag its members get every night, or nothing")),
        )
        self._name.edited.connect(presenter.type_name)
        self._tag.edited.connect(presenter.type_tag)
        self._conditions = RowList(look, t("Conditions: all of them must be true"))
        self._conditions.selectionModel().currentChanged.connect(lambda *_: self._moved())
        self._conditions.chosen.connect(lambda _place: self._fields.setFocus())
        for field in (self._name, self._tag):
            field.submitted.connect(presenter.save)
            lines.addWidget(field)
        lines.addWidget(label(t("Conditions: all of them must be true"), "secondary", "muted"))
        lines.addWidget(self._conditions, 1)
        deeds = card.row(look, gap=8)
        add = KeyButton(look, t("One more"), "plus", cap=ADD)
        remove = KeyButton(look, t("Remove"), "x", cap=REMOVE, kind="danger")
        for button, deed in ((add, presenter.add), (remove, presenter.remove)):
            button.clicked.connect(deed)
            deeds.addWidget(button, 1)
        lines.addLayout(deeds)
        return made

    def _middle(self) -> QFrame:
        look, t = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 12, 1, 8), gap=8)
        head = card.row(look, margin=(15, 0, 15, 0))
        head.addWidget(label(t("What is asked"), "secondary", "muted"))
        lines.addLayout(head)
        self._fields = RowList(look, t("What is asked"))
        self._fields.show_rows([Row(field, t(segment_words.FIELDS[field])) for field in FIELDS])
        self._fields.selectionModel().currentChanged.connect(lambda *_: self._field_moved())
        self._fields.chosen.connect(lambda _field: self._asked.focus())
        lines.addWidget(self._fields, 1)
        return made

    def _right(self) -> QWidget:
        look, t = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=14)
        self._asked = Asked(look, self._presenter)
        self._found = Figure(look, t("Members of whom all of it is true now"))
        self._said = label("", "body", "muted", wrap=True)
        self._save = KeyButton(look, t("Save"), "check", cap="Enter", kind="primary")
        self._save.clicked.connect(self._presenter.save)
        lines.addWidget(self._asked)
        lines.addWidget(self._found)
        lines.addWidget(self._said)
        lines.addStretch(1)
        lines.addWidget(self._save)
        return made

    def _moved(self) -> None:
        if not self._is_drawing:
            self._presenter.choose(self._conditions.currentIndex().row())

    def _field_moved(self) -> None:
        if not self._is_drawing:
            self._presenter.ask(FIELDS[self._fields.currentIndex().row()])
