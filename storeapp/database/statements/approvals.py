"""Statements: those of `tables/approvals.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

EMPTY = Sql("''", (), {})
ADD = Sql('INSERT INTO approval (approval_id, "right", action_hash, approver, asked_by, reason, at, expires_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ('approval_id', 'right', 'action_hash', 'approver', 'asked_by', 'reason', 'at', 'expires_at', 'used_at'), {})
BY_ID = Sql('SELECT approval.approval_id, approval."right", approval.action_hash, approval.approver, approval.asked_by, approval.reason, approval.at, approval.expires_at, approval.used_at FROM approval WHERE approval.approval_id = ?', ('approval_id',), {})
EVERY = Sql('SELECT approval.approval_id, approval."right", approval.action_hash, approval.approver, approval.asked_by, approval.reason, approval.at, approval.expires_at, approval.used_at FROM approval ORDER BY approval.approval_id', (), {})
USE = Sql("UPDATE approval SET used_at=? WHERE approval.approval_id = ? AND approval.used_at = ''", ('used', 'id'), {})
