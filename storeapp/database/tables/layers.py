"""Layers' tables: where each member stands, what the night learned, and the segments the owner saved.

All of it can be computed again from the sales, so it is written over; who was erased is in none of it.
"""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, delete, exists, func, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.members import hers, member, member_merged
from storeapp.database.tables.sales import past_sale, sale
from storeapp.database.tables.schema import EMPTY, among, flag, metadata, number, only_row, words

layer = Table(
    "layer",
    metadata,
    Column("member_id", Text, primary_key=True),
    words("computed_on"),
    words("stage", of=("new", "active", "loyal", "cooling", "lost")),
    words("since"),
    words("first_on"),
    words("last_on"),
    number("visits", "> 0"),
    number("net_fen"),
    number("margin_fen", is_null=True),
    number("recency", "BETWEEN 1 AND 5"),
    number("frequency", "BETWEEN 1 AND 5"),
    number("money", "BETWEEN 1 AND 5"),
    number("usual_days", "> 0", is_null=True),
    number("potential_fen", is_null=True),
    number("model_fen", is_null=True),
    number("alive_permille", is_null=True),
    words("habit", is_null=True),
    words("step", is_null=True),
    words("categories"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

layer_night = Table(
    "layer_night",
    metadata,
    only_row(),
    words("computed_on"),
    words("learned"),
    sqlite_strict=True,
)

segment = Table(
    "segment",
    metadata,
    Column("segment_id", Text, primary_key=True),
    words("data"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

member_tag = Table(
    "member_tag",
    metadata,
    Column("member_id", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    flag("by_rule"),
    words("actor"),
    words("at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# each member's days and categories, in her order; the product's category and cost are those of today. Every sale is
# wanted, so they are read as they lie: by the index of members each one would be looked for somewhere else in the file
BOUGHT = text(
    "SELECT coalesce(m.kept, b.member_id), b.business_date, coalesce(p.category, ''), sum(b.net_fen),"
    " CASE WHEN count(*) = count(p.cost_fen) THEN sum(p.cost_fen * b.quantity_milli) / 1000 END FROM ("
    "SELECT s.member_id, s.business_date, l.code, l.quantity_milli, l.gross_fen - l.discount_fen AS net_fen"
    " FROM sale s NOT INDEXED JOIN sale_line l ON l.sale = s.id WHERE s.member_id IS NOT NULL"
    " UNION ALL SELECT s.member_id, s.business_date, l.code, l.quantity_milli, l.net_fen"
    " FROM past_sale s NOT INDEXED JOIN past_line l ON l.sale = s.id WHERE s.member_id IS NOT NULL"
    # what came back counts on the day it was bought: she was there that day all the same
    " UNION ALL SELECT s.member_id, s.business_date, l.code, -l.quantity_milli, -l.net_fen"
    " FROM refund r JOIN refund_line l ON l.refund = r.id JOIN sale s ON s.sale_id = r.sale_id"
    " WHERE r.member_id IS NOT NULL"
    ") b LEFT JOIN product p ON p.code = b.code LEFT JOIN member_merged m ON m.gone = b.member_id"
    " WHERE coalesce(m.kept, b.member_id) NOT IN (SELECT member_id FROM member_erased)"
    # in the very order they are grouped in: any other one sorts two million rows a second time
    " GROUP BY 1, b.business_date, 3 ORDER BY 1, b.business_date, 3"
)

VISITS = text(
    "SELECT DISTINCT coalesce(m.kept, b.member_id), b.business_date FROM (SELECT member_id, business_date FROM sale"
    " WHERE member_id IS NOT NULL UNION ALL SELECT member_id, business_date FROM past_sale"
    " WHERE member_id IS NOT NULL) b LEFT JOIN member_merged m ON m.gone = b.member_id"
    " WHERE coalesce(m.kept, b.member_id) NOT IN (SELECT member_id FROM member_erased)"
)

# of a moment the date comes first
JOINED = select(member.c.member_id, func.substr(member.c.joined_at, 1, 10))

KNOWN = select(member.c.member_id).where(member.c.member_id.in_(among("member_ids")))

NEVER_BOUGHT = (
    select(member.c.member_id)
    .where(
        ~exists().where(sale.c.member_id == member.c.member_id, sale.c.member_id.is_not(None)),
        ~exists().where(past_sale.c.member_id == member.c.member_id, past_sale.c.member_id.is_not(None)),
        # what was bought under a name that was merged into hers is hers
        ~exists().where(
            member_merged.c.kept == member.c.member_id,
            exists().where(sale.c.member_id == member_merged.c.gone, sale.c.member_id.is_not(None))
            | exists().where(past_sale.c.member_id == member_merged.c.gone, past_sale.c.member_id.is_not(None)),
        ),
    )
    .order_by(member.c.member_id)
)

QUIET = (
    select(member.c.member_id)
    .outerjoin_from(member, layer, layer.c.member_id == member.c.member_id)
    .where(
        func.substr(member.c.joined_at, 1, 10) < bindparam("day"),
        func.coalesce(layer.c.last_on, EMPTY) < bindparam("day"),
    )
    .order_by(member.c.member_id)
)

_layer = upsert(layer)

PUT = _layer.on_conflict_do_update(
    index_elements=["member_id"],
    set_={column.name: _layer.excluded[column.name] for column in layer.c if column.name != "member_id"},
)

OF = select(layer).where(layer.c.member_id == bindparam("member_id"))

EVERY = select(layer).order_by(layer.c.member_id)

# by the index of her sales alone, from its end
LAST_BOUGHT = (
    select(sale.c.business_date)
    .where(hers(sale.c.member_id), sale.c.member_id.is_not(None))
    .order_by(sale.c.id.desc())
    .limit(1)
)

STANDINGS = select(layer.c.member_id, layer.c.stage, layer.c.since)

# who was not seen this night has nothing left that was bought
SWEEP = delete(layer).where(layer.c.computed_on != bindparam("computed_on"))

FORGET = delete(layer).where(layer.c.member_id == bindparam("member_id"))

STAGES = select(layer.c.stage, func.count(), func.sum(layer.c.net_fen)).group_by(layer.c.stage)

_night = upsert(layer_night)

PUT_NIGHT = _night.on_conflict_do_update(
    index_elements=["id"],
    set_={"computed_on": _night.excluded.computed_on, "learned": _night.excluded.learned},
)

NIGHT = select(layer_night.c.computed_on, layer_night.c.learned)

_segment = upsert(segment)

PUT_SEGMENT = _segment.on_conflict_do_update(index_elements=["segment_id"], set_={"data": _segment.excluded.data})

SEGMENTS = select(segment.c.data).order_by(segment.c.segment_id)

DROP_SEGMENT = delete(segment).where(segment.c.segment_id == bindparam("segment_id"))

_tag = upsert(member_tag)

# a tag somebody gave by hand is not taken over by a rule
PUT_TAG = _tag.on_conflict_do_nothing(index_elements=["member_id", "tag"])

DROP_TAG = delete(member_tag).where(
    member_tag.c.member_id == bindparam("member_id"), member_tag.c.tag == bindparam("tag")
)

DROP_RULED = delete(member_tag).where(member_tag.c.by_rule == 1)

FORGET_TAGS = delete(member_tag).where(member_tag.c.member_id == bindparam("member_id"))

TAGS_OF = (
    select(member_tag.c.tag).where(member_tag.c.member_id == bindparam("member_id")).order_by(member_tag.c.tag)
)  # fmt: skip

EVERY_TAG = select(member_tag.c.member_id, member_tag.c.tag)
