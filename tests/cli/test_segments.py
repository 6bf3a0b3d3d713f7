"""segment: saved, counted, shown and dropped without a screen."""

import json
from pathlib import Path

from tests.cli.command import TEA, Command, basket, jsonl

REGULARS = {"id": "all", "name": "来过", "conditions": [{"field": "visits", "is": "at_least", "value": 1}]}


def test_a_segment_is_saved_counted_shown_and_dropped(run: Command, shop: Path, tmp_path: Path):
    file = tmp_path / "segments.json"
    file.write_text(json.dumps([REGULARS]), encoding="utf-8")
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA}, member="13800000001")), "--shop", shop)
    run("insight", "night", "--shop", shop)

    assert run("segment", "put", file, "--shop", shop, "--json").json["segments"][0]["id"] == "all"
    assert run("segment", "list", "--shop", shop, "--json").json["segments"][0]["members"] == 1
    shown = run("segment", "show", "all", "--shop", shop, "--json").json
    assert [member["phone"] for member in shown["members"]] == ["138****0001"]
    assert "≥ 1" in run("segment", "list", "--shop", shop).out
    assert run("segment", "drop", "all", "--shop", shop, "--json").json == {"dropped": "all"}
    assert run("segment", "list", "--shop", shop, "--json").json == {"segments": []}


def test_what_cannot_be_asked_is_refused_with_its_place(run: Command, shop: Path, tmp_path: Path):
    file = tmp_path / "segments.json"
    file.write_text(json.dumps(REGULARS | {"conditions": [{"field": "shoe_size"}]}), encoding="utf-8")

    answer = run("segment", "put", file, "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"], answer.error["where"]) == (1, "bad_segment", "conditions[1].field")
