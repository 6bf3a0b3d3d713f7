"""import sales: history from another system, JSON lines as for `sell`, every fault with its line, all or nothing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from storeapp import app
from storeapp.domain.money import Money, yuan
from storeapp.errors import Refused
from storeapp.till.named_files import opened
from storeapp.till.sale_import import Taken, take_in
from storeapp.till.sheets import BadRows
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.sell import json_object

SHOWN_LINES = 20


def import_sales(chosen: argparse.Namespace, output: Output) -> int:
    """Runs the verb."""
    with opened(chosen.file) as source, app.open_till(chosen.shop) as till:
        taken = take_in(
            till.shop,
            _requests(source),
            ids=till.ids,
            dry_run=chosen.dry_run,
            skip_bad=chosen.skip_bad,
            progress=output.progress,
        )
    output.progress_over()
    refused = bool(taken.bad) and not chosen.skip_bad
    if output.as_json:
        output.document(_told(chosen, taken, imported=not chosen.dry_run and not refused))
    else:
        _say(output, taken)
    if refused:
        output.error(BadRows(taken.bad))
        return REFUSED
    if not output.as_json:
        output.say(output.t("Nothing was changed.") if chosen.dry_run else output.t("Imported."))
    return DONE


def _requests(source: BinaryIO) -> Iterator[tuple[int, Mapping[str, Any] | Refused]]:
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            yield number, json_object(number, line)
        except Refused as error:
            yield number, error


def _told(chosen: argparse.Namespace, taken: Taken, *, imported: bool) -> dict[str, Any]:
    return {
        "dry_run": chosen.dry_run,
        "imported": imported,
        "new": taken.new,
        "same": taken.same,
        "bad": taken.bad,
        "total_fen": taken.total_fen,
        "faults": [{"row": number, "refused": error.word, **error.facts()} for number, error in taken.faults],
    }


def _say(output: Output, taken: Taken) -> None:
    for number, error in taken.faults[:SHOWN_LINES]:
        output.say("! " + output.t("row {row}: {why}").format(row=number, why=output.sentence_of(error)))
    if taken.bad > SHOWN_LINES:
        output.say(output.t("… and {n} more").format(n=taken.bad - SHOWN_LINES))
    named = ((output.t("new"), taken.new), (output.t("same"), taken.same), (output.t("bad"), taken.bad))
    output.say(" · ".join(f"{name} {count:,}" for name, count in named))
    output.say(output.t("together {amount}").format(amount=yuan(Money(taken.total_fen), grouped=True)))
