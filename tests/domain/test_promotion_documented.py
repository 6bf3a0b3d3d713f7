"""The promotion format as docs/commands.md has it: every example is read, every kind has one, every key is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from storeapp.domain.promotion import Kind
from storeapp.domain.promotion_data import KEYS, as_data, from_data

SECTION = (
    Path("docs/commands.md").read_text(encoding="utf-8").partition("### the promotion format")[2].partition("\n## ")[0]
)
EXAMPLES = [json.loads(line) for line in SECTION.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["kind"])
def test_an_example_is_read_as_it_is_written(example: dict[str, object]) -> None:
    read = from_data(example)

    assert from_data(as_data(read)) == read


def test_every_kind_has_an_example() -> None:
    assert {example["kind"] for example in EXAMPLES} == set(get_args(Kind))


def test_every_key_is_named() -> None:
    assert {key for key in KEYS if f"`{key}`" not in SECTION} == set()
