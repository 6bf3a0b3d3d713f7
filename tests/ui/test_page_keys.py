"""The keys of a page: each is told on the page of keys, over the page itself, and none means two things."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from storeapp.ui.frame.sheets import MenuSheet, PageKeys
from storeapp.ui.keys import ACTIONS, ON_EVERY_PAGE
from storeapp.ui.page import Page
from storeapp.ui.widgets.paint import cap_words
from tests.ui.conftest import OpenStage
from tests.ui.stage import Stage

PAGES = ("shift", "receipts", "refund", "unclear", "promotions", "price_lists", "insight", "outreach", "settings")
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(stage: Stage, action: str) -> Page:
    stage.counter.act(action)
    page = stage.counter.window.page
    assert isinstance(page, Page), action
    return page


@pytest.mark.parametrize("action", PAGES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_key_of_a_page_is_told_over_it(open_stage: OpenStage, action: str, language: str) -> None:
    stage = open_stage(language=language)
    page = opened(stage, action)

    stage.press(Qt.Key.Key_Slash, CTRL)

    over = stage.counter.window.over
    assert isinstance(over, PageKeys)
    assert stage.counter.window.sheet is None
    told = {label.text() for label in over.findChildren(QLabel)}
    assert {cap_words(key) for key in page.keys_said} - {"Return"} <= told
    stage.press(Qt.Key.Key_Escape)
    assert stage.counter.window.over is None
    assert stage.counter.window.page is page


@pytest.mark.parametrize("action", PAGES)
def test_no_key_of_a_page_is_one_the_window_keeps(open_stage: OpenStage, action: str) -> None:
    page = opened(open_stage(), action)
    kept = {entry.key for entry in ACTIONS if entry.id in ON_EVERY_PAGE}

    assert not kept & set(page.keys_said)
    assert not kept & {cap for cap, _words in page.own_keys()}


def test_the_menu_takes_the_place_of_a_page(open_stage: OpenStage) -> None:
    stage = open_stage()
    opened(stage, "receipts")

    stage.press(Qt.Key.Key_M, CTRL)

    assert stage.counter.window.page is None
    assert isinstance(stage.counter.window.sheet, MenuSheet)


def test_the_long_list_of_keys_is_read_by_keys(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.counter.act("keys")
    sheet = stage.counter.window.sheet
    assert sheet is not None
    [bar] = [area.verticalScrollBar() for area in sheet.findChildren(QScrollArea)]

    stage.press(Qt.Key.Key_PageDown)

    assert bar.value() > 0
