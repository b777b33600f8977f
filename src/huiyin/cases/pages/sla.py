"""The policies of clocks in the order in which they are asked; running clocks that are being reckoned anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.cases.actions.begin_clock_work import stop_clock_work
from huiyin.cases.actions.save_sla import save_sla_list
from huiyin.cases.models import ClockWork
from huiyin.cases.pages.forms.sla import OrderForm
from huiyin.cases.queries.clock_works import newest_works, work_called
from huiyin.cases.queries.sla import company_day, list_on, policies_on
from huiyin.cases.queries.sla_contents import newest_list, newest_policies
from huiyin.cases.queries.sla_words import condition_words, level_words, policy_fields
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.cases.rules.sla import Policy
from huiyin.cases.rules.sla_list import check_list, never_asked
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.conditions import Fields
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Invalid, Refused


@dataclass(frozen=True)
class PolicyRow:
    """A policy in its place: for which cases, what it promises, a version to come, and where its buttons lead."""

    policy: Policy
    name: str
    words: list[str]
    levels: list[tuple[str, list[tuple[str, str]]]]
    later: tuple[int, date] | None
    up: str
    down: str
    out: str
    into: str


@dataclass(frozen=True)
class SlaPage:
    """The list as it is or as it would be (``moved``), policies not in it, and work on running clocks."""

    rows: list[PolicyRow]
    unused: list[PolicyRow]
    moved: bool
    fault: str
    hidden: tuple[str, str] | None
    works: list[ClockWork]
    may_change: bool


@page("cases/clocks/", name="sla", needs="cases.see")
def sla(request: Request) -> HttpResponse:
    """The list; ``order`` shows it in another one, a POST makes that the list."""
    today = company_day(clock.now())
    now = [policy.code for policy in list_on(today)[1]]
    order = _order(request.POST.get("codes") or request.GET.get("order", ""), today) or now
    form = OrderForm(request.POST or None, initial={"codes": ",".join(order), "effective_from": today})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(save_sla_list, call_of(request), order, expected=_last(), **_when(form))
        if not form.errors:
            messages.success(request, gettext("The list is saved; new cases are asked in this order."))
            return go("sla")
    context = _shown(request, order, today, moved=order != now or bool(form.errors))
    return show(request, "cases/sla.html", context, form=form, status=422 if form.errors else 200)


def _when(form: OrderForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("effective_from", "reason")}


def _last() -> int | None:
    newest = newest_list()
    return newest.version if newest else None


def _order(text: str, today: date) -> list[str]:
    held = policies_on(today)
    return [code for code in dict.fromkeys(text.split(",")) if code in held]


def _shown(request: Request, order: list[str], today: date, *, moved: bool) -> SlaPage:
    held, fields = policies_on(today), policy_fields()
    later = {row.code: (row.version, row.effective_from) for row in newest_policies() if row.effective_from > today}
    policies = [held[code] for code in order]
    unused = [policy for code, policy in held.items() if code not in order]
    hidden = never_asked(policies)
    return SlaPage(
        rows=[_row(policy, order, fields, later.get(policy.code)) for policy in policies],
        unused=[_row(policy, order, fields, later.get(policy.code)) for policy in unused],
        moved=moved,
        fault=_fault(order, held),
        hidden=(gettext(hidden[0].shown_name), _names(hidden[1])) if hidden else None,
        works=newest_works(),
        may_change=request.actor.may(CHANGE_CLOCKS),
    )


def _names(policies: list[Policy]) -> str:
    return gettext(", ").join(gettext(policy.shown_name) for policy in policies)


def _fault(order: list[str], held: dict[str, Policy]) -> str:
    try:
        check_list(order, held)
    except Invalid as refusal:
        return say(refusal.why)
    return ""


def _row(policy: Policy, order: list[str], fields: Fields, later: tuple[int, date] | None) -> PolicyRow:
    at = order.index(policy.code) if policy.code in order else None
    rest = [code for code in order if code != policy.code]
    last = len(order) - 1
    return PolicyRow(
        policy,
        gettext(policy.shown_name),
        condition_words(policy, fields),
        level_words(policy),
        later,
        up=_asked([*rest[: at - 1], policy.code, *rest[at - 1 :]]) if at else "",
        down=_asked([*rest[: at + 1], policy.code, *rest[at + 1 :]]) if at is not None and at < last else "",
        out=_asked(rest) if at is not None and rest else "",
        into=_asked([*order[:-1], policy.code, *order[-1:]]) if at is None else "",
    )


def _asked(order: list[str]) -> str:
    return "?" + urlencode({"order": ",".join(order)}, safe=",")


@page("cases/clocks/work/<int:work_id>/", name="clock-work", needs="cases.see")
def clock_work(request: Request, work_id: int) -> HttpResponse:
    """How far work on running clocks is, asked for every second; a POST stops it."""
    work = work_called(work_id)
    if request.method == "POST":
        try:
            outcome(stop_clock_work, call_of(request), work_id)
        except Refused as refusal:
            messages.error(request, say(refusal.why))
        return go("sla")
    return show(request, "cases/_clock_work.html", work)
