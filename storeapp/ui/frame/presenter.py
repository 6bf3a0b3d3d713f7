"""The frame: the hour, the day's figures and how everything around the till is doing."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from storeapp.domain.alarm import CLOCK, GRAVE
from storeapp.domain.staff import Staff
from storeapp.till.shift_standing import standing
from storeapp.till.unclear import listed
from storeapp.ui.desk import Desk
from storeapp.ui.frame.state import CloudState, DrawerState, FrameState, PrinterState


class Surroundings(Protocol):
    """How the things around the till are doing, as last heard; answers at once."""

    def printer(self) -> PrinterState: ...
    def drawer(self) -> DrawerState: ...
    def second_screen(self) -> bool | None:
        """None where there is no second screen."""
        ...

    def cloud_answers(self) -> bool: ...
    def clock_is_off(self) -> bool:
        """Whether the cloud's clock says another time than this machine's."""
        ...


class FrameView(Protocol):
    def show_frame(self, state: FrameState) -> None: ...


class FramePresenter:
    """`tick` every other second, and after each sale."""

    def __init__(self, desk: Desk, around: Surroundings, view: FrameView) -> None:
        self._desk, self._around, self._view = desk, around, view
        self._staff: Staff | None = None
        self.is_clock_doubted = False
        """Whether somebody has to say if the clock is right, as of the last tick."""

    def sign_in(self, staff: Staff | None) -> None:
        self._staff = staff
        self.tick()

    @property
    def is_staffed(self) -> bool:
        """Whether somebody is signed in."""
        return self._staff is not None

    def tick(self) -> None:
        now, staff = self._desk.clock.now(), self._staff
        with self._desk.shop.reading() as books:
            device, policy = books.device, books.policy.in_force()
            day = self._desk.today(books).isoformat()
            unsent = books.journal.unsent()
            age = now - datetime.fromisoformat(unsent.oldest_at) if unsent.oldest_at else None
            sales, _taken = books.sales.count_on(day)
            joined = books.members.joined_on(day)
            unclear = len(listed(books, now))
            shift = standing(books, now)
            waiting = books.alarms.standing()
        self.is_clock_doubted = CLOCK in waiting
        self._view.show_frame(
            FrameState(
                shop=policy.text("shop.name"),
                till=device.till,
                now=now,
                cashier=staff.name if staff is not None else "",
                cashier_code=staff.code if staff is not None else "",
                role=staff.role if staff is not None and staff.code else "",
                cloud=CloudState(device.is_joined, self._around.cloud_answers(), unsent.count, age),
                is_clock_off=device.is_joined and self._around.clock_is_off(),
                printer=self._around.printer(),
                drawer=self._around.drawer(),
                second_screen=self._around.second_screen(),
                sales_today=sales,
                members_today=joined,
                unclear=unclear,
                alarms=sum(waiting.values()),
                is_grave=not GRAVE.isdisjoint(waiting),
                shift=shift,
                is_demo=device.is_demo,
                is_training=device.is_training,
            )
        )
