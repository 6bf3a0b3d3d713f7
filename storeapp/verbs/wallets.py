"""Who takes money for a payment code on this till, for verbs without a window."""

from __future__ import annotations

from storeapp.app import Till
from storeapp.till.paying import Providers


def providers_of(till: Till) -> Providers:
    """In a demo shop the pretended company; none in a shop that has no contract."""
    with till.shop.reading() as books:
        is_demo = books.device.is_demo
    if not is_demo:
        return {}
    # only a demo shop pretends
    from storeapp.payments.simulated import SimulatedProvider

    return {"simulated": SimulatedProvider()}
