"""Words for people when something was refused, is not there, or broke. Errors carry data; only this room speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import Money
from storeapp.errors import Refused, StoreappError, Unavailable
from storeapp.ui import wording
from storeapp.words import N_, Words


@dataclass(frozen=True, slots=True)
class Notice:
    """`done` and `refused` go by themselves; a `fault` stays until it is read away."""

    words: str
    kind: Literal["done", "refused", "fault"] = "refused"


# an error's facts fill the braces; a fact whose name ends in _fen is given as money
SENTENCES: dict[str, str] = {
    "absurd_change": N_("{change_fen} change? Check the amount."),
    "bad_name": N_("A name has at most 40 characters."),
    "bad_note": N_("A note is one line of at most {most} characters."),
    "bad_phone": N_("This is not a mobile number: {digits} digits."),
    "bad_pin": N_("A PIN has digits only, at least {least}."),
    "bad_policy": N_("“{value}” will not do: it must be {expected}."),
    "bad_price": N_("This price is not possible."),
    "bad_product": N_("This product is not possible: {field}."),
    "bad_quantity": N_("“{quantity}” is not a quantity."),
    "bad_staff_code": N_("A staff code has 1 to 16 letters or digits."),
    "bad_tender": N_("The shop does not take this payment."),
    "barcode_taken": N_("The barcode {barcode} belongs to {owner} already."),
    "basket_full": N_("A basket holds at most {most} lines. Take the payment first."),
    "basket_in_the_way": N_("Park or clear this basket first."),
    "consent_missing": N_("The customer has to agree first."),
    "coupon_needs_more": N_("This coupon needs goods for {min_spend_fen}."),
    "coupon_not_hers": N_("This coupon belongs to another member."),
    "coupon_not_valid": N_("This coupon is valid from {valid_from} to {valid_until}."),
    "coupon_used": N_("This coupon has been used already."),
    "discount_exceeds_line": N_("The discount is more than the line: {line_fen}."),
    "empty_basket": N_("There is nothing to pay for yet."),
    "id_reused": N_("This sale has been made already: receipt {receipt}."),
    "key_taken": N_("The key {key} does something else already."),
    "member_exists": N_("This phone belongs to a member already."),
    "no_such_line": N_("Choose a line first."),
    "not_allowed": N_("Your role may not do this. Ask a manager."),
    "not_an_amount": N_("“{text}” is not an amount."),
    "payment_refused": N_("The customer's wallet refused: {reason}."),
    "payment_running": N_("A payment is under way. Bring it to its end first."),
    "quantity_too_large": N_("{quantity} is too many. Was that a barcode?"),
    "reason_missing": N_("Say why first."),
    "sign_in_locked": N_("Too many wrong PINs. Try again later."),
    "tender_exceeds_due": N_("That is {over_fen} more than is due. Only cash gives change."),
    "tender_short": N_("{missing_fen} is still missing."),
    "too_many_coupons": N_("A basket takes at most {most} coupons."),
    "unknown_code": N_("Nothing found for {code}"),
    "unknown_codes_left": N_("{count} scanned codes were not found. Find the goods or delete the red rows first."),
    "unknown_coupon": N_("No such coupon."),
    "unknown_member": N_("No such member."),
    "unknown_policy": N_("There is no such setting."),
    "unknown_receipt": N_("No such receipt."),
    "unknown_staff": N_("Nobody here has this code."),
    "wrong_pin": N_("Wrong PIN. {tries_left} tries left."),
}


def notice(error: Exception, words: Words) -> Notice:
    """What to show for an error a deed raised."""
    if isinstance(error, Refused):
        return Notice(sentence(error, words), "refused")
    if isinstance(error, Unavailable):
        said = SENTENCES.get(error.word)
        fallback = words.t("Not reachable right now ({word}). The sale is safe; try again.")
        return Notice(_filled(words.t(said), error) if said else fallback.format(word=error.word), "fault")
    word = error.word if isinstance(error, StoreappError) else type(error).__name__
    return Notice(words.t("Something in the program broke ({word}). It is in the log.").format(word=word), "fault")


def sentence(error: StoreappError, words: Words) -> str:
    """The words of one refusal."""
    said = SENTENCES.get(error.word)
    if said is None:
        return words.t("Not possible ({word}).").format(word=error.word)
    return _filled(words.t(said), error)


def _filled(said: str, error: StoreappError) -> str:
    facts = {
        name: wording.money(Money(value)) if name.endswith("_fen") and isinstance(value, int) else value
        for name, value in error.facts().items()
    }
    return said.format(**facts)
