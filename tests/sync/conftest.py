"""A cloud that is there for every test of the wire, and a tenant, till and line of its own for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.fault_proxy import FaultProxy
from tests.sync.world import Server, Tenant, Till, new_till, proxy_to, serve


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = serve(tmp_path_factory.mktemp("cloud"))
    yield running
    running.stop()


@pytest.fixture
def tenant(server: Server) -> Tenant:
    return server.tenant()


@pytest.fixture
def till() -> Till:
    return new_till()


@pytest.fixture
def line(server: Server) -> Iterator[FaultProxy]:
    """The way from till to cloud, good until a test makes it bad."""
    proxy = proxy_to(server)
    yield proxy
    proxy.close()


@pytest.fixture
def joined(line: FaultProxy, tenant: Tenant, till: Till) -> Till:
    """A till that belongs to the tenant, and speaks over the line."""
    till.join(line.url, tenant.invite())
    return till
