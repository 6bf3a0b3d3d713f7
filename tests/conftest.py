"""What every test may ask for: a PostgreSQL of its own, a browser, an X display. All start when first asked for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from tests.services import PostgresCluster, XDisplay, start_postgres, start_xvfb

# before any test imports Qt; a test that wants a real window passes its own environment to a process of its own
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# the keystore of whoever runs the tests stays shut
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# two cores shared with other work: a slow example is no fault. The same code is tried with the same examples, so that
# a run says something of the code alone; `explore` draws new ones each time
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", _PATIENT, derandomize=True)
settings.register_profile("explore", _PATIENT, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that ask for a browser, so that a machine without one can name what it leaves out."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home for the whole run: no test finds, or leaves, a shop in the real one."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresCluster]:
    """The distribution's PostgreSQL on a private folder and a loopback port."""
    cluster = start_postgres()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_cluster: PostgresCluster) -> str:
    """SQLAlchemy's URL of the cluster's own database; for tables take `postgres_database`."""
    return postgres_cluster.url("postgres")


@pytest.fixture
def postgres_database(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """SQLAlchemy's URL of an empty database that is dropped after the test."""
    name = f"test_{uuid4().hex}"
    postgres_cluster.execute(f"CREATE DATABASE {name}")
    yield postgres_cluster.url(name)
    postgres_cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """A browser of Chromium's family. As root it only starts with `--no-sandbox`."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return Path(found)
    pytest.fail("no chromium here; `sh installer/dev.sh test` installs it")


@pytest.fixture(scope="session", params=[(1366, 768), (1920, 1080)], ids=["1366x768", "1920x1080"])
def xvfb_display(request: pytest.FixtureRequest) -> Iterator[XDisplay]:
    """An X display in memory; a test that asks for it runs once on each size."""
    width, height = request.param
    display = start_xvfb(width, height)
    yield display
    display.stop()
