"""member add | show | find: members without a screen. Her rights stand in `her_rights`, her money in `stored_value`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from storeapp import app
from storeapp.domain.coupon import Coupon
from storeapp.domain.member import Consent, masked_phone
from storeapp.domain.money import Money, yuan
from storeapp.till import member_file, members
from storeapp.till.approvals import check_may
from storeapp.till.her_data import told
from storeapp.till.members import SignUp
from storeapp.till.monthly_gifts import Promise
from storeapp.till.staff import signed
from storeapp.ui import coupon_words, referral_words, wording
from storeapp.verbs import (
    account_statement,
    debts,
    gifts,
    her_rights,
    member_merge,
    member_transfer,
    referrals,
    stamps,
    stored_value,
    tiers,
)
from storeapp.verbs.coupons import coupon_told
from storeapp.verbs.member_file import add_to as add_file_deeds
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import a_count, common
from storeapp.verbs.whom import looked, member_id_of


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("member", help="signs up, shows, finds, exports and erases members")
    kinds = "add|show|find|consent|export|erase|forget|topup|cashout|adjust|tier|staff|merge|stamps|redeem|statement"
    deeds = parser.add_subparsers(dest="deed", metavar=kinds, required=True)
    add = deeds.add_parser("add", help="a new member, who has agreed to it")
    add.add_argument("phone")
    add.add_argument("--name", default="")
    add.add_argument("--marketing", action="store_true", help="she also agreed to be written to")
    add.add_argument("--cashier", default="script", metavar="CODE")
    add.add_argument("--referred-by", default="", metavar="CODE|PHONE", help="of the member who brought her")
    add_file_deeds(deeds)
    show = deeds.add_parser("show", help="tier, points lots, stored value, coupons, consents")
    find = deeds.add_parser("find", help="by phone, its last four digits, name or pinyin")
    find.add_argument("text")
    find.add_argument("--limit", type=a_count, default=20)
    show.add_argument("who", metavar="PHONE|ID")
    for deed, run in ((add, _add), (show, _show), (find, _find)):
        common(deed)
        deed.set_defaults(run=run)
    her_rights.add_to(deeds)
    stored_value.add_to(deeds)
    debts.add_to(deeds)
    tiers.add_to(deeds)
    referrals.add_to(deeds)
    member_merge.add_to(deeds)
    member_transfer.add_to(deeds)
    stamps.add_to(deeds)
    gifts.add_to(deeds)
    account_statement.add_to(deeds)


def _add(chosen: argparse.Namespace, output: Output) -> int:
    said = SignUp(chosen.phone, chosen.name, agrees_marketing=chosen.marketing, referred_by=chosen.referred_by)
    with app.open_till(chosen.shop) as till:
        by = signed(till.shop, chosen.cashier)
        with till.shop.reading() as books:
            check_may(books, by, "sign_up")
        member = members.sign_up(till.shop, said, cashier=by, clock=till.clock, ids=till.ids)
    if output.as_json:
        output.document({"member_id": member.member_id, "phone": masked_phone(member.phone), "name": member.name})
    else:
        output.say(output.t("{phone} is a member now.").format(phone=masked_phone(member.phone)))
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id, today = member_id_of(books, chosen.who), till.today(books)
            file, wallet = members.file_of(books, member_id, on=today), books.coupon_grants.wallet(member_id)
            known = member_file.known(books, member_id, on=today)
            promised, nearest = known.promised, known.next_tier
        looked(till, member_id)
    if output.as_json:
        more = {
            "promised": [asdict(each) for each in promised],
            "wallet": [coupon_told(coupon) for coupon in wallet],
            "next_tier": None if nearest is None else asdict(nearest),
        }
        output.document(told(file, shown=masked_phone) | more)
        return DONE
    card, member = file.card, file.card.member
    output.facts(
        [
            (output.t("phone"), masked_phone(member.phone)),
            (output.t("name"), member.name),
            (output.t("tier"), member.tier),
            *([(output.t("next"), wording.next_tier(nearest, output.words))] if nearest else []),
            (output.t("member since"), member.joined_at[:10]),
            (output.t("referral code"), referral_words.code(member.member_id)),
            (output.t("points"), f"{card.points:,}"),
            *([(output.t("points that wait"), f"{card.waiting:,}")] if card.waiting else []),
            *([(output.t("points she owes"), f"{card.owed_points:,}")] if card.owed_points else []),
            (output.t("principal"), yuan(Money(card.principal_fen), grouped=True)),
            (output.t("bonus"), yuan(Money(card.bonus_fen), grouped=True)),
            (output.t("owed"), yuan(Money(card.owed_fen), grouped=True)),
            *((output.t("promised month by month"), _promise_line(each, output)) for each in promised),
            *(
                (output.t("points lot"), f"{lot.remaining:,} / {lot.amount:,}  {lot.earned_at[:10]}")
                for lot in file.lots
            ),
            *((output.t("coupon"), _coupon_line(coupon, output, today)) for coupon in wallet),
            *((output.t("consent"), _consent_line(consent, output)) for consent in file.consents),
        ]
    )
    return DONE


def _promise_line(each: Promise, output: Output) -> str:
    said = output.t("{amount} × {months} months").format(amount=yuan(Money(each.each_fen)), months=each.left)
    return f"{said}  {each.next_on}"


def _find(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        found = members.find(books, chosen.text, limit=chosen.limit)
    if output.as_json:
        rows = [
            {"member_id": f.member_id, "name": f.name, "phone": f.phone_masked, "tier": f.tier, "points": f.points}
            for f in found
        ]
        output.document({"members": rows})
    elif found:
        header = (output.t("phone"), output.t("name"), output.t("tier"), output.t("points"))
        output.table(header, [(f.phone_masked, f.name, f.tier, f"{f.points:,}") for f in found], right=(3,))
    else:
        output.say(output.t("Nobody found."))
    return DONE


def _coupon_line(coupon: Coupon, output: Output, today: date) -> str:
    worth = coupon_words.worth(coupon.amount, coupon.terms, output.words)
    is_over = coupon.state == "issued" and coupon.valid_until < today
    state = output.t("lapsed") if is_over else coupon_words.state(coupon.state, output.words)
    return f"{coupon.code}  {worth}  {_day(coupon.valid_from)} … {_day(coupon.valid_until)}  {state}"


def _consent_line(consent: Consent, output: Output) -> str:
    purpose = output.t("membership") if consent.purpose == "membership" else output.t("offers and news")
    word = output.t("yes") if consent.given else output.t("no")
    return f"{output.t('{what}: {word}').format(what=purpose, word=word)}  {consent.at[:10]}"


def _day(day: date) -> str:
    return day.isoformat()
