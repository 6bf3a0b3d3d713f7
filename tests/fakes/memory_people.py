"""What a shop in memory knows of its members beside their sales: timeline and outreach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from storeapp.domain.ledger import VALUE_PREFIXES, Txn
from storeapp.domain.outreach import Candidate, Due, Outcome
from storeapp.domain.outreach_reasons import Lapsing
from storeapp.domain.timeline import Happened, Noted


def _second(at: str) -> int:
    moment = datetime.fromisoformat(at)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


@dataclass(frozen=True)
class Note:
    member_id: str
    kind: Noted
    by: str
    at: str
    detail: str


def _moved(state: Any, txn: Txn, member_id: str) -> int | None:
    """What an entry did to her stored value; None where it was somebody else's."""
    legs = [leg for leg in txn.legs if leg.account.startswith(VALUE_PREFIXES)]
    hers = [leg.amount for leg in legs if state.is_hers(leg.account.partition(":")[2], member_id)]
    return sum(hers) if hers else None


class MemoryTimeline:
    def __init__(self, state: Any) -> None:
        self._state = state

    def of(self, member_id: str, *, skip: int = 0, most: int = 50, looks: bool = False) -> tuple[Happened, ...]:
        state = self._state
        hers = [sale for sale in state.sales.values() if state.is_hers(sale.member_id, member_id)]
        receipts = {sale.sale_id: sale.receipt for sale in hers}
        rows = [Happened("sale", _second(sale.at), sale.receipt, sale.due.fen, "", sale.cashier) for sale in hers]
        rows += [
            Happened("past", _second(sale.at), sale.receipt, sale.total.fen)
            for sale in state.imported.values()
            if state.is_hers(sale.member_id, member_id)
        ]
        rows += [
            Happened("refund", _second(refund.at), refund.receipt, refund.back.fen, refund.sale_receipt)
            for refund, _ in state.refunds
            if refund.sale_id in receipts
        ]
        rows += [
            Happened("opened", _second(state.opened[sale.token]), sale.receipt)
            for sale in hers
            if sale.token in state.opened
        ]
        rows += [
            Happened("coupon", _second(c.valid_from.isoformat()), c.code, c.amount.fen, f"{c.state}:{c.valid_until}")
            for c in state.coupons.values()
            if state.is_hers(c.member_id, member_id)
        ]
        rows += [
            Happened("card", _second(doc.at), doc.number, doc.money_fen, doc.deed)
            for doc, _ in state.cards
            if state.is_hers(doc.member_id, member_id)
        ]
        rows += [
            Happened("value", _second(doc.at), doc.number, doc.money_fen, doc.kind)
            for doc, _ in state.values
            if state.is_hers(doc.member_id, member_id)
        ]
        rows += [
            Happened("value", _second(txn.at), "", fen, txn.kind)
            for txn in state.txns.values()
            if txn.kind in ("transfer", "topup_bonus") and (fen := _moved(state, txn, member_id)) is not None
        ]
        rows += [
            Happened("consent", _second(c.at), c.purpose, None, "yes" if c.given else "no", c.channel)
            for c in state.consents.get(member_id, ())
        ]
        rows += [
            Happened(note.kind, _second(note.at), "", None, note.detail, note.by)
            for note in state.notes
            if state.is_hers(note.member_id, member_id) and (looks or note.kind != "looked")
        ]
        rows += [
            Happened("feedback", _second(said.at), said.receipt, None, f"{said.mark}:{said.words}")
            for said in state.feedback.values()
            if said.member_id == member_id
        ]
        rows += [
            Happened("group", _second(o.at), o.code, None, "cancelled" if o.cancelled_at else "", o.by)
            for o in state.group_orders.values()
            if state.is_hers(o.member_id, member_id)
        ]
        rows.sort(key=lambda row: (-row.at_s, row.kind, row.ref))
        return tuple(rows[skip : skip + most])

    def note(self, member_id: str, kind: Noted, *, by: str, at: str, detail: str = "") -> None:
        self._state.notes = (*self._state.notes, Note(member_id, kind, by, at, detail))

    def seen_by(self, who: str, *, since: str) -> frozenset[str]:
        notes = self._state.notes
        return frozenset(n.member_id for n in notes if n.kind == "looked" and n.by == who and n.at >= since)

    def looks(self, day: str) -> dict[str, int]:
        pairs = {(n.by, n.member_id) for n in self._state.notes if n.kind == "looked" and n.at.startswith(day)}
        return {by: sum(other == by for other, _ in pairs) for by, _ in pairs}


class MemoryOutreach:
    def __init__(self, state: Any) -> None:
        self._state = state

    def put_day(self, day: date, chosen: Iterable[Candidate]) -> None:
        for each in chosen:
            due = Due(day, each.member_id, each.reason, each.detail)
            self._state.outreach.setdefault((day, each.member_id), due)

    def of_day(self, day: date) -> tuple[Due, ...]:
        return tuple(due for (on, _), due in self._state.outreach.items() if on == day)

    def settle(self, day: date, member_id: str, outcome: Outcome, *, by: str, at: str) -> None:
        key = day, member_id
        if key in self._state.outreach:
            self._state.outreach[key] = replace(self._state.outreach[key], outcome=outcome, at=at, by=by)

    def last_written(self) -> dict[str, date]:
        found: dict[str, date] = {}
        for (day, member_id), due in self._state.outreach.items():
            if due.is_written:
                found[member_id] = max(day, found.get(member_id, day))
        return found

    def since(self, day: date) -> tuple[Due, ...]:
        rows = [due for (on, _), due in self._state.outreach.items() if on >= day]
        return tuple(sorted(rows, key=lambda due: due.day))

    def agreed(self) -> Iterator[str]:
        for member_id, said in self._state.consents.items():
            hers = [(_second(c.at), not c.given) for c in said if c.purpose == "marketing"]
            if hers and not max(hers)[1]:
                yield member_id

    def lapsing(self, start: date, end: date) -> Iterator[Lapsing]:
        hers = [
            Lapsing(c.member_id, c.amount.fen, c.valid_until)
            for c in self._state.coupons.values()
            if c.member_id is not None and c.state == "issued" and start <= c.valid_until <= end
        ]
        return iter(sorted(hers, key=lambda each: (each.until, -each.fen), reverse=True))
