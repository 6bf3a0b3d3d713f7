"""Tiers' table: everything said of a member's tier, only ever added to; and what she did to deserve one."""

from __future__ import annotations

from sqlalchemy import Index, Table, bindparam, func, insert, select, text, update

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

_words = select(
    tier_word.c.member_id,
    tier_word.c.tier,
    tier_word.c.at,
    tier_word.c.came_from,
    tier_word.c.actor,
    tier_word.c.reason,
    tier_word.c.measure,
    tier_word.c.until,
)

WORDS = _words.where(tier_word.c.member_id == bindparam("member_id")).order_by(tier_word.c.id)

LAST = WORDS.order_by(None).order_by(tier_word.c.id.desc()).limit(1)

LASTS = _words.where(tier_word.c.id.in_(select(func.max(tier_word.c.id)).group_by(tier_word.c.member_id)))

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

# whoever has a tier did something, if only nothing; from what was added up to the members, each found by her id: the
# other way round all of it was looked through for every member
_ALL = _DONE.format(whom="member_id IS NOT NULL").replace(
    " FROM (", " FROM (SELECT member_id, 0 AS fen, NULL AS day, 0 AS paid_in FROM member WHERE tier <> '' UNION ALL ", 1
)

EVERY = text(
    f"SELECT m.member_id, m.tier, d.fen, d.days, d.paid_in FROM ({_ALL}) d"
    " CROSS JOIN member m ON m.member_id = d.member_id"
)
