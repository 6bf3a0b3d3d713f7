"""Shouqianba as it answers: three layers, requests signed by MD5, the key before the last still good."""

from __future__ import annotations

import json
from typing import Any

from storeapp.payments.fake.answer import Answer, Request
from storeapp.payments.fake.keys import FakeKeys
from storeapp.payments.fake.orders import Order, Orders
from storeapp.payments.fake.scripts import Fault
from storeapp.payments.shouqianba import TerminalKeys, signature

COMPANY = "shouqianba"
ACTIVATION_CODE = "12345678"
_NO = {
    "code_expired": "EXPIRED_DYNAMIC_ID",
    "code_used": "USED_DYNAMIC_ID",
    "code_wrong": "INVALID_DYNAMIC_ID",
    "not_enough_money": "BUYER_BALANCE_NOT_ENOUGH",
}
_PAYWAYS = {"wechat": "3", "alipay": "2", "unionpay": "17"}


class FakeShouqianba:
    """One terminal."""

    def __init__(self, orders: Orders, keys: FakeKeys) -> None:
        self._orders, self._keys = orders, keys
        self._terminal = keys.terminal
        self._check_ins = 0

    def answer(self, request: Request) -> Answer:
        if request.path == "/terminal/activate":
            return self._activate(request)
        if not self._is_the_terminal(request):
            return _say({"result_code": "400", "error_code": "ILLEGAL_SIGN"})
        body = json.loads(request.body)
        deeds = {
            "/terminal/checkin": self._check_in,
            "/upay/v2/pay": self._pay,
            "/upay/v2/query": self._query,
            "/upay/v2/cancel": self._undo,
            "/upay/v2/revoke": self._undo,
            "/upay/v2/refund": self._refund,
        }
        if request.path not in deeds:
            return _say({"result_code": "400", "error_code": "INVALID_PATH"})
        return deeds[request.path](body)

    def _activate(self, request: Request) -> Answer:
        said = request.headers.get("authorization", "")
        if said != f"{self._keys.vendor_sn} {signature(request.body, self._keys.vendor_key)}":
            return _say({"result_code": "400", "error_code": "ILLEGAL_SIGN"})
        if json.loads(request.body).get("code") != ACTIVATION_CODE:
            return _say({"result_code": "400", "error_code": "INVALID_ACTIVATION_CODE"})
        return _say(_given(self._terminal))

    def _check_in(self, body: dict[str, Any]) -> Answer:
        self._check_ins += 1
        key = f"terminal-key-{self._check_ins}"
        self._terminal = TerminalKeys(self._terminal.sn, key, previous=self._terminal.key)
        return _say(_given(self._terminal))

    def _pay(self, body: dict[str, Any]) -> Answer:
        number, fen, code = str(body["client_sn"]), int(body["total_amount"]), str(body["dynamic_id"])
        wallet = "wechat" if code.startswith("1") else "unionpay" if code.startswith("62") else "alipay"
        word, order = self._orders.pay(COMPANY, number, code, fen, wallet)
        fault = order.script.fault
        if word == "duplicate":
            return _say({"result_code": "400", "error_code": "CLIENT_SN_CONFLICT"})
        if word in _NO:
            return self._biz({"result_code": "PAY_FAIL", "error_code": _NO[word]}, order, "PAY_CANCELED")
        if order.script.hides or fault == "down":
            return self._biz({"result_code": "PAY_FAIL_ERROR"}, order, "PAY_ERROR", fault)
        if order.state == "waiting":
            return self._biz({"result_code": "PAY_IN_PROGRESS"}, order, "CREATED", fault)
        return self._biz({"result_code": "PAY_SUCCESS"}, order, "PAID", fault)

    def _query(self, body: dict[str, Any]) -> Answer:
        order = self._orders.find(COMPANY, str(body["client_sn"]))
        if order is None:
            return _say(_biz_error("UPAY_ORDER_NOT_EXISTS"))
        if order.script.always and order.script.fault == "down":
            return _say({"result_code": "500", "error_code": "UNKNOWN_SYSTEM_ERROR"})
        fault: Fault = order.script.fault if order.script.always else ""
        return self._biz({"result_code": "SUCCESS"}, order, _status(order), fault)

    def _undo(self, body: dict[str, Any]) -> Answer:
        number = str(body["client_sn"])
        order = self._orders.find(COMPANY, number)
        if order is None:
            return _say(_biz_error("UPAY_ORDER_NOT_EXISTS"))
        if order.script.always and order.script.fault == "down":
            return _say({"result_code": "500", "error_code": "UNKNOWN_SYSTEM_ERROR"})
        word = self._orders.reverse(COMPANY, number)
        said = {"result_code": "CANCEL_ERROR" if word == "recall" else "CANCEL_SUCCESS"}
        return self._biz(said, order, _status(order), order.script.fault if order.script.always else "")

    def _refund(self, body: dict[str, Any]) -> Answer:
        number, refund_number = str(body["client_sn"]), str(body["refund_request_no"])
        if len(refund_number) > 20:
            return _say({"result_code": "400", "error_code": "INVALID_PARAMS"})
        word = self._orders.refund(COMPANY, number, refund_number, int(body["refund_amount"]))
        order = self._orders.find(COMPANY, number)
        if order is None or word == "unknown_trade":
            return _say(_biz_error("UPAY_ORDER_NOT_EXISTS", "REFUND_FAIL"))
        if word == "too_much":
            return _say(_biz_error("UPAY_REFUND_INVALID_AMOUNT", "REFUND_FAIL"))
        if word == "hidden":
            return self._biz({"result_code": "REFUND_ERROR"}, order, "REFUND_ERROR")
        return self._biz({"result_code": "REFUND_SUCCESS"}, order, _status(order))

    def _biz(self, biz: dict[str, Any], order: Order, status: str, fault: Fault = "") -> Answer:
        data = {
            "sn": f"7895{order.number[-12:]}",
            "client_sn": order.number,
            "terminal_sn": self._terminal.sn,
            "order_status": status,
            "total_amount": str(order.fen + order.script.amount_off),
            "net_amount": str(order.left_fen),
            "payway": _PAYWAYS[order.wallet],
            "payer_uid": f"p{order.number[:8]}",
        }
        if order.script.currency != "CNY":
            data["currency"] = order.script.currency
        return _say({"result_code": "200", "biz_response": {**biz, "data": data}}, fault)

    def _is_the_terminal(self, request: Request) -> bool:
        said = request.headers.get("authorization", "")
        keys = (self._terminal.key, self._terminal.previous)
        return any(key and said == f"{self._terminal.sn} {signature(request.body, key)}" for key in keys)


def _status(order: Order) -> str:
    if order.is_closed:
        return "CANCELED"
    if not order.charged_fen:
        return "CREATED"
    if not order.left_fen:
        return "REFUNDED"
    return "PARTIAL_REFUNDED" if order.back else "PAID"


def _given(terminal: TerminalKeys) -> dict[str, Any]:
    return {"result_code": "200", "biz_response": {"terminal_sn": terminal.sn, "terminal_key": terminal.key}}


def _biz_error(word: str, result: str = "FAIL") -> dict[str, Any]:
    return {"result_code": "200", "biz_response": {"result_code": result, "error_code": word}}


def _say(said: dict[str, Any], fault: Fault = "") -> Answer:
    # no answer of theirs is signed, so a wrong signature is no fault here
    return Answer(json.dumps(said, ensure_ascii=False).encode(), 200, {"content-type": "application/json"}, fault)
