"""The status bar: network, paper, screens and drawer, always in sight; and the day so far."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from storeapp.ui import wording
from storeapp.ui.frame.state import CloudState, FrameState
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.status_item import Status, StatusItem
from storeapp.words import Words


class StatusBar(QFrame):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "status")
        self.setFixedHeight(look.px(34))
        blank = Status("cloud", "")
        self._items = [StatusItem(look, blank) for _place in range(8)]
        self._today = label("", "secondary", "muted")
        keys = look.t("{key} all keys").format(key=look.cap("keys"))
        layout = card.row(look, self, margin=(16, 0, 16, 0), gap=18)
        for item in self._items:
            layout.addWidget(item)
        layout.addStretch(1)
        layout.addWidget(self._today)
        layout.addWidget(label(keys, "secondary", "faint"))

    def show_state(self, state: FrameState) -> None:
        words = self._look.words
        shown = (
            unclear(state, words),
            alarms(state, words),
            clock(state, words),
            shift(state, words),
            cloud(state.cloud, words),
            printer(state, words),
            second_screen(state, words),
            drawer(state, words),
        )
        for item, status in zip(self._items, shown, strict=True):
            item.setVisible(status is not None)
            if status is not None:
                item.show_status(status)
        sales = words.n("{count} sale today", "{count} sales today", state.sales_today)
        members = words.n("{count} new member", "{count} new members", state.members_today)
        sales, members = sales.format(count=state.sales_today), members.format(count=state.members_today)
        self._today.setText(f"{sales} · {members}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where words are long, what is well keeps its icon alone; what needs a person keeps its words."""
        layout = self.layout()
        assert layout is not None
        for item in self._items:
            item.show_words(True)
        for item in reversed(self._items):
            layout.invalidate()
            if layout.sizeHint().width() <= self.width():
                break
            item.show_words(item.needs_somebody)
        layout.activate()


def unclear(state: FrameState, words: Words) -> Status | None:
    """Payments nobody is sure of are never out of sight."""
    if not state.unclear:
        return None
    said = words.n("{count} unclear", "{count} unclear", state.unclear)
    return Status("alert-triangle", said.format(count=state.unclear), "red")


def alarms(state: FrameState, words: Words) -> Status | None:
    """What waits for the owner is counted, and no cashier has to understand it."""
    if not state.alarms:
        return None
    said = words.n("{count} alarm", "{count} alarms", state.alarms)
    return Status("alert-circle", said.format(count=state.alarms), "red" if state.is_grave else "amber")


def shift(state: FrameState, words: Words) -> Status | None:
    """Which shift and since when; none where the shop does not ask for one."""
    here = state.shift.shift
    if here is None:
        return Status("cash-register", words.t("No shift"), "amber") if state.shift.required else None
    if state.shift.forgotten:
        return Status("alert-triangle", words.t("Shift {number} forgotten").format(number=here.number), "red")
    said = words.t("Shift {number}, {at}")
    return Status("cash-register", said.format(number=here.number, at=wording.moment_clock(here.opened_at)))


def clock(state: FrameState, words: Words) -> Status | None:
    """Days, promotions and receipts hang on the clock: it is not well where the cloud's says another time."""
    return Status("alert-triangle", words.t("Clock is wrong"), "amber") if state.is_clock_off else None


def cloud(state: CloudState, words: Words) -> Status:
    """Nothing unsent is calm; what waits is counted and aged."""
    if not state.joined:
        return Status("cloud-off", words.t("No cloud"), "muted")
    if state.unsent == 0:
        icon, said = (
            ("cloud-check", words.t("Cloud up to date")) if state.reachable else ("cloud-off", words.t("No network"))
        )
        return Status(icon, said, "brand" if state.reachable else "amber")
    said = words.t("{count} not sent yet").format(count=state.unsent)
    # what was made just now is no news: it goes with the next round
    if state.unsent_age is not None and state.unsent_age >= timedelta(minutes=1):
        age = wording.age(state.unsent_age, words)
        said = words.t("{count} not sent yet, oldest {age}").format(count=state.unsent, age=age)
    return Status("cloud-upload" if state.reachable else "cloud-off", said, "muted" if state.reachable else "amber")


def printer(state: FrameState, words: Words) -> Status:
    return {
        "ready": Status("printer", words.t("Printer ready")),
        "busy": Status("printer", words.t("Printing")),
        "paper_out": Status("printer-off", words.t("Printer has no paper"), "red"),
        "off": Status("printer-off", words.t("Printer: no answer"), "red"),
        "asking": Status("printer-off", words.t("Check the last receipt"), "amber"),
        "none": Status("printer-off", words.t("No printer"), "muted"),
    }[state.printer]


def second_screen(state: FrameState, words: Words) -> Status | None:
    if state.second_screen is None:
        return None
    if state.second_screen:
        return Status("device-desktop", words.t("Second screen on"))
    return Status("device-desktop", words.t("Second screen gone"), "red")


def drawer(state: FrameState, words: Words) -> Status | None:
    return {
        "ready": Status("inbox", words.t("Drawer ready")),
        "silent": Status("inbox", words.t("Drawer: no answer"), "red"),
        "none": None,
    }[state.drawer]
