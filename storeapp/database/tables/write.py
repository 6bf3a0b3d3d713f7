"""Writes `statements/` from `tables/`: the hot statements as text, so that a start need not import SQLAlchemy.

    python -m storeapp.database.tables.write

A test compares what is written with what the tables say.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from sqlalchemy.sql.elements import ClauseElement

from storeapp.database.tables.compiled import parts
from storeapp.database.tables.every import ROOMS

FOLDER = Path(__file__).parent.parent / "statements"


def name_of(room: ModuleType) -> str:
    """`journal` for `storeapp.database.tables.journal`."""
    return room.__name__.rpartition(".")[2]


def text_of(room: ModuleType) -> str:
    """The module that holds the statements of one room of `tables/`."""
    lines = [
        f'"""Statements: those of `tables/{name_of(room)}.py` as text. Written by `tables/write.py`, never by hand."""',
        "",
        "# fmt: off",
        "from storeapp.database.work import Sql",
        "",
    ]
    for constant, statement in _statements(room):
        sql, parameters, fixed = parts(statement)
        text = " ".join(sql.split())
        lines.append(f"{constant} = Sql({text!r}, {parameters!r}, {fixed!r})")
    return "\n".join(lines) + "\n"


def _statements(room: ModuleType) -> list[tuple[str, ClauseElement]]:
    found = [(name, value) for name, value in vars(room).items() if name.isupper()]
    return [(name, value) for name, value in found if isinstance(value, ClauseElement)]


def main() -> None:
    """Writes every module anew."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "__init__.py").write_text('"""The hot statements as text, written from `tables/`."""\n', "utf-8")
    for room in ROOMS:
        (FOLDER / f"{name_of(room)}.py").write_text(text_of(room), "utf-8")


if __name__ == "__main__":
    main()
