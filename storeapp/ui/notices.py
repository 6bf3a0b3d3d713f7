"""Words for people when something was refused, is not there, or broke. Errors carry data; only this room speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import Money
from storeapp.domain.tender import TENDER_KINDS
from storeapp.domain.tender_names import tender_name
from storeapp.errors import Refused, StoreappError, Unavailable
from storeapp.ui import fact_words, file_words, group_words, wording
from storeapp.ui.expectations import expectation
from storeapp.words import N_, Words


@dataclass(frozen=True, slots=True)
class Notice:
    """`done` and `refused` go by themselves; a `fault` stays until it is read away."""

    words: str
    kind: Literal["done", "refused", "fault"] = "refused"


# an error's facts fill the braces; a fact whose name ends in _fen is given as money
SENTENCES: dict[str, str] = {
    "absurd_change": N_("{change_fen} change? Check the amount."),
    "address_missing": N_("Type where the printer is."),
    "address_taken": N_(
        "Something else listens at {address} already, or this machine may not. Choose another address."
    ),
    "already_joined": N_("This till has joined the cloud at {url} already."),
    "approval_reason_missing": N_("Say why this is approved, in one line of at most {most} characters."),
    "backup_bad": N_("The copy {path} cannot be read back: {fault}. Choose another place."),
    "bad_badge": N_("A badge's code has 4 to 40 letters or digits."),
    "bad_cash_move": N_("Cash cannot move like this: {why}."),
    "bad_code": N_("A store or till code is 1 to 8 letters or digits: “{code}” is not."),
    "bad_count": N_("Nobody can count that: {what}."),
    "difference_unexplained": N_("Say why it does not add up; ↓ the usual reasons"),
    "float_missing": N_("Count what lies in the drawer first."),
    "bad_json": N_("Line {line} is not one JSON object."),
    "bad_keys": N_("The file {file} holds no keys of a shop."),
    "bad_birthday": N_("A birthday is a month and a day, such as 05-01."),
    "bad_name": N_("A name has at most 40 characters."),
    "bad_note": N_("A note is one line of at most {most} characters."),
    "bad_phone": N_("This is not a mobile number: {digits} digits."),
    "bad_pin": N_("A PIN has digits only, at least {least}."),
    "bad_place_name": N_("A shop's or store's name is one line of at most {most} characters."),
    "bad_policy": N_("“{value}” will not do: it must be {expected}."),
    "bad_price": N_("This price is not possible."),
    "bad_printer_address": N_("“{address}” is no printer address. It must be like {expected}."),
    "bad_product": N_("This product is not possible: {field}."),
    "bad_promotion": N_("In the promotion, {field} must be {expected}."),
    "bad_tier": N_("Of a tier, {field} must be {expected}."),
    "bad_quantity": N_("“{quantity}” is not a quantity."),
    "bad_request": N_("{where} must be {expected}."),
    "bad_price_list": N_("This price list cannot be: {field} must be {expected}."),
    "bad_coupon_terms": N_("This coupon cannot be: {field} must be {expected}."),
    "coupon_given_before": N_("She has had her coupon of {offer}."),
    "coupon_template_not_live": N_("Of {template} no more coupons are given."),
    "bad_prices": N_("Price list {price_list}: {count} prices cannot be; the first is row {row}, {code}: {value}."),
    "price_list_not_live": N_("Only a price list that is live can end."),
    "price_lists_disagree": N_(
        "Price list {other} is live and asks another price for {code} of the same customers at the same time."
    ),
    "unknown_price_list": N_("There is no price list {price_list}."),
    "coupon_reserved": N_("Coupon {code} is in another basket: {where}."),
    "coupon_rests": N_("Coupon {code} may not be used on this day or at this hour."),
    "coupons_apart": N_("Coupon {code} bears no other coupon beside it."),
    "bad_rows": N_("{count} rows cannot be imported, so nothing was. Mend them, or leave them out with --skip-bad."),
    "bad_secret": N_("The cloud's secret does not fit this database ({reason}). Without the right one nothing opens."),
    "bad_feedback": N_("An answer is a mark from 1 to 5 and one line of at most 100 characters."),
    "bad_segment": N_("This segment cannot be: {where} must be {expected}."),
    "bad_settings": N_("The settings in {file} cannot be used: {where} must be {expected}."),
    "bad_staff_code": N_("A staff code has 1 to 16 letters or digits."),
    "bad_tag": N_("A tag is at most {most} characters without commas, and there are at most 12."),
    "bad_tender": N_("The shop does not take this payment."),
    "bad_token": N_("This receipt code is not from this shop, or was mistyped."),
    "bad_url": N_("“{url}” is not the address of a cloud."),
    "badge_taken": N_("This badge belongs to {code} already."),
    "barcode_taken": N_("The barcode {barcode} belongs to {owner} already."),
    "basket_full": N_("A basket holds at most {most} lines. Take the payment first."),
    "basket_in_the_way": N_("Park or clear this basket first."),
    "check_failed": N_("{count} things do not agree. Keep a copy of the shop's folder and ask for help."),
    "cloud_busy": N_("The cloud is busy. It will be asked again."),
    "cloud_damaged": N_("The cloud's database is damaged ({fault}). Bring it back from a backup."),
    "cloud_refuses": N_(
        "The cloud will not talk to this till ({reason}). Its receipts are kept; ask for a new invite."
    ),
    "cloud_speaks_garbage": N_("What answers at this address is not our cloud."),
    "cloud_unreachable": N_("The cloud does not answer. Everything is kept and sent later."),
    "codes_taken": N_("Some of these codes belong to other products already."),
    "column_twice": N_("Two columns mean {column}: {headers}. Remove one."),
    "columns_missing": N_("The file has no column for {missing}. Its header reads: {header}"),
    "consent_missing": N_("The customer has to agree first."),
    "coupon_needs_more": N_("This coupon needs goods for {min_spend_fen}."),
    "coupon_not_hers": N_("This coupon belongs to another member."),
    "coupon_not_valid": N_("This coupon is valid from {valid_from} to {valid_until}."),
    "coupon_without_goods": N_("Coupon {code} would take nothing off here: what it is for is not in the basket."),
    "coupon_used": N_("This coupon has been used already."),
    "database_damaged": N_("The file {path} is damaged. Bring the shop back from a backup: {backup}"),
    "database_unavailable": N_("The database does not answer. Try again."),
    "device_key_missing": N_("This machine's keystore has lost the key of this till. Join again with a new invite."),
    "device_known": N_("The cloud has known this till before. Ask for a new invite."),
    "device_revoked": N_("The owner has shut this till out of the cloud. It goes on selling by itself."),
    "device_taken": N_("This machine, or its key, belongs to another shop at this cloud."),
    "device_unknown": N_("The cloud does not know this till."),
    "discount_exceeds_basket": N_("The discount is more than the basket: {total_fen}."),
    "discount_exceeds_line": N_("The discount is more than the line: {line_fen}."),
    "disk_failed": N_("The disk under {path} fails: {reason}"),
    "disk_full": N_("The disk is full. Make room; nothing was half done."),
    "empty_basket": N_("There is nothing to pay for yet."),
    "event_stuck": N_("The cloud cannot take entry {seq} ({reason}). Everything is kept; ask for help."),
    "file_unusable": N_("The file {file} cannot be used: {why}"),
    "folder_in_use": N_("{folder} holds something else. Choose an empty folder."),
    "gives_back_too_much": N_("Only {left_fen} of this payment can still be given back."),
    "id_reused": N_("This sale has been made already: receipt {receipt}."),
    "invite_refused": N_("The cloud refuses this invite. Ask for a new one."),
    "journal_behind": N_("This till was brought back from a backup. Join it again with a new invite; nothing is lost."),
    "journal_forked": N_("This till was restored or copied. Join it again with a new invite; nothing is lost."),
    "key_missing": N_("The shop's key is not in this machine's keystore. Without it the file stays shut."),
    "key_taken": N_("The key {key} does something else already."),
    "keystore_closed": N_("The keystore of this machine does not answer. Unlock it and try again."),
    "last_owner": N_("The shop needs an owner, and this is the last one."),
    "member_exists": N_("This phone belongs to a member already."),
    "more_than_there": N_("At most {most_fen} can be paid this way."),
    "name_missing": N_("Type the name first."),
    "needs_approval": N_("“{right}” needs somebody who may: {why}."),
    "newer_database": N_(
        "A newer storeapp wrote this shop (version {found}; this one reads up to {known}). Update first."
    ),
    "newer_schema": N_("A newer storeapp wrote this database (version {found}). Update first."),
    "no_display": N_("There is no screen to open a window on."),
    "unknown_segment": N_("There is no segment {segment_id}."),
    "not_on_the_list": N_("She does not stand on that day's list."),
    "opted_out": N_("She does not want to be written to."),
    "quiet_hours": N_("Nobody is written to before {until}."),
    "not_asked": N_("The shop asks nothing now, or there is no purchase to ask about."),
    "no_night_yet": N_("The members have not been looked at yet: storeapp insight night does it."),
    "no_shift": N_("No shift is open. Open one with its float first."),
    "no_cloud": N_("There is no cloud in {path}. storeapp serve or storeapp cloud tenant add makes one."),
    "no_shop": N_("There is no shop in {path}. Make one with: storeapp init"),
    "no_payment_code": N_("This is no payment code. Ask the customer to open it in WeChat, Alipay or UnionPay."),
    "no_statement": N_("This file is no statement of a payment company ({reason})."),
    "no_such_file": N_("There is no file {file}."),
    "no_such_line": N_("Choose a line first."),
    "not_a_table": N_("This file is no CSV or XLSX table ({reason})."),
    "own_member": N_("This is your own membership. A colleague serves you."),
    "not_allowed": N_("“{right}” is not for your role. Ask a manager."),
    "not_an_amount": N_("“{text}” is not an amount."),
    "not_confirmed": N_("This cannot be undone. Say so with {flag}."),
    "not_enough_points": N_("She has {held} points to spend, not {asked}."),
    "not_enough_value": N_("Her stored value holds {held_fen}, not {asked_fen}."),
    "not_granted": N_("The cloud keeps her account; here it pays at most {most_fen}."),
    "not_her_digits": N_("These are not the last four digits of her phone."),
    "not_joined": N_("This shop has no cloud. It needs none to sell."),
    "nothing_owed": N_("She owes nothing."),
    "owes_less": N_("She owes {owed_fen}, not {asked_fen}."),
    "nothing_to_give_back": N_("This payment holds no money any more."),
    "nothing_to_refund": N_("Nothing is left to bring back."),
    "nothing_to_settle": N_("Nobody has to decide about this payment."),
    "other_tenant": N_("This invite is from another shop than the one this till belongs to."),
    "payment_code_used": N_("This code was tried before. Ask the customer to show a fresh one."),
    "payment_not_proven": N_("This payment does not count for this sale ({reason})."),
    "payment_not_taken": N_("The payment was not made: {state} ({reason})."),
    "payment_open": N_("This sale is being paid for already. Wait for the answer."),
    "activation_refused": N_("Shouqianba refuses this code: {reason}."),
    "bad_vendor_key": N_("The file of the vendor's key cannot be used."),
    "no_terminal": N_("This machine is not activated with Shouqianba yet."),
    "no_pay_keys": N_("The shop has no contract with {provider} here, or has not handed over its keys."),
    "bad_pay_keys": N_("The key {field} cannot be used: {reason}."),
    "payment_refused": N_("The customer's wallet refused: {reason}."),
    "payment_running": N_("A payment is under way. Bring it to its end first."),
    "payment_unsettled": N_("A payment of this sale is unclear. A manager has to settle it first."),
    "pin_must_change": N_("{code} has to choose a new PIN first."),
    "pin_used_before": N_("This is the PIN you had. Choose another one."),
    "pins_differ": N_("The PIN was not the same twice."),
    "plain_http": N_("The way to this cloud is not encrypted."),
    "printer_trouble": N_("The printer did not print: {reason}."),
    "promotion_not_live": N_("Only a promotion that is live can end."),
    "promotion_not_replayed": N_(
        "Version {version} of {promotion} was never tried on past receipts. Try it, or say you mean it."
    ),
    "quantity_too_large": N_("{quantity} is too many. Was that a barcode?"),
    "reason_missing": N_("Say why first."),
    "refund_by_wallet": N_(
        "It was paid by {kind} and goes back there, which this till cannot ask now; in cash somebody has to approve it."
    ),
    "report_not_kept": N_("The report cannot be written to {file}: {why}."),
    "receipt_is_here": N_("Receipt {receipt} is of this till: bring its goods back by their lines."),
    "refund_above_today": N_("Line {line} costs {most_fen} today, and no more goes back."),
    "refund_at_its_till": N_("Goods of receipt {receipt} come back at the till that sold them."),
    "refund_over_limit": N_("Without the sale at most {most_fen} goes back, not {asked_fen}."),
    "refund_reason_unlisted": N_("Choose one of the listed reasons."),
    "refund_reason_missing": N_("Say why the goods come back."),
    "referral_off": N_("The shop gives nothing for bringing somebody."),
    "referral_too_late": N_("Too late: who brought her is said before she buys, within {days} days."),
    "referred_before": N_("She has said who brought her already."),
    "part_of_a_piece": N_("It is sold by the piece, and {quantity} is no whole number of pieces."),
    "refund_too_much": N_("Of line {line} only {left} can still come back, not {asked}."),
    "self_approval": N_("Nobody approves for himself. Ask somebody else."),
    "replay_stopped": N_("Stopped; nothing was kept."),
    "shift_open": N_("Shift {number}, opened by {opened_by}, is still open."),
    "shop_exists": N_("There is a shop in {path} already."),
    "shop_in_use": N_("The shop is open in another window or program (process {pid})."),
    "sign_in_locked": N_("Too many wrong PINs. Try again later."),
    "storage_busy": N_("Something else holds the shop's file. Try again."),
    "store_exists": N_("There is a store {store} already."),
    "tender_exceeds_due": N_("That is {over_fen} more than is due. Only cash gives change."),
    "tender_not_taken": N_("The shop does not take {kind}."),
    "tender_needs_member": N_("Only a member pays this way. Put her on the basket first."),
    "total_moved": N_("It costs {now_fen} now, not {before_fen}: prices or promotions have changed since."),
    "too_few_points": N_("Points are taken from {least} on."),
    "tender_short": N_("{missing_fen} is still missing."),
    "till_worn_out": N_("Till {till} has had too many machines. Give the next one a till code of its own."),
    "too_few_members": N_("The forecast wants {least} members who could have come back; there are {count}."),
    "too_large": N_("The cloud finds this too large. It is kept here; ask for help."),
    "too_many_coupons": N_("A basket takes at most {most} coupons."),
    "training_stays_here": N_("The training shop belongs to no cloud. Leave training first."),
    "unknown_alarm": N_("Nothing waits there any more."),
    "unknown_code": N_("Nothing found for {code}"),
    "unknown_codes_left": N_("{count} scanned codes were not found. Find the goods or delete the red rows first."),
    "self_referral": N_("Nobody brings herself, and who signs her up did not bring her."),
    "staff_referral": N_("Who works here brings nobody as a member."),
    "unknown_coupon": N_("No such coupon."),
    "unknown_coupon_template": N_("There is no coupon template {template}."),
    "unknown_device": N_("No such device."),
    "unknown_member": N_("No such member."),
    "same_member": N_("That is the same member already."),
    "member_merged": N_("This member was merged into another one before."),
    "unknown_policy": N_("There is no such setting."),
    "unknown_print_job": N_("Somebody has decided about this print already."),
    "unknown_printer_profile": N_("There is no printer profile {name}."),
    "unknown_promotion": N_("There is no promotion {promotion}."),
    "unknown_referrer": N_("No member has this code or phone."),
    "unknown_receipt": N_("No such receipt."),
    "unknown_sale_line": N_("The receipt has no line {line}."),
    "unknown_shift": N_("This till never had a shift {number}."),
    "unknown_staff": N_("Nobody here has this code."),
    "unknown_store": N_("There is no store {store}."),
    "unknown_tenant": N_("There is no shop {tenant} in this cloud."),
    "void_too_late": N_("Only a sale of the open shift, of which nothing came back, can be voided. Refund it instead."),
    "voucher_missing": N_("Scan or type the voucher's number first."),
    "voucher_undivided": N_(
        "The voucher comes back whole, with everything it paid for; a part only in cash, approved."
    ),
    "voucher_used": N_("The voucher {number} was taken before: {receipt}."),
    "voucher_twice": N_("The voucher {number} lies on the counter already."),
    "voucher_worth_missing": N_("Type what the voucher is worth."),
    "way_closed": N_("This cannot be paid that way: {reason}."),
    "wrong_key": N_("The key in this machine's keystore belongs to another shop."),
    "wrong_pin": N_("Wrong PIN. {tries_left} tries left."),
    "over_credit": N_("She owes {owed_fen} and may owe {most_fen}: {asked_fen} more is too much."),
    "points_over_cap": N_("Points pay at most {most_fen} of this basket."),
    "stored_value_off": N_("The shop keeps no money for its members. The owner can switch stored value on."),
    "bad_transfer": N_("Only an amount above zero can be transferred."),
    "transfer_not_agreed": N_("A transfer needs the yes of both members."),
    "bad_top_up": N_("{paid_fen} cannot be topped up. The shop takes {least_fen} and more."),
    "not_a_step": N_("{paid_fen} is none of the amounts the shop offers: {steps}."),
    "nothing_to_pay_back": N_("Nothing is owed to her this way. Look at what each way would give."),
    "pay_back_reason_missing": N_("Say why stored value is paid back."),
    "adjust_too_much": N_("By hand move at most {most} points a member a day, and {left} of them are left."),
    "value_left": N_("She still has {left_fen} she paid in. Pay it back first, then she can be erased."),
    "cards_off": N_("The shop sells no cards. The owner can switch them on."),
    "unknown_card": N_("There is no such card."),
    "unknown_card_kind": N_("The shop sells no such card."),
    "bad_card_kind": N_("A card cannot be so. Look again at: {why}."),
    "card_ended": N_("Nothing can be had with this card any more: {state}."),
    "card_not_handed_on": N_("Cards of this kind stay with whom they were sold to."),
    "card_elsewhere": N_("This card was sold at till {till}. Only there is it paid back or handed on."),
    "nothing_on_card": N_("Nothing is owed for this card this way. Look at what each way would give."),
    "card_left": N_(
        "She may still have {left_fen} back for her card {card}. Pay it back first, then she can be erased."
    ),
    "unknown_gift": N_("The shop gives no such thing for points."),
    "gift_gone": N_("By the count of the stock none of it is left."),
    "gift_used": N_("The coupon {coupon} has paid already, or is good no more."),
    "gift_back_before": N_("This gift has come back already, or never went out."),
    "debt_left": N_("She still owes {owed_fen}. She pays it first, then she can be erased."),
    "value_capped": N_("The law and the shop allow {most_fen} on one card, gift included: {room_fen} still fit."),
    "over_reversed": N_("More is taken back than there was: {left} is left."),
}


# closed words inside a fact, as a provider or a device says them
_REASONS = {
    "signature": N_("the answer is not signed by the payment service"),
    "refused_by_provider": N_("the payment service says no"),
    "keys_rejected": N_("the payment service does not accept this shop's keys: the owner has to look at them"),
    "no_answer": N_("no answer"),
    "paid_late": N_("paid after all, but too late"),
    "answer_differs": N_("the answer speaks of another amount"),
    "password": N_("the customer has to enter a password"),
    "not_sent": N_("the payment service cannot be reached"),
    "code_used": N_("the code was used before"),
    "code_wrong": N_("the code is not valid"),
    "code_expired": N_("the code is too old"),
    "twice": N_("it is named twice"),
    "used": N_("another sale has counted it"),
    "given_back": N_("it is given back"),
    "other_sale": N_("it belongs to another sale"),
    "other_amount": N_("it is for another amount"),
    "other_kind": N_("it was paid another way"),
    "not_paid": N_("it is not paid"),
    "no_such_payment": N_("there is no such payment"),
    "not_enough_money": N_("not enough money"),
    "no_member": N_("put a member on the basket first"),
    "nothing_there": N_("there is nothing left"),
    "no_grant": N_("the cloud keeps her account, and this till may not spend it"),
    "no_provider": N_("the shop has no contract for it; use the code on the counter"),
    "no_such_trade": N_("the payment is not known"),
}


SENTENCES |= group_words.SENTENCES
_REASONS |= file_words.REASONS


def notice(error: Exception, words: Words) -> Notice:
    """What to show for an error a deed raised."""
    if isinstance(error, Refused):
        return Notice(sentence(error, words), "refused")
    if isinstance(error, Unavailable):
        said = SENTENCES.get(error.word)
        fallback = words.t("Not reachable right now ({word}). The sale is safe; try again.")
        return Notice(_filled(said, error, words) if said else fallback.format(word=error.word), "fault")
    word = error.word if isinstance(error, StoreappError) else type(error).__name__
    return Notice(words.t("Something in the program broke ({word}). It is in the log.").format(word=word), "fault")


def reason_said(word: str, words: Words) -> str:
    """A closed word a provider or a device gave for a reason, as people say it."""
    return words.t(_REASONS[word]) if word in _REASONS else word


def sentence(error: StoreappError, words: Words) -> str:
    """The words of one refusal."""
    said = SENTENCES.get(error.word)
    if said is None:
        return words.t("Not possible ({word}).").format(word=error.word)
    return _filled(said, error, words)


def _filled(said: str, error: StoreappError, words: Words) -> str:
    facts = {name: _fact(name, value, words) for name, value in error.facts().items()}
    told = words.t(said).format(**facts)
    # whoever has to mend a file looks for the row
    if facts.get("row") and "{row}" not in said:
        where = words.t("Row {row}.").format(row=facts["row"])
        return f"{told} {where}"
    return told


def _fact(name: str, value: object, words: Words) -> object:
    if name.endswith("_fen") and isinstance(value, int):
        return wording.money(Money(value))
    if name == "reason" and value in _REASONS:
        return words.t(_REASONS[str(value)])
    if isinstance(value, str) and value in fact_words.CLOSED.get(name, {}):
        return words.t(fact_words.CLOSED[name][value])
    if name == "stage" and value in group_words.STAGES:
        return group_words.stage(str(value), words)
    if name in ("at", "from_at", "until") and isinstance(value, str) and value[10:11] == "T":
        return value[:16].replace("T", " ")
    if name == "kind":
        way = next((kind for kind in TENDER_KINDS if kind == value), None)
        return value if way is None else tender_name(way, words)
    if name == "right":
        return wording.right(str(value), words)
    if name == "why" and value in file_words.SYSTEM:
        return words.t(str(value))
    if name == "expected":
        return expectation(str(value), words)
    if name == "backup" and value == "":
        return words.t("none was found")
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return value
