"""member stamps: the card, and what it brought."""

from pathlib import Path

from tests.cli.command import TEA, Command, basket, jsonl

ALICE = "13800000001"


def test_a_visit_is_a_stamp_and_what_it_brings_is_told(run: Command, shop: Path, tmp_path: Path) -> None:
    assert "no stamp cards" in run("member", "stamps", ALICE, "--shop", shop).out
    for key, value in (("rules", "1 = points 5; 3 = coupon 5"), ("since", "2026-01-01")):
        assert run("policy", "set", f"stamps.{key}", value, "--shop", shop).code == 0
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA}, member=ALICE)), "--shop", shop)

    told = run("member", "stamps", ALICE, "--reward", "--shop", shop, "--json").json

    assert (told["have"], told["of"]) == (1, 3)
    assert [(each["stamp"], each["kind"], each["amount"]) for each in told["brought"]] == [(1, "points", 5)]
    assert run("member", "stamps", ALICE, "--reward", "--shop", shop, "--json").json == told
    said = run("member", "stamps", ALICE, "--shop", shop).out
    assert "1 of 3" in said
    assert "Stamp 1: 5 points" in said
    assert run("check", "--shop", shop).code == 0


def test_rules_that_say_nothing_are_refused(run: Command, shop: Path) -> None:
    for key, value in (("rules", "ten = points 5"), ("since", "soon"), ("least_fen", "-1")):
        assert run("policy", "set", f"stamps.{key}", value, "--shop", shop, "--json").code == 1
