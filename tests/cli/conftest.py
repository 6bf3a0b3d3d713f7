"""A shop to try the command on, and the command inside this process."""

from __future__ import annotations

import contextlib
import io
import shutil
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


@pytest.fixture(scope="session")
def first_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with three products and a member, made by the command; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("first")
    shop = folder / "shop"
    for kind, text in (("products", PRODUCTS), ("members", MEMBERS)):
        (folder / kind).write_text(text, encoding="utf-8")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        codes = [main(["init", "--shop", str(shop), "--name", "小店"])]
        codes += [main(["import", kind, str(folder / kind), "--shop", str(shop)]) for kind in ("products", "members")]
    assert codes == [0, 0, 0], said.getvalue()
    return shop


@pytest.fixture
def shop(first_shop: Path, tmp_path: Path) -> Path:
    """A shop of the test's own."""
    # its keys lie beside it, as no keystore answers in the test run
    return shutil.copytree(first_shop, tmp_path / "shop")
