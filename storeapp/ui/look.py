"""What a widget needs to look right: the theme, its icons, the words and the keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from storeapp.ui import fonts
from storeapp.ui.icons import Icons
from storeapp.ui.keys import Keys
from storeapp.ui.theme import FAMILIES, Theme
from storeapp.ui.theme_qss import style_sheet
from storeapp.words import Words


@dataclass(frozen=True, slots=True)
class Look:
    """Passed to every widget; `look.t("Pay")` is the word, `look.px(8)` the length, `look.cap("pay")` the key."""

    theme: Theme
    words: Words
    keys: Keys
    icons: Icons = field(init=False)
    _lengths: dict[float, int] = field(init=False, default_factory=dict)
    _fonts: dict[tuple[float, bool], QFont] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "icons", Icons(self.theme))

    def px(self, length: float) -> int:
        """As the theme says, remembered: painting asks for hundreds a frame."""
        if length not in self._lengths:
            self._lengths[length] = self.theme.px(length)
        return self._lengths[length]

    def t(self, msgid: str) -> str:
        return self.words.t(msgid)

    def cap(self, action_id: str) -> str:
        return self.keys.cap(action_id, self.words)

    def font(self, size_px: float, bold: bool = False) -> QFont:
        """Made once: painting asks for hundreds a frame."""
        key = (size_px, bold)
        if key not in self._fonts:
            self._fonts[key] = fonts.font(self.theme, size_px, bold)
        return self._fonts[key]

    def pixmap(self, name: str, tone: str = "muted", size_px: float = 20) -> QPixmap:
        return self.icons.pixmap(name, tone, size_px)

    def icon(self, name: str, tone: str = "muted", size_px: float = 20) -> QIcon:
        return self.icons.icon(name, tone, size_px)


def dress(app: QApplication, theme: Theme) -> None:
    """Gives the whole application its base style, fonts and style sheet; once, before the first window."""
    app.setStyle("Fusion")
    fonts.load()
    family = QFont()
    family.setFamilies(list(FAMILIES))
    family.setPixelSize(theme.px(theme.type.body))
    app.setFont(family)
    app.setStyleSheet(style_sheet(theme))
