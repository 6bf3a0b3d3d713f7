"""What somebody in front of the window reads."""

from __future__ import annotations

import zxingcpp
from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget


def texts(window: QWidget) -> list[str]:
    """Every word that stands in a label, a button, a field or a field's hint."""
    found: list[str] = []
    for label in window.findChildren(QLabel):
        if label.isVisible():
            found.append(label.text())
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            found.append(button.text())
    for field in window.findChildren(QLineEdit):
        if field.isVisible():
            found += [field.displayText(), field.placeholderText()]
    for page in window.findChildren(QPlainTextEdit):
        if page.isVisible():
            found += [page.toPlainText(), page.placeholderText()]
    return [text for text in found if text.strip()]


def reads(window: QWidget, words: str) -> bool:
    """Whether these words stand anywhere in it."""
    return any(words in text for text in texts(window))


def codes_on(picture: Image.Image) -> list[str]:
    """What a phone reads from a paper."""
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
