#!/bin/sh
# Installs what the tests need beside Python: a browser, a Chinese font, a mail server and a mailbox.
# With root (or sudo without a password) from Debian's packages, else as far as it goes without.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

missing=""
have_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }
have_font() { [ -n "$(find /usr/share/fonts -iname '*cjk*' -print -quit 2>/dev/null)" ]; }
have_browser || missing="$missing chromium"
have_font || missing="$missing fonts-noto-cjk"
command -v exim4 >/dev/null || missing="$missing exim4-daemon-light"
[ -x /usr/lib/dovecot/imap ] || missing="$missing dovecot-imapd"
[ -z "$missing" ] && exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "setup: installing$missing"
    $as_root sh -c "
        set -e
        export DEBIAN_FRONTEND=noninteractive
        # the mail servers are started by the tests alone, never as services of this machine
        if [ ! -e /usr/sbin/policy-rc.d ]; then
            printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
            chmod +x /usr/sbin/policy-rc.d
            trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        fi
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
    "
    exit 0
fi

echo "These test parts are missing and need an administrator: apt-get install$missing" >&2
if ! have_browser; then
    echo "setup: fetching a browser for this user alone"
    .venv/bin/playwright install chromium || echo "No browser: the journeys cannot run." >&2
fi
