"""The night: 100,000 members and two million sales, until every member stands where her visits put her."""

from __future__ import annotations

import resource
from pathlib import Path

from storeapp.bench.measure import Figure, timed
from storeapp.bench.shop import measured_shop
from storeapp.bench.trade import trade
from storeapp.till import insight, layers, outreach, tiers
from storeapp.till.policies import set_policy

NIGHT_S, MEMORY_MB = 60.0, 1024.0
PRODUCTS = 2_000
TIERS = "银卡: spend 1000, visits 12; 金卡: spend 5000"


def night_figures(folder: Path, *, members: int = 100_000, visits: int = 20) -> list[Figure]:
    """The night's work, what it holds in memory at its largest, and the reading of the owner's page."""
    with measured_shop(folder / "shop", products=PRODUCTS, members=members) as shop:
        trade(shop, visits)
        shop.shop.checkpoint()
        night_s = timed(lambda: layers.work_the_night(shop.shop, clock=shop.clock)) / 1000
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        set_policy(shop.shop, "tier.rules", TIERS, clock=shop.clock)
        tiers_s = timed(lambda: tiers.judge_all(shop.shop, clock=shop.clock)) / 1000
        list_s = timed(lambda: outreach.prepare(shop.shop, clock=shop.clock)) / 1000
        page_s = timed(lambda: insight.insight(shop.shop, clock=shop.clock)) / 1000
    note = f"{members:,} members, {members * visits:,} sales"
    return [
        Figure("night over all members", night_s, "s", NIGHT_S, note=note),
        Figure("memory of the process after it", peak_mb, "MB", MEMORY_MB),
        Figure("tiers judged, all for the first time", tiers_s, "s", NIGHT_S),
        Figure("list of the morning", list_s, "s", NIGHT_S),
        Figure("page of insight read", page_s, "s", NIGHT_S),
    ]
