"""kill -9 between any two statements of a deed about a member: it happened wholly or not at all, the books exact."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DEEDS = ("top_up", "pay_back", "refund", "merge", "expire", "erase")


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_that_is_killed_happened_wholly_or_not_at_all(tmp_path: Path, deed: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.till.member_victim", str(tmp_path), deed],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        timeout=240,
        check=True,
    )

    before, *deaths, after = json.loads(ended.stdout)
    assert len(deaths) > 5
    assert before != after
    assert set(deaths) <= {before, after}
    assert before in deaths
    assert [json.loads(stood)[2] for stood in (before, after)] == [[], []]
