"""The real window on a real display: `storeapp run --demo`, a scanner that types, and money."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storeapp import app
from storeapp.database.connection import FILE, connect
from storeapp.database.keystore import DATABASE_KEY, best_keystore, key_of
from storeapp.demo.first_day import TEA, WATER
from storeapp.demo.stage import file_keys
from storeapp.domain.money import Money
from storeapp.domain.sale import Sale
from tests.services import XDisplay
from tests.waiting import PATIENCE_S, until

IN_BASKET = "SELECT json_array_length(data, '$.lines') FROM current_basket"
OPEN_SHIFTS = "SELECT count(*) FROM shift"
SALES = "SELECT count(*) FROM sale"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shop"
    file_keys(made)
    return made


@pytest.fixture
def counter(folder: Path, xvfb_display: XDisplay) -> Iterator[subprocess.Popen[bytes]]:
    """The program with its window on the display."""
    process = subprocess.Popen(
        [sys.executable, "-m", "storeapp.cli", "run", "--demo", "--shop", str(folder)],
        env=xvfb_display.environment() | {"PYTHONPATH": os.getcwd(), "LANG": "zh_CN.UTF-8"},
        stdout=subprocess.DEVNULL,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def xdo(display: XDisplay, *arguments: str) -> str:
    program = shutil.which("xdotool")
    if program is None:
        pytest.fail("no xdotool here; `sh installer/dev.sh test` installs it")
    done = subprocess.run([program, *arguments], env=display.environment(), capture_output=True, text=True, check=False)
    return done.stdout.strip()


def test_what_is_scanned_and_paid_at_the_real_window_is_in_the_books(
    folder: Path, xvfb_display: XDisplay, counter: subprocess.Popen[bytes]
) -> None:
    until(lambda: xdo(xvfb_display, "search", "--onlyvisible", "--name", "^storeapp$"), "no window opens")
    window = xdo(xvfb_display, "search", "--onlyvisible", "--name", "^storeapp$").splitlines()[-1]
    size = xdo(xvfb_display, "getwindowgeometry", "--shell", window)
    until(lambda: xdo(xvfb_display, "getwindowfocus").startswith(window), "the window does not get the keys")

    # the first sale wants a shift: Enter takes the drawer as it is proposed
    xdo(xvfb_display, "key", "Return")
    until(lambda: looked_at(folder, OPEN_SHIFTS) == 1, "no shift is opened")
    for number, code in enumerate((WATER, TEA), start=1):
        xdo(xvfb_display, "type", "--delay", "4", code)
        xdo(xvfb_display, "key", "Return")
        until(lambda: looked_at(folder, IN_BASKET) == number, f"{code} is not rung up")  # noqa: B023  # asked at once
    xdo(xvfb_display, "key", "F9")
    # Enter takes the money as soon as it is asked for; before that it does nothing, and afterwards neither
    until(lambda: xdo(xvfb_display, "key", "Return") == "" and looked_at(folder, SALES) == 1, "nothing is sold")
    counter.send_signal(signal.SIGTERM)

    assert counter.wait(PATIENCE_S) == 0
    [sale] = sold(folder)
    assert [line.code for line in sale.lines] == [WATER, TEA]
    assert sale.due == Money(700)
    assert [tender.kind for tender in sale.tenders] == ["cash"]
    # no larger than the screen, whichever it is
    shown = dict(line.split("=") for line in size.splitlines() if "=" in line)
    assert int(shown["WIDTH"]) <= xvfb_display.width
    assert int(shown["HEIGHT"]) <= xvfb_display.height


def looked_at(folder: Path, statement: str) -> object:
    """A number from the file of the shop that is open in the other process."""
    with closing(connect(folder / FILE, key_of(best_keystore(folder), DATABASE_KEY), is_writer=False)) as reader:
        row = reader.execute(statement).fetchone()
    return None if row is None else row[0]


def sold(folder: Path) -> list[Sale]:
    with app.open_till(str(folder)) as till, till.shop.reading() as books:
        return list(books.sales.every())
