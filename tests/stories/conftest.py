"""What a story needs: a network printer, a machine that prints on it, and everybody of the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from storeapp import resources
from storeapp.demo.cast import Cast, cast_in
from storeapp.demo.clock import ScriptedClock
from storeapp.demo.stage import Show
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.settings import PrinterSettings, Settings

CHINESE = Show("zh_CN", 1366, 768)


@pytest.fixture
def printer() -> Iterator[TcpPrinter]:
    """A receipt printer on a socket of this machine."""
    with TcpPrinter(resources.path("fonts", "NotoSansSC-Regular.ttf")) as made:
        yield made


@pytest.fixture
def machine(printer: TcpPrinter) -> Settings:
    """A till that prints there, has one screen, and never locks itself."""
    address = PrinterSettings(f"tcp:{printer.host}:{printer.port}")
    return replace(Settings(), printer=address, second_screen=False, lock_after_min=0)


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock()


@pytest.fixture
def cast(qapp: QApplication, tmp_path: Path, machine: Settings, clock: ScriptedClock) -> Iterator[Cast]:
    """The till at its window, joined to its cloud, and a shopper with a phone."""
    with cast_in(tmp_path, CHINESE, clock, machine) as everybody:
        yield everybody
