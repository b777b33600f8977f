"""Why a message of ours is not there yet, where it is our own doing; a server's own words stand as they are."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _

QUIET = "quiet"
OPTED_OUT = "opted_out"
NO_ACCOUNT = "no_account"
HELD = "held"
READ = "read"
NO_STAFF_ACCOUNT = "no_staff_account"
DIED = "the sender died; whether the server had taken the message is unknown"

WHY = {
    QUIET: _("Waits for the end of the quiet hours"),
    OPTED_OUT: _("The customer asked for no more messages"),
    NO_ACCOUNT: _("Waits: no SMS account has a template for this text"),
    HELD: _("Waits: the provider limits how often, or is down"),
    READ: _("Was read on the screen meanwhile"),
    NO_STAFF_ACCOUNT: _("The account at the platform is not in use"),
    DIED: _("The sender died; whether the provider took it is being looked up"),
}
