"""A page: lies over the columns, with a head, a way back, and keys of its own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storeapp.ui.keys import ACTIONS
from storeapp.ui.notices import Notice, notice
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Picture, label
from storeapp.ui.window import Window


class Page(QWidget):
    """Fill `body`. Esc leaves it, through the window; `on_key` gives it keys that work while it is open."""

    def __init__(self, window: Window, title: str, icon: str) -> None:
        super().__init__()
        self._window = window
        self.look = look = window.look
        self.setAccessibleName(title)
        self._own: dict[int, Callable[[], object]] = {}
        self.keys_said: dict[str, str] = {}
        self.head = card.row(look, gap=10)
        self.head.addWidget(Picture(look, icon, "brand", 26))
        self.head.addWidget(label(title, "title"))
        self.head.addStretch(1)
        back = KeyButton(look, look.t("Back"), action="back", kind="ghost")
        back.setSizePolicy(back.sizePolicy().Policy.Fixed, back.sizePolicy().Policy.Fixed)
        back.clicked.connect(window.back)
        self.head.addWidget(back)
        outer = card.column(look, self, margin=(16, 8, 16, 12), gap=8)
        outer.addLayout(self.head)
        self.body: QVBoxLayout = card.column(look, gap=12)
        outer.addLayout(self.body, 1)

    def may_leave(self) -> bool:
        """False keeps the page: a question in it was open, and is not any more."""
        return True

    def outside_changed(self) -> None:
        """The printer, its queue, a payment or the cloud is not as it was; few show any of it."""

    def tell(self, error: Exception) -> None:
        """Why something does not go, or did not."""
        self._window.show_notice(notice(error, self.look.words))

    def say(self, words: str) -> None:
        """That something is done."""
        self._window.show_notice(Notice(words, "done"))

    def deed(self, words: str, icon: str, deed: Callable[[], object], *, key: str, kind: str = "outline") -> KeyButton:
        """A button for it that names its key; either does it."""
        made = KeyButton(self.look, words, icon, cap=key, kind=kind)
        made.clicked.connect(lambda _checked=False: deed())
        self.on_key(key, deed)
        return made

    def on_key(self, key: str, deed: Callable[[], object], *, words: str = "") -> None:
        """`deed` when the key is pressed in this page, and nobody types into a field that wants it.

        `words` say what it does where no button of the page does.
        """
        self.keys_said[key] = words
        sequence = QKeySequence.fromString(key)
        if any(self.look.keys.of(action.id) == key for action in ACTIONS):
            self._own[sequence[0].toCombined()] = deed  # type: ignore[index]  # the stubs know no []
            return
        shortcut = QShortcut(sequence, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(deed)

    def own_keys(self) -> tuple[tuple[str, str], ...]:
        """What its keys do, as its buttons say it, those in sight first: key cap and words, for the page of keys."""
        buttons = [button for button in self.findChildren(KeyButton) if button.cap != self.look.cap("back")]
        buttons.sort(key=lambda button: not button.isVisibleTo(self))
        said = [(button.cap, button.text() or button.accessibleName()) for button in buttons]
        caps: dict[str, str] = {}
        for cap, words in (*said, *self.keys_said.items()):
            if cap and words:
                caps.setdefault(cap, words)
        return tuple(caps.items())

    def event(self, event: QEvent) -> bool:
        # the window has other uses for these keys: while the page is open they are the page's
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_own = event.keyCombination().toCombined() in self._own
            if is_own:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._own.get(event.keyCombination().toCombined())
        if deed is None or event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            deed()


class WritingPage(Page):
    """Something is written on it. Esc leaves, pressed twice where one typed; whoever opened it answers `left`."""

    left = Signal()

    def __init__(self, window: Window, title: str, icon: str) -> None:
        super().__init__(window, title, icon)
        self._is_asked = False

    @property
    @abstractmethod
    def is_changed(self) -> bool:
        """True where something would be lost."""

    def leaves(self) -> None:
        """What ends with the page."""

    def may_leave(self) -> bool:
        """It never closes by itself: `left` brings the page before."""
        if self.is_changed and not self._is_asked:
            self._is_asked = True
            said = self.look.t("Not saved yet. Esc once more leaves without saving.")
            self._window.show_notice(Notice(said, "fault"))
            return False
        self.leaves()
        QTimer.singleShot(0, self.left.emit)
        return False
