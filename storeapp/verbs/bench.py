"""bench: what this machine does, beside its own floor measured in the same run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from storeapp.verbs.output import DONE, REFUSED, Output


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("bench", help="measures this machine")
    parser.add_argument(
        "name",
        nargs="*",
        metavar="NAME",
        help="scan, search, price, checkout, sell, receipt, night, members, ingest, shift, start, payments, "
        "payment-kills",
    )
    parser.add_argument(
        "--keep", metavar="FOLDER", help="lays out the shop of `members` there, or measures the one it finds"
    )
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")
    parser.set_defaults(run=_bench)


def _bench(chosen: argparse.Namespace, output: Output) -> int:
    # the measurements bring in every heavy library
    from storeapp.bench.measure import table
    from storeapp.bench.run import BENCHES, figures
    from storeapp.verbs.table import WrongUsage

    unknown = [name for name in chosen.name if name not in BENCHES]
    if unknown:
        raise WrongUsage("usage: storeapp bench [NAME ...]\n", f"no bench {unknown[0]!r}, only {', '.join(BENCHES)}")
    keep = Path(chosen.keep) if chosen.keep else None
    found = []
    for figure in figures(tuple(chosen.name) or tuple(BENCHES), keep=keep):
        found.append(figure)
        if output.as_json:
            output.document(figure.data())
    if not output.as_json:
        output.say(table(found))
    return DONE if all(figure.holds for figure in found) else REFUSED
