"""How large recordings may be and how long they are kept."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.actions.save_recording_numbers import save_recording_numbers
from huiyin.visits.queries.recordings import recording_numbers
from huiyin.visits.rules.recordings import LARGEST_MB, LONGEST_DAYS, RecordingNumbers


class RecordingForm(forms.Form):
    """Two numbers."""

    keep_days = forms.IntegerField(
        label=_("Kept for days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("A year at most. Fewer days count for what is kept already; it is deleted the next night."),
    )
    most_mb = forms.IntegerField(label=_("At most MB"), min_value=1, max_value=LARGEST_MB)


@dataclass(frozen=True)
class NumbersPage:
    """The numbers in force."""

    numbers: RecordingNumbers


@page("visits/policies/recordings/", name="recording-numbers", needs=CHANGE)
def recording_numbers_page(request: Request) -> HttpResponse:
    """Changes the numbers."""
    numbers = recording_numbers()
    form = RecordingForm(request.POST or None, initial={"keep_days": numbers.keep_days, "most_mb": numbers.most_mb})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_recording_numbers(call_of(request), **form.cleaned_data)
            messages.success(request, gettext("Saved."))
        if not form.errors:
            return go("visit-policies")
    status = 422 if form.errors else 200
    return show(request, "visits/recording_numbers.html", NumbersPage(numbers), status=status, form=form)
