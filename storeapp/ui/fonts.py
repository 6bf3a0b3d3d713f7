"""Fonts: the two faces that come with the shop, so a bare machine shows no empty boxes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase

from storeapp import resources
from storeapp.errors import Broken
from storeapp.ui.theme import FAMILIES, Theme

FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


@dataclass(eq=False)
class FontMissing(Broken):
    """A face that comes with the program is gone or damaged."""

    face: str
    word = "font_missing"


def load() -> None:
    """Makes both faces known to Qt; needs a QGuiApplication."""
    for face in FACES:
        if QFontDatabase.addApplicationFont(str(resources.path("fonts", face))) < 0:
            raise FontMissing(face)


def font(theme: Theme, size_px: float, bold: bool = False) -> QFont:
    """A font for painted text, at the theme's scale."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(theme.px(size_px))
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return made
