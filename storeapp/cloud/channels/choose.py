"""Choosing: the first channel the owner has set up."""

from collections.abc import Sequence

from storeapp.cloud.channels.acquisition import AcquisitionLink
from storeapp.cloud.channels.channel import Channel, Lead
from storeapp.cloud.channels.contact import StaticContact
from storeapp.domain.policy import Policy


def channels() -> tuple[Channel, ...]:
    """Every channel there is, the most exact one first."""
    return (AcquisitionLink(), StaticContact())


def choose(policy: Policy, scan_id: str, among: Sequence[Channel]) -> tuple[str, Lead] | None:
    """The channel's name and where it leads; None when the owner has set up none."""
    for channel in among:
        lead = channel.lead(policy, scan_id)
        if lead is not None:
            return channel.name, lead
    return None
