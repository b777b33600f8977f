"""My profile: language, time zone, look; who I am here."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.organisation.actions.set_preferences import set_preferences
from huiyin.organisation.models import Staff
from huiyin.organisation.pages import choices

THEMES = [("auto", _("System")), ("light", _("Light")), ("dark", _("Dark"))]
FIRST_ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Europe/Berlin",
    "UTC",
)


def zones() -> list[tuple[str, str]]:
    """Every time zone, the likely ones first."""
    rest = sorted(zoneinfo.available_timezones() - set(FIRST_ZONES))
    return [(zone, zone) for zone in (*FIRST_ZONES, *rest)]


class ProfileForm(forms.Form):
    """How one likes the product."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    theme = forms.ChoiceField(label=_("Appearance"), choices=THEMES)


@dataclass(frozen=True)
class ProfilePage:
    """Who I am."""

    me: Staff
    roles: str


@page("profile/", name="profile")
def profile_page(request: Request) -> HttpResponse:
    """My own settings."""
    me = request.user
    assert isinstance(me, Staff)  # noqa: S101 - the page needs somebody signed in
    form = ProfileForm(request.POST or None, initial={name: getattr(me, name) for name in ProfileForm.base_fields})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            set_preferences(call_of(request), **form.cleaned_data)
        if not form.errors:
            return _kept(request, form.cleaned_data["language"])
    labels = dict(choices.roles())
    context = ProfilePage(me, " · ".join(labels.get(code, code) for code in me.roles))
    return show(request, "organisation/profile.html", context, status=422 if form.errors else 200, form=form)


def _kept(request: Request, language: str) -> HttpResponse:
    with translation.override(language):
        messages.success(request, gettext("Saved."))
    return go("profile")
