"""The rules of the shop, one form a room: everything the owner may tune that stands on no other form.

What a rule must be is the policy's own word for it; a sum is typed in yuan and has words of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.policy import RULES
from storeapp.ui.settings.form import FieldKind, Spec
from storeapp.words import N_

_NOT_NEGATIVE = N_("not negative")
# the defaults that are written in words
_DEFAULTS = (N_("points 100"),)


@dataclass(frozen=True, slots=True)
class Group:
    """One room's rules: what people call it, its icon, its form."""

    words: str
    icon: str
    specs: tuple[Spec, ...]


def _kind(key: str) -> FieldKind:
    default = RULES[key].default
    if isinstance(default, bool):
        return "yes_no"
    if isinstance(default, int):
        return "yuan" if key.endswith("_fen") else "whole"
    return "text"


def _rule(key: str, words: str, *, wide: bool = False, most: str = _NOT_NEGATIVE) -> Spec:
    """A rule as the policy has it; one that is written in words says beforehand how."""
    kind = _kind(key)
    rule = most if kind == "yuan" else "" if kind == "yes_no" else RULES[key].expected
    return Spec(key, words, kind, rule=rule, wide=wide, hinted=wide and kind == "text")


def _one_of(key: str, words: str, *choices: tuple[str, str], wide: bool = False) -> Spec:
    return Spec(key, words, "choice", choices=choices, wide=wide)


_PRICES = (
    _one_of(
        "cash.rounding_scope",
        N_("What is rounded down"),
        ("cash", N_("What is paid in cash")),
        ("all", N_("Every sale")),
        wide=True,
    ),
    _rule("price.floor", N_("Below the lowest price somebody has to say yes")),
    _rule("price.floor_percent", N_("The lowest price: cost and this much more, percent")),
)
_REFUNDS = (
    _rule("refund.days", N_("Goods come back within, days")),
    _rule("refund.listed_reasons", N_("Only the reasons of the list")),
    _rule("refund.other_till", N_("Receipts of other tills are taken back")),
    _rule("refund.other_till_most_fen", N_("of another till at most, yuan")),
    _rule("refund.without_receipt_most_fen", N_("Without a receipt at most, yuan")),
)
_POINTS = (
    _rule("points.fen_each", N_("One point pays, fen")),
    _rule("points.redeem_percent", N_("Points pay of a basket at most, percent")),
    _rule("points.redeem_most_fen", N_("Points pay of a basket at most, yuan (0: no limit)")),
    _rule("points.redeem_least", N_("Points are used from, points")),
    _rule("points.on_points", N_("What is paid with points earns points, too")),
    _rule("points.on_bonus", N_("What is paid from gifts earns points, too")),
    _rule("points.rules", N_("Who and what earns more or less"), wide=True),
    _rule("points.gifts", N_("Gifts for points"), wide=True),
    _one_of(
        "points.lapse",
        N_("Points end"),
        ("never", N_("Never")),
        ("days", N_("After some days")),
        ("year_end", N_("At the year's end")),
        wide=True,
    ),
    _rule("points.valid_days", N_("They end after, days")),
    _rule("points.pending_days", N_("Points count after, days (0: at once)")),
    _rule("points.grace_days", N_("Days of grace")),
    _rule("points.remind_days", N_("The receipt tells beforehand, days")),
    _rule("points.adjust_most", N_("Corrected by hand a day at most, points")),
)
_VALUE = (
    _rule("stored_value.enabled", N_("Members may pay in beforehand"), wide=True),
    _rule("stored_value.rules", N_("What is given for what is paid in"), wide=True),
    _rule("stored_value.monthly", N_("What is given month by month beside it"), wide=True),
    _rule("stored_value.free_amount", N_("Other sums may be paid in, too")),
    _rule("stored_value.bonus_days", N_("A gift ends after, days (0: never)")),
    _rule("stored_value.least_fen", N_("Paid in at least, yuan"), most=N_("from 0.01 to 5000 yuan")),
    _rule("stored_value.most_fen", N_("Paid in at most, yuan"), most=N_("from 0.01 to 5000 yuan")),
    _one_of(
        "stored_value.order",
        N_("What is spent first"),
        ("principal_first", N_("What she paid")),
        ("bonus_first", N_("What was given")),
        ("pro_rata", N_("Both in proportion")),
        wide=True,
    ),
    _rule("stored_value.transfer_gift", N_("A gift goes along when value is transferred")),
    _rule("stored_value.return_days", N_("Paid back without a reason within, days")),
    _rule("stored_value.custody_percent", N_("Held in custody of what is owed, percent")),
    _rule("stored_value.custody_fen", N_("In custody now, yuan")),
    _rule("stored_value.filing", N_("Number of the filing with the authority"), wide=True),
    _rule("on_account.enabled", N_("Members may take goods on account")),
    _rule("on_account.most_fen", N_("on account at most, yuan")),
    _rule("account.joined_most_fen", N_("On another till her account pays at most, yuan")),
)
_CARDS = (
    _rule("cards.enabled", N_("Members may buy cards"), wide=True),
    _rule("cards.grace_days", N_("Taken after its last day, days")),
    _rule("cards.remind_days", N_("Told before it ends, days")),
    _rule("cards.return_days", N_("Returned without a reason within, days")),
    _one_of(
        "cards.own_wish",
        N_("Paid back later at her own wish"),
        ("list", N_("Times she had at single prices")),
        ("share", N_("Times she had at their share")),
        wide=True,
    ),
    _one_of(
        "cards.membership_part",
        N_("Of a membership is counted"),
        ("days", N_("Every day")),
        ("months", N_("Every month begun")),
    ),
)
_TIERS = (
    _rule("tier.rules", N_("Tiers from the lowest up"), wide=True),
    _rule("tier.window_days", N_("Counted over, days")),
    _rule("tier.keep_days", N_("A tier is kept for, days")),
    _one_of(
        "tier.downgrade",
        N_("Who no longer reaches it"),
        ("step", N_("Falls one tier")),
        ("all", N_("Falls to what she reaches")),
        ("never", N_("Keeps it")),
        wide=True,
    ),
    _rule("stamps.since", N_("Stamps are counted since")),
    _rule("stamps.least_fen", N_("A stamp is for purchases from, yuan")),
    _rule("stamps.rules", N_("What a stamp card brings"), wide=True),
)
_COUPONS = (
    _rule("coupon.on_join", N_("Coupon for joining")),
    _rule("coupon.next_visit", N_("Coupon for the next visit, on the receipt")),
    _rule("coupon.birthday", N_("Coupon for the birthday")),
    _rule("coupon.next_visit_from_fen", N_("for purchases from, yuan")),
    _rule("coupon.birthday_days", N_("given before the birthday, days")),
    _rule("coupon.parked_hours", N_("A basket put aside keeps its coupons, hours")),
    _rule("coupon.winback", N_("Coupon for whoever stays away")),
    _one_of(
        "coupon.winback_stage",
        N_("Who stays away"),
        ("cooling", N_("Cooling")),
        ("lost", N_("Lost")),
    ),
)
_REFERRAL = (
    _rule("referral.enabled", N_("Members bring members"), wide=True),
    _rule("referral.newcomer", N_("The newcomer gets"), wide=True),
    _rule("referral.referrer", N_("Who brought her gets"), wide=True),
    _rule("referral.wait_days", N_("After the first purchase, days")),
    _rule("referral.least_fen", N_("The first purchase is at least, yuan")),
    _rule("referral.name_days", N_("Named later at most, days")),
    _rule("referral.good_days", N_("The first purchase comes within, days")),
    _rule("referral.monthly_most", N_("Rewarded a month at most")),
    _rule("referral.on_receipt", N_("Her code stands on the receipt")),
    _rule("commission.staff", N_("Share of staff in what they sell"), wide=True),
    _rule("commission.promoter", N_("Share of members in what those they brought buy"), wide=True),
    _rule("commission.promoter_days", N_("The share lasts, days")),
    _rule("commission.promoter_most_fen", N_("A member's share a month at most, yuan")),
)
_OUTREACH = (
    _rule("outreach.persona", N_("Who writes")),
    _rule("outreach.most_a_day", N_("Written to a day at most, people")),
    _rule("outreach.peace_days", N_("Then left in peace for, days")),
    _rule("outreach.selling_percent", N_("Selling among all words at most, percent")),
    _rule("outreach.quiet_from_hour", N_("Quiet from, hour")),
    _rule("outreach.quiet_until_hour", N_("Quiet until, hour")),
    _rule("feedback.question", N_("The one question on the receipt's page"), wide=True),
)
_STAGES = (
    _rule("stage.new_days", N_("New for, days")),
    _rule("stage.usual_days", N_("Usual interval where none is known, days")),
    _rule("stage.loyal_visits", N_("Loyal from, visits")),
    _rule("stage.loyal_within_days", N_("within, days")),
    _rule("stage.cooling_percent", N_("Cooling from, percent of her interval")),
    _rule("stage.lost_percent", N_("Lost from, percent of her interval")),
)
_WATCH = (
    _rule("members.looks_an_hour", N_("Members looked at in an hour")),
    _rule("members.looks_a_day", N_("Members looked at in a day")),
    _rule("members.retention_months", N_("Members kept without a visit, months (0: for ever)")),
    _rule("leaks.looks", N_("Told: members looked at in a day")),
    _rule("leaks.looks_a_minute", N_("Told: looked at in a minute")),
    _rule("leaks.looks_a_sale", N_("Told: looked at for each sale")),
    _rule("leaks.no_sales", N_("Told: drawer opened without a sale")),
    _rule("leaks.taken_back", N_("Told: lines taken back after the total")),
    _rule("leaks.cuts_before_cash", N_("Told: discounts before cash")),
    _rule("leaks.soon_minutes", N_("Told: drawer opened after goods taken back, within minutes")),
    _rule("leaks.member_sales", N_("Told: more sales of one member in a day than")),
    _rule("leaks.member_stores", N_("Told: stores one member bought at in a day")),
    _rule("leaks.member_by_cashier", N_("Told: more sales of one member at one cashier than")),
    _rule("leaks.member_share_percent", N_("and of the cashier's sales, percent")),
    _rule("leaks.points_by_hand", N_("Told: points corrected by hand")),
    _rule("leaks.attached_late", N_("Told: members put on after the total")),
    _rule("leaks.wrong_pins", N_("Told: wrong PINs")),
    _rule("leaks.approvals_by_one", N_("Told: approvals by one person")),
    _rule("leaks.approvals_of_pair", N_("Told: approvals by one person for one asker")),
    _rule("leaks.counts_again", N_("Told: a shift counted again")),
    _rule("leaks.clock_minutes", N_("Told: the clock was set by, minutes")),
)
_CLOUD = (
    _rule("shop.zone", N_("Time zone")),
    _rule("qr.host", N_("Address of the page in the QR code")),
    _rule("offer.id", N_("Name of the offer in reports")),
)

GROUPS = (
    Group(N_("Prices and rounding"), "tag", _PRICES),
    Group(N_("Refunds"), "receipt-refund", _REFUNDS),
    Group(N_("Points and gifts"), "coin", _POINTS),
    Group(N_("Stored value and account"), "wallet", _VALUE),
    Group(N_("Cards"), "credit-card", _CARDS),
    Group(N_("Tiers and stamps"), "star", _TIERS),
    Group(N_("Coupons by themselves"), "ticket", _COUPONS),
    Group(N_("Referral and commission"), "users", _REFERRAL),
    Group(N_("Outreach and feedback"), "note", _OUTREACH),
    Group(N_("Stages of members"), "chart-bar", _STAGES),
    Group(N_("Privacy and leaks"), "shield-check", _WATCH),
    Group(N_("Time and address"), "clock", _CLOUD),
)
