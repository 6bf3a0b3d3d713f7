"""All the measurements by name, each in a folder of its own that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from storeapp.bench.checkout import checkout_figures, sell_figures
from storeapp.bench.ingest import ingest_figures
from storeapp.bench.lookup import search_figures
from storeapp.bench.measure import Figure
from storeapp.bench.members import member_figures
from storeapp.bench.night import night_figures
from storeapp.bench.payment_kills import kill_figures
from storeapp.bench.payments import payment_figures
from storeapp.bench.price import price_figures
from storeapp.bench.receipt import receipt_figures
from storeapp.bench.refund import refund_figures
from storeapp.bench.shift import shift_figures
from storeapp.bench.start import start_figures
from storeapp.bench.window import attach_figures, heartbeat_figures, scan_figures

BENCHES: dict[str, Callable[[Path], list[Figure]]] = {
    "scan": scan_figures,
    "heartbeat": heartbeat_figures,
    "start": start_figures,
    "checkout": checkout_figures,
    "sell": sell_figures,
    "refund": refund_figures,
    "price": price_figures,
    "receipt": receipt_figures,
    "search": search_figures,
    "attach": attach_figures,
    "night": night_figures,
    "members": member_figures,
    "ingest": ingest_figures,
    "shift": shift_figures,
    "payments": payment_figures,
    "payment-kills": kill_figures,
}


KEPT = ("members",)
"""Those whose shop takes longer to lay out than to measure: kept in a folder, it is measured again."""


def figures(names: tuple[str, ...], *, keep: Path | None = None) -> Iterator[Figure]:
    """The figures of these measurements, each as soon as it is known; those of `KEPT` leave their shop in `keep`."""
    for name in names:
        if keep is not None and name in KEPT:
            keep.mkdir(parents=True, exist_ok=True)
            yield from BENCHES[name](keep)
            continue
        with tempfile.TemporaryDirectory(prefix="storeapp-bench-") as folder:
            yield from BENCHES[name](Path(folder))
