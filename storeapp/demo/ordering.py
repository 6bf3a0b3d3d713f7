"""A group orders: its list is pasted, what was ordered comes in, and a code is scanned when somebody fetches it."""

from __future__ import annotations

from datetime import timedelta

from storeapp.demo import cashier
from storeapp.demo.album import Album
from storeapp.demo.first_day import MILK, TISSUE, YOGHURT
from storeapp.demo.stage import Stage
from storeapp.till import group_import, group_sheets
from storeapp.ui.groups.page import GroupsPage

SHEET = "milk-group"
LIST = """#接龙
科技园一期鲜奶团

1. 张三 {milk}2
2. 李四 {milk}1 {tissue}1
3. 王五 {yoghurt}4
4. 赵六 {milk}1
"""


def play(stage: Stage, album: Album, *, owner: tuple[str, str], back_to: tuple[str, str]) -> None:
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *owner)
    # what was said at signing out would cover the head of the page
    stage.window.notice.hide_notice()
    _ordered(stage)
    stage.hands.key("Alt+Q")
    page = stage.expect("GroupsPage", "group orders")
    assert isinstance(page, GroupsPage)
    for key, name in (("Ctrl+1", "groups"), ("Ctrl+2", "group-buy"), ("Ctrl+3", "group-words")):
        stage.hands.key(key)
        stage.hands.settle()
        album.counter(name)
    stage.hands.key("Ctrl+N")
    stage.expect("EditorPage", "a new sheet")
    album.counter("group-sheet")
    stage.hands.key("Esc")
    stage.hands.until(lambda: type(stage.window.page).__name__ == "GroupsPage", "the sheets do not come back")
    _arrived(stage)
    code = page.state.orders[0].order.code
    stage.back()
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *back_to)
    stage.hands.scan(code)
    stage.hands.until(lambda: stage.counter.sell.state.priced.lines, f"{code} fills no basket")
    album.counter("pickup")
    cashier.by_code(stage)
    stage.printed()


def _ordered(stage: Stage) -> None:
    """The owner's sheet takes orders, and the leader's list is in."""
    till = stage.till
    _put(stage, hours=2)
    group_sheets.turn(till.shop, SHEET, "open", clock=till.clock)
    with till.shop.reading() as books:
        names = group_sheets.names_of(books, group_sheets.known(books, SHEET))
    said = LIST.format(milk=names[MILK], tissue=names[TISSUE], yoghurt=names[YOGHURT])
    group_import.take_list(till.shop, SHEET, said.encode(), by="1001", clock=till.clock, ids=till.ids)


def _arrived(stage: Stage) -> None:
    """A day later, as far as the sheet knows."""
    till = stage.till
    _put(stage, hours=-1)
    for state in ("bought", "arrived"):
        group_sheets.turn(till.shop, SHEET, state, clock=till.clock)


def _put(stage: Stage, *, hours: int) -> None:
    till = stage.till
    with till.shop.reading() as books:
        prices = {code: books.products.by_code(code) for code in (MILK, TISSUE, YOGHURT)}
    goods = [
        {"code": code, "price_fen": product.price.fen * 8 // 10, "per_person": 6}
        for code, product in prices.items()
        if product is not None
    ]
    moments = {"deadline": hours, "pickup_from": hours, "pickup_until": hours + 48}
    said = {key: (till.clock.now() + timedelta(hours=later)).isoformat() for key, later in moments.items()}
    sheet = {"id": SHEET, "name": "科技园一期鲜奶团", "goods": goods, "leader": {"name": "张姐"}, "reward_percent": "3"}
    group_sheets.put_sheets(till.shop, (sheet | said,), clock=till.clock)
