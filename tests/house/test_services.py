"""The programs that tests start: each is there, private, and empty."""

import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import services
from tests.services import PostgresCluster, XDisplay


def _tables(url: str) -> int:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("turn", [1, 2])
def test_a_database_is_empty_at_the_start_of_each_test(turn: int, postgres_database: str) -> None:
    assert _tables(postgres_database) == 0

    with psycopg.connect(postgres_database.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE sale (id int)")

    assert _tables(postgres_database) == 1


def test_the_cluster_keeps_what_it_was_told_to_keep(postgres_cluster: PostgresCluster, postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT current_setting('fsync'), current_setting('listen_addresses')").fetchone()

    assert row == ("on", "127.0.0.1")
    assert str(postgres_cluster.port) in postgres_url


def test_a_stopped_cluster_leaves_neither_port_nor_folder() -> None:
    cluster = services.start_postgres()

    cluster.stop()

    assert not cluster.folder.exists()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", cluster.port)) != 0


def test_a_real_window_opens_on_the_display(xvfb_display: XDisplay) -> None:
    script = (
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "size = app.primaryScreen().size()\n"
        "print(app.platformName(), size.width(), size.height())"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        env=xvfb_display.environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout.split() == ["xcb", str(xvfb_display.width), str(xvfb_display.height)]


def test_a_browser_is_here(chromium: Path) -> None:
    done = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=True, timeout=60)

    assert "Chrom" in done.stdout


def test_a_missing_program_fails_the_test_and_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(services.NotInstalled, match=r"Xvfb is not installed; `sh installer/dev\.sh test` installs it"):
        services.start_xvfb(1366, 768)
