"""The documented session, from an empty folder to the owner's figures, by the real command all the way."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import CUP, TEA, Answer, basket, jsonl, storeapp
from tests.cli.serving import serving
from tests.waiting import PATIENCE_S


@contextmanager
def syncing(shop: Path) -> Iterator[subprocess.Popen[str]]:
    """`storeapp sync` as it goes on by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "storeapp.cli", "sync", "--shop", str(shop), "--json"],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE_S)
        process.stdout.close()


@pytest.mark.timeout(600)
def test_a_shop_sells_joins_and_the_cloud_holds_each_sale_once(tmp_path: Path):
    shop, data = tmp_path / "shop", tmp_path / "cloud"

    def till(*arguments: str | Path) -> Answer:
        answer = storeapp(*arguments, "--shop", shop, "--json")
        assert answer.code == 0, answer.err
        return answer

    def owner(*arguments: str) -> dict[str, object]:
        answer = storeapp("cloud", *arguments, "--data", data, "--json")
        assert answer.code == 0, answer.err
        told: dict[str, object] = answer.json
        return told

    till("init", "--name", "小店")
    (tmp_path / "p.csv").write_bytes(f"条码,品名,售价\n{TEA},绿茶,3.50\n{CUP},杯子,19.90\n".encode("gb18030"))
    (tmp_path / "m.csv").write_text("phone,name,points\n13800000001,王芳,100\n", encoding="utf-8")
    assert till("import", "products", tmp_path / "p.csv").json["new"] == 2
    assert till("import", "members", tmp_path / "m.csv").json["booked"]["points"] == 100
    till("policy", "set", "offer.headline", "下次立减 5 元")
    till("policy", "set", "offer.enabled", "true")
    before = till("sell", jsonl(tmp_path / "a", basket("b1", {"code": TEA, "qty": "3"}, cashier="1007"))).lines

    with serving(data) as (process, url):
        tenant = str(owner("tenant", "add", "海棠")["tenant"])
        owner("store", "add", "S09", "南山", "--tenant", tenant)
        code = str(owner("till", "invite", "--tenant", tenant, "--store", "S09", "--till", "4")["code"])
        assert till("join", url, code).json["store"] == "S09"
        sold = till(
            "sell",
            jsonl(tmp_path / "b", basket("b2", {"code": CUP}, member="13800000001"), basket("b3", {"code": TEA})),
        ).lines
        assert sold[0]["receipt"].startswith("S09-4-")
        assert sold[0]["url"] == f"{url}/{sold[0]['token']}"
        assert owner("token", "show", sold[0]["token"])["state"] == "waiting"

        synced = till("sync", "--once").json

        assert (synced["unsent"], synced["pushed"], synced["acked_seq"] == synced["pushed"]) == (
            0,
            synced["acked_seq"],
            True,
        )
        assert till("sync", "--once").json["pushed"] == 0
        assert till("status").json["unsent"] == 0
        sales = owner("sales", "--tenant", tenant)["sales"]
        assert isinstance(sales, list)
        assert sum(row["count"] for row in sales) == 3
        assert sum(row["total_fen"] for row in sales) == 1050 + 1990 + 350
        assert owner("token", "show", sold[0]["token"])["state"] == "known"
        assert owner("token", "show", before[0]["token"])["state"] == "known"
        funnel = owner("funnel", "--tenant", tenant, "--by", "cashier")["whole"]
        assert isinstance(funnel, dict)
        assert funnel["printed"] == 3
        with urllib.request.urlopen(sold[0]["url"], timeout=PATIENCE_S) as page:
            assert re.search("19[.]90", page.read().decode())
        assert owner("check", "--tenant", tenant)["ok"] is True
        with syncing(shop) as worker:
            assert worker.stdout is not None
            assert json.loads(worker.stdout.readline())["unsent"] == 0
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(PATIENCE_S) == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0

    offline = storeapp("sync", "--once", "--shop", shop, "--json")
    assert (offline.code, offline.error["unavailable"]) == (3, "cloud_unreachable")
    assert till("check").json == {"ok": True, "findings": []}


def test_a_wrong_invite_leaves_the_shop_alone(tmp_path: Path):
    shop = tmp_path / "shop"
    storeapp("init", "--shop", shop)

    with serving(tmp_path / "cloud") as (_, url):
        refused = storeapp("join", url, "0000000000", "--shop", shop, "--json")

    assert refused.code == 1
    assert json.loads(refused.err)["refused"] == "invite_refused"
    assert storeapp("status", "--shop", shop, "--json").json["joined"] is False
