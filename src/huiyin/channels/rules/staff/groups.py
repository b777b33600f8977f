"""Groups of notices: what a person may send one way or another."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _

STEPS = {
    "warn": _("Due soon: %(what)s · %(title)s"),
    "breach": _("Late: %(what)s · %(title)s"),
    "escalate": _("Still late, please step in: %(what)s · %(title)s"),
}
"""The sentences of a promise's steps, as message ids."""

GROUPS: dict[str, str] = {
    "late": _("Promises that are due or late"),
    "cases": _("Cases that come to me, and what customers write"),
    "chats": _("Customers who wait in the chat"),
    "visits": _("Visits and plans"),
    "other": _("Everything else"),
}
_PAGES = {"case": "cases", "chat": "chats", "visit": "visits", "plan": "visits"}


def group_of(text: str, page: str) -> str:
    """The group of a notice, by its sentence (a message id) and the page it leads to."""
    if text in STEPS.values():
        return "late"
    first = page.partition("-")[0]
    return _PAGES.get(first, _PAGES.get(first.removesuffix("s"), "other"))
