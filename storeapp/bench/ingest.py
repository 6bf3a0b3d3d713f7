"""Sales taken in by a cloud over HTTP, per sale, against the bare rows of its journal in batches of the same size."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storeapp.bench.checkout import sell_some
from storeapp.bench.measure import Figure, timed
from storeapp.bench.shop import measured_shop
from storeapp.sync.identity import connect
from storeapp.sync.join import join
from storeapp.sync.round import sync_once

SALES, BATCH = 1_000, 100


def ingest_figures(folder: Path) -> list[Figure]:
    """A till with a thousand unsent sales joins and hands them over; a real server, a real socket, SQLite."""
    with measured_shop(folder / "shop", products=200, members=50) as shop, _served(folder / "cloud") as url:
        code = _invited(folder / "cloud")
        join(shop.shop, url, code, keystore=shop.keystore, clock=shop.clock)
        client = connect(shop.shop, shop.keystore, clock=shop.clock)
        try:
            sync_once(shop.shop, client)
            sell_some(shop, SALES)
            taken = timed(lambda: sync_once(shop.shop, client)) / SALES
        finally:
            client.close()
        with shop.shop.reading() as books:
            entries = books.journal.after(books.journal.head()[0] - SALES, limit=SALES)
    bodies = [(entry.seq, entry.event_id, entry.type, entry.at, entry.body, entry.hash) for entry in entries]
    floor = timed(lambda: _bare(folder / "bare.db", bodies)) / SALES
    return [Figure("cloud takes in a sale", taken / floor, "x", 100.0, floor, f"{1000 / taken:.0f} sales/s")]


def _bare(path: Path, rows: list[tuple[Any, ...]]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    with contextlib.closing(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE journal (seq INTEGER PRIMARY KEY, id TEXT, type TEXT, at TEXT, body BLOB, hash BLOB)"
        )
        for start in range(0, len(rows), BATCH):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", rows[start : start + BATCH])
            connection.execute("COMMIT")


@contextlib.contextmanager
def _served(data: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "storeapp.cli", "serve", "--data", str(data), "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()


def _invited(data: Path) -> str:
    tenant = _said(data, "tenant", "add", "bench")["tenant"]
    _said(data, "store", "add", "S01", "bench", "--tenant", tenant)
    return str(_said(data, "till", "invite", "--tenant", tenant, "--store", "S01", "--till", "1")["code"])


def _said(data: Path, *words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "storeapp.cli", "cloud", *words, "--data", str(data), "--json"]
    answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return answer
