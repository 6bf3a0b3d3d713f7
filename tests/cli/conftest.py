"""A shop to try the command on, and the command inside this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from storeapp.cli import main
from tests.cli.command import MEMBERS, PRODUCTS, Answer, Command


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """The command inside this process: everything but the start of the interpreter."""

    def command(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return command


@pytest.fixture
def shop(run: Command, tmp_path: Path) -> Path:
    """A shop with three products and a member."""
    folder = tmp_path / "shop"
    assert run("init", "--shop", folder, "--name", "小店").code == 0
    for kind, text in (("products", PRODUCTS), ("members", MEMBERS)):
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        assert run("import", kind, file, "--shop", folder).code == 0
    return folder
