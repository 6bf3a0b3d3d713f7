"""Members' tables: particulars sealed, search words that go when she goes, consents that stay."""

from __future__ import annotations

import json

from sqlalchemy import (
    Column,
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
)
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.ledger import LedgerTable
from storeapp.database.schema import flag, key, metadata, words
from storeapp.database.search_index import SearchIndex
from storeapp.database.vault import Sealed, Vault
from storeapp.database.work import Row, Sql, Work, among
from storeapp.domain import search
from storeapp.domain.ledger import points_account
from storeapp.domain.member import Consent, Member, masked_phone, national
from storeapp.till.ports import Found

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
    UniqueConstraint("member_id", "purpose", "at", "given"),
    sqlite_strict=True,
)

# with its text, so that a deletion knows what to take out; the schema sets its `secure-delete`
member_index = SearchIndex("member", options=", columnsize=0")

_opened = select(
    member.c.id, member.c.member_id, member.c.particulars, member_key.c.wrapped, member.c.joined_at, member.c.tier
).join(member_key, member_key.c.member == member.c.id)
BY_ID = Sql(_opened.where(member.c.member_id == bindparam("member_id")))
BY_PHONE = Sql(_opened.where(member.c.phone_index == bindparam("phone_index")))
AMONG = Sql(_opened.where(member.c.id.in_(among("rows"))))
COUNT = Sql(select(func.count()).select_from(member))
JOINED = Sql(
    select(func.count())
    .select_from(member)
    .where(member.c.joined_at >= bindparam("day"), member.c.joined_at < bindparam("day_after"))
)
_new = upsert(member)
PUT = Sql(
    _new.on_conflict_do_update(
        index_elements=["member_id"],
        set_={name: _new.excluded[name] for name in ("phone_index", "particulars", "joined_at", "tier")},
    ).returning(member.c.id)
)
PUT_KEY = Sql(upsert(member_key).on_conflict_do_nothing(index_elements=["member"]))
DROP_KEY = Sql(delete(member_key).where(member_key.c.member == bindparam("member")))
DROP = Sql(delete(member).where(member.c.id == bindparam("member")))
IS_ERASED = Sql(select(func.count()).where(member_erased.c.member_id == bindparam("member_id")))
NOTE_ERASED = Sql(upsert(member_erased).on_conflict_do_nothing())
# elsewhere only what lies in a page that is written anyway is zeroed; what she leaves is zeroed wherever it lies
ZERO_FREED = Sql(text("PRAGMA secure_delete = ON"))
ZERO_IN_PASSING = Sql(text("PRAGMA secure_delete = FAST"))
CONSENT = Sql(
    upsert(consent).on_conflict_do_nothing(index_elements=["member_id", "purpose", "at", "given"])
)  # fmt: skip
CONSENTS = Sql(
    select(consent.c.purpose, consent.c.text_version, consent.c.given, consent.c.channel, consent.c.at)
    .where(consent.c.member_id == bindparam("member_id"))
    .order_by(consent.c.id)
)


class MemberTable:
    """Implements `till.ports.Members`."""

    def __init__(self, work: Work, vault: Vault, ledger: LedgerTable) -> None:
        self._work = work
        self._vault = vault
        self._ledger = ledger

    def by_id(self, member_id: str) -> Member | None:
        row = self._work.one(BY_ID, member_id=member_id)
        return None if row is None else self._member(row)

    def by_phone(self, phone: str) -> Member | None:
        row = self._work.one(BY_PHONE, phone_index=self._vault.phone_index(phone))
        return None if row is None else self._member(row)

    def find(self, text: str, *, limit: int = 20) -> tuple[Found, ...]:
        typed, digits = search.words_of(text), search.digits_of(text)
        if not typed:
            return ()
        tokens = () if digits is None else self._vault.tokens_for(digits)
        rows = [row for token in tokens for row in member_index.called(self._work, token, limit=limit)]
        rows += member_index.candidates(self._work, typed, limit=limit)
        hits = []
        for row in self._work.all(AMONG, rows=json.dumps(rows)):
            one = self._member(row)
            found = _rank(one, typed, digits)
            if found is not None:
                hits.append(((found, len(one.name), one.name, one.member_id), one))
        hits.sort(key=lambda hit: hit[0])
        return tuple(self._found(one) for _, one in hits[:limit])

    def _found(self, one: Member) -> Found:
        points = self._ledger.balance(points_account(one.member_id), "pts")
        return Found(one.member_id, one.name, masked_phone(one.phone), one.tier, points)

    def put(self, member: Member) -> None:
        if self._work.count(IS_ERASED, member_id=member.member_id):
            return
        known = self._work.one(BY_ID, member_id=member.member_id)
        particulars = {"phone": member.phone, "name": member.name, "birthday": member.birthday, "note": member.note}
        sealed = self._vault.seal(
            member.member_id, particulars, wrapped_key=None if known is None else known[3]
        )  # fmt: skip
        row = self._work.count(
            PUT,
            id=None,
            member_id=member.member_id,
            phone_index=self._vault.phone_index(member.phone),
            particulars=sealed.particulars,
            joined_at=member.joined_at,
            tier=member.tier,
        )
        self._work.run(PUT_KEY, member=row, wrapped=sealed.wrapped_key)
        if known is not None:
            member_index.drop(self._work, [row])
        tokens = self._vault.tokens_of(national(member.phone))
        thing = search.findable(member.name, person=True)
        member_index.add(self._work, [(row, thing)], tokens=tokens)

    def erase(self, member_id: str) -> None:
        self._work.run(NOTE_ERASED, member_id=member_id)
        row = self._work.one(BY_ID, member_id=member_id)
        if row is None:
            return
        self._work.run(ZERO_FREED)
        member_index.drop(self._work, [row[0]])
        for statement in (DROP_KEY, DROP):
            self._work.run(statement, member=row[0])
        self._work.run(ZERO_IN_PASSING)
        self._vault.forget()

    def consent(self, member_id: str, consent: Consent) -> None:
        self._work.run(
            CONSENT,
            id=None,
            member_id=member_id,
            purpose=consent.purpose,
            at=consent.at,
            given=int(consent.given),
            text_version=consent.text_version,
            channel=consent.channel,
        )

    def consents(self, member_id: str) -> tuple[Consent, ...]:
        rows = self._work.all(CONSENTS, member_id=member_id)
        return tuple(
            Consent(purpose, version, bool(given), channel, at) for purpose, version, given, channel, at in rows
        )

    def count(self) -> int:
        return self._work.count(COUNT)

    def joined_on(self, business_date: str) -> int:
        # in a moment the date is followed by "T"
        return self._work.count(JOINED, day=business_date, day_after=business_date + "U")

    def _member(self, row: Row) -> Member:
        _, member_id, particulars, wrapped, joined_at, tier = row
        opened = self._vault.open(member_id, Sealed(particulars, wrapped))
        return Member(
            member_id=member_id,
            phone=opened["phone"],
            name=opened["name"],
            joined_at=joined_at,
            tier=tier,
            birthday=opened["birthday"],
            note=opened["note"],
        )


def _rank(member: Member, typed: tuple[str, ...], digits: str | None) -> search.Rank | None:
    found = None if digits is None else search.rank_phone(digits, national(member.phone))
    if found is None and member.name:
        found = search.rank(typed, search.findable(member.name, person=True))
    return found
