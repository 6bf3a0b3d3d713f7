"""run: the counter in its window."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storeapp import app, settings
from storeapp.database.connection import FILE
from storeapp.domain.staff import Staff, check_pin_shape
from storeapp.errors import Unavailable
from storeapp.settings import Settings
from storeapp.verbs.loading import all_stays
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.verbs.window_parts import parts_of
from storeapp.words import Words, words

if TYPE_CHECKING:
    from storeapp.ui.parts import Parts
    from storeapp.ui.wizard.first_run import NewShop

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
    with all_stays():
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
        parts = _parts(till, output.words)
        if new is not None:
            # the owner has just typed the PIN twice
            parts = replace(parts, staff=Staff(OWNER_CODE, new.owner, "owner"))
        return window.run(parts)


def _parts(till: app.Till, said: Words) -> Parts:
    with till.shop.reading() as books:
        is_training = books.device.is_training
    # the pretended companies bring a web server along
    if is_training:
        from storeapp.verbs.training import practising

        return practising(till, said, ExitStack())

    def practise(code: str) -> Parts:
        from storeapp.verbs.training import Practice

        return Practice(till, said).enter(code)

    return replace(parts_of(till, said), practise=practise)


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
    from storeapp.ui.wizard.first_run import FirstRun

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
