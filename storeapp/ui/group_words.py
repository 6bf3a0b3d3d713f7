"""What group orders are called: a sheet's stage, an order's, and why a line of a list was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.words import N_, Words

if TYPE_CHECKING:
    # a start must not pay for what a signature names
    from storeapp.domain.group_list import Misread

STAGES = {
    "draft": N_("being drafted"),
    "planned": N_("not open yet"),
    "open": N_("taking orders"),
    "closed": N_("order time is over"),
    "bought": N_("being bought"),
    "arrived": N_("here to be fetched"),
    "picked": N_("all fetched"),
    "over": N_("group order is over"),
}
ORDERS = {
    "ordered": N_("to be fetched"),
    "part": N_("partly fetched"),
    "picked": N_("fetched"),
    "cancelled": N_("cancelled"),
    "no_show": N_("not fetched in time"),
}
MISREAD = {
    "no_entry": N_("does not begin with a number"),
    "no_name": N_("says nobody's name"),
    "no_goods": N_("orders nothing"),
    "unknown_goods": N_("is not on the sheet"),
    "many_goods": N_("may mean several things on the sheet"),
    "no_count": N_("says not how many"),
    "too_long": N_("is too long"),
    "bad_phone": N_("has no mobile number that can be"),
    "twice": N_("is in the list twice"),
    "group_limit_person": N_("is more than one person gets"),
    "group_limit_all": N_("is more than there is"),
    "picked_up_before": N_("was fetched already"),
    "own_member": N_("is whoever works at this till"),
}

SENTENCES = {
    "bad_group_sheet": N_("This group order sheet cannot be: {field} must be {expected}."),
    "unknown_group_sheet": N_("This till has no group order sheet {sheet}."),
    "group_not_so": N_("That does not go now: {sheet} is {stage}."),
    "bad_pickup_code": N_("The pick-up code {code} has a wrong character. Read it once more."),
    "unknown_pickup": N_("No order has the pick-up code {code}."),
    "pickup_elsewhere": N_("This order was taken at another till and has not come here yet."),
    "group_order_elsewhere": N_("This order is another till's: here it is handed out, and nothing else."),
    "picked_up_before": N_("This order was fetched before: {at}, receipt {receipt}."),
    "group_order_cancelled": N_("This order was cancelled: {at}."),
    "pickup_not_yet": N_("What was ordered cannot be fetched yet ({stage}); it can from {from_at} on."),
    "pickup_over": N_("This order was to be fetched until {until}."),
    "pickup_too_much": N_("Of {product} {left} are left of this order. Ring up more of it as usual."),
    "pickup_in_basket": N_("This order lies in the basket already."),
    "not_on_sheet": N_("{product} is not on this sheet."),
    "group_limit_person": N_("One person gets at most {most} of {product}: {left} are left for this one."),
    "group_limit_all": N_("There are {most} of {product} in all: {left} are left."),
    "group_nobody": N_("An order needs a name of at most 40 characters, a phone or a member."),
    "group_order_empty": N_("Say what is ordered: 1 to 100 goods."),
}


def stage(stored: str, words: Words) -> str:
    """How far a sheet has come."""
    return words.t(STAGES[stored])


def order_stage(stored: str, words: Words) -> str:
    """How an order stands."""
    return words.t(ORDERS[stored])


def misread(line: Misread, words: Words) -> str:
    """One line of a list that was not understood, and why."""
    return words.t("Line {row}: {said}").format(row=line.row, said=not_understood(line, words))


def not_understood(line: Misread, words: Words) -> str:
    """What was not understood, and why."""
    reason = words.t(MISREAD.get(line.reason, line.reason))
    return words.t("“{text}” {reason}").format(text=line.text, reason=reason)
