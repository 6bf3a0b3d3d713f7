"""Fact words: closed words inside a refusal, by the fact they stand in, as people say them."""

from __future__ import annotations

from storeapp.words import N_

# why an approval does not do
_UNFIT = {
    "missing": N_("ask for an approval"),
    "unknown": N_("there is no such approval"),
    "used": N_("this approval has been used already"),
    "expired": N_("the approval has run out"),
    "other_action": N_("the approval was for something else"),
    "own": N_("nobody approves for himself"),
}
# why cash cannot move like that
_NO_MOVE = {
    "kind": N_("that is none of its ways"),
    "amount": N_("more than nothing, at most 100,000.00"),
    "reason": N_("say why, in one line"),
}
# what cannot be counted
_COUNTED = {
    "sum": N_("the sum"),
    "float": N_("a float is from 0.00 to 100,000.00"),
    "left": N_("what stays is at most what was counted, and not below nothing"),
}
# who holds a coupon
_HOLDERS = {
    "counter": N_("it is being paid for"),
    "parked": N_("it was put aside"),
    "script": N_("a program is selling it"),
}


CLOSED: dict[str, dict[str, str]] = {"why": _UNFIT | _NO_MOVE, "what": _COUNTED, "where": _HOLDERS}
