"""The set-up script on machines that lack something, and the package it ends in: both found from outside."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# what the script needs of any machine; the rest is put there by each test
SYSTEM = ("sh", "dirname", "sed", "tr", "cat", "sha256sum", "rm", "ls", "basename", "grep")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A bare machine: a checkout, and one folder with all its programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in SYSTEM:
        (programs / name).symlink_to(str(shutil.which(name)))
    (tmp_path / "shop" / "installer").mkdir(parents=True)
    # the folders of ldconfig are real ones that the script adds to PATH: left out, or it would find this machine's
    script = (ROOT / "installer" / "dev.sh").read_text().replace("PATH=$PATH:/usr/sbin:/sbin", "PATH=$PATH")
    for place in ("/usr/lib/postgresql", "/etc/os-release"):
        assert place in script
        script = script.replace(place, str(tmp_path / place.rpartition("/")[2]))
    (tmp_path / "shop" / "installer" / "dev.sh").write_text(script)
    return tmp_path


def _program(machine: Path, name: str, body: str) -> None:
    (machine / "bin" / name).write_text(f"#!{shutil.which('sh')}\n{body}\n")
    (machine / "bin" / name).chmod(0o755)


def _dev(machine: Path, verb: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "bin" / "sh", machine / "shop" / "installer" / "dev.sh", verb],
        env={"PATH": str(machine / "bin"), "HOME": str(machine)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_user_gets_one_line_that_installs_what_is_missing(machine: Path) -> None:
    _program(machine, "id", "echo 1000")
    _program(machine, "apt-get", "echo must not be called; exit 9")
    _program(machine, "ldconfig", "echo '\tlibGL.so.1 (libc6,x86-64) => libGL.so.1'")

    done = _dev(machine, "run")

    lines = [line for line in done.stdout.splitlines() if line]
    assert done.returncode == 1
    assert len(lines) == 1
    assert lines[0].startswith("sudo apt-get update && sudo apt-get install -y --no-install-recommends python3-venv ")
    assert "libegl1" in lines[0]
    assert "libgl1" not in lines[0].split()
    assert "postgresql" not in lines[0]
    assert not (machine / "shop" / ".venv").exists()


def test_the_checks_also_want_a_database_a_browser_and_a_display(machine: Path) -> None:
    _program(machine, "id", "echo 1000")
    _program(machine, "apt-get", "exit 9")
    _program(machine, "ldconfig", "")

    done = _dev(machine, "test")

    assert {"postgresql", "chromium", "xvfb", "xdotool", "poppler-utils"} <= set(done.stdout.split())


def test_ubuntu_is_not_asked_for_a_browser_it_only_has_in_its_snap_store(machine: Path) -> None:
    _program(machine, "id", "echo 1000")
    _program(machine, "apt-get", "exit 9")
    _program(machine, "ldconfig", "")
    (machine / "os-release").write_text("NAME=Ubuntu\nID=ubuntu\n")

    asked = _dev(machine, "test").stdout.split()

    assert "chromium" not in asked
    assert "postgresql" in asked


def test_root_installs_exactly_what_is_missing(machine: Path) -> None:
    _program(machine, "id", "echo 0")
    _program(machine, "apt-get", f'echo "$@" >> {machine}/asked')
    libraries = [line.split()[0] for line in (ROOT / "installer" / "dev.sh").read_text().splitlines() if ".so." in line]
    known = "\n".join(f"{name} (libc6)" for name in libraries if name != "libxcb-icccm.so.4")
    _program(machine, "ldconfig", f"echo '{known}'")
    _program(machine, "python3", "exit 0")

    done = _dev(machine, "run")

    assert (machine / "asked").read_text().splitlines() == [
        "update -q",
        "install -yq --no-install-recommends libxcb-icccm4",
    ]
    # this apt installed nothing, and that is noticed
    assert "still missing after the installation: libxcb-icccm4" in done.stderr
    assert done.returncode == 1


def test_a_python_that_is_too_old_counts_as_none(machine: Path) -> None:
    _program(machine, "id", "echo 1000")
    _program(machine, "apt-get", "exit 9")
    _program(machine, "ldconfig", "")
    _program(machine, "python3", "exit 1")

    assert "python3-venv" in _dev(machine, "run").stdout.split()


def test_a_machine_without_apt_is_told_what_is_missing(machine: Path) -> None:
    _program(machine, "ldconfig", "")

    done = _dev(machine, "run")

    assert done.returncode == 1
    assert "please install first what these packages hold" in done.stderr


def test_only_the_checks_fetch_the_real_year_once_and_alone(machine: Path) -> None:
    script = (ROOT / "installer" / "dev.sh").read_text()
    libraries = [line.split()[0] for line in script.splitlines() if ".so." in line]
    _program(machine, "ldconfig", "echo '" + "\n".join(f"{name} (libc6)" for name in libraries) + "'")
    for name in ("python3", "chromium", *re.findall(r"command -v (\w+) >/dev/null \|\|", script)):
        _program(machine, name, "exit 0")
    shop = machine / "shop"
    (shop / ".venv" / "bin").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-data.lock"):
        shutil.copy(ROOT / "installer" / name, shop / "installer")
    (shop / "pyproject.toml").touch()
    _program(machine, "python", f'case "$*" in *pip\\ install*) echo "$@" >> {machine}/asked ;; esac')
    (shop / ".venv" / "bin" / "python").symlink_to(machine / "bin" / "python")

    asked = []
    for verb in ("run", "test", "test"):
        (machine / "asked").write_text("")
        _dev(machine, verb)
        asked.append([line.partition("--no-input ")[2] for line in (machine / "asked").read_text().splitlines()])

    assert asked == [
        ["--no-deps --require-hashes -r installer/requirements.lock", "--no-deps --no-build-isolation -e ."],
        ["--no-deps --require-hashes -r installer/requirements-data.lock"],
        [],
    ]


def test_an_unknown_verb_shows_the_two_there_are(machine: Path) -> None:
    done = _dev(machine, "help")

    assert done.returncode == 2
    assert "dev.sh run" in done.stderr
    assert "dev.sh test" in done.stderr


def test_the_check_of_a_change_is_the_test_verb_and_nothing_else() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "sh installer/dev.sh test"


def test_the_installed_package_carries_its_fonts_icons_and_words(tmp_path: Path) -> None:
    build = f"from hatchling.build import build_wheel; print(build_wheel({str(tmp_path)!r}))"
    built = subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    shutil.unpack_archive(tmp_path / built.stdout.split()[-1], tmp_path / "installed", "zip")
    look = (
        "from storeapp import resources, words;"
        "print(words.words('zh_CN').language, resources.folder());"
        "print(*(resources.path(*name.split('/')).is_file() for name in"
        " ('fonts/NotoSansSC-Regular.ttf', 'fonts/OFL.txt', 'icons/scan.svg', 'icons/LICENSE')))"
    )

    seen = subprocess.run(
        [sys.executable, "-S", "-c", look],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=True,
    )

    installed = (tmp_path / "installed" / "storeapp" / "_resources").resolve()
    assert seen.stdout.split() == ["zh_CN", str(installed), "True", "True", "True", "True"]
