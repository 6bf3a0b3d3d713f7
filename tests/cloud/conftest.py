"""The cloud's tests run on SQLite and on PostgreSQL alike, and every statement they cause is audited."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from storeapp.cloud.admin import tenants
from storeapp.cloud.app import make_app
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.services import Cloud
from tests.cloud.audit import StatementAudit
from tests.cloud.tills import FakeTill, StoppedClock


@dataclass
class Shop:
    """A tenant with one store, on a running cloud."""

    cloud: Cloud
    client: TestClient
    clock: StoppedClock
    tenant: str

    def invite(self, till: str = "1", store: str = "S01", tenant: str | None = None) -> str:
        return tenants.till_invite(self.cloud, tenant or self.tenant, store, till)["code"]

    def till(self, code: str = "1", *, store: str = "S01", tenant: str | None = None) -> FakeTill:
        """A till that has joined."""
        made = FakeTill(self.client, self.clock)
        answer = made.enrol(self.invite(code, store, tenant))
        assert answer.status_code == 200, answer.text
        return made

    def other_tenant(self) -> str:
        tenant = tenants.tenant_add(self.cloud, "另一家")["tenant"]
        tenants.store_add(self.cloud, tenant, "S01", "总店")
        return str(tenant)

    def rows(self, table: sa.Table, tenant: str | None = None, **where: object) -> list[dict]:
        """The rows of a table as the database holds them."""
        tenant_id = tenant or self.tenant
        asked = sa.select(table).where(table.c.tenant_id == tenant_id, *(table.c[k] == v for k, v in where.items()))
        return self.cloud.database.read(
            tenant_id, lambda connection: [dict(row) for row in connection.execute(asked).mappings()]
        )

    def balance(self, account: str, tenant: str | None = None) -> int:
        from storeapp.cloud.tables.ledgers import balance

        return sum(row["amount"] for row in self.rows(balance, tenant, account=account))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return Place(tmp_path)
    return Place(tmp_path, request.getfixturevalue("postgres_database"))


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def audited() -> list[StatementAudit]:
    """The audits of this test's databases; clear one's findings after doing wrong on purpose."""
    return []


@pytest.fixture
def cloud(place: Place, clock: StoppedClock, audited: list[StatementAudit]) -> Iterator[Cloud]:
    opened = open_cloud(place, clock=clock)
    audited.append(StatementAudit(opened.database.engine))
    yield opened
    opened.database.close()
    assert audited[0].findings == []


@pytest.fixture
def shop(cloud: Cloud, clock: StoppedClock) -> Iterator[Shop]:
    tenant = tenants.tenant_add(cloud, "王记杂货")["tenant"]
    tenants.store_add(cloud, tenant, "S01", "总店")
    with TestClient(make_app(cloud), follow_redirects=False) as client:
        yield Shop(cloud, client, clock, tenant)
