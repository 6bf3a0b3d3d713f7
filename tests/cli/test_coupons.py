"""coupon: given from a file, told by its code, used by a script."""

import json
from pathlib import Path

from tests.cli.command import CUP, Command, basket, jsonl

FIFTH = {"offer": "fifth", "valid_until": "2099-12-31", "terms": {"kind": "percent", "percent_off": 20}}


def test_a_coupon_is_given_shown_and_used(run: Command, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "coupons.json"
    file.write_text(json.dumps(FIFTH | {"valid_until": "2027-06-30"}), encoding="utf-8")

    [made] = run("coupon", "issue", file, "--shop", shop, "--json").json["coupons"]
    sold = run(
        "sell", jsonl(tmp_path / "b", basket("b1", {"code": CUP}, coupons=[made["code"]])), "--shop", shop, "--json"
    ).json

    assert made["terms"] == FIFTH["terms"]
    assert sold["total_fen"] == 1592
    shown = run("coupon", "show", made["code"], "--shop", shop, "--json").json
    assert (shown["offer_id"], shown["state"]) == ("fifth", "redeemed")
    assert made["code"] in run("coupon", "show", made["code"], "--shop", shop).out


def test_a_bad_file_gives_nothing(run: Command, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "coupons.json"
    file.write_text(json.dumps([FIFTH, FIFTH]), encoding="utf-8")

    answer = run("coupon", "issue", file, "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"], answer.error["where"]) == (1, "bad_request", "[1].valid_until")
