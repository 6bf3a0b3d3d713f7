"""The words for the group, as the shop's persona says them."""

from __future__ import annotations

from storeapp.domain.group_share import Sentences, share_text
from storeapp.domain.group_sheet import GroupSheet
from storeapp.till import group_sheets
from storeapp.till.ports import Books


def share_of(books: Books, sheet_id: str, *, words: Sentences) -> str:
    """The text ready to be copied; raises UnknownGroupSheet."""
    return text_of(books, group_sheets.known(books, sheet_id), words=words)


def text_of(books: Books, sheet: GroupSheet, *, words: Sentences) -> str:
    """The same of a sheet that may not be kept yet."""
    policy = books.policy.in_force()
    return share_text(
        sheet,
        group_sheets.names_of(books, sheet),
        shop=policy.text("shop.name"),
        persona=policy.text("outreach.persona"),
        leader=group_sheets.leader_of(books, sheet),
        words=words,
    )
