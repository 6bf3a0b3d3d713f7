"""The first run of a shop: what it asks for, and what it works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storeapp.settings import PrinterSettings
from storeapp.ui.set_up import Tried
from storeapp.words import Words


@dataclass(frozen=True, slots=True)
class NewShop:
    """What the first run asks for."""

    language: str
    name: str
    store: str
    till: str
    owner: str
    pin: str
    printer: PrinterSettings


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What the first run works with: `make` makes the shop (slow, raises why not), `try_printer` prints a test page."""

    words_of: Callable[[str], Words]
    make: Callable[[NewShop], None]
    try_printer: Callable[[PrinterSettings], Tried]
    language: str = "zh_CN"
