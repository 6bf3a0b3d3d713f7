"""A sale that lifts a member says so, and nothing else does."""

from __future__ import annotations

from storeapp.till.policies import set_policies
from storeapp.ui.counter import Counter
from tests.ui.conftest import OpenCounter
from tests.ui.scene import ALICE, CRISPS, Scene


def said(counter: Counter) -> str:
    notice = counter.window.notice
    return notice.accessibleName() if notice.isVisible() else ""


def buys(counter: Counter) -> None:
    counter.sell.attach_member(ALICE.member_id)
    counter.sell.scan(CRISPS.code)
    counter.act("cash")
    counter.pay.confirm()


def test_the_sale_that_lifts_her_says_so_once(here: Scene, open_counter: OpenCounter) -> None:
    set_policies(here.shop, {"tier.rules": "金卡会员: spend 5; 黑卡: spend 7"}, clock=here.desk.clock)
    counter = open_counter(language="en")

    buys(counter)

    assert "higher tier" in said(counter)
    with here.shop.reading() as books:
        found = books.members.by_id(ALICE.member_id)
    assert found is not None
    assert found.tier == "黑卡"
    counter.window.notice.hide_notice()
    buys(counter)
    assert "higher tier" not in said(counter)


def test_without_rules_nothing_is_said(here: Scene, open_counter: OpenCounter) -> None:
    counter = open_counter(language="en")

    buys(counter)

    assert "higher tier" not in said(counter)
