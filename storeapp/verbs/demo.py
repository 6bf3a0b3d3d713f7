"""demo: a scripted day off-screen, with pictures of every screen, papers, a report and a cloud."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.verbs.output import DONE, Output

if TYPE_CHECKING:
    from storeapp.demo.run import Result


def add_parser(subparsers: Any) -> None:
    demo = subparsers.add_parser("demo", help="plays a day in a demo shop off-screen, with pictures of every screen")
    demo.add_argument("--out", required=True, metavar="DIR", help="where everything goes; an earlier demo is replaced")
    demo.add_argument("--quick", action="store_true", help="one language and one size of screen")
    demo.add_argument("--json", action="store_true", help="JSON instead of words")
    demo.set_defaults(run=_demo)


def _demo(chosen: argparse.Namespace, output: Output) -> int:
    # the window, the printer and the cloud all at once: far too heavy for the other verbs
    from storeapp.demo.faults import DemoBroke
    from storeapp.demo.run import run

    try:
        result = run(Path(chosen.out), is_quick=chosen.quick)
    except DemoBroke as broke:
        output.err.write(f"! {broke.step}\n")
        raise
    if output.as_json:
        told = asdict(result.told) | {"pictures": result.pictures, "receipts": result.receipts}
        output.document({"folder": str(result.folder), **told})
    else:
        _say(result, output)
    return DONE


def _say(result: Result, output: Output) -> None:
    folder, told, _ = result.folder, result.told, output.t
    sales = output.n("{n} sale", "{n} sales", told.sales)
    output.facts(
        [
            (_("pictures"), f"{folder / 'screens'} ({result.pictures})"),
            (_("receipts"), f"{folder / 'receipts'} ({result.receipts})"),
            (_("day report"), ", ".join(str(path) for path in sorted(folder.glob("day-*.pdf")))),
            (_("shop"), f"{folder / 'shop'}, {sales} · {wording.money(Money(told.total_fen))}"),
            (_("cloud"), str(folder / "cloud")),
        ]
    )
    steps = (_("printed"), _("opened"), _("claimed"), _("redeemed"), _("bought again"))
    output.say("")
    output.table(steps, [[str(count) for count in told.loop.values()]], right=range(len(steps)))
