"""The timeline's tables: what was noted of a member beside her purchases, and one view of it all.

Nothing here names a person: what is written to her or noted about her stands under her own key, and goes with it.
"""

from __future__ import annotations

from sqlalchemy import Index, Table, bindparam, func, insert, select, text

from storeapp.database.tables.members import HERS
from storeapp.database.tables.schema import key, metadata, words
from storeapp.domain.ledger import VALUE_PREFIXES

member_note = Table(
    "member_note",
    metadata,
    key(),
    words("member_id"),
    # a tag is a word about a person: that one changed is noted, not which
    words("kind", of=("looked", "changed", "tagged", "untagged", "written")),
    words("at"),
    words("actor"),
    words("detail"),
    sqlite_strict=True,
)

Index("member_note_member", member_note.c.member_id, member_note.c.id)
Index("member_note_at", member_note.c.at)

NOTE = insert(member_note)

LOOKS = (
    select(member_note.c.actor, func.count(member_note.c.member_id.distinct()))
    .where(
        member_note.c.at >= bindparam("day"), member_note.c.at < bindparam("day_after"), member_note.c.kind == "looked"
    )
    .group_by(member_note.c.actor)
)

SEEN_BY = (
    select(member_note.c.member_id)
    .distinct()
    .where(
        member_note.c.at >= bindparam("since"), member_note.c.actor == bindparam("who"), member_note.c.kind == "looked"
    )
)

_VALUE = " UNION ALL ".join(
    f"SELECT '{prefix}' || :member_id UNION ALL SELECT '{prefix}' || gone FROM member_merged WHERE kept = :member_id"
    for prefix in VALUE_PREFIXES
)

# each part is found by her own index; only then are her few rows put in order
OF = text(
    "SELECT kind, at_s, ref, fen, detail, actor FROM ("
    "SELECT 'sale' AS kind, unixepoch(at) AS at_s, receipt AS ref, due_fen AS fen, '' AS detail, cashier AS actor"
    f" FROM sale WHERE member_id IN {HERS} AND member_id IS NOT NULL"
    " UNION ALL SELECT 'past', at_us / 1000000, receipt, total_fen, '', ''"
    f" FROM past_sale WHERE member_id IN {HERS} AND member_id IS NOT NULL"
    " UNION ALL SELECT 'refund', unixepoch(j.at), r.receipt, r.back_fen, s.receipt, ''"
    " FROM sale s JOIN refund r ON r.sale_id = s.sale_id JOIN journal j ON j.place = r.id"
    f" WHERE s.member_id IN {HERS} AND s.member_id IS NOT NULL"
    " UNION ALL SELECT 'opened', unixepoch(p.at), s.receipt, NULL, '', ''"
    f" FROM sale s JOIN page_open p ON p.token = s.token WHERE s.member_id IN {HERS} AND s.member_id IS NOT NULL"
    " UNION ALL SELECT 'feedback', unixepoch(at), receipt, NULL, mark || ':' || said, ''"
    f" FROM feedback WHERE member_id IN {HERS} AND member_id IS NOT NULL"
    " UNION ALL SELECT 'card', unixepoch(j.at), c.number, c.money_fen, c.deed, ''"
    f" FROM card_doc c JOIN journal j ON j.place = c.id WHERE c.member_id IN {HERS}"
    " UNION ALL SELECT 'value', unixepoch(j.at), v.number, v.money_fen, v.kind, ''"
    f" FROM value_doc v JOIN journal j ON j.place = v.id WHERE v.member_id IN {HERS}"
    " UNION ALL SELECT 'value', unixepoch(t.at), '', sum(l.amount), t.kind, ''"
    " FROM account a JOIN ledger_leg l ON l.account = a.id JOIN ledger_txn t ON t.id = l.txn"
    f" WHERE a.name IN ({_VALUE}) AND t.kind IN ('transfer', 'topup_bonus') GROUP BY t.id"
    " UNION ALL SELECT 'coupon', unixepoch(valid_from), code, amount_fen, state || ':' || valid_until, ''"
    f" FROM coupon WHERE member_id IN {HERS} AND member_id IS NOT NULL"
    " UNION ALL SELECT 'group', unixepoch(at), code, NULL, CASE cancelled_at WHEN '' THEN '' ELSE 'cancelled' END,"
    f" actor FROM group_order WHERE member_id IN {HERS} AND member_id IS NOT NULL"
    " UNION ALL SELECT 'consent', unixepoch(at), purpose, NULL, CASE given WHEN 1 THEN 'yes' ELSE 'no' END, channel"
    " FROM consent WHERE member_id = :member_id"
    " UNION ALL SELECT kind, unixepoch(at), '', NULL, detail, actor"
    f" FROM member_note WHERE member_id IN {HERS} AND (kind <> 'looked' OR :looks)"
    ") ORDER BY at_s DESC, kind, ref LIMIT :most OFFSET :skip"
)
