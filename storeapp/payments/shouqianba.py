"""Shouqianba upay v2: one contract for WeChat, Alipay and UnionPay codes; the terminal's key may live on the till.

Only requests are signed (MD5 of body and key), so answers are trusted as far as TLS goes. An answer has three layers:
was it understood, what became of the deed, how stands the order. Only the order's final states are an end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx2

from storeapp.domain.money import Money
from storeapp.domain.payment import CURRENCY, Take, TakeState
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused, Unavailable
from storeapp.payments.addresses import SHOUQIANBA
from storeapp.payments.line import CONNECT_S, Line, silence

# paying may take this long before it answers at all
READ_S = 45.0

_FINAL: dict[str, TakeState] = {
    "PAID": "paid",
    "PARTIAL_REFUNDED": "paid",
    "PAY_CANCELED": "failed",
    "REFUNDED": "closed",
    "CANCELED": "closed",
}
_DONE = ("CANCEL_SUCCESS", "CANCEL_ABORT_SUCCESS", "REVOKE_SUCCESS")
_NO = {
    "INVALID_DYNAMIC_ID": "code_wrong",
    "EXPIRED_DYNAMIC_ID": "code_expired",
    "USED_DYNAMIC_ID": "code_used",
    "BUYER_BALANCE_NOT_ENOUGH": "not_enough_money",
    "ILLEGAL_SIGN": "keys_rejected",
}
_WRONG_SIGN = "ILLEGAL_SIGN"


@dataclass(eq=False)
class ActivationRefused(Refused):
    """The activation code opens no terminal: `reason` is the company's own word."""

    reason: str
    word = "activation_refused"


@dataclass(frozen=True, slots=True)
class TerminalKeys:
    """A terminal's number and key. `previous` is still good: an answer to a check-in may have been lost."""

    sn: str
    key: str
    previous: str = ""


class Shouqianba:
    """Implements `till.ports.Provider` for one kind of wallet; `of_kind` gives the same terminal for another."""

    name = "shouqianba"

    def __init__(
        self,
        keys: TerminalKeys,
        *,
        kind: TenderKind = "wechat",
        keep: Callable[[TerminalKeys], None] = lambda keys: None,
        subject: str = "storeapp",
        operator: str = "1",
        base_url: str = SHOUQIANBA,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self.kind: TenderKind = kind
        self._subject, self._operator, self._keep = subject, operator, keep
        self._box = [keys]
        self._line = Line(base_url, connect_s=connect_s, read_s=read_s, transport=transport)

    def of_kind(self, kind: TenderKind) -> Shouqianba:
        """The same terminal, its line and its keys, for codes of another wallet."""
        other = object.__new__(Shouqianba)
        other.__dict__.update(self.__dict__)
        other.kind = kind
        return other

    def check_in(self) -> TerminalKeys:
        """The day's new key, kept before it is used. A lost answer costs nothing: the old key stays good."""
        keys = self._box[0]
        answer = self._ask("/terminal/checkin", {"terminal_sn": keys.sn, "device_id": keys.sn})
        found = _layer(answer, "biz_response").get("terminal_key")
        if answer.get("result_code") == "200" and isinstance(found, str) and found and found != keys.key:
            keys = replace(self._box[0], key=found, previous=self._box[0].key)
            self._keep(keys)
            self._box[0] = keys
        return self._box[0]

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        body = {
            "client_sn": trade_number,
            "total_amount": str(amount.fen),
            "dynamic_id": code,
            "subject": self._subject[:64],
            "operator": self._operator[:32],
        }
        try:
            answer = self._ask("/upay/v2/pay", body)
        except Unavailable as error:
            return silence(error)
        if answer.get("result_code") != "200":
            # the number may be one of ours that was paid: only a query can tell
            is_no = answer.get("result_code") == "400" and "CONFLICT" not in str(answer.get("error_code"))
            return Take("failed" if is_no else "unknown", reason=_no(answer))
        biz = _layer(answer, "biz_response")
        if biz.get("result_code") == "PAY_SUCCESS":
            return self._order(biz)
        if biz.get("result_code") == "PAY_IN_PROGRESS":
            return Take("waiting", reason="password")
        if biz.get("result_code") == "PAY_FAIL":
            return Take("failed", reason=_no(biz))
        return Take("unknown", reason=_word(biz))

    def query(self, trade_number: str) -> Take:
        try:
            answer = self._ask("/upay/v2/query", {"client_sn": trade_number})
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        biz = _layer(answer, "biz_response")
        if answer.get("result_code") == "200" and biz.get("result_code") == "SUCCESS":
            return self._order(biz)
        said = biz if answer.get("result_code") == "200" else answer
        return Take("unknown", reason="no_such_trade" if "NOT_EXIST" in str(said.get("error_code")) else _word(said))

    def reverse(self, trade_number: str) -> Take:
        return self._undo("/upay/v2/cancel", trade_number)

    def revoke(self, trade_number: str) -> Take:
        """The whole payment back on the same day, at no fee, by a person's decision."""
        return self._undo("/upay/v2/revoke", trade_number)

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        body = {
            "client_sn": trade_number,
            "refund_request_no": refund_number,
            "operator": self._operator[:32],
            "refund_amount": str(amount.fen),
        }
        try:
            answer = self._ask("/upay/v2/refund", body)
        except Unavailable as error:
            return Take("unknown", reason=error.word)
        biz, data = _layer(answer, "biz_response"), _layer(_layer(answer, "biz_response"), "data")
        if answer.get("result_code") == "400":
            return Take("failed", reason=_word(answer))
        if biz.get("result_code") == "REFUND_FAIL":
            return Take("failed", reason=_word(biz))
        if biz.get("result_code") != "REFUND_SUCCESS" or data.get("order_status") not in (
            "REFUNDED",
            "PARTIAL_REFUNDED",
        ):
            return Take("unknown", reason=_word(biz))
        if data.get("refund_request_no") not in (None, refund_number):
            return Take("unknown", reason="answer_differs")
        # the answer names what the order still holds, not what this refund gave: the number stands for the amount
        return Take(
            "refunded", ref=str(data.get("sn") or ""), amount=amount, trade_number=str(data.get("client_sn") or "")
        )

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        """There is no such question: the refund is sent again under its number, which gives back once."""
        return Take("unknown", reason="no_such_refund")

    def close(self) -> None:
        self._line.close()

    # inside

    def _undo(self, path: str, trade_number: str) -> Take:
        try:
            answer = self._ask(path, {"client_sn": trade_number})
        except Unavailable as error:
            return Take("unknown", reason=error.word, recall=True)
        biz = _layer(answer, "biz_response")
        if answer.get("result_code") == "200" and biz.get("result_code") in _DONE:
            return Take("closed", trade_number=str(_layer(biz, "data").get("client_sn") or ""))
        return Take("unknown", reason=_word(biz or answer), recall=True)

    def _ask(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        keys = self._box[0]
        raw = _raw({"terminal_sn": keys.sn, **body})
        answer = _asked(self._line, path, raw, sn=keys.sn, key=keys.key)
        if answer.get("error_code") == _WRONG_SIGN and keys.previous:
            answer = _asked(self._line, path, raw, sn=keys.sn, key=keys.previous)
        return answer

    def _order(self, biz: dict[str, Any]) -> Take:
        data = _layer(biz, "data")
        status = str(data.get("order_status"))
        state = _FINAL.get(status, "waiting" if status == "CREATED" else "unknown")
        if data.get("terminal_sn") not in (None, self._box[0].sn):
            return Take("unknown", reason="answer_differs")
        total = data.get("total_amount")
        is_fen = isinstance(total, str) and total.isascii() and total.isdigit() and len(total) < 12
        return Take(
            state,
            ref=str(data.get("sn") or ""),
            reason="password" if state == "waiting" else "" if state in ("paid", "closed") else status.lower()[:40],
            amount=Money(int(total)) if is_fen and isinstance(total, str) else None,
            currency=str(data.get("currency") or CURRENCY),
            trade_number=str(data.get("client_sn") or ""),
            payer=str(data.get("payer_uid") or ""),
        )


def activate(
    *,
    vendor_sn: str,
    vendor_key: str,
    app_id: str,
    code: str,
    device_id: str,
    base_url: str = SHOUQIANBA,
    transport: httpx2.BaseTransport | None = None,
) -> TerminalKeys:
    """A new terminal for an activation code; raises ActivationRefused, or Unavailable while nobody answers."""
    line = Line(base_url, transport=transport)
    try:
        raw = _raw({"app_id": app_id, "code": code, "device_id": device_id})
        answer = _asked(line, "/terminal/activate", raw, sn=vendor_sn, key=vendor_key)
    finally:
        line.close()
    given = _layer(answer, "biz_response")
    sn, key = given.get("terminal_sn"), given.get("terminal_key")
    if answer.get("result_code") != "200" or not isinstance(sn, str) or not isinstance(key, str):
        raise ActivationRefused(_word(answer))
    return TerminalKeys(sn, key)


def signature(raw: bytes, key: str) -> str:
    """How a request is signed."""
    return hashlib.md5(raw + key.encode(), usedforsecurity=False).hexdigest()


def _raw(body: dict[str, str]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _asked(line: Line, path: str, raw: bytes, *, sn: str, key: str) -> dict[str, Any]:
    headers = {"Authorization": f"{sn} {signature(raw, key)}", "Content-Type": "application/json; charset=utf-8"}
    reply = line.ask("POST", path, headers=headers, body=raw)
    if reply.status >= 500:
        return {"result_code": "500", "error_code": f"http_{reply.status}"}
    try:
        answer = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {"result_code": "garbage"}
    return answer if isinstance(answer, dict) else {"result_code": "garbage"}


def _layer(answer: dict[str, Any], key: str) -> dict[str, Any]:
    found = answer.get(key)
    return found if isinstance(found, dict) else {}


def _no(said: dict[str, Any]) -> str:
    return _NO.get(str(said.get("error_code")), "refused_by_provider")


def _word(said: dict[str, Any]) -> str:
    return str(said.get("error_code") or said.get("result_code") or "unclear").lower()[:40]
