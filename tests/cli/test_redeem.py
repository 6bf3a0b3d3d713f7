"""member redeem: what there is for points, one of it, and back."""

from pathlib import Path

from tests.cli.command import TEA, Command

ALICE = "13800000001"


def test_a_gift_goes_out_and_comes_back(run: Command, shop: Path) -> None:
    assert "nothing" in run("member", "redeem", ALICE, "--shop", shop).out
    assert run("policy", "set", "points.gifts", f"{TEA} = 30", "--shop", shop).code == 0
    before = run("member", "show", ALICE, "--shop", shop, "--json").json["points"]

    [listed] = run("member", "redeem", ALICE, "--shop", shop, "--json").json["gifts"]
    gone = run("member", "redeem", ALICE, TEA, "--id", "g1", "--print", "--shop", shop, "--json").json
    again = run("member", "redeem", ALICE, TEA, "--id", "g1", "--shop", shop, "--json").json
    back = run("member", "redeem", ALICE, "--back", gone["gift_id"], "--shop", shop, "--json").json
    twice = run("member", "redeem", ALICE, "--back", gone["gift_id"], "--shop", shop, "--json")

    assert (listed["code"], listed["points"]) == (TEA, 30)
    assert (gone["points_balance"], again["gift_id"], again["repeated"]) == (before - 30, gone["gift_id"], True)
    assert back["points_balance"] == before
    assert twice.error["refused"] == "gift_back_before"
    assert run("member", "redeem", ALICE, "x", "--shop", shop, "--json").error["refused"] == "unknown_gift"
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}
