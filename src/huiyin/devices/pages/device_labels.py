"""Codes on devices: make them by serial number, print them as a sheet to cut out, retire one."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.devices.actions.labels import make_labels, switch_label
from huiyin.devices.models import DeviceLabel
from huiyin.devices.queries.devices import address_of, label_by_id, labels, labels_numbered
from huiyin.documents.public import PDF_MIME, Label, labels_pdf
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import store_choices

VERBS = ("retire", "use", "renew")


class LabelsForm(forms.Form):
    """Serial numbers, one a line, or a product alone."""

    serials = forms.CharField(
        label=_("Serial numbers"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 5, "class": "mono"}),
        help_text=_("One line each. Product and store of devices in the files are found by themselves."),
    )
    model = forms.CharField(label=_("Product or model"), required=False, max_length=120)
    store_id = forms.TypedChoiceField(label=_("Store"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["store_id"].choices = [("", "–"), *store_choices()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class LabelsPage:
    """Codes page by page, those just made among them."""

    rows: KeysetPage[DeviceLabel]
    text: str
    made: str


@page("device-labels/", name="device-labels", needs="devices.label")
def label_list(request: Request) -> HttpResponse:
    """The list, and the form for new ones."""
    form = LabelsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, made = form.cleaned_data, []
        with refusals(form):
            made = make_labels(
                call_of(request),
                serials=given["serials"].splitlines(),
                model=given["model"],
                store_id=given["store_id"],
            )
        if not form.errors:
            answer = go("device-labels")
            answer["Location"] += "?made=" + ",".join(map(str, made)) if made else ""
            return answer
    text = request.GET.get("text", "")[:80]
    rows = keyset(labels(text), order=("-made_at", "-id"), after=request.GET.get("after"))
    context = LabelsPage(rows, text, ",".join(map(str, _ids(request.GET.get("made", "")))))
    return show(request, "devices/labels.html", context, 422 if form.errors else 200, form=form)


@page("device-labels/sheet.pdf", name="device-sheet", needs="devices.label")
def sheet(request: Request) -> HttpResponse:
    """The codes named in the address, as a sheet to cut out."""
    chosen = labels_numbered(_ids(request.GET.get("ids", "")))
    if not chosen:
        raise NotFound
    how = gettext("Scan in case of trouble")
    drawn = [_drawn(each, how) for each in chosen]
    content = labels_pdf(
        drawn, title=gettext("Codes on devices"), language=get_language() or "zh-hans", made_at=clock.now()
    )
    return HttpResponse(
        content, content_type=PDF_MIME, headers={"Content-Disposition": 'inline; filename="device-codes.pdf"'}
    )


@page("device-labels/<int:label_id>/<slug:verb>/", name="device-label-switch", needs="devices.label")
@require_POST
def switch(request: Request, label_id: int, verb: str) -> HttpResponse:
    """Retires a code, uses it again, or makes the printed one useless."""
    if verb not in VERBS:
        raise NotFound
    label_by_id(label_id)
    form = forms.Form(request.POST)
    form.is_valid()
    with refusals(form):
        switch_label(call_of(request), label_id, verb=verb)
    return go("device-labels")


def _drawn(label: DeviceLabel, how: str) -> Label:
    serial = f"SN {label.serial}" if label.serial else ""
    return Label(address_of(label), label.called, (serial, label.store.name if label.store else "", how))


def _ids(text: str) -> list[int]:
    return [int(one) for one in text.split(",") if one.isascii() and one.isdecimal() and len(one) < 16]  # noqa: PLR2004 - bigint
