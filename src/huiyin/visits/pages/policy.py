"""One kind of visit: changed, made new, switched, its versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Difference, Version, two_of
from huiyin.visits.actions.save_policy import CHANGE, checked, save_policy, switch_policy
from huiyin.visits.models import VisitPolicy
from huiyin.visits.pages.policy_form import CHANNELS_STAND_AT, PolicyForm, initial_of, placed
from huiyin.visits.queries.comparing import differences
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import content_of, newest_of, policy_versions
from huiyin.visits.queries.previews import Preview, preview_of


class SwitchForm(forms.Form):
    """Why a kind is taken out of use or into use."""

    reason = forms.CharField(max_length=200)


@dataclass(frozen=True)
class PolicyPage:
    """A kind of visit (None: a new one), who it would have chosen when asked, and its versions."""

    policy: VisitPolicy | None
    versions: list[Version]
    preview: Preview | None
    today: date


@dataclass(frozen=True)
class VersionsPage:
    """All versions of a kind, and two of them side by side."""

    policy: VisitPolicy
    versions: list[Version]
    older: VisitPolicy
    newer: VisitPolicy
    differences: list[Difference]
    may_change: bool
    switch: SwitchForm


@page("visits/policies/new/", name="visit-policy-new", needs=CHANGE)
def new_policy(request: Request) -> HttpResponse:
    """A new kind of visit."""
    return _edit(request, None)


@page("visits/policies/kind/<slug:code>/", name="visit-policy", needs=CHANGE)
def edit_policy(request: Request, code: str) -> HttpResponse:
    """Changes a kind of visit; its values are those of the newest version."""
    return _edit(request, newest_of(code))


def _edit(request: Request, policy: VisitPolicy | None) -> HttpResponse:
    today = company_today(clock.now())
    begin = {**_first_values(policy), "effective_from": today}
    form = PolicyForm(request.POST or None, initial=begin, fixed=policy.code if policy else "")
    preview = None
    only_look = request.POST.get("do") == "preview"
    if only_look:
        form.fields["reason"].required = form.fields["effective_from"].required = False
    if request.method == "POST" and form.is_valid():
        with refusals(form), placed(CHANNELS_STAND_AT):
            if only_look:
                preview = preview_of(checked(form.content()), clock.now(), request.actor)
            else:
                _save(request, form)
        if not form.errors and preview is None:
            return go("visit-policies")
    versions = policy_versions(policy.code, today) if policy else []
    context = PolicyPage(policy, versions, preview, today)
    return show(request, "visits/policy.html", context, status=422 if form.errors else 200, form=form)


def _first_values(policy: VisitPolicy | None) -> dict[str, Any]:
    if policy:
        return initial_of(content_of(policy))
    return {"is_active": True, "merges": True, "channel_1": "phone", "days_from": 7, "days_best": 7, "days_by": 15}


def _save(request: Request, form: PolicyForm) -> None:
    given = form.cleaned_data
    version = request.POST.get("version", "")
    saved = save_policy(
        call_of(request),
        form.content(),
        effective_from=given["effective_from"],
        reason=given["reason"],
        expected=int(version) if version.isdecimal() else 0,
    )
    text = gettext("%(name)s is saved as version %(version)s; it holds from %(day)s on.")
    day = saved.effective_from.isoformat()
    messages.success(request, text % {"name": saved.name, "version": saved.version, "day": day})


@page("visits/policies/kind/<slug:code>/versions/", name="visit-policy-versions", needs="visits.see_policies")
def versions_of_policy(request: Request, code: str) -> HttpResponse:
    """The versions of a kind with who and why, two of them compared; a POST switches the kind off or on."""
    form = SwitchForm(request.POST or None)
    newest = newest_of(code)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            switch_policy(call_of(request), code, active=not newest.is_active, reason=form.cleaned_data["reason"])
        if not form.errors:
            return go("visit-policy-versions", code)
    versions = policy_versions(code, company_today(clock.now()))
    older, newer = two_of(request.GET, versions)
    found = differences(content_of(older), content_of(newer))
    context = VersionsPage(newest, versions, older, newer, found, request.actor.may(CHANGE), form)
    return show(request, "visits/policy_versions.html", context, status=422 if form.errors else 200)
