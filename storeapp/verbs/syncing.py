"""join and sync: this till and its cloud."""

from __future__ import annotations

import argparse
import signal
import threading
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.errors import Unavailable
from storeapp.sync.identity import connect
from storeapp.sync.join import join
from storeapp.sync.push import Trouble
from storeapp.sync.round import Round, sync_once
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common

PAUSE_S = 10.0


def add_parser(subparsers: Any) -> None:
    joins = subparsers.add_parser("join", help="joins this till to a cloud")
    joins.add_argument("url", metavar="URL")
    joins.add_argument("code", metavar="CODE", help="the invite's code")
    common(joins)
    joins.set_defaults(run=_join)
    syncs = subparsers.add_parser("sync", help="exchanges news with the cloud")
    syncs.add_argument("--once", action="store_true", help="one round, then ends; otherwise goes on until stopped")
    common(syncs)
    syncs.set_defaults(run=_sync)


def _join(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        joined = join(till.shop, chosen.url, chosen.code, keystore=till.keystore, clock=till.clock)
    if output.as_json:
        output.document(asdict(joined))
        return DONE
    said = output.t("Joined {tenant} as till {till} of store {store} ({store_name}).")
    output.say(
        said.format(tenant=joined.tenant, till=joined.till, store=joined.store, store_name=joined.store_name or "—")
    )
    if joined.is_plain:
        output.say(output.t("The way to this cloud is not encrypted: use https outside this machine."))
    return DONE


def _sync(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        client = connect(till.shop, till.keystore, clock=till.clock)
        try:
            if chosen.once:
                _say_round(output, sync_once(till.shop, client))
                return DONE
            stopping = threading.Event()
            for name in (signal.SIGINT, signal.SIGTERM):
                signal.signal(name, lambda *_: stopping.set())
            trouble = Trouble()
            while not stopping.is_set():
                try:
                    _say_round(output, sync_once(till.shop, client, trouble=trouble))
                except Unavailable as error:
                    # the cloud comes back by itself, and so do we
                    output.error(error)
                stopping.wait(PAUSE_S)
        finally:
            client.close()
    return DONE


def _say_round(output: Output, done: Round) -> None:
    if output.as_json:
        output.document(asdict(done))
        return
    said = output.t("{pushed} sent, {pulled} received, {unsent} unsent.")
    output.say(said.format(pushed=done.pushed, pulled=done.pulled, unsent=done.unsent))
