"""Words for alarms: what each kind is, what is to be done, and what its facts say, in the window and in `doctor`."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.alarm import Alarm
from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.words import N_, Words


@dataclass(frozen=True, slots=True)
class Said:
    """`what` in a few words, and what a person does about it."""

    what: str
    next: str


KINDS = {
    "books": Said(
        N_("The books do not add up"),
        N_(
            "`storeapp check` names every place. Nothing is mended by itself: keep a backup, and show it to whoever"
            " looks after this till."
        ),
    ),
    "custody": Said(
        N_("Too little lies in custody"),
        N_(
            "Pay what is missing into the custody account at the bank, and write the new sum into the settings:"
            " “In custody now”."
        ),
    ),
    "clock": Said(
        N_("The clock jumped, and nobody has confirmed it"),
        N_(
            "Compare it with another clock. If it is right, say so; if not, set the clock of this computer. Until then"
            " the night gives and takes nothing for good."
        ),
    ),
    "coupon_twice": Said(
        N_("A coupon was used at two tills"),
        N_("Both sales stand, and the shop bears the second one. See whether one till was offline for long."),
    ),
    "coupon_spent": Said(
        N_("A coupon was taken back after it was used"),
        N_("Its sale stands. See who took it back, and why."),
    ),
    "voucher_twice": Said(
        N_("A voucher was paid with at two tills"),
        N_("Both sales stand, but whoever issued it pays once. Ask the customers of these receipts, or bear the loss."),
    ),
    "card_overdrawn": Said(
        N_("More was taken from a card than was left"),
        N_("Two tills took it while one was offline. Both sales stand, and the shop bears what is too much."),
    ),
    "till_taken_over": Said(
        N_("A till was put up anew in place of another"),
        N_("Somebody used an invite for a till that stood already. See that it was you, and that the old one is off."),
    ),
    "overdrawn": Said(
        N_("The same value was spent at two tills"),
        N_("Both sales stand, and the account is below zero. Her next points or top-up make up for it."),
    ),
    "over_refund": Said(
        N_("More came back than was sold"),
        N_("Two tills took back the same goods. Compare the receipt with its refunds, and with the shelf."),
    ),
    "points_kept": Said(
        N_("Points stayed with goods that came back"),
        N_("The till that took them back did not know the sale. Take the points back on her page, or leave them."),
    ),
    "referred_twice": Said(
        N_("Two tills named who brought a newcomer"),
        N_("Who was named first counts. See that nobody was thanked twice."),
    ),
    "pickup_twice": Said(
        N_("A group order was handed out at two tills"),
        N_("Both sales stand. If one of them was a mistake, take it back by its receipt."),
    ),
    "pickup_cancelled": Said(
        N_("A cancelled group order was handed out"),
        N_("The sale stands. Another till cancelled the order before it had heard; its goods are not left over."),
    ),
    "phone_taken": Said(
        N_("One phone number signed up at two tills"),
        N_("Both are one member now. Nothing is to be done; see that name and consent are right."),
    ),
    "erased_with_money": Said(
        N_("A member was erased who still had money"),
        N_("Her money is owed all the same. Pay it back if she comes, and keep the slip."),
    ),
    "quarantined": Said(
        N_("The cloud does not understand some entries"),
        N_("Nothing is lost: they wait there. Update the cloud, and `storeapp cloud check` reads them again."),
    ),
    "breaker": Said(
        N_("The cloud stopped reading one till's entries"),
        N_("Nothing is lost, and the till sells on. `storeapp cloud check` tells whoever runs the cloud why."),
    ),
    "fork": Said(
        N_("A till tells its past in two ways"),
        N_(
            "An old copy was brought back, or two computers sell as one till. Find out which, and join that machine"
            " anew."
        ),
    ),
    "id_reused": Said(
        N_("Two different entries bear one number"),
        N_("No program does that by itself. Leave both tills as they are, and show it to whoever looks after them."),
    ),
}
UNKNOWN = Said(
    N_("Something to look at"), N_("This till is older than what it was told. Update it to read what this is.")
)
_FACTS = (
    ("was", N_("Expected: {}")),
    ("now", N_("The clock said: {}")),
    ("faults", N_("Places: {}")),
    ("example", N_("First: {}")),
    ("missing_fen", N_("Missing: {}")),
    ("fen", N_("Amount: {}")),
    ("sold_fen", N_("Sold for: {}")),
    ("back_fen", N_("Given back: {}")),
    ("receipts", N_("Receipts: {}")),
    ("sale", N_("Receipt: {}")),
    ("codes", N_("Goods: {}")),
    ("card", N_("Card: {}")),
    ("times", N_("Times: {}")),
    ("number", N_("Voucher: {}")),
    ("code", N_("Coupon: {}")),
    ("pickup", N_("Pick-up code: {}")),
    ("amount", N_("Balance: {}")),
    ("points", N_("Points: {}")),
    ("count", N_("Entries: {}")),
    ("failed", N_("Not understood: {}")),
    ("seq", N_("Entry number: {}")),
    ("error", N_("Cause: {}")),
)


def said(alarm: Alarm) -> Said:
    return KINDS.get(alarm.kind, UNKNOWN)


def facts(alarm: Alarm, words: Words) -> tuple[str, ...]:
    """What is known about it, a line each; ids nobody can look up are left out."""
    return tuple(words.t(label).format(_shown(name, alarm)) for name, label in _FACTS if name in alarm.facts)


def in_one_line(alarm: Alarm, words: Words) -> str:
    """For a list: what it is, and the fact that says most."""
    return " · ".join((words.t(said(alarm).what), *facts(alarm, words)[:1]))


def _shown(name: str, alarm: Alarm) -> str:
    value = alarm.facts[name]
    if isinstance(value, int) and (name.endswith("fen") or alarm.facts.get("unit") == "fen"):
        return wording.money(Money(value))
    if name in ("was", "now"):
        return wording.whole_moment(str(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
