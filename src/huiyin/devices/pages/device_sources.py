"""Who pushes reports of devices, by which rules they become cases, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.channels.public import HINTS, Keyring
from huiyin.devices.actions.save_source import FIELDS, save_source
from huiyin.devices.models import DeviceEvent, DeviceSource
from huiyin.devices.queries.devices import reports_of, source_by_id, sources
from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show


class SourceForm(forms.Form):
    """What a source needs; the secret itself stands elsewhere."""

    name = forms.CharField(label=_("Name of the source"), max_length=60)
    secret = forms.CharField(label=_("Where the shared secret is"), max_length=120, help_text=_(HINTS[Keyring.DEVICE]))
    rules = forms.CharField(
        label=_("Which readings open a case"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 6, "class": "mono"}),
        help_text=_("One line each: reading, comparison, value, level, words. Other reports are kept only."),
    )
    again_hours = forms.IntegerField(
        label=_("No second case of one device within hours"), initial=24, min_value=0, max_value=8760
    )
    window_seconds = forms.IntegerField(
        label=_("Signed pushes hold for seconds"), initial=300, min_value=1, max_value=3600
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


@dataclass(frozen=True)
class SourcePage:
    """One source (None: a new one), its address, its reports."""

    source: DeviceSource | None
    address: str
    reports: KeysetPage[DeviceEvent] | None


@page("device-sources/", name="device-sources", needs="devices.change")
def source_list(request: Request) -> HttpResponse:
    """The list."""
    return show(request, "devices/sources.html", list(sources()))


@page("device-sources/new/", name="device-source-new", needs="devices.change")
def new_source(request: Request) -> HttpResponse:
    """Sets up another source."""
    return _edit(request, None)


@page("device-sources/<int:source_id>/", name="device-source", needs="devices.change")
def source_page(request: Request, source_id: int) -> HttpResponse:
    """Changes a source."""
    return _edit(request, source_by_id(source_id))


def _edit(request: Request, source: DeviceSource | None) -> HttpResponse:
    known: dict[str, Any] = {name: getattr(source, name) for name in (*FIELDS, "rules")} if source else {}
    form = SourceForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        saved = None
        with refusals(form):
            saved = save_source(call_of(request), source.pk if source else None, form.cleaned_data)
            messages.success(request, gettext("Saved."))
        if not form.errors:
            return go("device-source", saved.pk) if saved else go("device-sources")
    return show(request, "devices/source.html", _page(request, source), 422 if form.errors else 200, form=form)


def _page(request: Request, source: DeviceSource | None) -> SourcePage:
    if source is None:
        return SourcePage(None, "", None)
    address = f"{settings.PUBLIC_URL}{reverse('device-reports', args=[source.pk])}"
    return SourcePage(
        source, address, keyset(reports_of(source), order=("-received_at", "-id"), after=request.GET.get("after"))
    )
