"""report leaks: what the journal of a day tells an owner to look at."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from storeapp import app
from storeapp.till.leaks import leaks_of_day
from storeapp.ui.reports.sheets import leaks_sheet
from storeapp.verbs.output import DONE, Output


def run(chosen: argparse.Namespace, output: Output) -> int:
    """Prints every finding; finding nothing is well."""
    with app.open_till(chosen.shop) as till:
        day = (chosen.date or till.clock.now().date()).isoformat()
        found = leaks_of_day(till.shop, day)
    if output.as_json:
        output.document({"date": day, "findings": [asdict(finding) for finding in found]})
    else:
        output.sheet(leaks_sheet(found, day, output.words))
    return DONE
