"""What a deed at the command line is told beside its subject: who does it, who allows it, and which request it is."""

from __future__ import annotations

import argparse

from storeapp.domain.staff import SCRIPT


def once(deed: argparse.ArgumentParser) -> None:
    """`--id`, as `request_id`."""
    deed.add_argument("--id", dest="request_id", metavar="ID", help="the caller's own: the same again is the first one")


def by_hand_of(deed: argparse.ArgumentParser, *, dest: str = "actor") -> None:
    """`--as`; nobody named is the script's own hand."""
    deed.add_argument("--as", dest=dest, default=SCRIPT, metavar="CODE", help="the staff code of who does it")


def allowed_by(deed: argparse.ArgumentParser, *, dest: str = "actor") -> None:
    """`--as`, and `--approver` for what that person may not."""
    by_hand_of(deed, dest=dest)
    deed.add_argument("--approver", default="", metavar="CODE", help="who allows what that person may not")
