"""The shape of the house: each rule holds, and each would notice if it did not."""

from pathlib import Path

import pytest

from tests.house import layout

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "storeapp"


@pytest.fixture
def mutant(tmp_path: Path) -> Path:
    package = tmp_path / "storeapp"
    package.mkdir()
    (package / "__init__.py").write_text('"""A shop."""\n')
    return package


def test_files_and_functions_keep_to_their_budget() -> None:
    assert layout.too_long(PACKAGE) == []


def test_a_file_or_function_past_its_budget_is_found(mutant: Path) -> None:
    body = "    x = 1\n" * 60
    (mutant / "long.py").write_text(f"async def endless():\n{body}" + "y = 2\n" * 340)

    assert [finding.rpartition("long.py:")[2] for finding in layout.too_long(mutant)] == [
        " 401 lines",
        "1: endless has 61 lines",
    ]


def test_an_init_holds_one_docstring_and_nothing_else() -> None:
    assert layout.busy_inits(PACKAGE) == []


@pytest.mark.parametrize("content", ["", "import os\n", '"""A shop."""\nimport os\n'])
def test_a_busy_or_empty_init_is_found(content: str, mutant: Path) -> None:
    (mutant / "__init__.py").write_text(content)

    assert len(layout.busy_inits(mutant)) == 1


def test_a_package_without_init_is_found(mutant: Path) -> None:
    (mutant / "till").mkdir()
    (mutant / "till" / "selling.py").write_text("")

    assert len(layout.busy_inits(mutant)) == 1


def test_every_module_says_what_room_it_is() -> None:
    assert layout.without_caption(PACKAGE) == []


def test_the_rules_ask_neither_clock_nor_chance_nor_files() -> None:
    assert layout.impure_rules(PACKAGE / "domain") == []


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "date.today()", "open('prices')", "uuid.uuid4()"])
def test_a_rule_that_asks_one_of_them_is_found(call: str, mutant: Path) -> None:
    (mutant / "rule.py").write_text(f"x = {call}\n")

    assert len(layout.impure_rules(mutant)) == 1


def test_whatever_silences_a_check_says_why() -> None:
    assert layout.silenced_without_reason(PACKAGE, ROOT / "tests", ROOT / "installer") == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("x = 1  # no" + "qa: E501", True),
        ("x = 1  # type: ig" + "nore[misc]", True),
        ("# ruff: no" + "qa: E501", True),
        ("x = 1  # pragma: no c" + "over", True),
        ("x = 1  # the stubs know no x  # type: ig" + "nore[misc]", True),
        ("x = 1  # type: ig" + "nore[misc]  # the stubs know no x", False),
    ],
)
def test_a_check_that_is_silenced_without_a_word_is_found(line: str, is_found: bool, mutant: Path) -> None:
    (mutant / "quiet.py").write_text(line + "\n")

    assert bool(layout.silenced_without_reason(mutant)) == is_found


def test_the_top_level_holds_what_the_house_knows() -> None:
    assert layout.strangers(ROOT) == []


def test_a_stranger_at_the_top_is_found_and_an_ignored_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("# left\n/.venv/\n*.egg-info/\n")
    for name in (".venv", "storeapp", "storeapp.egg-info", "helpers"):
        (tmp_path / name).mkdir()

    assert layout.strangers(tmp_path) == ["helpers"]


def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    assert layout.traces_of_a_machine(ROOT) == []


@pytest.mark.parametrize("line", ["see /ro" + "ot/notes", "cp /ho" + "me/ann/x .", "pip --index" + "-url x"])
def test_a_trace_of_a_machine_is_found(line: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "note.md").write_text(line)

    assert len(layout.traces_of_a_machine(tmp_path)) == 1
