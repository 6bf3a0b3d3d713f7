"""The schema: every table, by the kind of its rows."""

import sqlalchemy as sa

from storeapp.cloud.tables import (
    cards,
    directory,
    feeds,
    groups,
    journals,
    ledgers,
    members,
    offers,
    pay,
    referrals,
    refunds,
    sales,
    shifts,
    shops,
)
from storeapp.cloud.tables.metadata import METADATA

ROOMS = (
    *(pay, directory, shops, journals, sales, referrals, refunds, cards, groups, shifts, ledgers, members, offers),
    feeds,
)


def metadata() -> sa.MetaData:
    """All tables; asked for here, so that every room has been read."""
    return METADATA


def tenant_tables() -> tuple[sa.Table, ...]:
    """The tables whose rows belong to one tenant each."""
    return tuple(table for table in METADATA.sorted_tables if not table.info["directory"])


def directory_tables() -> tuple[sa.Table, ...]:
    return tuple(table for table in METADATA.sorted_tables if table.info["directory"])
