"""What a customer sees, and what she never does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.money import Money
from storeapp.ui.counter import Counter
from storeapp.ui.customer.presenter import CustomerPresenter
from tests.ui import scene, stage
from tests.ui.conftest import OpenCounter
from tests.ui.scene import Scene
from tests.ui.seen import Seen


@pytest.fixture
def counter(open_counter: OpenCounter, here: Scene) -> Counter:
    stage.furnish(here)
    return open_counter()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def hers(here: Scene, seen: Seen, counter: Counter) -> CustomerPresenter:
    made = CustomerPresenter(here.desk)
    made.bind(seen)
    counter.changed.connect(made.follow)
    return made


def pay(counter: Counter, handed: str = "200") -> None:
    counter.act("cash")
    counter.pay.type(handed)
    counter.pay.confirm()


def test_an_idle_screen_names_the_shop_and_its_offer(hers: CustomerPresenter, seen: Seen) -> None:
    assert seen.state.phase == "idle"
    assert seen.state.shop == "海棠便利 · 南山科技园店"
    assert seen.state.offer.headline == "扫码领券，下次立减 5 元"


def test_her_basket_adds_up(hers: CustomerPresenter, seen: Seen, counter: Counter) -> None:
    scene.fill(counter)

    state = seen.state
    assert state.phase == "basket"
    assert len(state.lines) == 7
    promised = sum(cut.amount.fen for line in state.lines for cut in line.saved)
    assert sum(line.total.fen for line in state.lines) == state.goods.fen - promised
    assert state.goods - state.discount == state.due


def test_she_sees_herself_masked_and_nothing_of_the_staff(
    hers: CustomerPresenter, seen: Seen, counter: Counter
) -> None:
    scene.fill(counter)
    counter.sell.select(0)
    counter.sell.edit("note")
    counter.sell.confirm_edit("别给她打折")

    said = str(seen.state)
    assert "王**" in said
    assert "王喆" not in said
    assert "13800006621" not in said
    assert "陈晓雯" not in said
    assert "1007" not in said
    assert "short_dated" not in said
    assert "别给她打折" not in said


def test_after_paying_she_sees_her_change_and_why_to_come_again(
    hers: CustomerPresenter, seen: Seen, counter: Counter
) -> None:
    scene.fill(counter)

    pay(counter)

    assert seen.state.phase == "paid"
    assert seen.state.change == Money(20000) - seen.state.due
    assert seen.state.points_earned > 0
    assert seen.state.offer.qr == "https://shop.example/haitang"
    assert len(seen.state.offer.code) == 8
    assert seen.state.member is None


def test_the_next_item_takes_the_thanks_away(hers: CustomerPresenter, seen: Seen, counter: Counter) -> None:
    scene.fill(counter)
    pay(counter)

    counter.sell.scan(scene.WATER.code)

    assert seen.state.phase == "basket"
    assert len(seen.state.lines) == 1


def test_thanks_are_said_once(hers: CustomerPresenter, seen: Seen, counter: Counter) -> None:
    scene.fill(counter)
    pay(counter)
    hers.rest()

    counter.sell.refresh()

    assert seen.state.phase == "idle"


def test_a_screen_plugged_in_later_shows_the_basket_at_once(hers: CustomerPresenter, counter: Counter) -> None:
    hers.bind(None)
    scene.fill(counter)
    late = Seen()

    hers.bind(late)

    assert late.state.phase == "basket"


def test_whoever_practises_promises_nobody_anything(
    hers: CustomerPresenter, seen: Seen, here: Scene, counter: Counter
) -> None:
    with here.shop.writing() as books:
        books.put_device(replace(books.device, is_training=True))
    scene.fill(counter)
    pay(counter)

    assert seen.state.phase == "paid"
    assert seen.state.offer is None
