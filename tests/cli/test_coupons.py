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


def test_a_template_is_put_given_of_and_ended(run: Command, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "templates.json"
    file.write_text(json.dumps({"id": "tea", "name": "茶券", "amount_fen": 500, "valid_days": 30}), encoding="utf-8")

    [put] = run("coupon", "template", "put", file, "--shop", shop, "--json").json["templates"]
    ask = ("coupon", "issue", "--template", "tea", "--count", "2", "--request", "r1", "--shop", shop, "--json")
    first, again = run(*ask).json["coupons"], run(*ask).json["coupons"]
    run("coupon", "template", "end", "tea", "--shop", shop, "--json")

    assert (put["id"], put["state"], len(first), again) == ("tea", "live", 2, first)
    [listed] = run("coupon", "template", "list", "--shop", shop, "--json").json["templates"]
    assert (listed["state"], listed["template"]["valid_days"]) == ("ended", 30)
    refused = run("coupon", "issue", "--template", "tea", "--shop", shop, "--json")
    assert refused.error["refused"] == "coupon_template_not_live"
    assert run("coupon", "issue", "--shop", shop, "--json").error["where"] == "template"
    assert run("coupon", "issue", file, "--count", "2", "--shop", shop, "--json").error["where"] == "count"
