"""The menu: every screen by its name, the paper only where it is the printer."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.ui.frame.sheets import MenuEntry
from storeapp.words import N_

MENU = (
    ("find_member", N_("Find a member"), "search"),
    ("new_member", N_("Sign up a member"), "user-plus"),
    ("top_up", N_("Top up"), "wallet"),
    ("cards", N_("Cards"), "credit-card"),
    ("receipts", N_("Receipts"), "receipt"),
    ("refund", N_("Refund"), "receipt-refund"),
    ("promotions", N_("Promotions"), "discount"),
    ("coupons", N_("Coupons"), "ticket"),
    ("reports", N_("Reports"), "receipt-yuan"),
    ("price_lists", N_("Price lists"), "tag"),
    ("insight", N_("Insight"), "chart-bar"),
    ("outreach", N_("Outreach"), "phone"),
    ("groups", N_("Group orders"), "users"),
    ("prints", N_("Unsure prints"), "printer-off"),
    ("unclear", N_("Unclear payments"), "alert-triangle"),
    ("shift", N_("Shift and drawer"), "cash-register"),
    ("drawer", N_("Open the drawer"), "inbox"),
    ("paper", N_("Paper of the built-in printer"), "note"),
    ("alarms", N_("Alarms"), "alert-circle"),
    ("settings", N_("Settings"), "settings"),
    ("training", N_("Training"), "device-desktop"),
    ("switch", N_("Quick switch"), "users"),
    ("sign_out", N_("Sign out"), "logout"),
)


TRAINING_MENU = (
    ("trouble", N_("Call up trouble"), "alert-triangle"),
    ("training", N_("Back to the real shop"), "arrow-back-up"),
)


def menu(t: Callable[[str], str], *, has_paper: bool, is_training: bool = False) -> tuple[MenuEntry, ...]:
    """The lines of the menu; the paper only where it is the printer. Whoever practises finds the way back first."""
    lines = MENU if not is_training else (*TRAINING_MENU, *(line for line in MENU if line[0] != "training"))
    return tuple(
        MenuEntry(action, t(words), icon, action) for action, words, icon in lines if has_paper or action != "paper"
    )
