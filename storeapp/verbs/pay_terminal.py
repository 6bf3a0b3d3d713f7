"""pay activate | check-in | show: which way each wallet's codes go, and this machine's terminal of Shouqianba."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from storeapp import app
from storeapp.contracts import WALLETS, Activation, contracts_of, vendor_key
from storeapp.domain.tender_names import tender_name
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_deeds(deeds: Any) -> None:
    activate = deeds.add_parser("activate", help="this machine becomes a terminal of Shouqianba")
    activate.add_argument("code", metavar="CODE")
    activate.add_argument("--app-id", required=True, metavar="TEXT")
    activate.add_argument("--vendor-sn", required=True, metavar="TEXT")
    # a key on the command line would stand in the shell's history and in the list of processes
    activate.add_argument("--vendor-key-file", required=True, type=Path, metavar="FILE")
    activate.add_argument("--gateway", default="", metavar="URL", help="another address than the company's own")
    check_in = deeds.add_parser("check-in", help="asks for the terminal's key of the day")
    show = deeds.add_parser("show", help="which wallet goes which way, and the terminal")
    for parser, deed in ((activate, _activate), (check_in, _check_in), (show, _show)):
        common(parser)
        parser.set_defaults(run=deed)


def _activate(chosen: argparse.Namespace, output: Output) -> int:
    asked = Activation(chosen.code, chosen.app_id, chosen.vendor_sn, vendor_key(chosen.vendor_key_file), chosen.gateway)
    with app.open_till(chosen.shop) as till, contracts_of(till) as contracts:
        terminal = contracts.activate(asked)
    if output.as_json:
        output.document({"terminal": terminal.sn, "checked_at": terminal.checked_at})
    else:
        output.say(output.t("This machine is terminal {sn}. Its key lies in the keystore.").format(sn=terminal.sn))
    return DONE


def _check_in(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, contracts_of(till) as contracts:
        terminal = contracts.check_in(again=True)
    if output.as_json:
        output.document({"terminal": terminal.sn, "checked_at": terminal.checked_at})
    else:
        output.say(output.t("Checked in at {at}.").format(at=terminal.checked_at))
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, contracts_of(till) as contracts:
        with till.shop.reading() as books:
            policy = books.policy.in_force()
        ways = {kind: policy.text(f"pay.{kind}") for kind in WALLETS}
        taken, terminal = tuple(contracts), contracts.terminal
    told = None if terminal is None else {"sn": terminal.sn, "checked_at": terminal.checked_at}
    if output.as_json:
        output.document({"wallets": ways, "taken": taken, "terminal": told})
        return DONE
    output.table(
        [output.t("Wallet"), output.t("Way"), output.t("Taken here")],
        [[tender_name(kind, output.words), way, "✓" if kind in taken else "—"] for kind, way in ways.items()],
    )
    output.say(output.t("Terminal: {sn}").format(sn=terminal.sn if terminal is not None else "—"))
    return DONE
