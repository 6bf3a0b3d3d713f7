"""Members' tables: particulars sealed, search words that go when she goes, consents that stay."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import among, flag, key, metadata, words

member = Table(
    "member",
    metadata,
    key(),
    Column("member_id", Text, nullable=False, unique=True),
    Column("phone_index", LargeBinary, nullable=False, unique=True),
    Column("particulars", LargeBinary, nullable=False),
    Column("joined_at", Text, nullable=False, index=True),
    words("tier"),
    sqlite_strict=True,
)

member_key = Table(
    "member_key",
    metadata,
    Column("member", Integer, ForeignKey("member.id"), primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=False),
    sqlite_strict=True,
)

"""Each member's own key. Its row is what erasing destroys."""

member_erased = Table(
    "member_erased",
    metadata,
    Column("member_id", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""Who was forgotten: an echo of her from elsewhere must not bring her back."""

member_phone = Table(
    "member_phone",
    metadata,
    Column("phone_index", LargeBinary, primary_key=True),
    Column("member", Integer, ForeignKey("member.id"), nullable=False, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""More numbers that find a member: those of whoever was merged into her."""

member_merged = Table(
    "member_merged",
    metadata,
    Column("gone", Text, primary_key=True),
    Column("kept", Text, nullable=False, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""Who turned out to be somebody else; the books of old keep the name they were written with."""

HERS = "(SELECT :member_id UNION ALL SELECT gone FROM member_merged WHERE kept = :member_id)"
"""All the ids one member ever had, as SQL."""


def hers(column: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether `column` is a member's id, or that of somebody merged into her."""
    gone = select(member_merged.c.gone).where(member_merged.c.kept == bindparam("member_id"))
    return column.in_(select(bindparam("member_id")).union_all(gone))


consent = Table(
    "consent",
    metadata,
    key(),
    words("member_id"),
    words("purpose"),
    words("at"),
    flag("given"),
    words("text_version"),
    words("channel"),
    Column("device", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("member_id", "purpose", "at", "given"),
    sqlite_strict=True,
)

_opened = select(
    member.c.id, member.c.member_id, member.c.particulars, member_key.c.wrapped, member.c.joined_at, member.c.tier
).join(member_key, member_key.c.member == member.c.id)

BY_ID = _opened.where(member.c.member_id == bindparam("member_id"))

BY_PHONE = _opened.where(member.c.phone_index == bindparam("phone_index"))

AMONG = _opened.where(member.c.id.in_(among("rows")))

COUNT = select(func.count()).select_from(member)

JOINED = (
    select(func.count())
    .select_from(member)
    .where(member.c.joined_at >= bindparam("day"), member.c.joined_at < bindparam("day_after"))
)

_new = upsert(member)

PUT = _new.on_conflict_do_update(
    index_elements=["member_id"],
    set_={name: _new.excluded[name] for name in ("phone_index", "particulars", "joined_at", "tier")},
).returning(member.c.id)

PUT_KEY = upsert(member_key).on_conflict_do_nothing(index_elements=["member"])

DROP_KEY = delete(member_key).where(member_key.c.member == bindparam("member"))

DROP = delete(member).where(member.c.id == bindparam("member"))

BY_OTHER_PHONE = _opened.join(member_phone, member_phone.c.member == member.c.id).where(
    member_phone.c.phone_index == bindparam("phone_index")
)

PUT_PHONE = upsert(member_phone).on_conflict_do_nothing(index_elements=["phone_index"])

DROP_PHONES = delete(member_phone).where(member_phone.c.member == bindparam("member"))

MERGED = select(member_merged.c.gone, member_merged.c.kept).order_by(member_merged.c.gone)

MERGED_INTO = select(member_merged.c.kept).where(member_merged.c.gone == bindparam("member_id"))

NOTE_MERGED = upsert(member_merged).on_conflict_do_nothing(index_elements=["gone"])

TURN = (
    update(member_merged)
    .where(member_merged.c.gone == bindparam("now"))
    .values(gone=bindparam("was"), kept=bindparam("now"))
    .returning(member_merged.c.gone)
)

MOVE_ON = (
    update(member_merged).where(member_merged.c.kept == bindparam("was")).values(kept=bindparam("now"))
)  # fmt: skip

IS_ERASED = select(func.count()).where(member_erased.c.member_id == bindparam("member_id"))

NOT_ERASED = delete(member_erased).where(member_erased.c.member_id == bindparam("member_id"))

NOTE_ERASED = upsert(member_erased).on_conflict_do_nothing()

# elsewhere only what lies in a page that is written anyway is zeroed; what she leaves is zeroed wherever it lies
ZERO_FREED = text("PRAGMA secure_delete = ON")

ZERO_IN_PASSING = text("PRAGMA secure_delete = FAST")

CONSENT = (
    upsert(consent).on_conflict_do_nothing(index_elements=["member_id", "purpose", "at", "given"])
)  # fmt: skip

CONSENTS = (
    select(
        consent.c.purpose,
        consent.c.text_version,
        consent.c.given,
        consent.c.channel,
        consent.c.at,
        consent.c.device,
    )
    .where(consent.c.member_id == bindparam("member_id"))
    .order_by(consent.c.id)
)
