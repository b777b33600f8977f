"""Demand forms: what waits for customer service, what is being visited, what has ended."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.demand_forms.models import DemandForm, UnitMonth
from huiyin.demand_forms.queries.forms import TABS, clocks_of, listed, waiting
from huiyin.demand_forms.queries.months import owed_by
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.promises.public import Promise

LABELS = {"waiting": _("To be decided"), "running": _("Being visited"), "ended": _("Ended")}


@dataclass(frozen=True)
class FormsPage:
    """One tab of the list; ``owed`` are the months the reader's own units still owe."""

    tab: str
    tabs: list[tuple[str, str, int | None]]
    rows: list[tuple[DemandForm, Promise | None]]
    pager: KeysetPage[DemandForm]
    owed: list[UnitMonth]
    may_sign_up: bool
    decides: bool


@page("demand-forms/", name="demand-forms", needs="demand.see")
def demand_forms(request: Request) -> HttpResponse:
    """Forms within one's area: the inbox of customer service, or those of one's own unit."""
    actor, tab = request.actor, request.GET.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    found, order = listed(actor, tab)
    pager = keyset(found, order=order, after=request.GET.get("after"), size=30)
    clocks = clocks_of(pager.rows)
    may_sign_up = actor.may("demand.sign_up")
    numbers = {"waiting": waiting(actor)}
    context = FormsPage(
        tab=tab,
        tabs=[(code, gettext(label), numbers.get(code)) for code, label in LABELS.items()],
        rows=[(form, clocks.get(form.pk)) for form in pager.rows],
        pager=pager,
        owed=owed_by(actor) if may_sign_up else [],
        may_sign_up=may_sign_up,
        decides=actor.may("demand.decide"),
    )
    return show(request, "demand_forms/forms.html", context)
