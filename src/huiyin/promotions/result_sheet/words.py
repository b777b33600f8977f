"""What the codes of a result sheet are called."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _

HEAD_LABELS = {
    "promotion": _("Promotion"),
    "store": _("Store"),
    "check": _("Check"),
    "lines": _("Lines of the list"),
    "share": _("Share to be asked, %"),
    "wanted": _("Lines to be asked"),
    "submitted_at": _("Handed in at"),
    "submitted_by": _("Handed in by"),
    "checked_at": _("Everybody asked at"),
    "completed_at": _("Complete at"),
    "seed": _("Seed of the draw"),
    "rules": _("Version of the numbers"),
}
SHARE_LABELS = {
    "real": _("Received as listed"),
    "not_received": _("Not received"),
    "differs": _("Differs: another gift, fewer, or damaged"),
    "not_reached": _("Recipient not reached"),
}
AMOUNT_LABELS = {
    "listed": _("All that is listed, yuan"),
    "duplicates": _("of it listed twice, yuan"),
    "confirmed": _("Confirmed by recipients, yuan"),
    "mended": _("Mended and verified, yuan"),
    "disputed": _("Still disputed, yuan"),
}
COLUMN_LABELS = (
    (_("No."), True),
    (_("Recipient"), False),
    (_("Gift"), False),
    (_("Quantity"), True),
    (_("Value of one, yuan"), True),
    (_("Given on"), False),
    (_("Purchase number"), False),
    (_("Result"), False),
    (_("Standing of the error"), False),
)
SHARE_COLUMNS = (_("Result"), _("Recipients"), _("of"), _("Percent"), _("Interval from"), _("Interval to"))
