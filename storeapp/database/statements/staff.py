"""Statements: those of `tables/staff.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

BY_CODE = Sql('SELECT staff.code, staff.name, staff.role, staff.pin_hash, staff.wrong_tries, staff.locked_until, staff.is_active FROM staff WHERE staff.code = ?', ('code',), {})
EVERY = Sql('SELECT staff.code, staff.name, staff.role, staff.pin_hash, staff.wrong_tries, staff.locked_until, staff.is_active FROM staff ORDER BY staff.code', (), {})
PUT = Sql('INSERT INTO staff (code, name, role, pin_hash, wrong_tries, locked_until, is_active) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name, role = excluded.role, pin_hash = excluded.pin_hash, wrong_tries = excluded.wrong_tries, locked_until = excluded.locked_until, is_active = excluded.is_active', ('code', 'name', 'role', 'pin_hash', 'wrong_tries', 'locked_until', 'is_active'), {})
