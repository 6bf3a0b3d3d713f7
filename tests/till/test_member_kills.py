"""kill -9 between any two statements of a deed at the counter: it happened wholly or not at all, the books exact."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DEEDS = (
    "top_up", "pay_back", "refund", "merge", "expire", "fetch", "erase", "void", "exchange", "close_shift", "settle",
    "gift", "goodwill", "adjust", "card", "card_used", "card_back", "sign_up", "park", "redeem",
)  # fmt: skip


def test_a_merge_that_is_killed_happened_wholly_or_not_at_all(tmp_path: Path) -> None:
    _is_whole(tmp_path, "merge", every=12)


def test_an_exchange_that_is_killed_happened_wholly_or_not_at_all(tmp_path: Path) -> None:
    _is_whole(tmp_path, "exchange", every=18)


def test_a_group_order_that_is_killed_was_fetched_wholly_or_not_at_all(tmp_path: Path) -> None:
    _is_whole(tmp_path, "fetch", every=12)


@pytest.mark.parametrize("deed", ["park", "redeem"])
def test_a_reserved_coupon_is_somewhere_whenever_the_till_dies(tmp_path: Path, deed: str) -> None:
    _is_whole(tmp_path, deed, every=4)


def test_a_card_that_is_used_and_killed_was_used_wholly_or_not_at_all(tmp_path: Path) -> None:
    _is_whole(tmp_path, "card_used", every=15)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_killed_between_any_two_statements_happened_wholly_or_not_at_all(tmp_path: Path, deed: str) -> None:
    _is_whole(tmp_path, deed, every=1)


def _is_whole(folder: Path, deed: str, *, every: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.till.member_victim", str(folder), deed, str(every)],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        timeout=1_200,
        check=True,
    )

    before, *deaths, after = json.loads(ended.stdout)
    assert len(deaths) > 3
    assert before != after
    assert set(deaths) <= {before, after}
    assert before in deaths
    assert [json.loads(stood)[2] for stood in (before, after)] == [[], []]
