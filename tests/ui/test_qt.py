"""The Qt this house stands on keeps Python's own values alive."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="from 3.12 on nobody counts who holds None")
def test_a_call_without_an_answer_does_not_use_up_none(qtbot: QtBot) -> None:
    font = QFont()
    before = sys.getrefcount(None)

    for _ in range(1000):
        font.setPixelSize(12)

    assert sys.getrefcount(None) > before - 500
