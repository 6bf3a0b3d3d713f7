"""A shift from its float to its Z: opened, sold in, money to the safe, counted with something missing, and on paper."""

from __future__ import annotations

import json

from storeapp.demo import cashier, drawer
from storeapp.demo.album import Album
from storeapp.demo.cast import Cast
from storeapp.demo.first_day import LATTE, WATER
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.till import shifts
from tests.stories.seen import reads


class Nobody(Album):
    """Takes no pictures."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def counter(self, name: str) -> None:
        self.seen.append(name)


def test_a_day_at_the_drawer(cast: Cast, printer: TcpPrinter) -> None:
    stage, album = cast.stage, Nobody()
    cashier.sign_in(stage, "1007", "1007")
    assert reads(stage.window, "第 1 班")
    cashier.ring(stage, WATER, LATTE)
    sale = cashier.cash(stage, "50")
    drawer.to_the_safe(stage, album)

    # fifty yuan are missing: more than she may settle alone, and nobody is there
    z = drawer.close(stage, album, missing_fen=5_000, left="300", agrees=False)

    assert (z.z_number, z.float_fen, z.drop_fen, z.due_fen) == (1, 50_000, 10_000, sale.due.fen)
    assert z.difference_fen <= -5_000
    assert (z.unapproved, z.left_fen, z.reason) == (True, 30_000, "找错零钱")
    assert reads(stage.window, "日结 Z1")
    paper = next(job for job in reversed(printer.wait_for_jobs(3)) if job.lines)
    assert all(words in paper.text() for words in ("日结", "找错零钱", "100.00"))
    with stage.till.shop.reading() as books:
        counted = [
            json.loads(entry.body) for entry in books.journal.after(0, limit=999) if entry.type == "shift.counted"
        ]
    assert [said["differences"] for said in counted] == [{"cash": z.difference_fen}]
    drawer.open_next(stage)
    assert shifts.x_report(stage.till.shop).float_fen == 30_000
    stage.synced()
    assert stage.till.shop.check() == ()
    assert cast.cloud.check()["ok"]
