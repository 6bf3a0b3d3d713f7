"""init, status, check, backup, restore: the shop as a whole."""

from __future__ import annotations

import argparse
import errno
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storeapp import app
from storeapp.database.backup import backup_name
from storeapp.domain.ledger_proof import LedgerProof
from storeapp.domain.money import Money
from storeapp.errors import Refused
from storeapp.till.liability import custody_missing
from storeapp.till.named_files import FileUnusable, opened
from storeapp.ui import wording
from storeapp.verbs.files import check, write_private
from storeapp.verbs.output import DONE, REFUSED, Output, as_line
from storeapp.verbs.table import common

SHOWN_FINDINGS = 20
KEYS_MAX_BYTES = 10_000


@dataclass(eq=False)
class CheckFailed(Refused):
    """The books do not agree with themselves in `count` places."""

    count: int
    word = "check_failed"


@dataclass(eq=False)
class BadKeys(Refused):
    """The file `file` holds no keys of a shop."""

    file: str
    word = "bad_keys"


def add_parser(subparsers: Any) -> None:
    init = subparsers.add_parser("init", help="makes an empty shop")
    init.add_argument("--demo", action="store_true", help="with goods, members and staff to try everything on")
    init.add_argument("--name", default="", metavar="N", help="what the shop is called")
    init.add_argument("--store", default="S01", metavar="CODE")
    init.add_argument("--till", default="1", metavar="CODE")
    status = subparsers.add_parser("status", help="which shop this is, and what is unsent")
    check = subparsers.add_parser("check", help="recomputes every balance and verifies the journal")
    backup = subparsers.add_parser("backup", help="copies the shop to a file")
    backup.add_argument("to", nargs="?", metavar="TO", help="a file; among the shop's own backups if left out")
    restore = subparsers.add_parser("restore", help="brings a shop back from a backup")
    restore.add_argument("source", metavar="FROM")
    backup.add_argument("--keys", metavar="FILE", help="also writes the keys, for a machine that has none of this shop")
    restore.add_argument("--keys", metavar="FILE", help="the keys, where this machine has none of the shop")
    for verb, run in ((init, _init), (status, _status), (check, _check), (backup, _backup), (restore, _restore)):
        common(verb)
        verb.set_defaults(run=run)


def _init(chosen: argparse.Namespace, output: Output) -> int:
    folder = app.make_shop(chosen.shop, name=chosen.name, store=chosen.store, till=chosen.till, is_demo=chosen.demo)
    if output.as_json:
        output.document({"shop": str(folder), "store": chosen.store, "till": chosen.till, "demo": chosen.demo})
    else:
        output.say(output.t("A shop stands in {folder}.").format(folder=folder))
    return DONE


def _proof(proof: LedgerProof) -> dict[str, Any]:
    return {"at": proof.at, "legs": proof.legs, "faults": proof.faults}


def _status(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            device, unsent = books.device, books.journal.unsent()
            last, today = books.sales.last(), till.today(books).isoformat()
            count, total_fen = books.sales.count_on(today)
            told: dict[str, Any] = {
                "shop": str(till.folder),
                "name": books.policy.in_force().text("shop.name"),
                "store": device.store,
                "till": device.till,
                "demo": device.is_demo,
                "training": device.is_training,
                "products": books.products.count(),
                "members": books.members.count(),
                "today": {"business_date": today, "count": count, "total_fen": total_fen},
                "last_receipt": None if last is None else last.receipt,
                "cloud": device.cloud_url or None,
                "joined": device.is_joined,
                "acked_seq": books.journal.acked(),
                "last_seq": books.journal.head()[0],
                "unsent": unsent.count,
                "unsent_since": unsent.oldest_at,
                "ledger_proof": None if (proof := books.proofs.last()) is None else _proof(proof),
                "custody_short_fen": None if (missing := custody_missing(books)) is None else missing.fen,
            }
        told["unsent_age_s"] = app.age_s(unsent.oldest_at, till.clock.now())
    if output.as_json:
        output.document(told)
    else:
        _say_status(told, output)
    return DONE


def _say_status(told: dict[str, Any], output: Output) -> None:
    sales, missing = output.n("{n} sale", "{n} sales", told["today"]["count"]), told["custody_short_fen"]
    output.facts(
        [
            (output.t("shop"), told["name"] or told["shop"]),
            (output.t("till"), f"{told['store']} · {told['till']}"),
            (output.t("products"), f"{told['products']:,}"),
            (output.t("members"), f"{told['members']:,}"),
            (output.t("today"), f"{sales} · {wording.money(Money(told['today']['total_fen']))}"),
            (output.t("cloud"), told["cloud"] or output.t("not joined; the shop needs none to sell")),
            (
                output.t("unsent"),
                str(told["unsent"]) + (f"  {told['unsent_since'][:16]}" if told["unsent_since"] else ""),
            ),
            *([(output.t("missing in custody"), wording.money(Money(missing)))] if missing else []),
        ]
    )


def _check(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        findings = till.shop.check()
    if output.as_json:
        output.document({"ok": not findings, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings[:SHOWN_FINDINGS]:
            output.say(f"! {finding}")
        output.say(
            output.n("{n} thing is wrong.", "{n} things are wrong.", len(findings))
            if findings
            else output.t("All is in order.")
        )
    if findings:
        output.error(CheckFailed(len(findings)))
        return REFUSED
    return DONE


def _backup(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        target = _target(chosen.to, till.clock.now())
        if target is not None and not target.parent.is_dir():
            # made on the way, the folder of a stick that is not plugged in would lie on this very disk
            raise FileUnusable(str(target), os.strerror(errno.ENOENT))
        if chosen.keys:
            check([chosen.keys], new=True)
        if target is not None and target.exists() and not till.shop.is_own_copy(target):
            raise FileUnusable(str(target), os.strerror(errno.EEXIST))
        made = till.shop.backup(target)
        if chosen.keys:
            secrets = {name: key.hex() for name, key in app.keys_of(till).items()}
            write_private(chosen.keys, as_line(secrets).encode())
    if output.as_json:
        output.document({"backup": str(made), "bytes": made.stat().st_size, "keys": chosen.keys})
        return DONE
    output.say(output.t("Copied to {file}.").format(file=made))
    if chosen.keys:
        said = output.t("Its keys are in {file}: keep them safe, and apart from the copy.")
        output.say(said.format(file=chosen.keys))
    else:
        output.say(output.t("It opens only with this machine's keys. Write them down once with --keys FILE."))
    return DONE


def _restore(chosen: argparse.Namespace, output: Output) -> int:
    keys = _keys(chosen.keys) if chosen.keys else None
    with opened(chosen.source):
        # only to say in time that it is not there
        pass
    folder = app.restore(chosen.shop, Path(chosen.source), keys=keys)
    if output.as_json:
        output.document({"shop": str(folder), "from": chosen.source})
    else:
        output.say(output.t("The shop in {folder} is as it was in the backup.").format(folder=folder))
    return DONE


def _keys(name: str) -> dict[str, bytes]:
    with opened(name) as file:
        data = file.read(KEYS_MAX_BYTES)
    try:
        return {key: bytes.fromhex(secret) for key, secret in json.loads(data).items()}
    except (ValueError, AttributeError, TypeError):
        raise BadKeys(name) from None


def _target(named: str | None, now: datetime) -> Path | None:
    """The file to write: a folder gets one of the shop's own names."""
    if named is None:
        return None
    to = Path(named)
    return to / backup_name(now) if to.is_dir() else to
