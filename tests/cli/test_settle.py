"""A member's own on the command line: points by their number, a voucher, goods on account and the debt paid."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import TEA, Command, basket, jsonl

PHONE = "13800000001"


def test_goods_on_account_are_paid_later(run: Command, shop: Path, tmp_path: Path) -> None:
    run("policy", "set", "on_account.enabled", "true", "--shop", shop)
    asked = basket("b1", {"code": TEA, "qty": "2"}) | {
        "member": PHONE,
        "points": 50,
        "tenders": [{"kind": "on_account", "fen": 350}, {"kind": "coupon", "fen": 200, "ref": "mt 1"}],
    }

    sold = run("sell", jsonl(tmp_path / "b", asked), "--shop", shop).lines[0]
    again = run(
        "sell",
        jsonl(
            tmp_path / "c", asked | {"id": "b2", "points": 0, "tenders": [{"kind": "coupon", "fen": 600, "ref": "MT1"}]}
        ),
        "--shop",
        shop,
    )
    shown = run("member", "show", PHONE, "--shop", shop, "--json").json
    part, rest, none = (run("member", "settle", PHONE, *fen, "--shop", shop, "--json") for fen in (["100"], [], []))

    assert (sold["total_fen"], sold["account"]["points_spent"], sold["account"]["after"]["owed_fen"]) == (600, 50, 350)
    assert (again.code, again.lines[0]["refused"]) == (1, "voucher_used")
    assert shown["owed_fen"] == 350
    assert (part.json["paid_fen"], part.json["owed_fen"]) == (100, 250)
    assert (rest.json["paid_fen"], rest.json["owed_fen"]) == (250, 0)
    assert none.error == {"refused": "nothing_owed"}
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}
