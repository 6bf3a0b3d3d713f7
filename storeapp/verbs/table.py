"""The table of verbs: which module holds each, so that only the one asked for is loaded.

A light verb must be done before a heavy library would have been imported.
"""

from __future__ import annotations

import argparse
import importlib
import re
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from storeapp.verbs.loading import all_stays
from storeapp.words import N_, Words

YEARS = range(1970, 2200)
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Family:
    """Verbs that live in one module, whose `add_parser` adds them all."""

    module: str
    verbs: tuple[tuple[str, str], ...]


FAMILIES = (
    Family("storeapp.verbs.counter", (("run", N_("opens the counter (this is also what no verb at all does)")),)),
    Family(
        "storeapp.verbs.demo",
        (("demo", N_("plays a day in a demo shop off-screen, with pictures of every screen")),),
    ),
    Family(
        "storeapp.verbs.shop",
        (
            ("init", N_("makes an empty shop")),
            ("status", N_("which shop this is, and what is unsent")),
            ("check", N_("recomputes every balance and verifies the journal")),
            ("backup", N_("copies the shop to a file")),
            ("restore", N_("brings a shop back from a backup")),
        ),
    ),
    Family("storeapp.verbs.imports", (("import", N_("takes in products, members or past sales from another system")),)),
    Family("storeapp.verbs.products", (("product", N_("takes products off the shelf")),)),
    Family("storeapp.verbs.move_out", (("export", N_("everything the shop knows, in files another system reads")),)),
    Family(
        "storeapp.verbs.sell",
        (("sell", N_("rings up baskets from JSON lines")), ("refund", N_("takes goods back from JSON lines"))),
    ),
    Family(
        "storeapp.verbs.receipts",
        (
            ("receipt", N_("a receipt again, as text, picture, PDF or printer bytes")),
            ("print-test", N_("the printer's test page")),
        ),
    ),
    Family("storeapp.verbs.members", (("member", N_("signs up, shows, finds, exports and erases members")),)),
    Family("storeapp.verbs.points", (("points", N_("ends points and given value whose days are over")),)),
    Family("storeapp.verbs.cards", (("card", N_("cards of times and memberships, paid for beforehand")),)),
    Family("storeapp.verbs.pay", (("pay", N_("payments by code: what is unclear, and what is decided about it")),)),
    Family("storeapp.verbs.shift", (("shift", N_("the drawer: opens, counts and closes it")),)),
    Family("storeapp.verbs.segments", (("segment", N_("saved questions about members, counted as of now")),)),
    Family("storeapp.verbs.feedback", (("feedback", N_("what customers answered on the receipt's page")),)),
    Family("storeapp.verbs.outreach", (("outreach", N_("whom to write to today and why, and what became of it")),)),
    Family("storeapp.verbs.insight", (("insight", N_("what the shop's own receipts tell about its members")),)),
    Family("storeapp.verbs.policy", (("policy", N_("shows and sets what the owner may tune")),)),
    Family("storeapp.verbs.promotions", (("promotion", N_("what the shop takes off by itself, and since when")),)),
    Family("storeapp.verbs.price_lists", (("price-list", N_("prices beside the shelf's, for whom and when")),)),
    Family("storeapp.verbs.groups", (("group", N_("order sheets of a group: goods, deadline, orders, pick-up")),)),
    Family("storeapp.verbs.coupons", (("coupon", N_("coupons the owner gives away, and how one stands")),)),
    Family("storeapp.verbs.referrals", (("referral", N_("who brought whom, and what both got for it")),)),
    Family("storeapp.verbs.reports", (("report", N_("what became of the receipts, and what a day brought")),)),
    Family(
        "storeapp.verbs.syncing",
        (("join", N_("joins this till to a cloud")), ("sync", N_("exchanges news with the cloud"))),
    ),
    Family(
        "storeapp.cloud.verbs",
        (("serve", N_("runs the cloud")), ("cloud", N_("the owner's verbs at the cloud"))),
    ),
    Family("storeapp.verbs.bench", (("bench", N_("measures this machine")),)),
    Family("storeapp.verbs.alarms", (("alarm", N_("what waits for the owner, and who has looked")),)),
    Family("storeapp.verbs.doctor", (("doctor", N_("the morning check of this machine")),)),
)


class WrongUsage(Exception):
    """The arguments make no sense: how they would, and what is wrong."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(message)
        self.usage = usage
        self.message = message


class Parser(argparse.ArgumentParser):
    """Raises WrongUsage instead of printing, so that a script gets it in JSON."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(self.format_usage(), message)


def parser_for(verb: str, words: Words) -> argparse.ArgumentParser:
    """The parser, complete for `verb`; where there is no such verb it knows the names of all."""
    parser = Parser(prog="storeapp", description=words.t("A counter that sells, and turns strangers into regulars."))
    parser.add_argument("--version", action="store_true", help=words.t("which version this is"))
    subparsers = parser.add_subparsers(dest="verb", metavar="VERB")
    asked = next((family for family in FAMILIES if verb in dict(family.verbs)), None)
    if asked is not None:
        # only the family asked for is loaded, and with it what it needs
        with all_stays():
            module = importlib.import_module(asked.module)
        module.add_parser(subparsers)
        return parser
    for name, purpose in (verb for family in FAMILIES for verb in family.verbs):
        subparsers.add_parser(name, help=words.t(purpose))
    return parser


def whole(text: str) -> int:
    """A whole number in plain digits, of a size some book could hold."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def a_count(text: str) -> int:
    """The same, of things one can count."""
    found = whole(text)
    if found < 0:
        raise ValueError(text)
    return found


def a_day(text: str) -> date:
    """A day some till may have books of; no figure is told of one beside them."""
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def common(parser: argparse.ArgumentParser) -> None:
    """What every verb of a shop takes."""
    parser.add_argument("--shop", metavar="DIR", help="the shop's folder")
    parser.add_argument("--json", action="store_true", help="JSON instead of words")
    parser.add_argument("--training", action="store_true", help="in the shop to practise on, beside the real one")
