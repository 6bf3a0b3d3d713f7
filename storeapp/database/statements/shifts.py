"""Statements: those of `tables/shifts.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

EMPTY = Sql("''", (), {})
ADD_MOVE = Sql('INSERT INTO drawer_move (shift_id, doc_id, tender, doc, fen, at) VALUES (?, ?, ?, ?, ?, ?)', ('shift_id', 'doc_id', 'tender', 'doc', 'fen', 'at'), {})
MOVES = Sql('SELECT drawer_move.shift_id, drawer_move.doc_id, drawer_move.tender, drawer_move.doc, drawer_move.fen, drawer_move.at FROM drawer_move WHERE drawer_move.shift_id = ? ORDER BY drawer_move.doc_id, drawer_move.tender', ('shift_id',), {})
ADD_CASH = Sql('INSERT INTO cash_move (id, move_id, shift_id, kind, fen, reason, actor, at, request_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'move_id', 'shift_id', 'kind', 'fen', 'reason', 'actor', 'at', 'request_id'), {})
CASH_BY_REQUEST = Sql('SELECT cash_move.move_id, cash_move.kind, cash_move.fen, cash_move.reason, cash_move.actor, cash_move.at, cash_move.shift_id, cash_move.request_id FROM cash_move WHERE cash_move.request_id = ?', ('request_id',), {})
CASH_OF_SHIFT = Sql('SELECT cash_move.move_id, cash_move.kind, cash_move.fen, cash_move.reason, cash_move.actor, cash_move.at, cash_move.shift_id, cash_move.request_id FROM cash_move WHERE cash_move.shift_id = ? ORDER BY cash_move.id', ('shift_id',), {})
OPEN = Sql('INSERT INTO shift (number, shift_id, opened_at, opened_by, business_date, float_fen, closed_at, closing, opened_us, closed_us, opened_place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('number', 'shift_id', 'opened_at', 'opened_by', 'business_date', 'float_fen', 'closed_at', 'closing', 'opened_us', 'closed_us', 'opened_place'), {})
CLOSE = Sql("UPDATE shift SET closed_at=?, closing=?, closed_us=? WHERE shift.shift_id = ? AND shift.closed_at = '' RETURNING number", ('ended', 'how', 'ended_us', 'which'), {})
CURRENT = Sql("SELECT shift.shift_id, shift.number, shift.opened_at, shift.opened_by, shift.business_date, shift.float_fen, shift.closing FROM shift WHERE shift.closed_at = ''", (), {})
BY_ID = Sql('SELECT shift.shift_id, shift.number, shift.opened_at, shift.opened_by, shift.business_date, shift.float_fen, shift.closing FROM shift WHERE shift.shift_id = ?', ('shift_id',), {})
BY_NUMBER = Sql('SELECT shift.shift_id, shift.number, shift.opened_at, shift.opened_by, shift.business_date, shift.float_fen, shift.closing FROM shift WHERE shift.number = ?', ('number',), {})
LAST = Sql('SELECT shift.shift_id, shift.number, shift.opened_at, shift.opened_by, shift.business_date, shift.float_fen, shift.closing FROM shift ORDER BY shift.number DESC LIMIT 1', (), {})
AT = Sql("SELECT shift.shift_id, shift.number, shift.opened_at, shift.opened_by, shift.business_date, shift.float_fen, shift.closing FROM shift WHERE shift.opened_us <= ? AND (shift.closed_at = '' OR shift.closed_us > ?) ORDER BY shift.number DESC LIMIT 1", ('us', 'us'), {})
ON = Sql('SELECT shift.shift_id, shift.number, shift.opened_at, shift.opened_by, shift.business_date, shift.float_fen, shift.closing FROM shift WHERE shift.business_date = ? ORDER BY shift.number', ('date',), {})
SALES = Sql("SELECT receipt, at, cashier, member_id, said ->> '$.goods_fen', said ->> '$.discount_fen', said ->> '$.rounding_fen', due_fen, CASE WHEN json_array_length(said, '$.cards') THEN (SELECT coalesce(sum(c.value ->> '$.fen'), 0) FROM json_each(said, '$.lines') l, json_each(l.value, '$.why') c WHERE c.value ->> '$.reason' = 'card') ELSE 0 END FROM (SELECT s.*, CAST(j.body AS TEXT) AS said FROM sale s JOIN journal j ON j.place = s.id WHERE s.id > (SELECT opened_place FROM shift WHERE shift_id = ?) AND instr(j.body, ?) > 0) WHERE said ->> '$.shift_id' = ? ORDER BY id", ('shift_id', 'mark', 'shift_id'), {})
REFUNDS = Sql('SELECT j.body FROM refund r JOIN journal j ON j.place = r.id WHERE r.id > (SELECT opened_place FROM shift WHERE shift_id = ?) AND instr(j.body, ?) > 0 ORDER BY r.id', ('shift_id', 'mark'), {})
ADD_Z = Sql('INSERT INTO z_report (number, shift_id, supplement, at, grand_fen, data) VALUES (?, ?, ?, ?, ?, ?)', ('number', 'shift_id', 'supplement', 'at', 'grand_fen', 'data'), {})
Z_OF = Sql('SELECT z_report.number, z_report.shift_id, z_report.supplement, z_report.at, z_report.grand_fen, z_report.data FROM z_report WHERE z_report.shift_id = ? ORDER BY z_report.supplement', ('shift_id',), {})
Z = Sql('SELECT z_report.number, z_report.shift_id, z_report.supplement, z_report.at, z_report.grand_fen, z_report.data FROM z_report WHERE z_report.number = ?', ('number',), {})
LAST_Z = Sql('SELECT z_report.number, z_report.shift_id, z_report.supplement, z_report.at, z_report.grand_fen, z_report.data FROM z_report ORDER BY z_report.number DESC LIMIT 1', (), {})
NEXT_Z = Sql('SELECT max(coalesce((SELECT max(number) FROM z_report), 0), coalesce((SELECT max(first_z) - 1 FROM number_gap), 0)) + 1', (), {})
NEXT_SHIFT = Sql('SELECT max(coalesce((SELECT max(number) FROM shift), 0), coalesce((SELECT max(first_shift) - 1 FROM number_gap), 0)) + 1', (), {})
SKIP_NUMBERS = Sql('INSERT INTO number_gap (first_z, after_z, first_shift) SELECT max(max(coalesce((SELECT max(number) FROM z_report), 0), coalesce((SELECT max(first_z) - 1 FROM number_gap), 0)) + 2, ?), max(coalesce((SELECT max(number) FROM z_report), 0), coalesce((SELECT max(first_z) - 1 FROM number_gap), 0)), max(max(coalesce((SELECT max(number) FROM shift), 0), coalesce((SELECT max(first_shift) - 1 FROM number_gap), 0)) + 2, ?)', ('first', 'first'), {})
