"""Painting shared by delegates and painted controls: text, tags, key caps, rounded ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from storeapp.ui.look import Look

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def text(
    painter: QPainter,
    area: QRect,
    words: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Draws one line, shortened to the area; answers its width."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, elide, area.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, align, shown)
    return metrics.horizontalAdvance(shown)


def rounded(
    painter: QPainter, area: QRect, radius: float, fill: str | None, edge: str | None = None, width: float = 1
) -> None:
    """A rounded rectangle whose edge lies inside the area."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(edge), width) if edge else Qt.PenStyle.NoPen)
    inset = width / 2 if edge else 0
    painter.drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), radius, radius)


def tag_width(look: Look, words: str) -> int:
    return QFontMetrics(look.font(look.theme.type.tag)).horizontalAdvance(words) + look.px(12)


def tag(painter: QPainter, look: Look, at: QPointF, words: str, tone: str = "amber", most_px: int = 10_000) -> int:
    """A tag with its left middle at `at`, no wider than `most_px` (real pixels); answers its width."""
    c = look.theme.colours
    ground = {"amber": c.amber_tint, "brand": c.tint, "red": c.red_tint}.get(tone, c.sunken)
    width, height = min(tag_width(look, words), most_px), look.px(19)
    area = QRect(round(at.x()), round(at.y() - height / 2), width, height)
    rounded(painter, area, look.px(5), ground)
    inner = area.adjusted(look.px(6), 0, -look.px(5), 0)
    # what stands at its end, an amount or a day, says more than the middle of a name
    font, colour = look.font(look.theme.type.tag), look.theme.colour(tone)
    text(painter, inner, words, font, colour, LEFT, elide=Qt.TextElideMode.ElideMiddle)
    return width


def cap_width(look: Look, words: str) -> int:
    return max(look.px(27), QFontMetrics(look.font(look.theme.type.tag)).horizontalAdvance(words) + look.px(14))


def cap(painter: QPainter, look: Look, right_middle: QPointF, words: str, tone: str = "muted") -> int:
    """A key cap with its right middle there; answers its width. Tone `white` is for dark ground."""
    c = look.theme.colours
    width, height = cap_width(look, words), look.px(21)
    area = QRect(round(right_middle.x()) - width, round(right_middle.y() - height / 2), width, height)
    if tone == "white":
        painter.setOpacity(0.22)
        rounded(painter, area, look.px(5), c.white)
        painter.setOpacity(1)
    else:
        rounded(painter, area, look.px(5), c.sunken, c.edge)
    text(painter, area, words, look.font(look.theme.type.tag), look.theme.colour(tone), CENTRE)
    return width
