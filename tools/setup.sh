#!/bin/sh
# Finds a Python that can do it and sets everything up with it: tools/setup.sh [--dev]
# The distribution's own comes first: it is built with profiles of real programs, which compilers at home often leave
# out, and pages are a fifth faster (docs/performance.md). PYTHON=… names another.
set -eu
cd "$(dirname "$0")/.."

usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

without_venv=""
for python in ${PYTHON:-} /usr/bin/python3 python3.13 python3.12 python3.11 python3.14 python3 python; do
    if usable "$python"; then
        exec "$python" tools/setup.py "$@"
    elif [ -z "$without_venv" ] && new_enough "$python"; then
        without_venv=$python
    fi
done

if [ -n "$without_venv" ]; then
    echo "$without_venv cannot make virtual environments. On Debian or Ubuntu: apt-get install $(basename "$without_venv")-venv" >&2
else
    echo "Huiyin needs Python 3.11 or newer; none was found (looked for python3.13 … python3.11, python3)." >&2
    echo "On Debian 12 or Ubuntu 24.04: apt-get install python3 python3-venv" >&2
fi
exit 1
