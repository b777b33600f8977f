"""The button that takes over the holidays of a year."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page
from huiyin.working_time.actions.announce_year import announce_year
from huiyin.working_time.pages.way_back import back_to


class YearForm(forms.Form):
    """The year and the version the person saw."""

    year = forms.IntegerField(min_value=2000, max_value=2100)
    version = forms.IntegerField(required=False)


@page("calendar/<slug:code>/announce/", name="calendar_announce", needs="calendar.change")
@require_POST
def announce(request: Request, code: str) -> HttpResponse:
    """Takes the year over, or says on the calendar page why not."""
    form = YearForm(request.POST)
    if form.is_valid():
        year, version = form.cleaned_data["year"], form.cleaned_data["version"]
        with refusals(form):
            announce_year(call_of(request), code, year=year, expected_version=version)
            messages.success(request, _("The holidays of %(year)d are certain now.") % {"year": year})
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return back_to(code, form.cleaned_data.get("year") or clock.now().year)
