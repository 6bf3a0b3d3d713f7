"""Every action has its key, and no key two actions."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from storeapp.ui.keys import ACTIONS, Keys, KeyTaken
from storeapp.words import words


def test_every_key_is_one_qt_understands() -> None:
    unread = [action.id for action in ACTIONS if QKeySequence.fromString(action.key).toString() != action.key]

    assert unread == []


def test_a_shop_changes_a_key() -> None:
    keys = Keys({"cash": "F12", "note": "F9"})

    assert keys.of("cash") == "F12"
    assert keys.of("price") == "F3"


def test_a_key_cannot_do_two_things() -> None:
    with pytest.raises(KeyTaken) as refused:
        Keys({"cash": "F2"})

    assert refused.value.key == "F2"


def test_the_space_bar_has_a_name() -> None:
    assert Keys().cap("pay", words("zh_CN")) == "空格"
    assert Keys().cap("pay", words("en")) == "Space"
    assert Keys().cap("cash", words("zh_CN")) == "F9"
