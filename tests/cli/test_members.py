"""member: signed up, found, shown, exported and forgotten, never with a whole phone on the screen."""

import json
from pathlib import Path

from tests.cli.command import TEA, Command, basket, jsonl


def test_a_member_is_signed_up_with_her_consents(run: Command, shop: Path):
    added = run("member", "add", "138 0000 0002", "--name", "李雷", "--marketing", "--shop", shop, "--json")

    shown = run("member", "show", added.json["member_id"], "--shop", shop, "--json").json
    assert (shown["phone"], shown["name"]) == ("138****0002", "李雷")
    assert {consent["purpose"]: consent["given"] for consent in shown["consents"]} == {
        "membership": True,
        "marketing": True,
    }


def test_a_phone_belongs_to_one_member(run: Command, shop: Path):
    answer = run("member", "add", "13800000001", "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"]) == (1, "member_exists")


def test_no_phone_is_told_back_when_it_is_wrong(run: Command, shop: Path):
    answer = run("member", "add", "23800000001", "--shop", shop, "--json")

    assert (answer.code, answer.error) == (1, {"refused": "bad_phone", "digits": 11})


def test_she_is_found_by_digits_name_and_pinyin(run: Command, shop: Path):
    for text in ("0001", "王", "wf", "13800000001"):
        found = run("member", "find", text, "--shop", shop, "--json").json["members"]

        assert [member["phone"] for member in found] == ["138****0001"]


def test_she_takes_everything_with_her(run: Command, shop: Path, tmp_path: Path):
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA}, member="13800000001")), "--shop", shop)

    assert run("member", "export", "13800000001", "--out", tmp_path / "hers.json", "--shop", shop).code == 0

    hers = json.loads((tmp_path / "hers.json").read_text())
    assert (hers["phone"], hers["name"], hers["points"]) == ("13800000001", "王芳", 103)
    assert [sale["total_fen"] for sale in hers["sales"]] == [300]


def test_she_is_forgotten_only_when_that_is_meant(run: Command, shop: Path):
    unsure = run("member", "erase", "13800000001", "--shop", shop, "--json")
    assert unsure.error["refused"] == "not_confirmed"
    assert run("member", "show", "13800000001", "--shop", shop).code == 0

    owed = run("member", "erase", "13800000001", "--yes", "--shop", shop, "--json")
    assert owed.error == {"refused": "value_left", "left_fen": 5000}
    assert run("member", "cashout", "13800000001", "--reason", "注销", "--shop", shop).code == 0
    assert run("member", "erase", "13800000001", "--yes", "--shop", shop).code == 0

    gone = run("member", "show", "13800000001", "--shop", shop, "--json")
    assert (gone.code, gone.error["refused"]) == (1, "unknown_member")
    assert run("member", "find", "王", "--shop", shop, "--json").json == {"members": []}
    assert run("check", "--shop", shop).code == 0


def test_who_stayed_away_for_too_long_is_counted_before_she_is_forgotten(run: Command, shop: Path):
    asked = run("member", "forget", "--dry-run", "--shop", shop, "--json").json
    assert (asked["members"], asked["kept"], asked["dry_run"]) == (0, 0, True)

    said = run("member", "forget", "--shop", shop)

    assert said.code == 0
    assert asked["before"] in said.out
    assert run("member", "show", "13800000001", "--shop", shop).code == 0


def test_two_who_are_one_become_one(run: Command, shop: Path):
    other = run("member", "add", "13800000002", "--shop", shop, "--json").json["member_id"]
    asked = ("--reason", "换号", "--shop", shop, "--json")

    done = run("member", "merge", "13800000001", "13800000002", *asked)

    assert (done.json["gone"], done.json["coupons"], done.json["legs"]) == (other, 0, [])
    assert run("member", "show", "13800000002", "--shop", shop, "--json").json["name"] == "王芳"
    assert run("member", "merge", "13800000001", "13800000002", *asked).error["refused"] == "same_member"
    assert run("member", "merge", "13800000001", other, *asked).error["refused"] == "member_merged"
    assert run("check", "--shop", shop).code == 0


def test_she_takes_back_what_she_agreed_to_with_one_verb(run: Command, shop: Path):
    yes = run("member", "consent", "13800000001", "marketing", "yes", "--shop", shop, "--json")
    no = run("member", "consent", "13800000001", "marketing", "no", "--shop", shop, "--json")

    assert (yes.json["agrees"], no.json["agrees"]) == (True, False)
    said = run("member", "show", "13800000001", "--shop", shop, "--json").json["consents"]
    assert [(one["given"], one["device"]) for one in said if one["purpose"] == "marketing"][-1] == (False, "S01-1")


def test_her_data_can_be_read_on_paper_and_the_look_is_on_record(run: Command, shop: Path, tmp_path: Path):
    # what she paid in stands among what happened
    assert run("policy", "set", "stored_value.enabled", "true", "--shop", shop).code == 0
    assert run("member", "topup", "13800000001", "20000", "--shop", shop).code == 0
    answer = run("member", "export", "13800000001", "--pdf", tmp_path / "hers.pdf", "--shop", shop)

    assert answer.code == 0
    assert (tmp_path / "hers.pdf").read_bytes().startswith(b"%PDF")
    rows = run("member", "timeline", "13800000001", "--looks", "--shop", shop, "--json").json["rows"]
    assert [(row["by"], row["detail"]) for row in rows if row["kind"] == "looked"] == [("script", "export")]
