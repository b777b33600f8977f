"""Texts that the scripts show, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    """Every text a script needs, by name; ``{n}`` marks what the script fills in."""
    return {
        "left": _("{n} left"),
        "over": _("{n} late"),
        "minutes": _("{m} min"),
        "hours": _("{h} h {m} min"),
        "days": _("{d} d {h} h"),
        "offline": _("No connection. Nothing was lost: what you typed is still here. Try again in a moment."),
        "failed": _(
            "This did not work on our side. What you typed is still here. Try again, or tell your administrator."
        ),
        "signed_out": _("You have been signed out. Sign in again; what you typed is still here."),
        "close": _("Close"),
        "cancel": _("Cancel"),
        "go_on": _("Continue"),
        "sure": _("Are you sure?"),
    }
