"""Who takes money for a payment code on this till, for verbs without a window."""

from __future__ import annotations

from storeapp.app import Till
from storeapp.contracts import Contracts
from storeapp.till.paying import Providers


def providers_of(till: Till) -> Providers:
    """In a demo shop the pretended company, in every other one those it has contracts with."""
    with till.shop.reading() as books:
        is_demo = books.device.is_demo
    if not is_demo:
        return Contracts(till)
    # only a demo shop pretends
    from storeapp.payments.simulated import SimulatedProvider

    return {"simulated": SimulatedProvider()}
