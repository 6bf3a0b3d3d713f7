"""A field of digits takes those of a Chinese input method, too, and shows them plain."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator, QValidator

from storeapp.domain.typed import plain


class Digits(QRegularExpressionValidator):
    """Lets in what `pattern` allows, however wide it was typed or pasted."""

    def __init__(self, pattern: str, parent: QObject) -> None:
        super().__init__(QRegularExpression(pattern), parent)

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """The text that goes into the field; sign for sign, so the cursor stays where it was."""
        return super().validate(plain(text), at)  # type: ignore[return-value]  # the stubs know no tuple
