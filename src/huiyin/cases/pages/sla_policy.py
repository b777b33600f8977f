"""One policy of clocks: changed, made new, tried on the cases of the last months, its versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.cases.actions.save_sla import checked, save_sla
from huiyin.cases.models import SlaPolicy
from huiyin.cases.pages.forms.sla import ClockForm, ClockRows, SlaForm, row_of
from huiyin.cases.queries.sla import company_day
from huiyin.cases.queries.sla_contents import content_of, newest_of, versions_of_policy
from huiyin.cases.queries.sla_preview import Preview, preview_of
from huiyin.cases.queries.sla_words import differences
from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.cases.rules.shipped import STANDARD
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.condition_forms import as_typed, being_edited
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Difference, Version, two_of

WRONG = 422


@dataclass(frozen=True)
class PolicyPage:
    """A policy (None: a new one), its clocks row by row, and what it would have done when asked."""

    policy: SlaPolicy | None
    name: str
    rows: BaseFormSet[ClockForm]
    preview: Preview | None
    levels: dict[str, str]


@dataclass(frozen=True)
class VersionsPage:
    """All versions of a policy, and two of them side by side."""

    policy: SlaPolicy
    name: str
    versions: list[Version]
    older: SlaPolicy
    newer: SlaPolicy
    differences: list[Difference]
    may_change: bool


@page("cases/clocks/new/", name="sla-new", needs=CHANGE_CLOCKS)
def new_policy(request: Request) -> HttpResponse:
    """A new policy; it begins with the clocks of the standard one."""
    return _edit(request, None)


@page("cases/clocks/<slug:code>/", name="sla-policy", needs=CHANGE_CLOCKS)
def edit_policy(request: Request, code: str) -> HttpResponse:
    """Changes a policy; its values are those of the newest version."""
    return _edit(request, newest_of(code))


def _edit(request: Request, policy: SlaPolicy | None) -> HttpResponse:
    today = company_day(clock.now())
    first = _first(policy, today)
    fixed = policy.code if policy else ""
    rows = ClockRows(request.POST or None, initial=[row_of(each) for each in first.pop("clocks")], prefix="clock")
    if being_edited(request.POST):
        return _shown(request, policy, as_typed(SlaForm, request.POST, fixed=fixed), rows)
    form = SlaForm(request.POST or None, initial=first, fixed=fixed)
    preview = None
    looks = request.POST.get("do") == "preview"
    if looks:
        form.fields["reason"].required = form.fields["effective_from"].required = False
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        with refusals(form):
            content = checked(form.content([each for row in rows if (each := row.clock())]))
            if looks:
                preview = preview_of(request.actor, content, clock.now())
            else:
                _save(request, form, content)
        if not form.errors and preview is None:
            return go("sla")
    return _shown(request, policy, form, rows, preview)


def _first(policy: SlaPolicy | None, today: date) -> dict[str, Any]:
    content = dict(content_of(policy)) if policy else {"clocks": STANDARD["clocks"], "pauses": STANDARD["pauses"]}
    if policy:
        content["name"] = gettext(policy.name)
    return {**content, "condition": content.pop("filter", {}), "effective_from": today}


def _save(request: Request, form: SlaForm, content: dict[str, Any]) -> None:
    version = request.POST.get("version", "")
    outcome(
        save_sla,
        call_of(request),
        content,
        effective_from=form.cleaned_data["effective_from"],
        reason=form.cleaned_data["reason"],
        expected=int(version) if version.isdecimal() else 0,
    )
    messages.success(request, gettext("“%(name)s” is saved as a new version.") % {"name": content["name"]})


def _shown(
    request: Request,
    policy: SlaPolicy | None,
    form: SlaForm,
    rows: BaseFormSet[ClockForm],
    preview: Preview | None = None,
) -> HttpResponse:
    context = PolicyPage(policy, gettext(policy.name) if policy else "", rows, preview, LEVELS)
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    return show(request, "cases/sla_policy.html", context, form=form, status=WRONG if wrong else 200)


@page("cases/clocks/<slug:code>/versions/", name="sla-versions", needs="cases.see")
def versions(request: Request, code: str) -> HttpResponse:
    """The versions of a policy with who and why, two of them compared."""
    every = versions_of_policy(code, company_day(clock.now()))
    older, newer = two_of(request.GET, every)
    newest = every[0].row
    context = VersionsPage(
        newest,
        gettext(newest.name),
        every,
        older,
        newer,
        differences(content_of(older), content_of(newer)),
        request.actor.may(CHANGE_CLOCKS),
    )
    return show(request, "cases/sla_versions.html", context)
