"""The file itself: pages, indexes, references, codes and search words."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

INTEGRITY = compiled(text("PRAGMA integrity_check(20)"))
REFERENCES = compiled(text("PRAGMA foreign_key_check"))
OWN_CODES = compiled(
    text(
        "SELECT p.code FROM product p LEFT JOIN product_code c ON c.code = p.code AND c.product = p.id"
        " WHERE c.code IS NULL"
    )
)
COUNTS = compiled(
    text(
        "SELECT (SELECT count(*) FROM product), (SELECT count(DISTINCT row) FROM product_word),"
        " (SELECT count(*) FROM member), (SELECT count(DISTINCT row) FROM member_word),"
        " (SELECT count(*) FROM member_key)"
    )
)


def check_storage(work: Work) -> Iterator[Finding]:
    """What SQLite can tell about its own file, and what our indexes promise."""
    for (told,) in work.each(INTEGRITY):
        if told != "ok":
            yield Finding("integrity", "file", str(told))
    for table, row, parent, _ in work.each(REFERENCES):
        yield Finding("reference", f"{table}/{row}", f"points at nothing in {parent}")
    for (code,) in work.each(OWN_CODES):
        yield Finding("product_code", code, "does not ring up its own product")
    for products, found, members, found_members, keys in work.each(COUNTS):
        if products != found:
            yield Finding("search", "products", f"{products} stand in the catalogue, {found} can be found")
        if members != found_members:
            yield Finding("search", "members", f"{members} stand in the file, {found_members} can be found")
        if members != keys:
            yield Finding("member_key", "members", f"{members} members, {keys} keys")
