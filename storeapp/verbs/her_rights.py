"""member consent | export | erase | forget: what a member may ask of the shop, each with one verb."""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from typing import Any

from storeapp import app
from storeapp.app import Till
from storeapp.domain.member import agrees
from storeapp.domain.staff import SCRIPT
from storeapp.errors import Refused
from storeapp.till import keeping, members
from storeapp.till.member_file import hand_out
from storeapp.verbs.documents import by_whom
from storeapp.verbs.files import write
from storeapp.verbs.output import DONE, Output, as_line
from storeapp.verbs.paper import say_written
from storeapp.verbs.table import common
from storeapp.verbs.whom import member_id_of


@dataclass(eq=False)
class NotConfirmed(Refused):
    """What cannot be undone wants `flag` to be said."""

    flag: str
    word = "not_confirmed"


def add_to(deeds: Any) -> None:
    """Four deeds of `member`."""
    consent = deeds.add_parser("consent", help="she agrees to a purpose, or takes it back")
    consent.add_argument("who", metavar="PHONE|ID")
    consent.add_argument("purpose", choices=("marketing", "membership"))
    consent.add_argument("said", choices=("yes", "no"))
    common(consent)
    consent.set_defaults(run=_consent)
    export = deeds.add_parser("export", help="everything the shop holds about her, for her")
    export.add_argument("who", metavar="PHONE|ID")
    export.add_argument("--out", metavar="FILE", help="writes it there as JSON")
    export.add_argument("--pdf", metavar="FILE", help="writes it there to be read")
    by_whom(export)
    export.set_defaults(run=_export)
    erase = deeds.add_parser("erase", help="forgets her; the books keep an opaque id")
    erase.add_argument("who", metavar="PHONE|ID")
    erase.add_argument("--yes", action="store_true", help="it cannot be undone")
    common(erase)
    erase.set_defaults(run=_erase)
    forget = deeds.add_parser("forget", help="forgets who stayed away for as long as members are kept")
    forget.add_argument("--dry-run", action="store_true", help="says how many it would be, and forgets nobody")
    common(forget)
    forget.set_defaults(run=_forget)


def _consent(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        members.set_consent(till.shop, member_id, purpose=chosen.purpose, given=chosen.said == "yes", clock=till.clock)
        with till.shop.reading() as books:
            holds = agrees(books.members.consents(member_id), chosen.purpose)
    if output.as_json:
        output.document({"member_id": member_id, "purpose": chosen.purpose, "agrees": holds})
    else:
        output.say(output.t("She agrees.") if holds else output.t("She does not agree."))
    return DONE


def _export(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        hers = hand_out(till.shop, member_id, by=chosen.by or SCRIPT, clock=till.clock)
        files = [file for file in (chosen.pdf, chosen.out) if file]
        if chosen.pdf:
            write(chosen.pdf, _pdf(till, hers, output))
        if chosen.out:
            write(chosen.out, as_line(hers).encode())
    if not files:
        # what she takes with her is data in either case
        output.document(hers)
    elif output.as_json:
        output.document({"member_id": member_id, "files": files})
    else:
        say_written(files, output)
    return DONE


def _pdf(till: Till, hers: dict[str, Any], output: Output) -> bytes:
    # deferred: the library of PDFs is heavy
    from storeapp.devices.member_pdf import member_pdf

    with till.shop.reading() as books:
        shop, name, day = books.policy.in_force().text("shop.name"), books.device.till, till.today(books)
    return member_pdf(hers, shop=shop, till=name, day=day.isoformat(), words=output.words)


def _erase(chosen: argparse.Namespace, output: Output) -> int:
    if not chosen.yes:
        raise NotConfirmed("--yes")
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        members.erase(till.shop, member_id, clock=till.clock)
    if output.as_json:
        output.document({"erased": member_id})
    else:
        output.say(output.t("She is forgotten."))
    return DONE


def _forget(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        deed = keeping.due if chosen.dry_run else keeping.forget_due
        gone = deed(till.shop, clock=till.clock)
    if output.as_json:
        output.document(asdict(gone) | {"dry_run": chosen.dry_run})
        return DONE
    if chosen.dry_run:
        said = output.n("{n} member would be forgotten", "{n} members would be forgotten", gone.members)
    else:
        said = output.n("{n} member was forgotten", "{n} members were forgotten", gone.members)
    output.say(
        output.t("{said}, last here before {day}; {kept} kept.").format(said=said, day=gone.before, kept=gone.kept)
    )
    return DONE
