"""The page of alarms: the list on the left; on the right what happened, what to do, and who has looked."""

from __future__ import annotations

from storeapp.domain.alarm import Alarm
from storeapp.ui import alarm_words, wording
from storeapp.ui.alarms.presenter import AlarmsPresenter, AlarmsState
from storeapp.ui.waiting_page import WaitingPage
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label, set_tone
from storeapp.ui.widgets.rows import Row
from storeapp.ui.window import Window

_RIGHT_PX = 460


class AlarmsPage(WaitingPage):
    """Draws one AlarmsState. Enter says that somebody has looked."""

    def __init__(self, window: Window, presenter: AlarmsPresenter) -> None:
        look = window.look
        _ = look.t
        super().__init__(
            window,
            _("Alarms"),
            "alert-circle",
            select=presenter.select,
            nothing=_("Nothing waits for anybody."),
            detail_px=_RIGHT_PX,
        )
        self._presenter = presenter
        self._fill(presenter)
        self.on_key("Return", presenter.see)
        presenter.bind(self)

    def show_state(self, state: AlarmsState) -> None:
        self.show_waiting([self._row(item, state) for item in state.items], state.selected)
        item = state.chosen
        if item is not None:
            self._show_item(item, state)

    # inside

    def _fill(self, presenter: AlarmsPresenter) -> None:
        look, lines = self.look, self.detail
        self._what = label("", "total", "amber", wrap=True)
        self._since = label("", "secondary", "muted", wrap=True)
        self._facts = label("", "body", wrap=True)
        self._next = label("", "body", "muted", wrap=True)
        self._by = label("", "secondary", "muted", wrap=True)
        for part in (self._what, self._since, self._facts, self._next, self._by):
            lines.addWidget(part)
        lines.addStretch(1)
        self._see = KeyButton(look, look.t("I have looked"), "check", cap="Enter", kind="primary")
        self._see.clicked.connect(presenter.see)
        lines.addWidget(self._see)

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
