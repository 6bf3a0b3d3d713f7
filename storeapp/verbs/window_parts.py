"""The parts of the window, from an open till: the machine's own, or those of a shop to practise on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from storeapp import app, settings
from storeapp.domain.staff import Staff
from storeapp.settings import Settings
from storeapp.words import Words, words

if TYPE_CHECKING:
    from storeapp.domain.tender import TenderKind
    from storeapp.till.ports import Provider
    from storeapp.ui.parts import Faults, Outside, Parts

DEMO_CASHIER = "1007"


def parts_of(
    till: app.Till,
    said: Words,
    *,
    outside: Outside | None = None,
    providers: Mapping[TenderKind, Provider] | None = None,
    staff: Staff | None = None,
    faults: Faults | None = None,
    close: Callable[[], None] | None = None,
) -> Parts:
    """The window's parts, from an open till; what is given takes the place of the machine's own."""
    # deferred with the window
    from storeapp.contracts import Contracts
    from storeapp.machine import Machine
    from storeapp.payments.simulated import SimulatedProvider
    from storeapp.ui.parts import Parts

    with till.shop.reading() as books:
        is_demo = books.device.is_demo
        cashier = books.staff.by_code(DEMO_CASHIER) if is_demo else staff
        # a shop made on the command line has nobody who could sign in yet
        if not any(person.is_active for person in books.staff.every()):
            cashier = Staff("1", said.t("Owner"), "owner")
    folder = till.folder

    def keep(changed: Settings) -> None:
        settings.save(folder, changed)

    if providers is None or outside is None:
        contracts = Contracts(till)
        providers = {"simulated": SimulatedProvider()} if is_demo else contracts
        outside = Machine(till, contracts=contracts)
    return Parts(
        shop=till.shop,
        clock=till.clock,
        ids=till.ids,
        words=_words_of(till.settings.language, said),
        settings=till.settings,
        keep_settings=keep,
        outside=outside,
        providers=providers,
        staff=cashier,
        words_of=lambda language: _words_of(language, said),
        faults=faults,
        close=close,
    )


def _words_of(language: str, system: Words) -> Words:
    return words(language) if language else system
