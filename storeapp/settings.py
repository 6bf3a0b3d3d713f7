"""Settings of this machine: where the shop lies and what hangs on the cables. What the owner tunes is policy.

One TOML file in the shop's folder, and one line in the user's own configuration that says which folder that is.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import site_data_path, user_config_path, user_data_path

from storeapp.errors import Refused

APP = "storeapp"
FILE = "settings.toml"
BUILT_IN_PAPER = "paper:"
LANGUAGES = ("", "zh_CN", "en")
SIZES = ("small", "medium", "large")
PAPERS = (58, 80)
LOCK_MOST_MIN = 240
_KINDS = {str: "a text", int: "a whole number", bool: "true or false"}


@dataclass(eq=False)
class BadSettings(Refused):
    """The file of settings cannot be used: `where` must be `expected`."""

    file: str
    where: str
    expected: str
    word = "bad_settings"


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """The receipt printer: how it is reached (`paper:`, `tcp:host:9100`, `file:/dev/usb/lp0`...) and what it can do."""

    address: str = BUILT_IN_PAPER
    profile: str = "full-80"
    paper_mm: int = 80
    drawer_pin: int = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """This machine. An empty `language` is the system's; an empty `scanner_port` is a scanner that types."""

    language: str = ""
    printer: PrinterSettings = field(default_factory=PrinterSettings)
    scanner_port: str = ""
    second_screen: bool = True
    size: str = "medium"
    """How large the window draws itself: small, medium or large."""
    lock_after_min: int = 10
    """Minutes without a key or a touch before a PIN is asked for again; 0 never asks."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The shop's own keys by action, over those every shop has."""


def default_folder() -> Path:
    """The shop's folder when nobody names one: what this machine remembers, or the platform's data directory."""
    remembered = _remembered()
    if remembered is not None:
        return remembered
    if sys.platform == "win32":
        # every cashier of this machine stands at the same till
        return site_data_path("StoreApp", appauthor=False)
    return user_data_path(APP, appauthor=False)


def load(folder: Path) -> Settings:
    """The settings kept in the shop's folder; what is not said there is as it comes. Raises BadSettings."""
    file = folder / FILE
    if not file.is_file():
        return Settings()
    told = _read(file)
    printer = told.pop("printer", {})
    if not isinstance(printer, dict):
        raise BadSettings(str(file), "printer", "a table")
    try:
        settings = replace(Settings(), **told, printer=replace(PrinterSettings(), **printer))
    except TypeError as error:
        raise BadSettings(str(file), str(error).split("'")[-2], "a known setting") from error
    _check(settings, file)
    return settings


def save(folder: Path, settings: Settings) -> None:
    """Keeps `settings` in the shop's folder, whole or not at all. Raises BadSettings."""
    file = folder / FILE
    _check(settings, file)
    told = asdict(settings)
    tables = {name: told.pop(name) for name in ("printer", "keys")}
    lines = [f"{name} = {_quoted(value)}" for name, value in told.items()]
    for table, values in tables.items():
        lines += ["", f"[{table}]", *(f"{name} = {_quoted(value)}" for name, value in values.items())]
    folder.mkdir(parents=True, exist_ok=True)
    _write(file, "\n".join(lines) + "\n")


def _check(settings: Settings, file: Path) -> None:
    for part, prefix in ((settings, ""), (settings.printer, "printer.")):
        for spec in fields(part):
            value, wanted = getattr(part, spec.name), type(getattr(type(part)(), spec.name))
            if type(value) is not wanted:
                raise BadSettings(str(file), prefix + spec.name, _KINDS.get(wanted, "a table"))
    if not all(type(key) is str for key in settings.keys.values()):
        raise BadSettings(str(file), "keys", "a table of keys such as F2")
    for where, value, choices in (
        ("language", settings.language, LANGUAGES),
        ("size", settings.size, SIZES),
        ("printer.paper_mm", settings.printer.paper_mm, PAPERS),
        ("printer.drawer_pin", settings.printer.drawer_pin, (2, 5)),
    ):
        if value not in choices:
            raise BadSettings(str(file), where, "one of " + ", ".join(map(repr, choices)))
    if not 0 <= settings.lock_after_min <= LOCK_MOST_MIN:
        raise BadSettings(str(file), "lock_after_min", f"minutes from 0 to {LOCK_MOST_MIN}")


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(str(file), str(error)[:80], "TOML") from error


def _remembered() -> Path | None:
    file = _machine_file()
    if not file.is_file():
        return None
    folder = _read(file).get("shop_folder", "")
    return Path(folder) if isinstance(folder, str) and folder else None


def _machine_file() -> Path:
    return user_config_path(APP, appauthor=False) / "machine.toml"


def _quoted(value: str | int | bool) -> str:
    # a basic TOML string and a JSON string are written alike, and so are numbers, true and false
    return json.dumps(value, ensure_ascii=False)


def _write(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, file)
