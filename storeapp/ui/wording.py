"""How amounts, quantities, times and people are written on screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from storeapp.domain.money import Money, yuan
from storeapp.domain.price_steps import cut_name
from storeapp.domain.priced import Cut
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender, TenderKind
from storeapp.domain.tender_names import tender_name
from storeapp.domain.timeline_words import channels_said
from storeapp.words import N_, Words

if TYPE_CHECKING:
    from storeapp.domain.card_kind import CardKind
    from storeapp.domain.tier import Next

MINUS = "−"
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def money(amount: Money) -> str:
    """`¥135.28`, `−¥19.00`; no space after the sign."""
    return f"{MINUS if amount.fen < 0 else ''}¥{yuan(Money(abs(amount.fen)), grouped=True)}"


def bare(amount: Money) -> str:
    """`135.28`, for the columns of the basket."""
    return yuan(amount)


def quantity(amount: Quantity, unit: str, weighed: bool) -> str:
    """`2`, or `1.256 kg` for weighed goods."""
    return f"{amount} {unit}".strip() if weighed else str(amount)


def clock(at: datetime) -> str:
    """`14:32`; `at` is in the shop's zone."""
    return f"{at:%H:%M}"


def day(at: date, words: Words) -> str:
    """`9月28日 周一`, `Mon 28/9`."""
    weekday = words.t(_WEEKDAYS[at.weekday()])
    return words.t("{weekday} {day}/{month}").format(weekday=weekday, day=at.day, month=at.month)


def month_of_year(at: date, words: Words) -> str:
    """`2026年9月`, `9/2026`."""
    return words.t("{month}/{year}").format(month=at.month, year=at.year)


def day_of_year(at: date, words: Words) -> str:
    """`2026年9月28日 周一`, `Mon 28/9/2026`."""
    weekday = words.t(_WEEKDAYS[at.weekday()])
    said = words.t("{weekday} {day}/{month}/{year}")
    return said.format(weekday=weekday, day=at.day, month=at.month, year=at.year)


def age(since: timedelta, words: Words) -> str:
    """How long something waits, in its largest unit: `3 min`, `2 h`, `4 days`."""
    minutes = max(0, int(since.total_seconds() // 60))
    if minutes < 1:
        return words.t("just now")
    if minutes < 60:
        return words.t("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return words.t("{n} h").format(n=minutes // 60)
    return words.t("{n} days").format(n=minutes // (24 * 60))


def number(value: int) -> str:
    """`2,486`."""
    return f"{value:,}"


def points(count: int, words: Words) -> str:
    """`2,486 points`."""
    return words.n("{points} point", "{points} points", count).format(points=number(count))


def cut(taken: Cut, words: Words) -> str:
    """The tag of a cut: `会员价 −10.00`."""
    return f"{cut_name(taken.reason, taken.note, words)} {MINUS}{yuan(taken.amount)}"


_CARD_STATES = {
    "open": N_("good"),
    "used_up": N_("used up"),
    "ended": N_("its days are over"),
    "paid_back": N_("paid back"),
}


def card_state(state: str, words: Words) -> str:
    """How a card stands."""
    return words.t(_CARD_STATES[state])


def card_gives(kind: CardKind, words: Words) -> str:
    """What a kind of card gives: `10 + 2 times`, `12 months 金卡`."""
    if kind.is_times:
        times = f"{kind.times} + {kind.gift}" if kind.gift else str(kind.times)
        return words.t("{times} times").format(times=times)
    months = words.n("{n} month", "{n} months", kind.months).format(n=kind.months)
    return f"{months} {kind.tier}"


def card_days(kind: CardKind, words: Words) -> str:
    """How long it is good from today."""
    if not kind.is_times:
        return words.n("{n} month", "{n} months", kind.months).format(n=kind.months)
    if not kind.days:
        return words.t("for ever")
    return words.n("{n} day", "{n} days", kind.days).format(n=kind.days)


def tender(kind: TenderKind, words: Words) -> str:
    """The name of a way to pay, as short as a button wants it."""
    return words.t("Scan (demo)") if kind == "simulated" else tender_name(kind, words)


def tender_names(tenders: Sequence[Tender], words: Words) -> str:
    """`现金`, `现金 + 扫码`; each kind once, in the order it was given."""
    return " + ".join(dict.fromkeys(tender(part.kind, words) for part in tenders))


def next_tier(nearest: Next, words: Words) -> str:
    """What is missing for the next tier: `¥120.00 more for 金卡`."""
    if nearest.measure == "visits":
        said = words.n("{count} more visit for {name}", "{count} more visits for {name}", nearest.missing)
        return said.format(count=nearest.missing, name=nearest.tier)
    amount = money(Money(nearest.missing))
    if nearest.measure == "topup":
        return words.t("{amount} more paid in for {name}").format(amount=amount, name=nearest.tier)
    return words.t("{amount} more for {name}").format(amount=amount, name=nearest.tier)


ROLES = {"cashier": N_("Cashier"), "manager": N_("Manager"), "owner": N_("Owner")}


def role(stored: str, words: Words) -> str:
    """What somebody at the till is."""
    return words.t(ROLES[stored])


RIGHTS_SAID = {
    "sell": N_("Sell"),
    "sign_up": N_("Sign up members"),
    "reprint": N_("Reprint a receipt"),
    "reprint_more": N_("Reprint again and again"),
    "discount": N_("Give a discount"),
    "big_discount": N_("Discount above the limit"),
    "change_price": N_("Change a price"),
    "below_floor": N_("Sell below the lowest price"),
    "remove_line": N_("Take back a line after the total was shown"),
    "refund": N_("Refund"),
    "refund_without_receipt": N_("Refund without a receipt"),
    "refund_other_tender": N_("Refund by another way than it was paid"),
    "refund_late": N_("Refund after the time allowed"),
    "void": N_("Void a sale"),
    "open_drawer": N_("Open the drawer without a sale"),
    "cash_move": N_("Put cash in or take it out"),
    "close_shift": N_("Close a shift"),
    "close_difference": N_("Close a shift that does not add up"),
    "reports": N_("Read reports"),
    "settle_suspense": N_("Decide about unclear payments"),
    "accept_late_payment": N_("Accept a payment that came late"),
    "top_up": N_("Top up stored value"),
    "stored_value_refund": N_("Pay stored value back"),
    "sell_card": N_("Sell a card"),
    "card_refund": N_("Pay a card back, or hand it on"),
    "points_adjust": N_("Correct points by hand"),
    "member_merge": N_("Make one of two members"),
    "value_transfer": N_("Transfer stored value to another member"),
    "alarms": N_("Look at alarms"),
    "set_tier": N_("Give a tier by hand"),
    "give_coupon": N_("Give a coupon by hand, or void one"),
    "personal_data": N_("Members' data: more of it, or handed out"),
    "promotions": N_("Change promotions"),
    "training": N_("Practise in training mode"),
    "settings": N_("Change settings"),
    "policy": N_("Change the shop's rules"),
    "staff": N_("Change the list of staff"),
}


def right(stored: str, words: Words) -> str:
    """What somebody may do."""
    return words.t(RIGHTS_SAID[stored]) if stored in RIGHTS_SAID else stored


CASH_KINDS = {
    "cash_in": N_("Cash in"),
    "cash_out": N_("Cash out"),
    "expense": N_("Expense"),
    "drop": N_("To the safe"),
    "no_sale": N_("Drawer opened"),
}


def cash_kind(stored: str, words: Words) -> str:
    """What was done with the drawer."""
    return words.t(CASH_KINDS[stored])


STAGES = {
    "new": N_("New"),
    "active": N_("Active"),
    "loyal": N_("Loyal"),
    "cooling": N_("Cooling"),
    "lost": N_("Lost"),
}


def stage(stored: str, words: Words) -> str:
    """Where a member stands with the shop."""
    return words.t(STAGES[stored])


def tenths(value: int) -> str:
    """`4.3` for 43."""
    return f"{value // 10}.{value % 10}"


def moment_clock(at: str) -> str:
    """The hour of an ISO 8601 moment, in the zone it was written down in."""
    return clock(datetime.fromisoformat(at))


def moment(at: str) -> str:
    """`11-22 14:32` of an ISO 8601 moment."""
    return f"{datetime.fromisoformat(at):%m-%d %H:%M}"


def whole_moment(at: str) -> str:
    """`2026-11-22 14:32` of an ISO 8601 moment."""
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}"


def channel(stored: str, words: Words) -> str:
    """Where somebody said yes or no."""
    return channels_said(words)[stored]


# what somebody agrees to, by the version that is kept with her yes or no
CONSENTS: dict[tuple[str, str], str] = {
    ("2026-11", "membership"): N_(
        "The shop keeps her phone number, and her name if she gives it, to find her points and coupons. "
        "She can have everything erased at any time."
    ),
    ("2026-11", "marketing"): N_("The shop may also send her offers. She can take this back at any time."),
}


def consent(version: str, purpose: str, words: Words) -> str:
    """The text of a consent; an older version than any here has no text left to show."""
    said = CONSENTS.get((version, purpose))
    return words.t(said) if said is not None else ""


PROMOTION_STATES = {"draft": N_("Draft"), "live": N_("Live"), "ended": N_("Ended")}


STANDINGS = {"draft": N_("Draft"), "coming": N_("Coming"), "live": N_("Live"), "over": N_("Over")}


def standing(stored: str, words: Words) -> str:
    """How a price list stands today."""
    return words.t(STANDINGS[stored])


def promotion_state(stored: str, words: Words) -> str:
    """How far a promotion has come."""
    return words.t(PROMOTION_STATES[stored])


JOBS = {
    "receipt": N_("Receipt"),
    "copy": N_("Copy"),
    "drawer": N_("Drawer"),
    "test": N_("Test page"),
    "why": N_("Price steps"),
    "unclear": N_("Unclear payments"),
    "x": N_("X report"),
    "z": N_("Z report"),
    "value": N_("Top-up slip"),
    "debt": N_("Debt slip"),
    "gift": N_("Gift slip"),
    "transfer": N_("Transfer slip"),
    "card": N_("Card slip"),
    "group": N_("Pick-up slip"),
}
PRINT_REASONS = {
    "": N_("no answer"),
    "paper_out": N_("no paper"),
    "cover_open": N_("cover open"),
    "offline": N_("switched off"),
    "timeout": N_("no answer in time"),
    "mute": N_("no answer"),
    "broken_pipe": N_("connection lost"),
    "refused": N_("refused the connection"),
    "not_found": N_("not there"),
    "permission": N_("not permitted"),
    "spooled": N_("handed to the system"),
    "interrupted": N_("the program ended meanwhile"),
    "too_old": N_("waited too long"),
    "broken": N_("a fault of the program"),
}


def job_kind(stored: str, words: Words) -> str:
    """What was to be printed."""
    return words.t(JOBS[stored])


def print_reason(stored: str, words: Words) -> str:
    """Why a print did not end well."""
    return words.t(PRINT_REASONS[stored]) if stored in PRINT_REASONS else stored


CLOUD_WORDS = {
    "": N_("none"),
    "cloud_unreachable": N_("no answer"),
    "cloud_busy": N_("the cloud is busy"),
    "cloud_speaks_garbage": N_("something else answers there"),
    "device_unknown": N_("the cloud does not know this till"),
    "device_revoked": N_("the owner has shut this till out"),
    "broken": N_("a fault of the program"),
}


def cloud_word(stored: str, words: Words) -> str:
    """The last trouble with the cloud."""
    return words.t(CLOUD_WORDS[stored]) if stored in CLOUD_WORDS else stored
