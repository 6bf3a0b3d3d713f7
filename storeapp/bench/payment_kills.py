"""kill -9: tills that take payments over real HTTP are killed at any moment, and started again."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

from storeapp.bench.measure import Figure
from storeapp.bench.payment_audit import audit
from storeapp.bench.payment_day import PaymentDay
from storeapp.bench.payment_till import live
from storeapp.bench.payments import Played, Time, held, let_the_world_come_back, providers_of
from storeapp.bench.shop import measured_shop
from storeapp.database.keystore import best_keystore
from storeapp.database.shop import ShopDatabase
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.serve import serving
from storeapp.till.clock import RandomIds, SystemClock

KILLS = 200
LONGEST_S = 0.6
READY_S = 60.0


def kill_and_kill_again(folder: Path, kills: int, *, seed: int) -> Played:
    """`kills` lives of one till, each ended by SIGKILL, and one more that tidies up."""
    with measured_shop(folder, products=1, members=0):
        pass
    chance, fake = random.Random(seed), FakeProviders()
    # forked from a server that has loaded everything: a life begins in milliseconds, and ends like any process
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["storeapp.bench.payment_till"])
    with serving(fake) as url:
        for life in range(1, kills + 1):
            heard, ready = context.Pipe(duplex=False)
            till = context.Process(target=live, args=(folder, url, fake.keys, life, ready))
            till.start()
            ready.close()
            if not heard.poll(READY_S):
                raise TimeoutError("the till never came up")
            pid = heard.recv()
            time.sleep(chance.uniform(0.0, LONGEST_S))
            os.kill(pid, signal.SIGKILL)
            till.join()
            till.close()
            heard.close()
    return _tidied(folder, fake, kills)


def _tidied(folder: Path, fake: FakeProviders, kills: int) -> Played:
    now, ids = Time(fake.clock.now()), RandomIds()
    fake.orders.now = now.now
    shop = ShopDatabase.open(folder, clock=SystemClock(), ids=ids, keystore=best_keystore(folder))
    try:
        providers = providers_of(fake, now.now, lambda _place: None)
        day = PaymentDay(shop, providers, now, ids, now, random.Random(0), codes=10**9)
        day.recover()
        with shop.reading() as books:
            listed = len(books.attempts.unsettled()) + len(books.attempts.open())
        let_the_world_come_back(fake, day, now)
        return Played(kills, listed, audit(shop, held(fake)))
    finally:
        shop.close()


def kill_figures(folder: Path) -> list[Figure]:
    """The three zeros again, under real kills over real HTTP."""
    began = time.perf_counter()
    played = kill_and_kill_again(folder, KILLS, seed=9)
    found, took = played.audit, time.perf_counter() - began
    crimes = len(found.charged_without_sale) + len(found.sold_without_money) + len(found.doubled)
    note = f"{played.kills} times kill -9, {found.attempts} payments, {found.sales} sales, {took:.0f} s"
    return [Figure("payments lost, doubled or missing under kill -9", crimes, "trades", 0, note=note)]
