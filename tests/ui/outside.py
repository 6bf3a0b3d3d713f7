"""A machine that is only remembered: printer, cloud and scanner for the tests of the window."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from storeapp.domain.report_sheet import ReportSheet
from storeapp.settings import PrinterSettings, Settings
from storeapp.ui.frame.state import DrawerState, PrinterState
from storeapp.ui.parts import CloudNews, Ear
from storeapp.ui.set_up import Ability, TerminalAsk, TerminalNews, Tried


def paper() -> bytes:
    """Some paper with a black bar on it."""
    file = io.BytesIO()
    picture = Image.new("L", (576, 800), 255)
    picture.paste(0, (40, 40, 536, 80))
    picture.save(file, "PNG")
    return file.getvalue()


@dataclass
class FakeOutside:
    """Remembers what it was asked; `fails` is raised by whatever is slow."""

    fails: Exception | None = None
    started: bool = False
    stopped: bool = False
    looked: int = 0
    synced: int = 0
    joined: list[tuple[str, str]] = field(default_factory=list)
    tried: list[PrinterSettings] = field(default_factory=list)
    used: list[Settings] = field(default_factory=list)
    drawn: list[Any] = field(default_factory=list)
    news: CloudNews = field(default_factory=CloudNews)
    terminal_news: TerminalNews | None = None
    activated: list[TerminalAsk] = field(default_factory=list)

    def start(self, ear: Ear) -> None:
        self.started = True

    def stop(self) -> None:
        self.stopped = True

    def printer(self) -> PrinterState:
        return "ready"

    def drawer(self) -> DrawerState:
        return "ready"

    def cloud(self) -> CloudNews:
        return self.news

    def look_at_prints(self) -> None:
        self.looked += 1

    def sync_now(self) -> None:
        self.synced += 1

    def join(self, url: str, code: str) -> None:
        self._fail()
        self.joined.append((url, code))

    def terminal(self) -> TerminalNews | None:
        return self.terminal_news

    def activate(self, ask: TerminalAsk) -> None:
        self._fail()
        self.activated.append(ask)
        self.terminal_news = TerminalNews("100000000001", "2026-09-28T14:32:00+08:00")

    def receipt_png(self, receipt: str) -> bytes:
        self._fail()
        self.drawn.append(receipt)
        return paper()

    def shift_png(self, number: int | None = None) -> bytes:
        self._fail()
        self.drawn.append(number)
        return paper()

    def keep_her_data(self, hers: Mapping[str, Any]) -> str:
        self._fail()
        self.drawn.append(dict(hers))
        return "/shop/handed-out"

    def keep_shift_pdf(self, number: int | None = None) -> str:
        self._fail()
        self.drawn.append(number)
        return f"reports/shift-{number or 'x'}.pdf"

    def keep_report(self, name: str, title: str, day: str, sheet: ReportSheet, suffix: str) -> str:
        self._fail()
        self.drawn.append((name, title, day, sheet))
        return f"reports/{name}-{day}.{suffix}"

    def move_out(self, by: str) -> str:
        self._fail()
        self.drawn.append(("moved out", by))
        return "exports/2026-09-28-143200"

    def offer_png(self, changes: Mapping[str, Any]) -> bytes:
        self._fail()
        self.drawn.append(dict(changes))
        return paper()

    def try_printer(self, printer: PrinterSettings) -> Tried:
        self._fail()
        self.tried.append(printer)
        return Tried("pictured", paper())

    def profile(self, paper_mm: int, able: Ability) -> str:
        kind = "image" if not able.hanzi else "full" if able.qr and able.barcode else "generic"
        return f"{kind}-{paper_mm}"

    def able(self, profile: str) -> Ability:
        return Ability(not profile.startswith("image"), profile.startswith("full"), not profile.startswith("image"))

    def use(self, settings: Settings) -> None:
        self.used.append(settings)

    def _fail(self) -> None:
        if self.fails is not None:
            raise self.fails
