"""Requests: what a script says as JSON, read key by key; what will not do is refused with the place where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from storeapp.domain.journal import canonical
from storeapp.domain.member_doc import MemberDoc
from storeapp.domain.sale import RequestReused
from storeapp.errors import Refused
from storeapp.till.ports import Books, Ids

TEXT_MAX = 200
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(eq=False)
class BadRequest(Refused):
    """The request cannot be read: `where` holds something else than `expected`."""

    where: str
    expected: str
    word = "bad_request"


Doc = TypeVar("Doc", bound=MemberDoc)


def fingerprint(request: Mapping[str, Any]) -> str:
    """What tells the same request again from another one under its id: the SHA-256 (hex) of its canonical JSON."""
    return hashlib.sha256(canonical(dict(request))).hexdigest()


def entry_id(books: Books, namespace: UUID, request_id: str | None, ids: Ids) -> str:
    """The id of the ledger's entry a request makes: the caller's own id makes the same one again on this till."""
    return ids.new() if request_id is None else str(uuid5(namespace, f"{books.device.db_uuid}|{request_id}"))


def same_request(found: tuple[Doc, str] | None, request_hash: str) -> Doc | None:
    """What the same request made before, found with its hash; raises RequestReused if it asked for something else."""
    if found is None:
        return None
    doc, known_hash = found
    if known_hash != request_hash:
        raise RequestReused(doc.request_id or "", doc.number)
    return doc


def known(row: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    """Refuses what nobody would read: a misspelt key must not sell for another price."""
    for key in row:
        if key not in keys:
            raise BadRequest(f"{where}{str(key)[:40]}", "no such key")


def rows_of(request: Mapping[str, Any], key: str) -> list[Any]:
    """The list there; an empty one where null or nothing stands."""
    value = request.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadRequest(key, "a list")
    return value


def an_object(row: Any, where: str) -> Mapping[str, Any]:
    """The object there."""
    if not isinstance(row, Mapping):
        raise BadRequest(where, "an object")
    return row


def text(value: Any, where: str, missing: str | None = None) -> str:
    """The text there; `missing` where null or nothing stands, if that may be."""
    if value is None and missing is not None:
        return missing
    if not isinstance(value, str) or len(value) > TEXT_MAX:
        raise BadRequest(where, f"a text of at most {TEXT_MAX} characters")
    return value


def fen(value: Any, where: str) -> int:
    """The whole fen there."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRequest(where, "whole fen")
    return value


def moment(value: Any) -> datetime | None:
    """The moment at `at`; without an offset it is meant in the shop's zone."""
    if value is None:
        return None
    expected = "an ISO 8601 moment such as 2026-09-28T11:53:26+08:00"
    try:
        found = datetime.fromisoformat(text(value, "at"))
    except ValueError:
        raise BadRequest("at", expected) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadRequest("at", expected)
    return found
