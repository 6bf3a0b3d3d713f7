"""Parts: what the window is made of, handed in by whoever starts it. It knows no cable and no network itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol

from storeapp.domain.staff import Staff
from storeapp.domain.tender import TenderKind
from storeapp.settings import PrinterSettings, Settings
from storeapp.till.clock_watch import uptime_s
from storeapp.till.ports import Clock, Ids, Provider, Shop
from storeapp.ui.frame.state import DrawerState, PrinterState
from storeapp.words import Words

if TYPE_CHECKING:
    from storeapp.domain.report_sheet import ReportSheet
    from storeapp.ui.set_up import Ability, TerminalAsk, TerminalNews, Tried


@dataclass(frozen=True, slots=True)
class CloudNews:
    """How the cloud was last heard of. `word` is the last failure's, "" after a round that went well.

    `is_clock_off` where this machine's clock and the cloud's are minutes apart.
    """

    is_online: bool = False
    last_ok_at: datetime | None = None
    word: str = ""
    is_clock_off: bool = False


class Ear(Protocol):
    """Hears what happens outside; every call comes from a thread of its own."""

    def scanned(self, code: str) -> None: ...
    def printed(self, png: bytes) -> None:
        """The built-in paper has something on it."""
        ...

    def changed(self) -> None:
        """The printer, its queue or the cloud are not as they were."""
        ...


class Outside(Protocol):
    """Printer, cloud and scanner of this machine."""

    def start(self, ear: Ear) -> None:
        """Begins to print, to send and to listen. Slow."""
        ...

    def stop(self) -> None:
        """Ends what is under way, in order. Slow."""
        ...

    def printer(self) -> PrinterState: ...
    def drawer(self) -> DrawerState: ...
    def cloud(self) -> CloudNews: ...
    def look_at_prints(self) -> None:
        """There is something to print. Answers at once."""
        ...

    def sync_now(self) -> None:
        """Do not wait for the next round. Answers at once."""
        ...

    def join(self, url: str, code: str) -> None:
        """Joins a cloud with an invite; raises why not. Slow."""
        ...

    def terminal(self) -> TerminalNews | None:
        """The terminal this machine is, or None."""
        ...

    def activate(self, ask: TerminalAsk) -> None:
        """Becomes a terminal; raises why not. Slow."""
        ...

    def receipt_png(self, receipt: str) -> bytes:
        """A receipt as its paper looks. Slow."""
        ...

    def shift_png(self, number: int | None = None) -> bytes:
        """The X of the open shift, or the last Z of one that is closed, as its paper looks. Slow."""
        ...

    def keep_shift_pdf(self, number: int | None = None) -> str:
        """Writes the X of the open shift, or a Z, into the shop's folder of reports; answers the file. Slow."""
        ...

    def keep_report(self, name: str, title: str, day: str, sheet: ReportSheet, suffix: Literal["pdf", "xlsx"]) -> str:
        """Writes a report of that day (ISO date) into the shop's folder of reports; answers the file. Slow."""
        ...

    def move_out(self, by: str) -> str:
        """Writes everything the shop knows into a new folder of its own; answers the folder, or raises NeedsApproval.
        Slow."""
        ...

    def offer_png(self, changes: Mapping[str, Any]) -> bytes:
        """The foot of a receipt if these policies held. Slow."""
        ...

    def keep_her_data(self, hers: Mapping[str, Any]) -> str:
        """Everything about a member as JSON and as PDF in the shop's folder; answers where. Slow."""
        ...

    def try_printer(self, printer: PrinterSettings) -> Tried:
        """Prints the test page there; raises why not. Slow."""
        ...

    def profile(self, paper_mm: int, able: Ability) -> str:
        """The name of the profile for a printer that can do this."""
        ...

    def able(self, profile: str) -> Ability:
        """What a printer of this profile can do."""
        ...

    def use(self, settings: Settings) -> None:
        """The machine's settings have changed. Slow."""
        ...


PRINTER_FAULTS = ("fine", "paper_out", "off")
PAYMENT_FAULTS = ("fine", "password", "refused", "unknown", "late", "cut")


class Faults(Protocol):
    """Trouble a trainer calls up; it lasts until it is called off with `fine`."""

    def printer(self, fault: str) -> None:
        """One of PRINTER_FAULTS. Answers at once."""
        ...

    def payment(self, fault: str) -> None:
        """One of PAYMENT_FAULTS, for every payment code from now on. Answers at once."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """`staff` is who is signed in already, as in the demo shop; None asks for a PIN.

    `practise` makes the parts of the training shop for the person with that code (slow); `faults` is there in a
    training shop alone, whose parts are given back with `close`.
    """

    shop: Shop
    clock: Clock
    ids: Ids
    words: Words
    settings: Settings
    keep_settings: Callable[[Settings], None]
    outside: Outside
    providers: Mapping[TenderKind, Provider] = field(default_factory=dict)
    staff: Staff | None = None
    words_of: Callable[[str], Words] | None = None
    """The words of a language that was just chosen; "" is the system's."""
    practise: Callable[[str], Parts] | None = None
    faults: Faults | None = None
    close: Callable[[], None] | None = None
    uptime_s: Callable[[], float] = uptime_s
    """What the clock's steps are measured by."""

    @property
    def is_training(self) -> bool:
        return self.faults is not None
