"""Signing in: who, which PIN, and what if not."""

from __future__ import annotations

import pytest

from storeapp.domain.staff import SignInLocked, Staff, WrongPin
from storeapp.till.staff import dismiss
from storeapp.ui.signin.presenter import SignInPresenter
from tests.fakes.held_work import HeldWork
from tests.ui import scene, stage
from tests.ui.scene import Scene
from tests.ui.seen import Seen


@pytest.fixture
def came() -> list[Staff]:
    return []


def asked(here: Scene, came: list[Staff], last: str = "") -> tuple[SignInPresenter, Seen]:
    stage.furnish(here)
    made, seen = SignInPresenter(here.desk, then=came.append, last=last), Seen()
    made.bind(seen)
    return made, seen


def test_whoever_was_here_before_is_chosen_already(here: Scene, came: list[Staff]) -> None:
    _made, seen = asked(here, came, last="1007")

    assert seen.state.person.name == "陈晓雯"


def test_the_right_pin_signs_in(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came, last="1007")

    made.enter("1007")

    assert [person.code for person in came] == ["1007"]
    assert not seen.state.is_asking


def test_a_wrong_pin_is_told_with_the_tries_left(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came, last="1007")

    made.enter("9999")

    assert came == []
    assert seen.beeps == 1
    assert isinstance(seen.state.refused, WrongPin)
    assert seen.state.refused.tries_left == 4


def test_five_wrong_pins_lock_and_the_right_one_waits_too(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came, last="1007")

    for _try in range(5):
        made.enter("9999")
    made.enter("1007")

    assert isinstance(seen.state.refused, SignInLocked)
    assert came == []


def test_another_person_starts_without_the_fault_of_the_last(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came)
    made.enter("9999")

    made.move(1)

    assert seen.state.refused is None
    assert seen.state.chosen == 1


def test_the_list_ends_at_its_ends(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came)

    made.move(-1)
    assert seen.state.chosen == 0
    for _step in range(9):
        made.move(1)

    assert seen.state.chosen == 2


def test_while_a_pin_is_checked_nothing_else_is_taken(came: list[Staff]) -> None:
    work = HeldWork()
    here = scene.scene(work)
    made, seen = asked(here, came, last="1007")
    work.run_next()

    made.enter("1007")
    made.enter("1007")
    made.move(1)

    assert seen.state.is_asking
    assert seen.state.person.code == "1007"
    assert len(work.waiting) == 1


def test_who_was_dismissed_is_not_on_the_list(here: Scene, came: list[Staff]) -> None:
    stage.furnish(here)
    dismiss(here.shop, "1003", clock=here.desk.clock)
    made, seen = SignInPresenter(here.desk, then=came.append), Seen()

    made.bind(seen)

    assert [who.code for who in seen.state.people] == ["1001", "1007"]
