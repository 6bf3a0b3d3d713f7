"""run: the counter in its window."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storeapp import app, settings
from storeapp.database.connection import FILE
from storeapp.domain.staff import Staff, check_pin_shape
from storeapp.errors import Unavailable
from storeapp.settings import Settings
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.words import Words, words

if TYPE_CHECKING:
    from storeapp.ui.parts import NewShop, Parts

DEMO_CASHIER = "1007"
OWNER_CODE = "1001"


@dataclass(eq=False)
class NoDisplay(Unavailable):
    """There is no screen to open a window on."""

    word = "no_display"


def add_parser(subparsers: Any) -> None:
    run = subparsers.add_parser("run", help="opens the counter")
    run.add_argument("--demo", action="store_true", help="on a demo shop, made if it is not there")
    common(run)
    run.set_defaults(run=_run)


def _run(chosen: argparse.Namespace, output: Output) -> int:
    # Qt is for the one verb with a window
    from storeapp.ui import run as window

    if not window.has_display():
        raise NoDisplay
    folder, new = _folder(chosen), None
    if not (folder / FILE).is_file():
        if chosen.demo:
            output.say(output.t("Making the demo shop in {folder}…").format(folder=folder))
            app.make_shop(str(folder), name="", store="S01", till="1", is_demo=True)
        else:
            new = _made(folder, output.words)
            if new is None:
                return DONE
    with app.open_till(str(folder)) as till:
        parts = parts_of(till, output.words)
        if new is not None:
            # the owner has just typed the PIN twice
            parts = replace(parts, staff=Staff(OWNER_CODE, new.owner, "owner"))
        return window.run(parts)


def parts_of(till: app.Till, said: Words) -> Parts:
    """The window's parts, from an open till."""
    # deferred with the window
    from storeapp.contracts import Contracts
    from storeapp.machine import Machine
    from storeapp.payments.simulated import SimulatedProvider
    from storeapp.ui.parts import Parts

    with till.shop.reading() as books:
        is_demo = books.device.is_demo
        cashier: Staff | None = books.staff.by_code(DEMO_CASHIER) if is_demo else None
        # a shop made on the command line has nobody who could sign in yet
        if not any(person.is_active for person in books.staff.every()):
            cashier = Staff("1", said.t("Owner"), "owner")
    folder = till.folder
    contracts = Contracts(till)

    def keep(changed: Settings) -> None:
        settings.save(folder, changed)

    return Parts(
        shop=till.shop,
        clock=till.clock,
        ids=till.ids,
        words=_words_of(till.settings.language, said),
        settings=till.settings,
        keep_settings=keep,
        outside=Machine(till, contracts=contracts),
        providers={"simulated": SimulatedProvider()} if is_demo else contracts,
        staff=cashier,
        words_of=lambda language: _words_of(language, said),
    )


def _words_of(language: str, system: Words) -> Words:
    return words(language) if language else system


def _folder(chosen: argparse.Namespace) -> Path:
    """A demo shop that nobody named lies beside the real one, never in its place."""
    folder = app.folder_of(chosen.shop)
    return folder.with_name(f"{folder.name}-demo") if chosen.demo and not chosen.shop else folder


def _made(folder: Path, said: Words) -> NewShop | None:
    """Asks what a new shop has to know, and makes it; None if somebody closed the window instead."""
    # the first run happens once
    from storeapp.machine import print_test_page
    from storeapp.till.staff import put_staff
    from storeapp.ui import run as window
    from storeapp.ui.parts import FirstRun

    def make(new: NewShop) -> None:
        # before anything is written: a shop nobody can sign in to would have to be thrown away
        check_pin_shape(new.pin, "owner")
        app.make_shop(str(folder), name=new.name, store=new.store, till=new.till, is_demo=False)
        with app.open_till(str(folder)) as till:
            put_staff(till.shop, OWNER_CODE, name=new.owner, role="owner", pin=new.pin, clock=till.clock)
        settings.save(folder, Settings(language=new.language, printer=new.printer))

    first = FirstRun(
        words_of=words,
        make=make,
        try_printer=lambda printer: print_test_page(printer, said),
        language=said.language,
    )
    return window.first_run(first)
