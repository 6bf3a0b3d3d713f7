"""member statement: what moved a member's stored value, points, debt and cards, also as PDF."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from storeapp import app
from storeapp.domain.account_statement import Statement, Sums, as_data
from storeapp.domain.liability_words import kind_of_entry
from storeapp.domain.money import Money
from storeapp.till.account_statements import statement_of
from storeapp.till.members import masked_of
from storeapp.till.monthly_gifts import promises
from storeapp.ui import wording
from storeapp.verbs.files import write
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written
from storeapp.verbs.table import a_day, common
from storeapp.verbs.whom import looked, member_id_of
from storeapp.words import words

_DAYS = 365


def add_to(deeds: Any) -> None:
    """Adds the deed to `member`."""
    told = deeds.add_parser("statement", help="what moved her stored value, points, debt and cards")
    told.add_argument("who", metavar="PHONE|ID")
    told.add_argument("--from", dest="since", type=a_day, metavar="DAY", help="a year ago if left out")
    told.add_argument("--to", dest="until", type=a_day, metavar="DAY", help="today if left out")
    told.add_argument("--pdf", metavar="FILE", help="writes it as sheets to give her")
    common(told)
    told.set_defaults(run=_statement)


def _statement(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
            until = chosen.until or till.today(books)
            told = statement_of(books, member_id, since=chosen.since or until - timedelta(days=_DAYS), until=until)
            promised = promises(books, member_id)
            policy, number, who = books.policy.in_force(), books.device.till, masked_of(books, member_id)
        looked(till, member_id)
    if chosen.pdf:
        # the library for PDFs is only loaded when one is wanted
        from storeapp.devices.account_pdf import account_pdf

        said = words(policy.text("receipt.language"))
        write(chosen.pdf, account_pdf(told, who=who, shop=policy.text("shop.name"), till=number, words=said))
    if output.as_json:
        more = {"promised": [asdict(each) for each in promised], "files": [chosen.pdf] if chosen.pdf else []}
        output.document({"member_id": member_id} | as_data(told) | more)
    elif chosen.pdf:
        say_written([chosen.pdf], output)
    else:
        _say(told, output)
        for each in promised:
            amount = wording.bare(Money(each.each_fen))
            gift = output.t("{amount} × {months} months").format(amount=amount, months=each.left)
            output.say(f"{output.t('promised month by month')}: {gift}, {each.next_on}")
    return DONE


def _say(told: Statement, output: Output) -> None:
    _ = output.t
    rows = [
        (each.day, kind_of_entry(each.kind, output.words), *_cells(each.moved, told.has_cards)) for each in told.entries
    ]
    rows.append((told.until, _("has then"), *_cells(told.after, told.has_cards)))
    names = [_("principal"), _("bonus"), _("points"), _("owed"), *([_("times"), _("on cards")] * told.has_cards)]
    output.table((_("day"), "", *names), rows, right=tuple(range(2, 2 + len(names))))


def _cells(sums: Sums, has_cards: bool) -> tuple[str, ...]:
    cards = (f"{sums.times:,}", wording.bare(Money(sums.cards_fen))) if has_cards else ()
    return (
        wording.bare(Money(sums.principal_fen)),
        wording.bare(Money(sums.bonus_fen)),
        f"{sums.points:,}",
        wording.bare(Money(sums.owed_fen)),
        *cards,
    )
