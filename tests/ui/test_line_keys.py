"""On a real display a field knows the keys of Emacs: the shop's own keys must get past it all the same."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.services import XDisplay

# these type or take back what was typed: the scan field acts on them itself while it is empty
TYPED = {"delete", "pay", "undo"}

ASK = """
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit
from storeapp.ui.keys import ACTIONS
from storeapp.ui.widgets.line import Line

app = QApplication([])
for kind in (QLineEdit, Line):
    field, taken = kind(), []
    for action in ACTIONS:
        pressed = QKeySequence.fromString(action.key)[0]
        event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers(), "")
        event.setAccepted(False)
        app.sendEvent(field, event)
        if event.isAccepted():
            taken.append(action.id)
    print(*taken)
"""


def test_a_field_keeps_none_of_the_shops_keys(xvfb_display: XDisplay) -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        env=xvfb_display.environment() | {"PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        check=True,
    )

    bare, ours = (set(line.split()) for line in told.stdout.splitlines())
    assert {"print_why", "unclear"} <= bare
    assert ours == TYPED
