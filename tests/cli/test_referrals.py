"""referral: named at sign-up or later, listed, shown, and thanked."""

from pathlib import Path

from tests.cli.command import TEA, Command, basket, jsonl


def test_a_newcomer_names_the_code_and_both_are_thanked(run: Command, shop: Path, tmp_path: Path) -> None:
    for key, value in (("enabled", "true"), ("wait_days", "0"), ("referrer", "coupon 5 for 10")):
        assert run("policy", "set", f"referral.{key}", value, "--shop", shop).code == 0
    hers = run("referral", "show", "13800000001", "--shop", shop, "--json").json
    added = run("member", "add", "13900000021", "--referred-by", hers["code"], "--shop", shop, "--json").json
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA}, member="13900000021")), "--shop", shop)

    assert run("referral", "reward", "--shop", shop, "--json").json == {"settled": 1}
    assert run("referral", "reward", "--shop", shop, "--json").json == {"settled": 0}
    assert run("referral", "reward", "--shop", shop).out == "0 referrals were settled.\n"

    [told] = run("referral", "list", "--shop", shop, "--json").json["referrals"]
    assert (told["newcomer_id"], told["state"], told["way"]) == (added["member_id"], "rewarded", "code")
    assert [(each["side"], each["kind"], each["amount"]) for each in told["given"]] == [
        ("newcomer", "points", 100),
        ("referrer", "coupon", 500),
    ]
    shown = run("referral", "show", "13900000021", "--shop", shop, "--json").json
    assert (shown["brought_by"]["referrer_id"], shown["brought"]) == (hers["member_id"], [])
    assert "139****0021" in run("referral", "list", "--shop", shop).out
    export = run("member", "export", "13800000001", "--shop", shop, "--json").json
    assert [[got["side"] for got in each["given"]] for each in export["referrals"]] == [["referrer"]]
    assert run("check", "--shop", shop).code == 0


def test_it_is_refused_by_its_word(run: Command, shop: Path) -> None:
    off = run("member", "add", "13900000021", "--referred-by", "13800000001", "--shop", shop, "--json")
    assert (off.code, off.error) == (1, {"refused": "referral_off"})
    run("policy", "set", "referral.enabled", "true", "--shop", shop)

    own = run("member", "add", "13900000021", "--referred-by", "13900000021", "--shop", shop, "--json")

    assert (own.code, own.error) == (1, {"refused": "self_referral", "why": "same_phone"})
    run("member", "add", "13900000022", "--shop", shop)
    late = run("referral", "name", "13900000022", "13800000001", "--shop", shop, "--json")
    assert (late.code, late.json["state"]) == (0, "named")
