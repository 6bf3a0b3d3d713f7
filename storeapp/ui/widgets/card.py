"""Frames: cards, sunken boxes and rules, and the layouts inside them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from storeapp.ui.look import Look


def frame(kind: str = "card", parent: QWidget | None = None) -> QFrame:
    """A frame of the style sheet: card, bar, status, sunken, head, ink, tinted, warning, fault, drop, rule."""
    made = QFrame(parent)
    made.setProperty("kind", kind)
    return made


def column(
    look: Look, host: QWidget | None = None, *, margin: float | tuple[float, ...] = 0, gap: float = 8
) -> QVBoxLayout:
    """A layout from top to bottom; lengths at scale 1. `margin` is one number or left, top, right, bottom."""
    made = QVBoxLayout(host) if host is not None else QVBoxLayout()
    _space(look, made, margin, gap)
    return made


def row(
    look: Look, host: QWidget | None = None, *, margin: float | tuple[float, ...] = 0, gap: float = 8
) -> QHBoxLayout:
    """A layout from left to right."""
    made = QHBoxLayout(host) if host is not None else QHBoxLayout()
    _space(look, made, margin, gap)
    return made


def _space(look: Look, made: QLayout, margin: float | tuple[float, ...], gap: float) -> None:
    sides = margin if isinstance(margin, tuple) else (margin, margin, margin, margin)
    left, top, right, bottom = (look.px(side) for side in sides)
    made.setContentsMargins(left, top, right, bottom)
    made.setSpacing(look.px(gap))
