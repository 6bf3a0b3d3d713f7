"""referral name | list | show | reward: who brought whom, and what both got for it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.domain.referral import Given, Referral, code_of
from storeapp.domain.staff import SCRIPT
from storeapp.till import referrals, staff_members
from storeapp.till.members import masked_of
from storeapp.till.ports import Books
from storeapp.ui import referral_words
from storeapp.verbs.documents import by_whom
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import a_count, common
from storeapp.verbs.whom import looked, member_id_of


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("referral", help="who brought whom, and what both got for it")
    deeds = parser.add_subparsers(dest="deed", metavar="name|list|show|reward", required=True)
    name = deeds.add_parser("name", help="a new member says who brought her, before she buys")
    name.add_argument("who", metavar="PHONE|ID")
    name.add_argument("by", metavar="CODE|PHONE", help="of the member who brought her")
    name.add_argument("--cashier", default=SCRIPT, metavar="CODE")
    some = deeds.add_parser("list", help="the newest first")
    some.add_argument("--limit", type=a_count, default=50)
    show = deeds.add_parser("show", help="her code, who brought her, and whom she brought")
    show.add_argument("who", metavar="PHONE|ID")
    reward = deeds.add_parser(
        "reward", help="thanks everybody whose newcomer has bought and kept it; the night does it too"
    )
    for deed, run in ((name, _name), (some, _list), (show, _show), (reward, _reward)):
        common(deed)
        deed.set_defaults(run=run)


def add_to(deeds: Any) -> None:
    """Adds `staff` to `member`."""
    staff = deeds.add_parser("staff", help="she works here: she brings nobody")
    staff.add_argument("who", metavar="PHONE|ID")
    staff.add_argument("code", metavar="CODE", help="her staff code")
    staff.add_argument("--no-more", action="store_true", help="takes that back")
    by_whom(staff)
    staff.set_defaults(run=_staff)


def _name(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            newcomer_id = member_id_of(books, chosen.who)
        made = referrals.name(till.shop, newcomer_id, chosen.by, cashier=chosen.cashier, clock=till.clock)
    if output.as_json:
        output.document(referrals.body(made))
    else:
        output.say(output.t("Written down. Both are thanked once she has bought and kept it."))
    return DONE


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        found = [(each, books.referrals.given(each.newcomer_id)) for each in books.referrals.latest(limit=chosen.limit)]
        rows = [_row(books, each, given, output) for each, given in found]
    if output.as_json:
        output.document({"referrals": [_told(each, given) for each, given in found]})
    elif rows:
        output.table(_header(output), rows)
    else:
        output.say(output.t("Nobody was brought yet."))
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
            own = referrals.brought_by(books, member_id)
            brought = books.referrals.of_referrer(member_id) + books.referrals.told_of_referrer(member_id)
            told = [(each, books.referrals.given(each.newcomer_id)) for each in ((own,) if own else ()) + brought]
            rows = [_row(books, each, given, output) for each, given in told]
        looked(till, member_id)
    if output.as_json:
        by_her = [_told(each, given) for each, given in told if each.referrer_id == member_id]
        mine = next((_told(each, given) for each, given in told if each.newcomer_id == member_id), None)
        output.document({"member_id": member_id, "code": code_of(member_id), "brought_by": mine, "brought": by_her})
        return DONE
    output.facts([(output.t("code"), referral_words.code(member_id))])
    if rows:
        output.table(_header(output), rows)
    return DONE


def _reward(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        settled = referrals.reward_due(till.shop, clock=till.clock)
    if output.as_json:
        output.document({"settled": settled})
    else:
        output.say(output.n("{n} referral was settled.", "{n} referrals were settled.", settled))
    return DONE


def _staff(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        linked = "" if chosen.no_more else member_id
        staff_members.link(till.shop, chosen.code, linked, clock=till.clock, by=chosen.by)
    output.document({"staff": chosen.code, "member_id": linked})
    return DONE


def _told(referral: Referral, given: tuple[Given, ...]) -> dict[str, Any]:
    return referrals.body(referral) | {"given": [asdict(each) for each in given]}


def _header(output: Output) -> tuple[str, ...]:
    t = output.t
    return t("day"), t("newcomer"), t("brought by"), t("state"), t("newcomer got"), t("who brought her got")


def _row(books: Books, referral: Referral, given: tuple[Given, ...], output: Output) -> tuple[str, ...]:
    got = {each.side: referral_words.got(each, output.words) for each in given}
    return (
        referral.named_on,
        _who(books, referral.newcomer_id),
        _who(books, referral.referrer_id),
        referral_words.state(referral, output.words),
        got.get("newcomer", ""),
        got.get("referrer", ""),
    )


def _who(books: Books, member_id: str) -> str:
    return masked_of(books, member_id) or "—"
