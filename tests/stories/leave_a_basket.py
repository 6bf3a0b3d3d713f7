"""A till of its own process that rings up a basket, says so, and waits to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from storeapp.demo import cashier
from storeapp.demo.clock import ScriptedClock
from storeapp.demo.stage import Show, demo_shop_in, staged
from storeapp.settings import Settings

CODES = ("6900037000131", "118", "1.256*2100123")


def main(folder: Path) -> None:
    clock = ScriptedClock()
    with demo_shop_in(folder, clock, Settings(second_screen=False)) as till:
        with staged(till, clock, Show("zh_CN", 1366, 768)) as stage:
            cashier.sign_in(stage, "1007", "1007")
            cashier.ring(stage, *CODES)
            stage.hands.until(lambda: kept(stage.till) == len(CODES), "the basket is kept")
            print("ready", flush=True)
            stage.hands.rest(600_000)


def kept(till) -> int:
    with till.shop.reading() as books:
        return len((books.baskets.current() or {}).get("lines", ()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
