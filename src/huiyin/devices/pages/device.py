"""What somebody sees who scans the code on a device or receipt: what it is, its warranty, and the form for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from huiyin.cases.public import ACCEPTED, KINDS, most_bytes
from huiyin.devices.actions.tell_by_code import tell_by_code
from huiyin.devices.models import DeviceLabel
from huiyin.devices.queries.devices import Warranty, open_label, warranty_of
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.uploads import FilesField, too_much
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Repeated

ASKED_KINDS = ("repair", "complaint", "installation", "return", "inquiry")
GONE, TOO_LARGE = 410, 413


class DeviceForm(forms.Form):
    """What is wrong and how to reach whoever says so; ``website`` is a trap that people never see."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=lambda: [(code, gettext(KINDS[code])) for code in ASKED_KINDS]
    )
    description = forms.CharField(label=_("What happened?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    uploads = FilesField(
        accept=ACCEPTED,
        label=_("Photos or files"),
        help_text=_("Photos, PDF or Office files; places are taken out of photos."),
    )
    reporter_phone = forms.CharField(
        label=_("Your phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    reporter_name = forms.CharField(label=_("Your name"), required=False, max_length=80)
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """Programs fill every field; this one stays empty in a person's hands."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This could not be sent. Please call us instead."))
        return ""


@dataclass(frozen=True)
class DevicePage:
    """The device; whose it is stays untold."""

    label: DeviceLabel
    warranty: Warranty


@page("d/<int:label_id>-<slug:proof>/", name="device", needs=None)
@never_cache
@csrf_exempt  # the printed code is the key; in-app browsers without cookies must be able to write
def device(request: Request, label_id: int, proof: str) -> HttpResponse:
    """The form; a code that is wrong or retired says so and leads to the plain form."""
    label = open_label(label_id, proof)
    if label is None:
        return show(request, "devices/retired.html", None, GONE)
    if too_much(request, most_bytes(clock.now())):
        return show(request, "devices/too_much.html", label, TOO_LARGE)
    form = DeviceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        token = _told(request, label, form)
        if token:
            return go("case-for-customer", token)
    context = DevicePage(label, warranty_of(label, clock.now().date()))
    return show(request, "devices/device.html", context, 422 if form.errors else 200, form=form)


def _told(request: Request, label: DeviceLabel, form: DeviceForm) -> str:
    values: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    token = ""
    with refusals(form):
        try:
            token = tell_by_code(Call(actor=NOBODY, now=clock.now(), once=call_of(request).once), label, **values)
        except Repeated as repeat:
            token = str(repeat.result or "")
    return token
