"""The drawer: money out of it in the afternoon, and the count at night, by keys alone."""

from __future__ import annotations

from storeapp.demo.album import Album
from storeapp.demo.stage import Stage
from storeapp.domain.shift import DENOMINATIONS
from storeapp.domain.shift_report import ShiftReport
from storeapp.till import shift_counts, shifts

MANAGER_PIN = "100300"


def to_the_safe(stage: Stage, album: Album, *, yuan: str = "100") -> None:
    """More notes than the drawer needs go to the safe; the manager says yes."""
    _page(stage)
    _picture(stage, album, "shift")
    stage.hands.key("F5")
    stage.hands.type(yuan)
    _picture(stage, album, "shift-to-the-safe")
    before = shifts.x_report(stage.till.shop).drop_fen
    stage.hands.key("Return")
    if stage.window.over is not None:
        stage.hands.enter(MANAGER_PIN)
    stage.hands.until(lambda: shifts.x_report(stage.till.shop).drop_fen > before, "the money does not go to the safe")
    stage.back()


def close(stage: Stage, album: Album, *, missing_fen: int, left: str = "500", agrees: bool = True) -> ShiftReport:
    """Counts what must be there, but for what is missing, says why, and closes; the Z stays in sight.

    Where `agrees` is false nobody is there who could, and it closes as not agreed to.
    """
    shop = stage.till.shop
    so_far = shifts.x_report(shop)
    there = next(row.expected_fen for row in so_far.tenders if row.tender == "cash") - missing_fen
    _page(stage)
    stage.hands.key("F9")
    for denomination in DENOMINATIONS:
        pieces, there = divmod(there, denomination)
        if denomination == DENOMINATIONS[-1]:
            _picture(stage, album, "shift-count")
        stage.hands.enter(str(pieces) if pieces else "")
    if any(row.tender in shift_counts.BY_HAND for row in so_far.tenders):
        # slips are counted tonight by nobody
        stage.hands.key("F9")
    stage.hands.until(lambda: type(_step(stage)).__name__ == "ToldView", "nobody tells what the count comes to")
    stage.hands.key("Down")
    _picture(stage, album, "shift-told")
    stage.hands.key("Return")
    stage.hands.type(left)
    stage.hands.key("Return" if agrees else "F8")
    if stage.window.over is not None:
        stage.hands.enter(MANAGER_PIN)
    stage.hands.until(lambda: shifts.report_of(shop, so_far.number).z_number, "the shift does not close")
    stage.hands.until(lambda: _step(stage) is None, "the count stays in sight")
    stage.printed()
    _picture(stage, album, "shift-z")
    return shifts.report_of(shop, so_far.number)


def open_next(stage: Stage) -> None:
    """In the morning: Enter takes the drawer as the last shift left it."""
    if stage.window.page is not None:
        stage.hands.key("F9")
    else:
        stage.hands.key("Alt+S")
    stage.expect("OpeningSheet", "the morning's shift")
    stage.hands.key("Return")
    stage.hands.until(lambda: stage.window.sheet is None, "the morning's shift does not open")


def _page(stage: Stage) -> None:
    stage.hands.key("Alt+S")
    stage.expect("ShiftPage", "the page of shifts")


def _picture(stage: Stage, album: Album, name: str) -> None:
    """Without the word on what was done before, which lies over the page's head."""
    stage.window.notice.hide_notice()
    album.counter(name)


def _step(stage: Stage) -> object:
    return getattr(stage.window.page, "_step", None)
