"""Tiers' table: everything said of a member's tier, only ever added to; and what she did to deserve one."""

from __future__ import annotations

from sqlalchemy import Index, Table, bindparam, insert, select, text, update

from storeapp.database.tables.members import HERS, member
from storeapp.database.tables.schema import key, metadata, words

tier_word = Table(
    "tier_word",
    metadata,
    key(),
    words("member_id"),
    words("tier"),
    words("came_from"),
    words("at"),
    words("actor"),
    words("reason"),
    words("measure", of=("", "spend", "visits", "topup")),
    words("until"),
    sqlite_strict=True,
)

Index("tier_word_member", tier_word.c.member_id)

SAY = insert(tier_word)

SET = update(member).where(member.c.member_id == bindparam("of_member")).values(tier=bindparam("new_tier"))

WORDS = (
    select(
        tier_word.c.member_id,
        tier_word.c.tier,
        tier_word.c.at,
        tier_word.c.came_from,
        tier_word.c.actor,
        tier_word.c.reason,
        tier_word.c.measure,
        tier_word.c.until,
    )
    .where(tier_word.c.member_id == bindparam("member_id"))
    .order_by(tier_word.c.id)
)

LAST = WORDS.order_by(None).order_by(tier_word.c.id.desc()).limit(1)

# money and days of old and new sales, less what came back since, and what was paid in beforehand
_DONE = (
    "SELECT coalesce((SELECT kept FROM member_merged WHERE gone = member_id), member_id) AS member_id,"
    " sum(fen) AS fen, count(DISTINCT day) AS days, sum(paid_in) AS paid_in FROM ("
    "SELECT member_id, total_fen AS fen, business_date AS day, 0 AS paid_in FROM sale"
    " WHERE {whom} AND business_date >= :since"
    " UNION ALL SELECT member_id, total_fen, business_date, 0 FROM past_sale"
    " WHERE {whom} AND business_date >= :since"
    " UNION ALL SELECT member_id, -total_fen, NULL, 0 FROM refund"
    " WHERE {whom} AND business_date >= :since"
    " UNION ALL SELECT member_id, 0, NULL, CASE kind WHEN 'topup' THEN principal_fen ELSE -principal_fen END"
    " FROM value_doc WHERE {whom} AND business_date >= :since) GROUP BY 1"
)

DONE = text(_DONE.format(whom=f"member_id IN {HERS}"))

EVERY = text(
    "SELECT m.member_id, m.tier, coalesce(d.fen, 0), coalesce(d.days, 0), coalesce(d.paid_in, 0)"
    f" FROM member m LEFT JOIN ({_DONE.format(whom='member_id IS NOT NULL')}) d ON d.member_id = m.member_id"
    " WHERE d.member_id IS NOT NULL OR m.tier <> ''"
)
