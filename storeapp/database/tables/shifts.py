"""Shifts' tables: shifts, the Z reports issued for them, every movement of money and every hand in the drawer."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, bindparam, insert, select, text, update

from storeapp.database.tables.schema import EMPTY, key, metadata, number, words

shift = Table(
    "shift",
    metadata,
    key("number"),
    Column("shift_id", Text, nullable=False, unique=True),
    words("opened_at"),
    words("opened_by"),
    words("business_date"),
    number("float_fen", ">= 0"),
    words("closed_at"),
    words("closing"),
    # the moments as numbers: texts with different offsets do not compare
    number("opened_us"),
    number("closed_us"),
    number("opened_place", ">= 0"),
    sqlite_strict=True,
)

# two open shifts cannot be, whoever writes
Index("shift_one_open", shift.c.closed_at, unique=True, sqlite_where=shift.c.closed_at == EMPTY)

drawer_move = Table(
    "drawer_move",
    metadata,
    # no shift is the empty text: a key column is never null
    Column("shift_id", Text, primary_key=True),
    Column("doc_id", Text, primary_key=True),
    Column("tender", Text, primary_key=True),
    words("doc"),
    number("fen", "<> 0"),
    words("at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

cash_move = Table(
    "cash_move",
    metadata,
    key(),
    Column("move_id", Text, nullable=False, unique=True),
    words("shift_id"),
    words("kind", of=("cash_in", "cash_out", "expense", "drop", "no_sale")),
    number("fen", ">= 0"),
    words("reason"),
    words("actor"),
    words("at"),
    Column("request_id", Text, unique=True),
    sqlite_strict=True,
)

z_report = Table(
    "z_report",
    metadata,
    key("number"),
    Column("shift_id", Text, ForeignKey("shift.shift_id"), nullable=False),
    number("supplement", ">= 0"),
    words("at"),
    number("grand_fen"),
    words("data"),
    sqlite_strict=True,
)

Index("z_report_shift", z_report.c.shift_id, z_report.c.supplement, unique=True)

Index("drawer_move_document", drawer_move.c.doc_id)

number_gap = Table(
    "number_gap",
    metadata,
    key("first_z"),
    number("after_z", ">= 0"),
    number("first_shift", "> 0"),
    sqlite_strict=True,
)

"""Where the numbers jumped: a restored file cannot know which shifts and Zs its lost tail had printed."""

ADD_MOVE = insert(drawer_move)

MOVES = select(drawer_move).where(drawer_move.c.shift_id == bindparam("shift_id")).order_by(
    drawer_move.c.doc_id, drawer_move.c.tender
)  # fmt: skip

ADD_CASH = insert(cash_move)

_cash = select(
    cash_move.c.move_id, cash_move.c.kind, cash_move.c.fen, cash_move.c.reason, cash_move.c.actor, cash_move.c.at,
    cash_move.c.shift_id, cash_move.c.request_id,
)  # fmt: skip

CASH_BY_REQUEST = _cash.where(cash_move.c.request_id == bindparam("request_id"))

CASH_OF_SHIFT = _cash.where(cash_move.c.shift_id == bindparam("shift_id")).order_by(cash_move.c.id)

OPEN = insert(shift)

CLOSE = (
    update(shift)
    .where(shift.c.shift_id == bindparam("which"), shift.c.closed_at == EMPTY)
    .values(closed_at=bindparam("ended"), closed_us=bindparam("ended_us"), closing=bindparam("how"))
    .returning(shift.c.number)
)

_shift = select(
    shift.c.shift_id, shift.c.number, shift.c.opened_at, shift.c.opened_by, shift.c.business_date, shift.c.float_fen,
    shift.c.closing,
)  # fmt: skip

CURRENT = _shift.where(shift.c.closed_at == EMPTY)

BY_ID = _shift.where(shift.c.shift_id == bindparam("shift_id"))

BY_NUMBER = _shift.where(shift.c.number == bindparam("number"))

LAST = _shift.order_by(shift.c.number.desc()).limit(1)

AT = _shift.where(
    shift.c.opened_us <= bindparam("us"), (shift.c.closed_at == EMPTY) | (shift.c.closed_us > bindparam("us"))
).order_by(shift.c.number.desc()).limit(1)  # fmt: skip

ON = _shift.where(shift.c.business_date == bindparam("date")).order_by(shift.c.number)

# whatever belongs to a shift was journaled after its opening
SALES = text(
    "SELECT receipt, at, cashier, member_id, said ->> '$.goods_fen', said ->> '$.discount_fen',"
    " said ->> '$.rounding_fen', due_fen,"
    # lines are looked at where a card took some
    " CASE WHEN json_array_length(said, '$.cards') THEN (SELECT coalesce(sum(c.value ->> '$.fen'), 0)"
    " FROM json_each(said, '$.lines') l, json_each(l.value, '$.why') c WHERE c.value ->> '$.reason' = 'card')"
    " ELSE 0 END"
    " FROM (SELECT s.*, CAST(j.body AS TEXT) AS said FROM sale s"
    " JOIN journal j ON j.place = s.id"
    # the mark may stand in a note
    " WHERE s.id > (SELECT opened_place FROM shift WHERE shift_id = :shift_id) AND instr(j.body, :mark) > 0)"
    " WHERE said ->> '$.shift_id' = :shift_id ORDER BY id"
)

REFUNDS = text(
    "SELECT j.body FROM refund r JOIN journal j ON j.place = r.id"
    " WHERE r.id > (SELECT opened_place FROM shift WHERE shift_id = :shift_id)"
    " AND instr(j.body, :mark) > 0 ORDER BY r.id"
)

ADD_Z = insert(z_report)

Z_OF = select(z_report).where(z_report.c.shift_id == bindparam("shift_id")).order_by(z_report.c.supplement)

Z = select(z_report).where(z_report.c.number == bindparam("number"))

LAST_Z = select(z_report).order_by(z_report.c.number.desc()).limit(1)

_LAST_Z = "max(coalesce((SELECT max(number) FROM z_report), 0), coalesce((SELECT max(first_z) - 1 FROM number_gap), 0))"
_LAST_SHIFT = (
    "max(coalesce((SELECT max(number) FROM shift), 0), coalesce((SELECT max(first_shift) - 1 FROM number_gap), 0))"
)

NEXT_Z = text(f"SELECT {_LAST_Z} + 1")

NEXT_SHIFT = text(f"SELECT {_LAST_SHIFT} + 1")

SKIP_NUMBERS = text(
    "INSERT INTO number_gap (first_z, after_z, first_shift)"
    f" SELECT max({_LAST_Z} + 2, :first), {_LAST_Z}, max({_LAST_SHIFT} + 2, :first)"
)
