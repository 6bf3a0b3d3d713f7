"""What a deed at the command line is told beside its subject: who does it, who allows it, and which request it is."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from storeapp.domain.staff import SCRIPT
from storeapp.domain.top_up import TAKEN


def once(deed: argparse.ArgumentParser) -> None:
    """`--id`, as `request_id`."""
    deed.add_argument("--id", dest="request_id", metavar="ID", help="the caller's own: the same again is the first one")


def pays_in(deed: argparse.ArgumentParser) -> None:
    """`--tender`, `--ref` and `--print` of money she brings."""
    _by_a_way(deed, "what she pays with")
    deed.add_argument("--ref", default="", help="the card slip or trade number that proves it")


def gets_back(deed: argparse.ArgumentParser, *, by: Collection[str] = ()) -> None:
    """`--tender`, `--reason`, `--dry-run` and `--print` of money she is owed; `by` are more ways it may go."""
    _by_a_way(deed, "how she gets it", more=by)
    deed.add_argument("--reason", default="")
    deed.add_argument("--dry-run", action="store_true", help="says what she would get, and pays nothing")


def _by_a_way(deed: argparse.ArgumentParser, said: str, *, more: Collection[str] = ()) -> None:
    deed.add_argument("--tender", choices=sorted({*TAKEN, *more} - {"simulated"}), default="cash", help=said)
    deed.add_argument("--print", dest="prints", action="store_true", help="owes the slip and opens the drawer")


def by_hand_of(deed: argparse.ArgumentParser, *, dest: str = "actor") -> None:
    """`--as`; nobody named is the script's own hand."""
    deed.add_argument("--as", dest=dest, default=SCRIPT, metavar="CODE", help="the staff code of who does it")


def asked_by(deed: argparse.ArgumentParser) -> None:
    """`--id`, `--as` and `--approver`."""
    once(deed)
    allowed_by(deed)


def allowed_by(deed: argparse.ArgumentParser, *, dest: str = "actor") -> None:
    """`--as`, and `--approver` for what that person may not."""
    by_hand_of(deed, dest=dest)
    deed.add_argument("--approver", default="", metavar="CODE", help="who allows what that person may not")
