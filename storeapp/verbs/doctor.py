"""doctor: the morning check of this machine: printer, paper, scanner, clock, disk, backup, cloud, fonts, libraries."""

from __future__ import annotations

import argparse
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from storeapp import app, resources, settings
from storeapp.contracts import WALLETS, Contracts, age_days
from storeapp.devices.address import open_transport
from storeapp.domain.alarm import OWN, Alarm
from storeapp.domain.ledger_proof import LedgerProof
from storeapp.errors import StoreappError
from storeapp.payments.addresses import SHOUQIANBA
from storeapp.till.liability import custody_missing
from storeapp.till.unclear import listed
from storeapp.ui import alarm_words, wording
from storeapp.verbs.output import DONE, UNAVAILABLE, Output
from storeapp.verbs.table import common
from storeapp.words import N_

STATUS_TIMEOUT_S = 2.0
DISK_LEAST_BYTES = 500_000_000
BACKUP_OLD_DAYS = 2
PROOF_OLD_DAYS = 2
UNSENT_OLD_S = 24 * 3600
# younger than the program itself: the battery of the board is empty
CLOCK_EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)
LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "qrcode", "python-escpos", "reportlab", "Pillow")

Verdict = Literal["good", "look", "bad"]
MARKS: dict[Verdict, str] = {"good": "✓", "look": "!", "bad": "✗"}
NAMES = {
    "shop": N_("shop"),
    "printer": N_("printer"),
    "paper": N_("paper"),
    "drawer": N_("drawer"),
    "scanner": N_("scanner"),
    "alarms": N_("alarms"),
    "clock": N_("clock"),
    "disk": N_("disk"),
    "keys": N_("keys"),
    "ledger": N_("ledger"),
    "backup": N_("backup"),
    "cloud": N_("cloud"),
    "payments": N_("payments"),
    "custody": N_("custody"),
    "fonts": N_("fonts"),
    "libraries": N_("libraries"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `verdict` good, look (a person should), or bad; `said` is what was found."""

    what: str
    verdict: Verdict
    said: str


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("doctor", help="the morning check of this machine")
    common(parser)
    parser.set_defaults(run=_doctor)


def _doctor(chosen: argparse.Namespace, output: Output) -> int:
    folder = app.folder_of(chosen.shop)
    kept = settings.load(folder)
    findings = [
        *_shop(folder, output),
        *_printer(kept.printer, output),
        _scanner(kept, output),
        _clock(output),
        _disk(folder, output),
        _fonts(output),
        _libraries(output),
    ]
    if output.as_json:
        output.document({"findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            output.say(f"{MARKS[finding.verdict]} {output.t(NAMES[finding.what])}: {finding.said}")
    return UNAVAILABLE if any(finding.verdict == "bad" for finding in findings) else DONE


def _shop(folder: Path, output: Output) -> Iterator[Finding]:
    try:
        with app.open_till(str(folder)) as till:
            with till.shop.reading() as books:
                device, unsent, proof = books.device, books.journal.unsent(), books.proofs.last()
                waiting = books.alarms.latest()
            now = till.clock.now()
            protected = till.keystore.is_protected
            newest = app.newest_backup(folder)
            money = (*_payments(till, output), *_custody(till, output))
    except StoreappError as error:
        yield Finding("shop", "bad", str(error))
        return
    yield Finding("shop", "good", f"{device.store} · {device.till}")
    if protected:
        yield Finding("keys", "good", output.t("in the system's keystore"))
    else:
        yield Finding("keys", "look", output.t("in a file: whoever reads this disk reads the members"))
    if newest is None:
        yield Finding("backup", "look", output.t("there is none yet"))
    else:
        days = (now - newest).days
        said = output.n("{n} day old", "{n} days old", days)
        yield Finding("backup", "look" if days >= BACKUP_OLD_DAYS else "good", said)
    yield _ledger(proof, now, output)
    if not device.is_joined:
        yield Finding("cloud", "good", output.t("not joined; the shop needs none to sell"))
    else:
        late = (app.age_s(unsent.oldest_at, now) or 0) > UNSENT_OLD_S
        said = output.n("{n} entry unsent", "{n} entries unsent", unsent.count)
        yield Finding("cloud", "look" if late else "good", said)
    yield from money
    yield from _alarms([alarm for alarm in waiting if alarm.state == "open" and alarm.kind not in OWN], output)


def _ledger(proof: LedgerProof | None, now: datetime, output: Output) -> Finding:
    """What the last night's proof of the books found, and whether there was one."""
    if proof is None:
        return Finding("ledger", "look", output.t("not proven yet: the window does it at night"))
    if proof.faults:
        said = output.n("{n} fault, first", "{n} faults, first", proof.faults)
        return Finding("ledger", "bad", f"{said}: {proof.first[0]}")
    days = (now - datetime.fromisoformat(proof.at)).days
    said = output.n("{n} entry adds up", "{n} entries add up", proof.legs)
    if days < PROOF_OLD_DAYS:
        return Finding("ledger", "good", said)
    said += output.n(", proven {n} day ago", ", proven {n} days ago", days)
    return Finding("ledger", "look", said)


def _payments(till: app.Till, output: Output) -> Iterator[Finding]:
    """The terminal's key and how old it is, whether its gateway answers, and what is unclear."""
    contracts, now = Contracts(till), till.clock.now()
    with till.shop.reading() as books:
        unclear = len(listed(books, now))
        wants_terminal = any(books.policy.in_force().text(f"pay.{kind}") == "shouqianba" for kind in WALLETS)
    terminal = contracts.terminal
    if terminal is None:
        if wants_terminal:
            yield Finding("payments", "bad", output.t("this machine is not activated with Shouqianba"))
        else:
            yield Finding("payments", "good", ", ".join(contracts) or output.t("no contract; codes are paid by hand"))
    else:
        days = age_days(terminal, now)
        said = output.n("terminal checked in {n} day ago", "terminal checked in {n} days ago", days or 0)
        yield Finding("payments", "look" if days is None or days > 1 else "good", f"{said} ({terminal.sn})")
        host = urlsplit(terminal.gateway or SHOUQIANBA)
        if _is_reachable(host.hostname or "", host.port or (443 if host.scheme == "https" else 80)):
            yield Finding("payments", "good", output.t("the gateway answers"))
        else:
            yield Finding("payments", "bad", output.t("the gateway does not answer: {host}").format(host=host.hostname))
    if unclear:
        said = output.n("{n} payment is unclear", "{n} payments are unclear", unclear)
        yield Finding("payments", "look", said)


def _custody(till: app.Till, output: Output) -> Iterator[Finding]:
    """What the law wants kept apart of what members paid in."""
    with till.shop.reading() as books:
        missing = custody_missing(books)
    if missing is None:
        return
    if missing:
        said = output.t("{amount} of what members paid in is missing in custody")
        yield Finding("custody", "look", said.format(amount=wording.money(missing)))
    else:
        yield Finding("custody", "good", output.t("as much as the rules ask for"))


def _alarms(waiting: Sequence[Alarm], output: Output) -> Iterator[Finding]:
    """What waits for somebody; the books and custody have lines of their own."""
    if not waiting:
        yield Finding("alarms", "good", output.t("nothing waits for anybody"))
    for alarm in waiting:
        said = alarm_words.in_one_line(alarm, output.words)
        yield Finding("alarms", "bad" if alarm.is_grave else "look", f"{alarm.place}: {said}" if alarm.place else said)


def _is_reachable(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=STATUS_TIMEOUT_S).close()
    except OSError:
        return False
    return True


def _printer(kept: settings.PrinterSettings, output: Output) -> Iterator[Finding]:
    if kept.address == settings.BUILT_IN_PAPER:
        yield Finding("printer", "look", output.t("the built-in paper: no printer is set up"))
        return
    try:
        status = open_transport(kept.address).status(timeout_s=STATUS_TIMEOUT_S)
    except (StoreappError, OSError) as error:
        yield Finding("printer", "bad", str(error))
        return
    if status.online is None:
        yield Finding("printer", "look", output.t("does not answer; some never do. Print a test page."))
    elif status.online and not status.error and not status.cover_open:
        yield Finding("printer", "good", kept.address)
    else:
        yield Finding("printer", "bad", output.t("is off line, open or in trouble"))
    papers: dict[str, tuple[Verdict, str]] = {
        "ok": ("good", output.t("enough")),
        "near_end": ("look", output.t("nearly used up")),
        "out": ("bad", output.t("used up")),
    }
    if status.paper in papers:
        yield Finding("paper", *papers[status.paper])
    yield Finding("drawer", "good", output.t("opens on pin {pin} of the printer").format(pin=kept.drawer_pin))


def _scanner(kept: settings.Settings, output: Output) -> Finding:
    if not kept.scanner_port:
        return Finding("scanner", "good", output.t("types like a keyboard; scan something to try it"))
    is_there = kept.scanner_port.upper().startswith("COM") or Path(kept.scanner_port).exists()
    return Finding("scanner", "good" if is_there else "bad", kept.scanner_port)


def _clock(output: Output) -> Finding:
    now = datetime.now(UTC)
    if now < CLOCK_EARLIEST:
        return Finding("clock", "bad", output.t("stands in the past: {at}").format(at=now.isoformat()[:16]))
    return Finding("clock", "good", datetime.now().astimezone().isoformat(sep=" ", timespec="minutes"))


def _disk(folder: Path, output: Output) -> Finding:
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    said = output.t("{free} GB free").format(free=f"{free / 1e9:.1f}")
    return Finding("disk", "good" if free > DISK_LEAST_BYTES else "bad", said)


def _fonts(output: Output) -> Finding:
    missing = [
        name
        for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
        if not resources.path("fonts", name).is_file()
    ]
    return Finding("fonts", "bad" if missing else "good", ", ".join(missing) or output.t("bundled"))


def _libraries(output: Output) -> Finding:
    found: list[str] = []
    missing: list[str] = []
    for name in LIBRARIES:
        version = _version(name, metadata.version)
        (found if version else missing).append(f"{name} {version}".strip())
    if missing:
        return Finding("libraries", "bad", output.t("missing: {names}").format(names=", ".join(missing)))
    return Finding("libraries", "good", ", ".join(found))


def _version(name: str, ask: Callable[[str], str]) -> str:
    try:
        return ask(name)
    except metadata.PackageNotFoundError:
        return ""
