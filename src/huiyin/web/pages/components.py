"""A gallery of all components, for people who build pages; only in the demo and while developing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import DayField
from huiyin.foundation.pages import Request, page, show


class SampleForm(forms.Form):
    """One field of each kind, filled in wrongly so that errors can be seen."""

    name = forms.CharField(label=_("Full name"), max_length=40)
    phone = forms.CharField(label=_("Phone"), help_text=_("11 digits; shown masked to everybody else."))
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("phone", _("Phone")), ("sms", _("SMS")), ("visit", _("Face to face"))]
    )
    since = DayField(label=_("Customer since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    wishes = forms.MultipleChoiceField(
        label=_("Calls are welcome"),
        required=False,
        choices=[("am", _("in the morning")), ("pm", _("in the afternoon"))],
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField(label=_("Agrees that the call is recorded"), required=False)


@dataclass(frozen=True)
class SampleClock:
    """A promise as the chip reads it."""

    due_at: datetime
    warn_at: datetime | None = None
    kept_at: datetime | None = None
    standing: str | None = None


@dataclass(frozen=True)
class SampleRow:
    """A row of the sample list."""

    number: str
    title: str
    who: str
    tone: str
    state: str
    level: str
    level_label: str
    promise: SampleClock


@dataclass(frozen=True)
class Gallery:
    """What the gallery shows."""

    now: datetime
    rows: list[SampleRow]
    clocks: list[SampleClock]
    trend: list[float | None]
    steps: list[tuple[str, str, str]]
    form: SampleForm


def _clocks(now: datetime) -> list[SampleClock]:
    return [
        SampleClock(now + timedelta(hours=5, minutes=20)),
        SampleClock(now + timedelta(minutes=35), warn_at=now - timedelta(minutes=10)),
        SampleClock(now - timedelta(hours=2, minutes=5)),
        SampleClock(now - timedelta(hours=3), kept_at=now - timedelta(hours=4)),
        SampleClock(now - timedelta(hours=3), kept_at=now - timedelta(hours=2)),
        SampleClock(now + timedelta(days=2), standing="paused"),
    ]


def _rows(clocks: list[SampleClock]) -> list[SampleRow]:
    urgent, important, general = str(_("urgent")), str(_("important")), str(_("general"))
    return [
        SampleRow("C-2026-0412", str(_("Compressor stops after ten minutes, the shop cannot open")), str(_("Lin Yue")),
                  "accent", str(_("in progress")), "urgent", urgent, clocks[2]),
        SampleRow("C-2026-0409", str(_("Delivery came a week late and nobody called")), str(_("Zhao Min")),
                  "soon", str(_("waiting for the customer")), "important", important, clocks[1]),
        SampleRow("C-2026-0403", str(_("How is the filter changed?")), str(_("Qian Hao")),
                  "neutral", str(_("open")), "general", general, clocks[0]),
        SampleRow("C-2026-0388", str(_("Gift was missing from the parcel")), str(_("Sun Lei")),
                  "kept", str(_("closed")), "general", general, clocks[3]),
        SampleRow("C-2026-0377", str(_("Invoice shows the wrong company name")), str(_("Li Fang")),
                  "late", str(_("reopened")), "important", important, clocks[5]),
    ]  # fmt: skip


STEPS = [
    ("open", _("Received")),
    ("verify", _("Verified")),
    ("plan", _("Planned")),
    ("do", _("Carried out")),
    ("tell", _("Result told")),
    ("verdict", _("Verdict")),
    ("closed", _("Closed")),
]


@page("components/", name="components", needs=None)
def components_page(request: Request) -> HttpResponse:
    """All components on one page."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    now = clock.now()
    clocks = _clocks(now)
    gallery = Gallery(
        now=now,
        rows=_rows(clocks),
        clocks=clocks,
        trend=[71, 74, 73, 78, None, 80, 79, 84, 86],
        steps=[(code, str(label), "") for code, label in STEPS],
        form=SampleForm({"name": "", "phone": "138", "wishes": ["am"]}),
    )
    return show(request, "web/components.html", gallery)
