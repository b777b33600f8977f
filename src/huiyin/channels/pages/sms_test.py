"""A test message to a number of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.channels.actions.send_message import send_message
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show

KIND = "channels.test"


class TestForm(forms.Form):
    """Where the test message goes."""

    to = forms.CharField(label=_("Mobile number"), max_length=30, widget=forms.TextInput({"inputmode": "tel"}))


@dataclass(frozen=True)
class TestPage:
    """Nothing but the form."""


@page("sms/test/", name="sms-test", needs="channels.change")
def test_page(request: Request) -> HttpResponse:
    """Sends a test message and leads to its fate."""
    form = TestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.localtime(clock.now()).strftime("%H:%M")
        sent = None
        with refusals(form):
            sent = send_message(
                call_of(request), kind="sms", to=form.cleaned_data["to"], template=KIND, values={"time": at}
            )
        if not form.errors:
            return go("sent-message", sent.pk) if sent else go("messages")
    return show(request, "channels/sms_test.html", TestPage(), status=422 if form.errors else 200, form=form)
