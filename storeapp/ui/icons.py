"""Icons: the line drawings of resources/icons, tinted with a colour of the theme."""

from __future__ import annotations

import math

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from storeapp import resources
from storeapp.ui.theme import Theme


class Icons:
    """Draws each icon once for each colour and size."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}

    def pixmap(self, name: str, tone: str = "muted", size_px: float = 20) -> QPixmap:
        """An icon in a tone of the theme (`"brand"`, `"red"`, ...); `size_px` is at scale 1."""
        side = self._theme.px(size_px)
        key = (name, tone, side)
        if key not in self._drawn:
            self._drawn[key] = _draw(name, self._theme.colour(tone), side, _sharpness())
        return self._drawn[key]

    def icon(self, name: str, tone: str = "muted", size_px: float = 20) -> QIcon:
        """The same as a QIcon, whose disabled twin Qt makes."""
        return QIcon(self.pixmap(name, tone, size_px))


def _sharpness() -> int:
    """How many pixels of the screen make one of ours, so a scaled desktop stays crisp."""
    app = QGuiApplication.instance()
    return math.ceil(app.devicePixelRatio()) if isinstance(app, QGuiApplication) else 1


def _draw(name: str, colour: str, side: int, sharpness: int) -> QPixmap:
    svg = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    pixmap = QPixmap(QSize(side, side) * sharpness)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(sharpness)
    return pixmap
