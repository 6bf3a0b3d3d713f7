"""promotion: drafted from a file, live, ended; a bad file changes nothing."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Command

HALF = {"id": "half", "name": "第二件半价", "kind": "nth_percent", "count": 2, "percent_off": 50}
OVER = {"id": "over", "name": "满100减15", "kind": "spend_off", "steps": [{"spend_fen": 10000, "off_fen": 1500}]}


def file_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rules.json"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [json.dumps([HALF, OVER]), f"{json.dumps(HALF)}\n\n{json.dumps(OVER)}\n", "\ufeff" + json.dumps([HALF, OVER])],
)
def test_promotions_are_drafted_from_a_list_or_from_lines(run: Command, shop: Path, tmp_path: Path, text: str):
    put = run("promotion", "put", file_of(tmp_path, text), "--as", "1001", "--shop", shop, "--json")

    told = run("promotion", "list", "--shop", shop, "--json").json["promotions"]
    assert put.json["promotions"] == told
    assert [(row["id"], row["name"], row["version"], row["state"], row["by"]) for row in told] == [
        ("half", "第二件半价", 1, "draft", "1001"),
        ("over", "满100减15", 1, "draft", "1001"),
    ]


def test_going_live_untried_must_be_said_aloud(run: Command, shop: Path, tmp_path: Path):
    run("promotion", "put", file_of(tmp_path, json.dumps(HALF)), "--shop", shop)

    refused = run("promotion", "live", "half", "--shop", shop, "--json")
    live = run("promotion", "live", "half", "--unreplayed", "--shop", shop, "--json")
    ended = run("promotion", "end", "half", "--shop", shop, "--json")

    assert (refused.code, refused.error["refused"]) == (1, "promotion_not_replayed")
    assert [row["state"] for row in (*live.json["promotions"], *ended.json["promotions"])] == ["live", "ended"]
    shown = run("promotion", "show", "half", "--shop", shop, "--json").json
    assert shown["promotion"] == HALF
    assert [word["state"] for word in shown["history"]] == ["draft", "live", "ended"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "file"),
        ("nonsense", "file"),
        ("[1]", "file"),
        ("[" * 5000, "file"),
        (json.dumps([HALF, {"name": "x", "kind": "percent", "percent_off": 5}]), "id"),
        (json.dumps(HALF | {"id": "../x"}), "id"),
        (json.dumps(HALF | {"id": 7}), "id"),
    ],
)
def test_bad_rules_say_which_field_and_change_nothing(run: Command, shop: Path, tmp_path: Path, text: str, field: str):
    answer = run("promotion", "put", file_of(tmp_path, text), "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"], answer.error["field"]) == (1, "bad_promotion", field)
    assert run("promotion", "list", "--shop", shop, "--json").json == {"promotions": []}


def test_of_several_all_go_live_or_none(run: Command, shop: Path, tmp_path: Path):
    run("promotion", "put", file_of(tmp_path, json.dumps([HALF, OVER])), "--shop", shop)

    answer = run("promotion", "live", "half", "other", "--unreplayed", "--shop", shop, "--json")

    assert (answer.code, answer.error) == (1, {"refused": "unknown_promotion", "promotion": "other"})
    told = run("promotion", "list", "--shop", shop, "--json").json["promotions"]
    assert [row["state"] for row in told] == ["draft", "draft"]


def test_what_was_replayed_goes_live_and_a_file_is_only_tried(run: Command, shop: Path, tmp_path: Path):
    rules = file_of(tmp_path, json.dumps(HALF))
    run("promotion", "put", rules, "--shop", shop)

    tried = run("promotion", "replay", rules, "--shop", shop, "--json")
    refused = run("promotion", "live", "half", "--shop", shop, "--json")
    kept = run("promotion", "replay", "half", "--days", "7", "--shop", shop, "--json")
    live = run("promotion", "live", "half", "--shop", shop, "--json")

    assert (refused.code, refused.error["refused"]) == (1, "promotion_not_replayed")
    assert (tried.json["cost_fen"], kept.json["cost_fen"]) == (0, 0)
    assert [row["state"] for row in live.json["promotions"]] == ["live"]
