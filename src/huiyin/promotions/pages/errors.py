"""Errors of gift lists: what stores owe, what is to be verified, what is closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.promotions.models import GiftError
from huiyin.promotions.queries.errors import errors_seen

TABS = {"open": _("Open errors"), "done": _("Closed")}


@dataclass(frozen=True)
class ErrorsPage:
    """One tab of the errors."""

    tab: str
    tabs: list[tuple[str, str]]
    pager: KeysetPage[GiftError]


@page("gift-errors/", name="gift-errors", needs="promotions.see")
def gift_errors(request: Request) -> HttpResponse:
    """Errors in one's area: open ones by deadline, closed ones newest first."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    rows, order = errors_seen(request.actor, {"tab": tab})
    pager = keyset(rows, order=order, after=request.GET.get("after"), size=30)
    context = ErrorsPage(tab, [(code, gettext(label)) for code, label in TABS.items()], pager)
    return show(request, "promotions/errors.html", context)
