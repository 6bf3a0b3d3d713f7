"""Programs of the distribution that tests start for themselves, on private folders and free ports."""

import os
import select
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ATTEMPTS = 5
SECONDS_TO_START = 60


class NotInstalled(Exception):
    """A program is missing: the test fails, since a check that did not run proved nothing."""

    def __init__(self, program: str) -> None:
        super().__init__(f"{program} is not installed; `sh installer/dev.sh test` installs it")


@dataclass(frozen=True, slots=True)
class PostgresCluster:
    """A running PostgreSQL; `as_user` is what goes before a command that must not run as root."""

    folder: Path
    port: int
    programs: Path
    as_user: tuple[str, ...]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://storeapp@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """One statement outside a transaction, as CREATE DATABASE wants it."""
        # only the cloud's tests pay for this import
        import psycopg

        address = self.url("postgres").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        _run(self, "pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", "immediate", "-w")
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class XDisplay:
    """A running Xvfb; `name` goes into DISPLAY."""

    name: str
    width: int
    height: int
    process: subprocess.Popen[bytes]

    def environment(self) -> dict[str, str]:
        """The environment for a program that shall open real windows here."""
        return os.environ | {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def start_postgres() -> PostgresCluster:
    """A new cluster with fsync as it comes. initdb refuses root, so root hands it to another user."""
    programs = _postgres_programs()
    # not pytest's own folder: the other user could not enter it
    folder = Path(tempfile.mkdtemp(prefix="storeapp-postgres-"))
    as_user: tuple[str, ...] = ()
    if os.geteuid() == 0:
        user = _someone_else()
        shutil.chown(folder, user)
        as_user = ("runuser", "-u", user, "--")
    cluster = PostgresCluster(folder, 0, programs, as_user)
    data = str(folder / "data")
    _run(cluster, "initdb", "-D", data, "-U", "storeapp", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    for attempt in range(1, ATTEMPTS + 1):
        cluster = PostgresCluster(folder, _free_port(), programs, as_user)
        options = f"-p {cluster.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        try:
            _run(cluster, "pg_ctl", "start", "-D", data, "-w", "-l", str(folder / "log"), "-o", options)
        except subprocess.CalledProcessError:
            # between asking for a free port and using it, another process may take it
            if attempt == ATTEMPTS:
                raise
        else:
            break
    return cluster


def start_xvfb(width: int, height: int) -> XDisplay:
    program = shutil.which("Xvfb")
    if program is None:
        raise NotInstalled("Xvfb")
    # the server picks a free display itself and writes its number
    reading, writing = os.pipe()
    screen = ("-screen", "0", f"{width}x{height}x24")
    process = subprocess.Popen(
        # without -noreset it starts anew whenever its only client leaves, and whoever connects just then is turned away
        [program, "-displayfd", str(writing), *screen, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        ready, _, _ = select.select([pipe], [], [], SECONDS_TO_START)
        number = pipe.readline().decode().strip() if ready else ""
    if not number:
        process.kill()
        process.wait()
        raise RuntimeError("Xvfb did not start")
    return XDisplay(f":{number}", width, height, process)


def _postgres_programs() -> Path:
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    # Debian keeps them out of PATH, one folder a version
    folders = [initdb.parent for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not folders:
        raise NotInstalled("postgresql")
    return max(folders, key=lambda folder: int(folder.parent.name))


def _someone_else() -> str:
    # not on Windows, where nobody is root and the rest of the tests run all the same
    import pwd

    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(cluster: PostgresCluster, program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs from a folder its user may enter. Output goes to the log, not to a pipe the
    server would keep open."""
    log = cluster.folder / "programs.log"
    with log.open("ab") as output:
        subprocess.run(
            [*cluster.as_user, str(cluster.programs / program), *arguments],
            cwd=cluster.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=True,
        )
