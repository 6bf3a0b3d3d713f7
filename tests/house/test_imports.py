"""The floors: the contracts hold, and each of them notices the import it is there to stop."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FLOORS = "A floor imports only floors below it, and neighbours have no door"
MUTANTS = {
    "a rule that asks a deed": ("domain/mutant.py", "import storeapp.till", FLOORS),
    "a deed that asks a table": ("till/mutant.py", "import storeapp.database", FLOORS),
    "a neighbour": ("devices/mutant.py", "import storeapp.sync", FLOORS),
    "the cloud asking the till": ("cloud/mutant.py", "import storeapp.database", FLOORS),
    "a room on no floor": ("mutant.py", "", FLOORS),
    "Qt in a deed": ("till/mutant.py", "from PySide6.QtCore import QObject", "Qt only in ui"),
    "SQL in a screen": ("ui/mutant.py", "import sqlalchemy", "SQL only in database and cloud"),
    "SQL of the standard library": ("till/mutant.py", "import sqlite3", "SQL only in database and cloud"),
    "a web server at the till": ("sync/mutant.py", "import fastapi", "The web server only in cloud"),
    "a cable in the database": ("database/mutant.py", "import serial", "Cables and printers only in devices"),
    "a rule with a clock": (
        "domain/mutant.py",
        "def late():\n    import time\n    return time.time()",
        "The rules touch no clock, chance, file or socket",
    ),
    "a presenter with Qt": ("ui/sell/presenter.py", "from PySide6 import QtGui", "Presenters hold no Qt"),
}


ROOMS = {
    "app", "bench", "cli", "cloud", "contracts", "database", "demo", "devices", "domain", "errors", "logs", "machine",
    "papers", "payments", "resources", "settings", "sync", "till", "ui", "verbs", "wire", "words",
}  # fmt: skip


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def _module(path: Path, source: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(source)


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """The house with every room and nobody in it, under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    _module(tmp_path / "storeapp" / "__init__.py")
    for room in ROOMS:
        _module(tmp_path / "storeapp" / room / "empty.py")
    return tmp_path


def test_every_import_goes_down() -> None:
    done = _lint(ROOT)

    assert done.returncode == 0, done.stdout


def test_an_empty_house_is_in_order(shell: Path) -> None:
    done = _lint(shell)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", MUTANTS)
def test_an_import_across_the_house_is_found(name: str, shell: Path) -> None:
    path, source, contract = MUTANTS[name]
    _module(shell / "storeapp" / path, source)

    done = _lint(shell)

    assert done.returncode == 1
    broken = [line.partition(" BROKEN")[0] for line in done.stdout.splitlines() if " BROKEN" in line]
    assert broken == [contract]


def test_the_house_has_these_rooms_and_no_others() -> None:
    """The contracts call every room optional, so that a part of the house can be checked; this one calls for all."""
    assert {path.stem for path in (ROOT / "storeapp").iterdir() if not path.name.startswith("_")} == ROOMS
