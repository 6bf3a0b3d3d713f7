"""Statements: those of `tables/staff.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

EMPTY = Sql("''", (), {})
BY_CODE = Sql('SELECT staff.code, staff.name, staff.role, staff.pin_hash, staff.wrong_tries, staff.locked_until, staff.is_active, staff.badge, staff.pin_set_at, staff.must_change_pin FROM staff WHERE staff.code = ?', ('code',), {})
BY_BADGE = Sql("SELECT staff.code, staff.name, staff.role, staff.pin_hash, staff.wrong_tries, staff.locked_until, staff.is_active, staff.badge, staff.pin_set_at, staff.must_change_pin FROM staff WHERE staff.badge = ? AND staff.badge != ''", ('badge',), {})
EVERY = Sql('SELECT staff.code, staff.name, staff.role, staff.pin_hash, staff.wrong_tries, staff.locked_until, staff.is_active, staff.badge, staff.pin_set_at, staff.must_change_pin FROM staff ORDER BY staff.code', (), {})
PUT = Sql('INSERT INTO staff (code, name, role, pin_hash, wrong_tries, locked_until, is_active, badge, pin_set_at, must_change_pin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name, role = excluded.role, pin_hash = excluded.pin_hash, wrong_tries = excluded.wrong_tries, locked_until = excluded.locked_until, is_active = excluded.is_active, badge = excluded.badge, pin_set_at = excluded.pin_set_at, must_change_pin = excluded.must_change_pin', ('code', 'name', 'role', 'pin_hash', 'wrong_tries', 'locked_until', 'is_active', 'badge', 'pin_set_at', 'must_change_pin'), {})
LINK = Sql('INSERT INTO staff_member (code, member_id) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET member_id = excluded.member_id', ('code', 'member_id'), {})
PUT_PHONE = Sql('INSERT INTO staff_phone (code, phone_index) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET phone_index = excluded.phone_index', ('code', 'phone_index'), {})
DROP_PHONE = Sql('DELETE FROM staff_phone WHERE staff_phone.code = ?', ('of_code',), {})
HAS_PHONE = Sql('SELECT count(*) AS count_1 FROM staff_phone WHERE staff_phone.code = ?', ('code',), {})
CODES_OF = Sql("SELECT code FROM staff_member WHERE member_id = ? AND member_id <> '' UNION SELECT p.code FROM member m JOIN staff_phone p ON p.phone_index = m.phone_index WHERE m.member_id = ? ORDER BY 1", ('member_id', 'member_id'), {})
