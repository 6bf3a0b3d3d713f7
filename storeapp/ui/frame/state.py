"""What stands around the screens: who sells where, the hour, and how everything outside is doing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from storeapp.till.shift_standing import Standing

PrinterState = Literal["ready", "busy", "paper_out", "off", "asking", "none"]
DrawerState = Literal["ready", "silent", "none"]


@dataclass(frozen=True, slots=True)
class CloudState:
    """`joined` is False for a shop on its own; `unsent_age` is the oldest entry's, while there are any."""

    joined: bool = False
    reachable: bool = True
    unsent: int = 0
    unsent_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FrameState:
    """`now` is in the shop's zone. `second_screen` is None where there is none.

    `alarms` wait for somebody who may look at them; `is_grave` where the books themselves may be wrong.
    """

    shop: str
    till: str
    now: datetime
    cashier: str = ""
    cashier_code: str = ""
    role: str = ""
    cloud: CloudState = CloudState()
    is_clock_off: bool = False
    printer: PrinterState = "none"
    drawer: DrawerState = "none"
    second_screen: bool | None = None
    sales_today: int = 0
    members_today: int = 0
    unclear: int = 0
    alarms: int = 0
    is_grave: bool = False
    shift: Standing = field(default_factory=Standing)
    is_demo: bool = False
    is_training: bool = False
