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
    # on a chosen row, which has its ground, a green tag is seen by its edge
    rounded(painter, area, look.px(5), ground, c.brand_edge if tone == "brand" else None)
    inner = area.adjusted(look.px(6), 0, -look.px(5), 0)
    font, colour = look.font(look.theme.type.tag), look.theme.colour(tone)
    text(painter, inner, shortened(words, QFontMetrics(font), inner.width()), font, colour, LEFT)
    return width


def shortened(words: str, metrics: QFontMetrics, room: int) -> str:
    """`拿铁十… −11.90`: a name gives way, the figure at its end never does: half of one is another figure."""
    if metrics.horizontalAdvance(words) <= room:
        return words
    parts = words.split(" ")
    first = len(parts)
    while first and any(sign.isdigit() for sign in parts[first - 1]):
        first -= 1
    if first == len(parts):
        return metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)
    name = " ".join(parts[:first])
    # all figures if there is room, else the last one, which is the amount
    for end in (" ".join(parts[first:]), parts[-1]):
        left = room - metrics.horizontalAdvance(f" {end}")
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left) if left > 0 else ""
        if short:
            return f"{short} {end}"
    return parts[-1] if metrics.horizontalAdvance(parts[-1]) <= room else "…"


def cap_words(key: str) -> str:
    """What stands on the cap of a key: arrows as they are printed on the keys."""
    return key.replace("Left", "←").replace("Right", "→")


def cap_width(look: Look, words: str) -> int:
    words = cap_words(words)
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
    text(painter, area, cap_words(words), look.font(look.theme.type.tag), look.theme.colour(tone), CENTRE)
    return width
