"""Members' tables: particulars sealed, search words that go when she goes, consents that stay."""

from __future__ import annotations

import json
from dataclasses import replace

from storeapp.database.ledger import LedgerTable
from storeapp.database.search_index import SearchIndex
from storeapp.database.statements.feedback import FORGET as FORGET_WORDS
from storeapp.database.statements.feedback import MOVE as MOVE_WORDS
from storeapp.database.statements.members import (
    AMONG,
    BY_ID,
    BY_OTHER_PHONE,
    BY_PHONE,
    CONSENT,
    CONSENTS,
    COUNT,
    DROP,
    DROP_KEY,
    DROP_PHONES,
    IS_ERASED,
    JOINED,
    MERGED,
    MERGED_INTO,
    MOVE_ON,
    NOT_ERASED,
    NOTE_ERASED,
    NOTE_MERGED,
    PUT,
    PUT_KEY,
    PUT_PHONE,
    TURN,
    ZERO_FREED,
    ZERO_IN_PASSING,
)
from storeapp.database.statements.search_index import (
    MEMBER_ADD_GRAMS,
    MEMBER_ADD_WORD,
    MEMBER_CALLED,
    MEMBER_DROP_GRAMS,
    MEMBER_DROP_WORDS,
    MEMBER_HOLDING,
    MEMBER_STARTING,
)
from storeapp.database.vault import Sealed, Vault
from storeapp.database.work import Row, Work
from storeapp.domain import search
from storeapp.domain.ledger import points_account
from storeapp.domain.member import Consent, Member, masked_phone, national
from storeapp.till.records import Found

# with its text, so that a deletion knows what to take out; the schema sets its `secure-delete`
member_index = SearchIndex(
    MEMBER_ADD_WORD,
    MEMBER_ADD_GRAMS,
    MEMBER_DROP_WORDS,
    MEMBER_DROP_GRAMS,
    MEMBER_STARTING,
    MEMBER_CALLED,
    MEMBER_HOLDING,
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
        index = self._vault.phone_index(phone)
        row = self._work.one(BY_PHONE, phone_index=index) or self._work.one(BY_OTHER_PHONE, phone_index=index)
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
        if member.other_phones:
            particulars["other_phones"] = ",".join(member.other_phones)
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
        for phone in member.other_phones:
            self._work.run(PUT_PHONE, phone_index=self._vault.phone_index(phone), member=row)
        tokens = [token for phone in _phones(member) for token in self._vault.tokens_of(national(phone))]
        thing = search.findable(member.name, person=True)
        member_index.add(self._work, [(row, thing)], tokens=tokens)

    def erase(self, member_id: str) -> None:
        self._work.run(NOTE_ERASED, member_id=member_id)
        row = self._work.one(BY_ID, member_id=member_id)
        if row is None:
            return
        self._work.run(ZERO_FREED)
        self._work.run(FORGET_WORDS, who=member_id)
        member_index.drop(self._work, [row[0]])
        for statement in (DROP_PHONES, DROP_KEY, DROP):
            self._work.run(statement, member=row[0])
        self._work.run(ZERO_IN_PASSING)
        self._vault.forget()

    def merge(self, gone_id: str, kept_id: str) -> None:
        gone, kept = self.by_id(gone_id), self.by_id(kept_id)
        assert gone is not None
        assert kept is not None
        self._work.run(NOTE_MERGED, gone=gone_id, kept=kept_id)
        self._work.run(MOVE_ON, was=gone_id, now=kept_id)
        self._work.run(MOVE_WORDS, was=gone_id, now=kept_id)
        self.erase(gone_id)
        self.put(replace(kept, other_phones=(*kept.other_phones, *_phones(gone))))

    def stand_in(self, kept_id: str, gone_id: str) -> None:
        known = self.by_id(gone_id)
        was_gone = self._work.one(TURN, was=gone_id, now=kept_id) is not None
        if was_gone and known is not None:
            self._work.run(NOT_ERASED, member_id=kept_id)
        self._work.run(MOVE_ON, was=gone_id, now=kept_id)
        self._work.run(MOVE_WORDS, was=gone_id, now=kept_id)
        self._work.run(NOTE_MERGED, gone=gone_id, kept=kept_id)
        self.erase(gone_id)
        if known is not None:
            self.put(replace(known, member_id=kept_id))

    def merged(self) -> dict[str, str]:
        return dict(self._work.all(MERGED))

    def merged_into(self, member_id: str) -> str | None:
        row = self._work.one(MERGED_INTO, member_id=member_id)
        return None if row is None else str(row[0])

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
            device=consent.device,
        )

    def consents(self, member_id: str) -> tuple[Consent, ...]:
        rows = self._work.all(CONSENTS, member_id=member_id)
        return tuple(
            Consent(purpose, version, bool(given), channel, at, device)
            for purpose, version, given, channel, at, device in rows
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
            other_phones=tuple(filter(None, opened.get("other_phones", "").split(","))),
        )


def _rank(member: Member, typed: tuple[str, ...], digits: str | None) -> search.Rank | None:
    ranks = () if digits is None else (search.rank_phone(digits, national(phone)) for phone in _phones(member))
    found = min((rank for rank in ranks if rank is not None), default=None)
    if found is None and member.name:
        found = search.rank(typed, search.findable(member.name, person=True))
    return found


def _phones(member: Member) -> tuple[str, ...]:
    return (member.phone, *member.other_phones)
