"""The names of the ways to pay, on screen, on paper and in reports alike."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.tender import TenderKind


class Words(Protocol):
    """Where sentences are looked up."""

    def t(self, msgid: str) -> str: ...


def tender_name(kind: TenderKind, words: Words) -> str:
    """What people call this way to pay."""
    _ = words.t
    names: dict[TenderKind, str] = {
        "cash": _("Cash"),
        "wechat": _("WeChat Pay"),
        "alipay": _("Alipay"),
        "unionpay": _("UnionPay"),
        "card": _("Bank card"),
        "code_manual": _("Paid by code"),
        "stored_value": _("Stored value"),
        "points": _("Points"),
        "coupon": _("Voucher"),
        "on_account": _("On account"),
        "exchange": _("Goods brought back"),
        "simulated": _("Simulated payment"),
    }
    return names[kind]
