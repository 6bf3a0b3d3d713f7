"""Statements: those of `tables/members.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

BY_ID = Sql('SELECT member.id, member.member_id, member.particulars, member_key.wrapped, member.joined_at, member.tier FROM member JOIN member_key ON member_key.member = member.id WHERE member.member_id = ?', ('member_id',), {})
BY_PHONE = Sql('SELECT member.id, member.member_id, member.particulars, member_key.wrapped, member.joined_at, member.tier FROM member JOIN member_key ON member_key.member = member.id WHERE member.phone_index = ?', ('phone_index',), {})
AMONG = Sql('SELECT member.id, member.member_id, member.particulars, member_key.wrapped, member.joined_at, member.tier FROM member JOIN member_key ON member_key.member = member.id WHERE member.id IN (SELECT anon_1.value FROM json_each(?) AS anon_1)', ('rows',), {})
COUNT = Sql('SELECT count(*) AS count_1 FROM member', (), {})
JOINED = Sql('SELECT count(*) AS count_1 FROM member WHERE member.joined_at >= ? AND member.joined_at < ?', ('day', 'day_after'), {})
PUT = Sql('INSERT INTO member (id, member_id, phone_index, particulars, joined_at, tier) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (member_id) DO UPDATE SET phone_index = excluded.phone_index, particulars = excluded.particulars, joined_at = excluded.joined_at, tier = excluded.tier RETURNING id', ('id', 'member_id', 'phone_index', 'particulars', 'joined_at', 'tier'), {})
PUT_KEY = Sql('INSERT INTO member_key (member, wrapped) VALUES (?, ?) ON CONFLICT (member) DO NOTHING', ('member', 'wrapped'), {})
DROP_KEY = Sql('DELETE FROM member_key WHERE member_key.member = ?', ('member',), {})
DROP = Sql('DELETE FROM member WHERE member.id = ?', ('member',), {})
BY_OTHER_PHONE = Sql('SELECT member.id, member.member_id, member.particulars, member_key.wrapped, member.joined_at, member.tier FROM member JOIN member_key ON member_key.member = member.id JOIN member_phone ON member_phone.member = member.id WHERE member_phone.phone_index = ?', ('phone_index',), {})
PUT_PHONE = Sql('INSERT INTO member_phone (phone_index, member) VALUES (?, ?) ON CONFLICT (phone_index) DO NOTHING', ('phone_index', 'member'), {})
DROP_PHONES = Sql('DELETE FROM member_phone WHERE member_phone.member = ?', ('member',), {})
MERGED = Sql('SELECT member_merged.gone, member_merged.kept FROM member_merged ORDER BY member_merged.gone', (), {})
MERGED_INTO = Sql('SELECT member_merged.kept FROM member_merged WHERE member_merged.gone = ?', ('member_id',), {})
NOTE_MERGED = Sql('INSERT INTO member_merged (gone, kept) VALUES (?, ?) ON CONFLICT (gone) DO NOTHING', ('gone', 'kept'), {})
TURN = Sql('UPDATE member_merged SET gone=?, kept=? WHERE member_merged.gone = ? RETURNING gone', ('was', 'now', 'now'), {})
MOVE_ON = Sql('UPDATE member_merged SET kept=? WHERE member_merged.kept = ?', ('now', 'was'), {})
IS_ERASED = Sql('SELECT count(*) AS count_1 FROM member_erased WHERE member_erased.member_id = ?', ('member_id',), {})
NOT_ERASED = Sql('DELETE FROM member_erased WHERE member_erased.member_id = ?', ('member_id',), {})
NOTE_ERASED = Sql('INSERT INTO member_erased (member_id) VALUES (?) ON CONFLICT DO NOTHING', ('member_id',), {})
ZERO_FREED = Sql('PRAGMA secure_delete = ON', (), {})
ZERO_IN_PASSING = Sql('PRAGMA secure_delete = FAST', (), {})
CONSENT = Sql('INSERT INTO consent (id, member_id, purpose, at, given, text_version, channel, device) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (member_id, purpose, at, given) DO NOTHING', ('id', 'member_id', 'purpose', 'at', 'given', 'text_version', 'channel', 'device'), {})
CONSENTS = Sql('SELECT consent.purpose, consent.text_version, consent.given, consent.channel, consent.at, consent.device FROM consent WHERE consent.member_id = ? ORDER BY consent.id', ('member_id',), {})
