"""The public form: anyone says what is wrong, without sign-in, and gets a number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from huiyin.cases.actions.receive_feedback import receive_feedback
from huiyin.cases.pages.forms.base import codes, text_field
from huiyin.cases.queries.settings import most_bytes
from huiyin.cases.rules.files import ACCEPTED
from huiyin.cases.rules.kinds import KINDS, TOPICS
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.uploads import FilesField, too_much
from huiyin.kernel.refusal import Repeated

ASKED_KINDS = ("complaint", "repair", "return", "inquiry", "suggestion", "other")
TOO_LARGE = 413
TAKEN_FROM_ADDRESS = ("product_name", "serial")


class FeedbackForm(forms.Form):
    """What happened and how to reach the customer; ``website`` is a trap that people never see."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=lambda: codes({code: KINDS[code] for code in ASKED_KINDS})
    )
    topic = forms.ChoiceField(label=_("Which subject?"), choices=lambda: codes(TOPICS), initial="other")
    description = text_field(_("What happened?"), rows=5)
    product_name = forms.CharField(label=_("Product or model"), required=False, max_length=120)
    serial = forms.CharField(label=_("Serial number"), required=False, max_length=80)
    reporter_name = forms.CharField(label=_("Your name"), required=False, max_length=80)
    reporter_phone = forms.CharField(
        label=_("Your phone"), required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    reporter_email = forms.EmailField(label=_("Your email"), required=False)
    uploads = FilesField(
        accept=ACCEPTED,
        label=_("Photos or files"),
        help_text=_("Photos, PDF or Office files; places are taken out of photos."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """Programs fill every field; this one stays empty in a person's hands."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This could not be sent. Please call us instead."))
        return ""


@page("feedback/", name="feedback", needs=None)
@csrf_exempt  # there is no session to abuse, and in-app browsers without cookies must be able to write
def feedback(request: Request) -> HttpResponse:
    """The form; product and serial number may stand in the address, as a code on a device has them (CHN-3).

    Words that were typed elsewhere on the site (``carried`` with ``text``) stand in it, to be sent from here.
    """
    given = {name: request.GET.get(name, "")[:120] for name in TAKEN_FROM_ADDRESS}
    if too_much(request, most_bytes(clock.now())):
        return show(request, "cases/too_much.html", None, TOO_LARGE)
    carried = "carried" in request.POST
    if carried:
        given["description"] = request.POST.get("text", "")
    form = FeedbackForm(None if carried else request.POST or None, request.FILES or None, initial=given)
    if request.method == "POST" and form.is_valid():
        token = _received(request, form)
        if token:
            return go("case-for-customer", token)
    return show(request, "cases/feedback.html", None, 422 if form.errors else 200, form=form)


def _received(request: Request, form: FeedbackForm) -> str:
    values: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    token = ""
    with refusals(form):
        try:
            token = receive_feedback(call_of(request), reporter_language=get_language() or "", **values)
        except Repeated as repeat:
            token = str(repeat.result)
    return token
