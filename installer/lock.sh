#!/bin/sh
# Writes installer/requirements.lock anew from pyproject.toml (for maintainers; needs uv).
#   sh installer/lock.sh             keeps the versions locked already where they still fit
#   sh installer/lock.sh --upgrade   takes the newest ones
set -eu

cd "$(dirname "$0")/.."
# no header and no notes: the file holds names, versions and hashes, so any mirror can serve it
exec "${UV:-uv}" pip compile --universal --python-version 3.11 --all-extras --generate-hashes \
    --no-header --no-annotate --quiet "$@" pyproject.toml --output-file installer/requirements.lock
