"""Alipay's gateway as it answers: checks the app's signature, signs the raw text of its words."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from storeapp.payments.fake.answer import Answer, Request
from storeapp.payments.fake.keys import FakeKeys
from storeapp.payments.fake.orders import Order, Orders
from storeapp.payments.fake.scripts import Fault
from storeapp.payments.signing import is_signed, sign

COMPANY = "alipay"
_NO = {
    "code_expired": "ACQ.PAYMENT_AUTH_CODE_EXPIRED",
    "code_used": "ACQ.PAYMENT_AUTH_CODE_USED",
    "code_wrong": "ACQ.PAYMENT_AUTH_CODE_INVALID",
    "not_enough_money": "ACQ.BUYER_BALANCE_NOT_ENOUGH",
}
_OK = {"code": "10000", "msg": "Success"}
_SYSTEM = {"code": "20000", "msg": "Service Currently Unavailable", "sub_code": "aop.unknow-error"}


class FakeAlipay:
    """One app's account."""

    def __init__(self, orders: Orders, keys: FakeKeys) -> None:
        self._orders, self._keys = orders, keys

    def answer(self, request: Request) -> Answer:
        fields = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        method = fields.get("method", "")
        signature = fields.pop("sign", "")
        signed = "&".join(f"{key}={value}" for key, value in sorted(fields.items()))
        if not is_signed(signed.encode(), signature, self._keys.alipay_app.public):
            return self._say("error", {"code": "40002", "sub_code": "isv.invalid-signature"})
        biz = json.loads(fields["biz_content"])
        deeds = {
            "alipay.trade.pay": self._pay,
            "alipay.trade.query": self._query,
            "alipay.trade.cancel": self._cancel,
            "alipay.trade.refund": self._refund,
            "alipay.trade.fastpay.refund.query": self._query_refund,
        }
        said, fault = deeds[method](biz)
        return self._say(method, said, fault)

    def _pay(self, biz: dict[str, Any]) -> tuple[dict[str, Any], Fault]:
        fen = _fen(str(biz["total_amount"]))
        word, order = self._orders.pay(COMPANY, str(biz["out_trade_no"]), str(biz["auth_code"]), fen, "alipay")
        fault = order.script.fault
        if word == "duplicate":
            return {"code": "40004", "sub_code": "ACQ.CONTEXT_INCONSISTENT"}, ""
        if word in _NO:
            return {"code": "40004", "sub_code": _NO[word]}, ""
        if order.script.hides or fault == "down":
            return _SYSTEM, fault
        if order.state == "waiting" and not order.script.forges:
            return {"code": "10003", "msg": "order success pay inprocess"}, fault
        return self._trade(order), fault

    def _query(self, biz: dict[str, Any]) -> tuple[dict[str, Any], Fault]:
        order = self._orders.find(COMPANY, str(biz["out_trade_no"]))
        if order is None:
            return {"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST"}, ""
        if order.script.always and order.script.fault == "down":
            return _SYSTEM, ""
        status = {"paid": "TRADE_SUCCESS", "closed": "TRADE_CLOSED", "waiting": "WAIT_BUYER_PAY"}[order.state]
        return {**self._trade(order), "trade_status": status}, order.script.fault if order.script.always else ""

    def _cancel(self, biz: dict[str, Any]) -> tuple[dict[str, Any], Fault]:
        number = str(biz["out_trade_no"])
        order = self._orders.find(COMPANY, number)
        if order is not None and order.script.always and order.script.fault == "down":
            return _SYSTEM, ""
        # a cancel of a trade nobody knows sounds fine
        word = self._orders.reverse(COMPANY, number)
        said = {**_OK, "out_trade_no": number, "retry_flag": "Y" if word == "recall" else "N", "action": "close"}
        return said, order.script.fault if order is not None and order.script.always else ""

    def _refund(self, biz: dict[str, Any]) -> tuple[dict[str, Any], Fault]:
        number, fen = str(biz["out_trade_no"]), _fen(str(biz["refund_amount"]))
        word = self._orders.refund(COMPANY, number, str(biz["out_request_no"]), fen)
        if word == "hidden":
            return _SYSTEM, ""
        if word != "ok":
            sub = "ACQ.TRADE_NOT_EXIST" if word == "unknown_trade" else "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
            return {"code": "40004", "sub_code": sub}, ""
        order = self._orders.find(COMPANY, number)
        whole = 0 if order is None else sum(order.back.values())
        return {**_OK, "out_trade_no": number, "fund_change": "Y", "refund_fee": _yuan(whole)}, ""

    def _query_refund(self, biz: dict[str, Any]) -> tuple[dict[str, Any], Fault]:
        number = str(biz["out_request_no"])
        found = self._orders.find_refund(COMPANY, number)
        if found is None:
            is_hidden = any(entry.refund_number == number for entry in self._orders.book)
            return (_SYSTEM if is_hidden else dict(_OK)), ""
        order, fen = found
        said = {**_OK, "out_trade_no": order.number, "out_request_no": number, "refund_amount": _yuan(fen)}
        return {**said, "refund_status": "REFUND_SUCCESS", "trade_no": _ref(order)}, ""

    def _trade(self, order: Order) -> dict[str, Any]:
        said = {
            **_OK,
            "out_trade_no": order.number,
            "trade_no": _ref(order),
            "total_amount": _yuan(order.fen + order.script.amount_off),
            "seller_id": self._keys.seller_id,
            "buyer_open_id": f"b{order.number[:8]}",
        }
        return said if order.script.currency == "CNY" else {**said, "trans_currency": order.script.currency}

    def _say(self, method: str, said: dict[str, Any], fault: Fault = "") -> Answer:
        # spaces and escapes as they come: what is signed is this text and no other
        raw = json.dumps(said, ensure_ascii=True)
        signer = self._keys.stranger if fault == "wrong_key" else self._keys.alipay
        tail = "" if fault == "unsigned" else f',"sign":"{sign(raw.encode(), signer.private)}"'
        body = f'{{"{method.replace(".", "_")}_response":{raw}{tail}}}'
        return Answer(body.encode(), 200, {"content-type": "text/html;charset=utf-8"}, fault)


def _ref(order: Order) -> str:
    return f"2026{order.number[-24:]}"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _fen(yuan: str) -> int:
    whole, _, part = yuan.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])
