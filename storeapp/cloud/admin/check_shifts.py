"""Check the shifts: every Z against the journal before it, from which anybody can add it up again."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from storeapp.wire import codec

Finding = dict[str, Any]
_ENDS = ("shift.closed", "shift.supplemented")
_CASH = {"cash_in": "cash_in_fen", "cash_out": "cash_out_fen", "expense": "expense_fen", "drop": "drop_fen"}
_VALUE = {"topup": 1, "topup_refund": -1, "card_sold": 1, "card_refund": -1}
_PROVEN = ("float_fen", "sales", "due_fen", "refunds", "refund_fen", "top_up_fen", "settled_fen", *_CASH.values())
_SETTLED = b'"kind":"settlement"'
TYPES = frozenset((*_ENDS, *_VALUE, "shift.opened", "sale", "refund", "cash.moved", "ledger.posted"))


class ShiftSums:
    """Hears one journal in its order and adds up each of its shifts."""

    def __init__(self, device_id: str) -> None:
        self._device_id = device_id
        self._sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.told = 0

    def hear(self, type_: str, raw: bytes, *, is_told: bool) -> Iterator[Finding]:
        """One entry; a Z that is not the sum of what came before it is named. `is_told`: it must be in the books."""
        # of all that is posted to accounts only a debt that is paid is in a drawer
        if type_ not in TYPES or (type_ == "ledger.posted" and _SETTLED not in raw):
            return
        self.told += is_told and type_ in _ENDS
        try:
            body = codec.loads(raw)
            shift_id = body.get("shift_id")
            if shift_id is not None and not body.get("training", False):
                yield from self._heard(type_, body, self._sums[shift_id])
        except (LookupError, TypeError, AttributeError, ValueError):
            # it waits in quarantine, which says so
            return

    def _heard(self, type_: str, body: dict[str, Any], sums: Counter[str]) -> Iterator[Finding]:
        if type_ in _ENDS:
            yield from self._proven(body["report"], sums)
        else:
            _add(sums, type_, body)

    def _proven(self, report: dict[str, Any], sums: Counter[str]) -> Iterator[Finding]:
        for name in _PROVEN:
            said, found = report.get(name, 0), sums[name]
            if said != found and not _was_told_so(name, report, sums):
                facts = {"device": self._device_id, "z": report.get("z_number", 0)}
                yield {"kind": "z_differs", **facts, "what": name, "said": said, "found": found}


def _was_told_so(name: str, report: dict[str, Any], sums: Counter[str]) -> bool:
    """Earlier tills said nothing of debts that were paid, and did not count goods that came back for nothing."""
    if "settled_fen" in report:
        return False
    return name == "settled_fen" or (name == "refunds" and report.get(name, 0) == sums[name] - sums["free_refunds"])


def _add(sums: Counter[str], type_: str, body: dict[str, Any]) -> None:
    if type_ == "shift.opened":
        sums["float_fen"] += body["float_fen"]
    elif type_ == "sale":
        sums["sales"] += 1
        sums["due_fen"] += body["due_fen"]
    elif type_ == "refund":
        back = sum(tender["fen"] for tender in body["tenders"])
        sums["refunds"] += 1
        sums["free_refunds"] += back == 0
        sums["refund_fen"] += back
    elif type_ in _VALUE:
        sums["top_up_fen"] += _VALUE[type_] * body["money_fen"]
    elif type_ == "ledger.posted":
        sums["settled_fen"] += body["paid_fen"]
    elif body["kind"] in _CASH:
        sums[_CASH[body["kind"]]] += body["fen"]
