#!/bin/sh
# The words of the program: from the source into the catalogues, and from the catalogues into what the program reads.
#   sh installer/locale.sh extract FILE.pot   the sentences the source holds
#   sh installer/locale.sh update             brings every catalogue up to them; then translate what is empty
#   sh installer/locale.sh compile            writes the .mo files, which are committed beside the .po files
set -eu

cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
locale=resources/locale

babel() {
    "$python" -m babel.messages.frontend --quiet "$@"
}

extract() {
    # t, n and p are the methods of Words; N_ marks a sentence that is looked up later
    babel extract -F installer/babel.cfg -k t -k n:1,2 -k p:1c,2 -k N_ \
        --sort-by-file --add-location=file --no-wrap --project=storeapp --version=0.1 --msgid-bugs-address=none --copyright-holder=storeapp \
        -o "$1" storeapp
}

case "${1:-}" in
extract)
    extract "${2:?name the .pot file to write}"
    ;;
update)
    pot=$(mktemp)
    trap 'rm -f "$pot"' EXIT
    extract "$pot"
    for po in "$locale"/*/LC_MESSAGES/storeapp.po; do
        language=$(basename "$(dirname "$(dirname "$po")")")
        # no guessing: a sentence that changed is translated anew
        babel update -i "$pot" -o "$po" -l "$language" -N --ignore-obsolete --ignore-pot-creation-date --no-wrap
    done
    ;;
compile)
    for po in "$locale"/*/LC_MESSAGES/storeapp.po; do
        language=$(basename "$(dirname "$(dirname "$po")")")
        babel compile -i "$po" -o "${po%.po}.mo" -l "$language"
    done
    ;;
*)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
