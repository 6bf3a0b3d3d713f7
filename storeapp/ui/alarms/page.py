"""The page of alarms: the list on the left; on the right what happened, what to do, and who has looked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storeapp.domain.alarm import Alarm
from storeapp.ui import alarm_words, wording
from storeapp.ui.alarms.presenter import AlarmsPresenter, AlarmsState
from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Picture, label, set_tone
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

_RIGHT_PX = 460


class AlarmsPage(Page):
    """Draws one AlarmsState. Enter says that somebody has looked."""

    def __init__(self, window: Window, presenter: AlarmsPresenter) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Alarms"), "alert-circle")
        self._presenter = presenter
        self._list = RowList(look, _("Alarms"))
        self._list.selectionModel().currentChanged.connect(lambda index, _before: presenter.select(index.row()))
        left = card.frame("card")
        card.column(look, left, margin=(1, 8, 1, 8)).addWidget(self._list, 1)
        right = self._right(presenter)
        self._cards = (left, right)
        row = card.row(look, gap=12)
        row.addWidget(left, 1)
        row.addWidget(right)
        self._empty = self._nothing()
        self.body.addLayout(row, 1)
        self.on_key("Return", presenter.see)
        self.setFocusProxy(self._list)
        presenter.bind(self)

    def show_state(self, state: AlarmsState) -> None:
        self._list.show_rows([self._row(item, state) for item in state.items], state.selected)
        item = state.chosen
        for part in self._cards:
            part.setVisible(item is not None)
        self._empty.setVisible(item is None)
        if item is not None:
            self._show_item(item, state)

    # inside

    def _right(self, presenter: AlarmsPresenter) -> QWidget:
        look, _ = self.look, self.look.t
        host = card.frame("card")
        host.setFixedWidth(look.px(_RIGHT_PX))
        lines = card.column(look, host, margin=(18, 16, 18, 16), gap=10)
        self._what = label("", "total", "amber", wrap=True)
        self._since = label("", "secondary", "muted", wrap=True)
        self._facts = label("", "body", wrap=True)
        self._next = label("", "body", "muted", wrap=True)
        self._by = label("", "secondary", "muted", wrap=True)
        for part in (self._what, self._since, self._facts, self._next, self._by):
            lines.addWidget(part)
        lines.addStretch(1)
        self._see = KeyButton(look, _("I have looked"), "check", cap="Enter", kind="primary")
        self._see.clicked.connect(presenter.see)
        lines.addWidget(self._see)
        return host

    def _nothing(self) -> QWidget:
        look = self.look
        host = QWidget()
        row = card.row(look, host, gap=12)
        row.addStretch(1)
        row.addWidget(Picture(look, "circle-check", "brand", 40))
        row.addWidget(label(look.t("Nothing waits for anybody."), "title"))
        row.addStretch(1)
        self.body.addWidget(host, 1)
        return host

    def _row(self, item: Alarm, state: AlarmsState) -> Row:
        _ = self.look.t
        is_open = item.state == "open"
        tags = {"open": _("to look at"), "seen": _("seen"), "over": _("over")}
        first = alarm_words.facts(item, self.look.words)[:1]
        return Row(
            item.alarm_id,
            _(alarm_words.said(item).what),
            " · ".join((self._place(item), *first)),
            right=wording.moment(item.at),
            right_detail=state.name_of(item.by),
            tag=tags[item.state],
            tag_tone=_tone(item) if is_open else "muted",
            icon="alert-triangle" if is_open else "check",
        )

    def _show_item(self, item: Alarm, state: AlarmsState) -> None:
        _, said = self.look.t, alarm_words.said(item)
        is_open = item.state == "open"
        self._what.setText(_(said.what))
        set_tone(self._what, _tone(item) if is_open else "text")
        since = _("{place}, since {at}")
        self._since.setText(since.format(place=self._place(item), at=wording.moment(item.at)))
        facts = list(alarm_words.facts(item, self.look.words))
        if state.whose[state.selected]:
            facts.insert(0, _("Member: {}").format(state.whose[state.selected]))
        self._facts.setText("\n".join(facts))
        self._next.setText(_(said.next))
        settled = wording.moment(item.settled_at) if item.settled_at else ""
        if item.state == "seen":
            self._by.setText(_("{name} looked at it, {at}").format(name=state.name_of(item.by), at=settled))
        else:
            self._by.setText(_("Over by itself, {at}").format(at=settled) if item.state == "over" else "")
        self._see.setVisible(is_open)
        self._see.setEnabled(not state.is_saving)

    def _place(self, item: Alarm) -> str:
        return item.place or self.look.t("This till")


def _tone(item: Alarm) -> str:
    return "red" if item.is_grave else "amber"
