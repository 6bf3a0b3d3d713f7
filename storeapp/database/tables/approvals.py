"""Approvals' table: who let whom do what. A row is added once, spent once, and never goes."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from storeapp.database.tables.schema import EMPTY, metadata, words

approval = Table(
    "approval",
    metadata,
    Column("approval_id", Text, primary_key=True),
    words("right"),
    words("action_hash"),
    words("approver"),
    words("asked_by"),
    words("reason"),
    words("at"),
    words("expires_at"),
    words("used_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

ADD = insert(approval)

BY_ID = select(approval).where(approval.c.approval_id == bindparam("approval_id"))

EVERY = select(approval).order_by(approval.c.approval_id)

USE = (
    update(approval)
    .where(approval.c.approval_id == bindparam("id"), approval.c.used_at == EMPTY)
    .values(used_at=bindparam("used"))
)
