"""What is done to a person beside changing the fields: shifts, leave, password, leaving the company and coming back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Repeated
from huiyin.organisation.actions.give_password import give_password
from huiyin.organisation.actions.leave import add_leave, cancel_leave
from huiyin.organisation.actions.leave_company import activate_person, deactivate_person
from huiyin.organisation.actions.shifts import save_day, save_week
from huiyin.organisation.pages import choices
from huiyin.organisation.pages.person import CHANGE, known_form, shown
from huiyin.organisation.queries.structure import one_of, people_seen_by
from huiyin.organisation.rules.shifts import DAYS_IN_WEEK


class LeaveForm(forms.Form):
    """Days off, both ends included."""

    first_day = DayField(label=_("First day off"))
    last_day = DayField(label=_("Last day off"))
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)
    stand_in_id = forms.IntegerField(label=_("Stand-in"), required=False)


class DayForm(forms.Form):
    """Shifts of one day that is different."""

    day = DayField(label=_("Day"))
    shifts = forms.CharField(label=_("Shifts"), max_length=100, required=False)


class LeavingForm(forms.Form):
    """Who takes over."""

    successor_id = forms.CharField(required=False)


@page("organisation/people/<int:staff_id>/leave/", name="person-leave", needs=CHANGE)
@require_POST
def leave_page(request: Request, staff_id: int) -> HttpResponse:
    """Notes days off."""
    form = LeaveForm(request.POST)
    if form.is_valid():
        with refusals(form):
            add_leave(call_of(request), staff_id, **form.cleaned_data)
    return _back(request, staff_id, form, gettext("The leave is noted."))


@page("organisation/people/<int:staff_id>/leave/<int:leave_id>/cancel/", name="person-leave-cancel", needs=CHANGE)
@require_POST
def cancel_leave_page(request: Request, staff_id: int, leave_id: int) -> HttpResponse:
    """Takes days off back."""
    form = forms.Form(request.POST)
    with refusals(form):
        cancel_leave(call_of(request), leave_id)
    return _back(request, staff_id, form, gettext("The leave is taken back."))


@page("organisation/people/<int:staff_id>/week/", name="person-week", needs=CHANGE)
@require_POST
def week_page(request: Request, staff_id: int) -> HttpResponse:
    """Saves the shifts of every week; what cannot be read is said, nothing is changed and what was typed stays."""
    form = forms.Form(request.POST)
    form.is_valid()
    week = [request.POST.get(f"day_{n}", "") for n in range(DAYS_IN_WEEK)]
    with refusals(form):
        save_week(call_of(request), staff_id, week=week)
    if form.errors:
        person = one_of(people_seen_by(request.actor), staff_id)
        for error in dict.fromkeys(form.non_field_errors()):
            messages.error(request, str(error))
        return shown(request, person, known_form(person), week=week, status=422)
    return _back(request, staff_id, form, gettext("The shifts are saved."))


@page("organisation/people/<int:staff_id>/day/", name="person-day", needs=CHANGE)
@require_POST
def day_page(request: Request, staff_id: int) -> HttpResponse:
    """Saves the shifts of one day that is different; empty shifts take it back."""
    form = DayForm(request.POST)
    if form.is_valid():
        with refusals(form):
            save_day(call_of(request), staff_id, **form.cleaned_data)
    return _back(request, staff_id, form, gettext("The shifts are saved."))


@page("organisation/people/<int:staff_id>/deactivate/", name="person-deactivate", needs=CHANGE)
@require_POST
def deactivate_page(request: Request, staff_id: int) -> HttpResponse:
    """Ends the access; open work goes to the successor."""
    form = LeavingForm(request.POST)
    form.is_valid()
    with refusals(form):
        successor = choices.number(form.cleaned_data["successor_id"])
        deactivate_person(call_of(request), staff_id, successor_id=successor)
    return _back(request, staff_id, form, gettext("The access is ended."))


@page("organisation/people/<int:staff_id>/activate/", name="person-activate", needs=CHANGE)
@require_POST
def activate_page(request: Request, staff_id: int) -> HttpResponse:
    """Lets the person in again."""
    form = forms.Form(request.POST)
    with refusals(form):
        activate_person(call_of(request), staff_id)
    return _back(request, staff_id, form, gettext("The person can sign in again."))


@page("organisation/people/<int:staff_id>/password/", name="person-password", needs=CHANGE)
@require_POST
@never_cache
def password_page(request: Request, staff_id: int) -> HttpResponse:
    """Gives a new password and shows it once; asked twice by the same form, it stays unseen."""
    try:
        person, password = give_password(call_of(request), staff_id)
    except Repeated:
        return go("person", staff_id)
    return show(request, "organisation/password.html", {"person": person, "password": password})


def _back(request: Request, staff_id: int, form: forms.Form, done: str) -> HttpResponse:
    """Back to the person, with what was done or what was wrong as a notice."""
    one_of(people_seen_by(request.actor), staff_id)
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    for error in dict.fromkeys(wrong):
        messages.error(request, error)
    if not wrong:
        messages.success(request, done)
    return go("person", staff_id)
