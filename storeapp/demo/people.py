"""The owner looks at her members: where they stand, who comes back, and whom to write to today."""

from __future__ import annotations

from storeapp.demo import cashier
from storeapp.demo.album import Album
from storeapp.demo.stage import Stage
from storeapp.ui.insight.page import InsightPage
from storeapp.ui.outreach.page import OutreachPage

SIDES = ("stages", "return", "steps", "value", "feedback", "segments")


def play(stage: Stage, album: Album, *, owner: tuple[str, str], back_to: tuple[str, str]) -> None:
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *owner)
    stage.synced()
    stage.counter.frame.tick()
    # what was said at signing out would cover the heads of the pages
    stage.window.notice.hide_notice()
    _insight(stage, album)
    _outreach(stage, album)
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *back_to)


def _insight(stage: Stage, album: Album) -> None:
    stage.hands.key("Alt+I")
    page = stage.expect("InsightPage", "insight")
    assert isinstance(page, InsightPage)
    stage.hands.until(
        lambda: page.state.found and page.state.segments and page.state.answers, "nobody is found in the receipts"
    )
    for side in SIDES:
        stage.hands.settle()
        album.counter(f"insight-{side}")
        stage.hands.key("Ctrl+Right")
    stage.back()


def _outreach(stage: Stage, album: Album) -> None:
    stage.hands.key("Alt+O")
    page = stage.expect("OutreachPage", "outreach")
    assert isinstance(page, OutreachPage)
    stage.hands.until(lambda: page.state.letter, "nobody is worth a word")
    first = page.state.chosen
    stage.hands.key("Ctrl+C")
    stage.hands.key("Ctrl+1")
    stage.hands.until(lambda: page.state.chosen != first, "what became of it is not noted")
    stage.window.notice.hide_notice()
    stage.hands.settle()
    album.counter("outreach")
    stage.back()
