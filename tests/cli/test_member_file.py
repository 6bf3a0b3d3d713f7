"""member note and timeline, and that every reading of a file is on record."""

from pathlib import Path

import pytest

from tests.cli.command import TEA, Command, basket, jsonl

PHONE = "13800000001"


def test_what_is_noted_changes_only_what_is_said(run: Command, shop: Path):
    run("member", "note", PHONE, "--note", "爱喝无糖", "--tags", "老街坊,团长", "--shop", shop)

    told = run("member", "note", PHONE, "--birthday", "5-1", "--as", "1001", "--shop", shop, "--json").json

    assert (told["note"], told["birthday"], told["tags"]) == ("爱喝无糖", "05-01", ["团长", "老街坊"])
    refused = run("member", "note", PHONE, "--birthday", "13-1", "--shop", shop, "--json")
    assert (refused.code, refused.error["refused"]) == (1, "bad_birthday")


def test_her_timeline_is_told_and_each_look_at_her_file_is_on_record(run: Command, shop: Path, tmp_path: Path):
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA}, member=PHONE)), "--shop", shop)
    for deed in ("show", "export"):
        assert run("member", deed, PHONE, "--shop", shop).code == 0

    plain = run("member", "timeline", PHONE, "--shop", shop, "--json").json
    looks = run("member", "timeline", PHONE, "--looks", "--shop", shop, "--json").json

    assert [row["kind"] for row in plain["rows"]].count("sale") == 1
    # shown, exported, and the timeline itself read once before
    assert [row["kind"] for row in looks["rows"]].count("looked") == 3
    assert not plain["has_more"]
    assert "¥" in run("member", "timeline", PHONE, "--shop", shop).out
    assert run("check", "--shop", shop).code == 0


def test_whatever_happened_with_her_she_can_take_it_along_to_read(run: Command, shop: Path, tmp_path: Path) -> None:
    run("policy", "set", "stored_value.enabled", "true", "--shop", shop)
    assert run("member", "topup", PHONE, "20000", "--shop", shop).code == 0

    written = run("member", "export", PHONE, "--pdf", tmp_path / "her.pdf", "--shop", shop)

    assert (written.code, written.err) == (0, "")


READING = ("member show", "member tier", "member stamps", "member statement", "referral show", "card show")


@pytest.mark.parametrize("verb", READING)
def test_whoever_reads_of_her_by_a_verb_is_on_record(run: Command, shop: Path, verb: str) -> None:
    assert run(*verb.split(), "13800000001", "--shop", shop).code == 0

    told = run("member", "timeline", "13800000001", "--looks", "--shop", shop, "--json").json["rows"]
    assert [row["by"] for row in told if row["kind"] == "looked"] == ["script"]
