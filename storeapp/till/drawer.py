"""The drawer: every document that moves money notes it here, in its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from storeapp.domain.drawer import Doc, Movement, of_sale
from storeapp.domain.sale import Sale
from storeapp.domain.tender import TenderKind
from storeapp.till.ports import Books

if TYPE_CHECKING:
    from storeapp.domain.member_doc import MemberDoc


def note(
    books: Books, *, doc: Doc, doc_id: str, tender: TenderKind, fen: int, at: str, shift_id: str | None = None
) -> None:
    """`fen` of `tender` came in, or went out below zero. A document says each tender once; nothing is no movement."""
    if fen:
        books.drawer.add(Movement(doc, doc_id, tender, fen, at, shift_id))


def note_sale(books: Books, sale: Sale) -> None:
    """All tenders of a sale; cash is net of change."""
    for tender, fen in of_sale(sale).items():
        note(books, doc="sale", doc_id=sale.sale_id, tender=tender, fen=fen, at=sale.at, shift_id=sale.shift_id)


def note_doc(books: Books, doc: MemberDoc, kind: Doc) -> None:
    """The money of a member's document, which stands there under the name `kind`."""
    note(books, doc=kind, doc_id=doc.doc_id, tender=doc.tender, fen=doc.signed_fen, at=doc.at, shift_id=doc.shift_id)


def current_shift(books: Books) -> str | None:
    """The open shift's id, if one is open on this till."""
    found = books.shifts.current()
    return None if found is None else found.shift_id


def shift_at(books: Books, at: str) -> str | None:
    """The shift a document of that moment belongs to: one that was closed since, or else the one open now."""
    current = books.shifts.current()
    # texts with different offsets do not compare
    if current is not None and datetime.fromisoformat(at) >= datetime.fromisoformat(current.opened_at):
        return current.shift_id
    found = books.shifts.at(at)
    if found is not None:
        return found.shift_id
    return None if current is None else current.shift_id
