"""Check: what is kept is what was told, and what is shown follows from what is kept. Every difference is named.

First the events in quarantine are tried once more: a newer program may understand them. And what came to a name just
while it was given up moves on.
"""

from typing import Any

import sqlalchemy as sa

from storeapp.cloud.admin import check_books, check_cards, check_groups, check_journals, check_merges, replay, tenants
from storeapp.cloud.services import Cloud

Finding = dict[str, Any]


def check(cloud: Cloud, tenant_id: str) -> dict[str, Any]:
    """`findings` is empty when all is well; `counts` says how much was looked at, `alarms` what happened."""
    tenants.require(cloud, tenant_id)
    replayed = replay.replay(cloud, tenant_id)
    check_merges.move_on(cloud, tenant_id)

    def work(connection: sa.Connection) -> tuple[dict[str, int], list[Finding], list[Finding]]:
        counts, findings = check_journals.look(connection, tenant_id)
        more_counts, more = check_books.look(connection, cloud.keys, tenant_id)
        more += [*check_merges.look(connection, tenant_id), *check_cards.look(connection, tenant_id)]
        more += check_groups.look(connection, tenant_id)
        return counts | more_counts, findings + more, check_journals.alarms(connection, tenant_id)

    counts, findings, alarms = cloud.database.read(tenant_id, work)
    return {"ok": not findings, "replayed": replayed, "counts": counts, "findings": findings, "alarms": alarms}
