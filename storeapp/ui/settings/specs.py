"""What stands on each form of the settings."""

from __future__ import annotations

from storeapp.ui.settings.form import Spec
from storeapp.words import N_

_LANGUAGES = (("zh_CN", "中文"), ("en", "English"))

SHOP = (
    Spec("shop.name", N_("Name of the shop"), rule=N_("at most 60 characters")),
    Spec("shop.phone", N_("Telephone"), rule=N_("at most 40 characters")),
    Spec("shop.address", N_("Address"), rule=N_("at most 120 characters"), wide=True),
    Spec("shop.contact", N_("Whom to ask about personal data"), rule=N_("at most 120 characters"), wide=True),
    Spec("receipt.footer", N_("Last lines of the receipt"), rule=N_("at most 200 characters"), wide=True),
    Spec(
        "cash.rounding",
        N_("Cash is rounded down to"),
        "choice",
        choices=(("fen", N_("Fen")), ("jiao", N_("Jiao")), ("yuan", N_("Yuan"))),
    ),
    Spec("receipt.language", N_("Language of receipts"), "choice", choices=_LANGUAGES),
    Spec("day.cutoff_hour", N_("The business day ends at (hour)"), "whole", rule=N_("a whole hour from 0 to 12")),
    Spec("receipt.copies", N_("Receipts for each sale"), "whole", rule=N_("0 or 1")),
    Spec("points.per_yuan", N_("Points for each yuan"), "whole", rule=N_("from 0 to 1000")),
    Spec(
        "scale.layouts",
        N_("Labels of the scale"),
        rule=N_("like 21:5:5:price,22:5:5:weight (prefix, item digits, value digits, what it says)"),
        hinted=True,
    ),
    Spec("points.enabled", N_("Members earn points"), "yes_no"),
)
OFFER = (
    Spec("offer.enabled", N_("The offer is on"), "yes_no", wide=True),
    Spec("offer.headline", N_("Headline, above the code"), rule=N_("at most 40 characters"), wide=True),
    Spec("offer.small_print", N_("Small print"), rule=N_("at most 120 characters"), wide=True),
    Spec("offer.amount_fen", N_("Coupon, yuan off"), "yuan", rule=N_("from 0.01 to 20 yuan")),
    Spec("offer.min_spend_fen", N_("For goods from, yuan"), "yuan", rule=N_("not negative")),
    Spec("offer.valid_days", N_("Valid for, days"), "whole", rule=N_("from 1 to 365")),
    Spec("offer.starts_after_days", N_("Usable after, days"), "whole", rule=N_("from 0 to 30")),
    Spec("offer.link", N_("WeChat acquisition link"), rule=N_("an https address, or nothing"), wide=True, hinted=True),
    Spec("offer.contact_qr", N_("Text of the shop's WeChat code"), rule=N_("at most 300 characters"), wide=True),
    Spec("offer.contact_image", N_("Picture of the shop's WeChat code"), "picture", wide=True),
)
_WAYS = (("none", N_("By hand")), ("relay", N_("Cloud")), ("shouqianba", N_("Shouqianba")))
PAY = (
    Spec("pay.wechat", N_("WeChat payment codes"), "choice", choices=_WAYS),
    Spec("pay.alipay", N_("Alipay payment codes"), "choice", choices=_WAYS),
    Spec("pay.unionpay", N_("UnionPay payment codes"), "choice", choices=(_WAYS[0], _WAYS[2])),
)
TILL = (
    Spec("language", N_("Language"), "choice", choices=(("", N_("As the system")), *_LANGUAGES)),
    Spec(
        "size",
        N_("Size of everything"),
        "choice",
        choices=(("small", N_("Small")), ("medium", N_("Medium")), ("large", N_("Large"))),
    ),
    Spec(
        "lock_after_min",
        N_("Ask for the PIN after idle minutes"),
        "whole",
        rule=N_("from 0 to 240; 0 never asks"),
        hinted=True,
    ),
    Spec(
        "scanner_port",
        N_("Port of a serial scanner"),
        rule=N_("such as /dev/ttyACM0 or COM3; empty for one that types"),
        hinted=True,
    ),
    Spec("second_screen", N_("Use a second screen for the customer"), "yes_no", wide=True),
)
