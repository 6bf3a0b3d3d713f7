"""Keys: the one table of what a key does, which a shop may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from storeapp.errors import Refused
from storeapp.words import N_, Words


@dataclass(eq=False)
class KeyTaken(Refused):
    """`key` would do two things."""

    key: str
    word = "key_taken"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does. `group` gathers them on the page of keys."""

    id: str
    words: str
    key: str
    group: str


_BASKET = N_("Basket")
_MEMBER = N_("Member")
_PAY = N_("Payment")
_EVERYWHERE = N_("Everywhere")

ACTIONS: tuple[Action, ...] = (
    Action("scan_field", N_("Back to the scan field"), "F1", _BASKET),
    Action("quantity", N_("Change the quantity"), "F2", _BASKET),
    Action("price", N_("Change the price"), "F3", _BASKET),
    Action("discount", N_("Give a discount"), "F4", _BASKET),
    Action("discount_all", N_("Give a discount on everything"), "Shift+F4", _BASKET),
    Action("note", N_("Note on the line"), "F12", _BASKET),
    Action("delete", N_("Delete the line"), "Del", _BASKET),
    Action("why", N_("Why this price?"), "Ctrl+W", _BASKET),
    Action("print_why", N_("Print the price steps"), "Ctrl+E", _BASKET),
    Action("new_prices", N_("Take the new prices"), "Ctrl+G", _BASKET),
    Action("gift", N_("Add the gift"), "Alt+G", _BASKET),
    Action("undo", N_("Undo"), "Ctrl+Z", _BASKET),
    Action("park", N_("Park the basket"), "F5", _BASKET),
    Action("recall", N_("Parked baskets"), "F6", _BASKET),
    Action("clear", N_("Clear the basket"), "F8", _BASKET),
    Action("find_member", N_("Find a member"), "F7", _MEMBER),
    Action("new_member", N_("Sign up a member"), "F11", _MEMBER),
    Action("member_page", N_("Everything about the member"), "Ctrl+I", _MEMBER),
    Action("top_up", N_("Top up"), "Alt+C", _MEMBER),
    Action("cards", N_("Cards"), "Alt+K", _MEMBER),
    Action("pay", N_("Take the payment"), "Space", _PAY),
    Action("cash", N_("Cash"), "F9", _PAY),
    Action("paid_by_code", N_("Paid by code, confirmed by hand"), "F10", _PAY),
    Action("pay_scan", N_("Customer's payment code"), "Alt+1", _PAY),
    Action("pay_card", N_("Bank card"), "Alt+2", _PAY),
    Action("pay_stored", N_("Stored value"), "Alt+3", _PAY),
    Action("pay_points", N_("Points"), "Alt+4", _PAY),
    Action("pay_voucher", N_("Voucher"), "Alt+5", _PAY),
    Action("pay_account", N_("On account"), "Alt+6", _PAY),
    Action("reprint", N_("Print the last receipt again"), "Ctrl+P", _PAY),
    Action("receipts", N_("Receipts"), "Ctrl+R", _PAY),
    Action("refund", N_("Refund"), "Ctrl+K", _PAY),
    Action("refund_last", N_("Refund the last sale"), "Alt+R", _PAY),
    Action("void_last", N_("Void the last sale"), "Alt+V", _PAY),
    Action("prints", N_("Unsure prints"), "Ctrl+O", _PAY),
    Action("paper", N_("Paper of the built-in printer"), "Ctrl+B", _PAY),
    Action("unclear", N_("Unclear payments"), "Ctrl+U", _PAY),
    Action("shift", N_("Shift and drawer"), "Alt+S", _PAY),
    Action("drawer", N_("Open the drawer"), "Ctrl+D", _PAY),
    Action("promotions", N_("Promotions"), "Ctrl+J", _EVERYWHERE),
    Action("coupons", N_("Coupons"), "Ctrl+T", _EVERYWHERE),
    Action("reports", N_("Reports"), "Alt+Y", _EVERYWHERE),
    Action("price_lists", N_("Price lists"), "Ctrl+Y", _EVERYWHERE),
    Action("insight", N_("Insight"), "Alt+I", _EVERYWHERE),
    Action("groups", N_("Group orders"), "Alt+Q", _EVERYWHERE),
    Action("outreach", N_("Outreach"), "Alt+O", _EVERYWHERE),
    Action("alarms", N_("Alarms"), "Alt+A", _EVERYWHERE),
    Action("settings", N_("Settings"), "Ctrl+S", _EVERYWHERE),
    Action("training", N_("Training: begin and end"), "Alt+T", _EVERYWHERE),
    Action("trouble", N_("Training: call up trouble"), "Alt+F", _EVERYWHERE),
    Action("menu", N_("Menu"), "Ctrl+M", _EVERYWHERE),
    Action("keys", N_("All keys"), "Ctrl+/", _EVERYWHERE),
    Action("switch", N_("Quick switch"), "Ctrl+H", _EVERYWHERE),
    Action("sign_out", N_("Sign out"), "Ctrl+L", _EVERYWHERE),
    Action("back", N_("Back"), "Esc", _EVERYWHERE),
)

ON_EVERY_PAGE = frozenset({"back", "menu", "keys", "sign_out"})
"""What the window still does while a page is open; the other keys rest, or are the page's own."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The shop's own keys over the table; `changed` maps an action's id to its key."""

    changed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        taken: set[str] = set()
        for action in ACTIONS:
            key = self.of(action.id)
            if key in taken:
                raise KeyTaken(key)
            taken.add(key)

    def of(self, action_id: str) -> str:
        """The key as Qt writes it portably: `"F2"`, `"Ctrl+Z"`."""
        if action_id in self.changed:
            return self.changed[action_id]
        return next(action.key for action in ACTIONS if action.id == action_id)

    def cap(self, action_id: str, words: Words) -> str:
        """What stands on the key cap."""
        key = self.of(action_id)
        return words.p("key", "Space") if key == "Space" else key
