"""export: everything the shop knows, in a folder of files another system reads."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storeapp import app
from storeapp.domain.staff import SCRIPT
from storeapp.till.moving_out import move_out
from storeapp.till.named_files import FileUnusable
from storeapp.verbs.documents import by_whom
from storeapp.verbs.files import write_lines
from storeapp.verbs.output import DONE, Output


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("export", help="everything the shop knows, in files another system reads")
    parser.add_argument("to", metavar="DIR", help="a folder; files that are there already are left alone")
    by_whom(parser)
    parser.set_defaults(run=_export)


def _export(chosen: argparse.Namespace, output: Output) -> int:
    folder = Path(chosen.to)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnusable(chosen.to, error.strerror or type(error).__name__) from error

    def write(name: str, lines: Iterable[str]) -> None:
        write_lines(str(folder / name), (line.encode() for line in lines))

    with app.open_till(chosen.shop) as till:
        counts = move_out(till.shop, write, clock=till.clock, by=chosen.by or SCRIPT)
    if output.as_json:
        output.document({"folder": str(folder), "files": counts})
    else:
        output.facts([(name, f"{count:,}") for name, count in counts.items()])
    return DONE
