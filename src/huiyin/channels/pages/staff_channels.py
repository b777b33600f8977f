"""Platforms on which the company's people are told: the accounts, and who is who there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.channels.actions.save_staff_account import save_addresses
from huiyin.channels.models import StaffAccount
from huiyin.channels.platforms.kind import platforms
from huiyin.channels.queries.staff import addresses_text, staff_accounts
from huiyin.channels.rules.staff.groups import GROUPS
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


@dataclass(frozen=True)
class AccountRow:
    """One account with the names of its platform and of what a robot tells."""

    account: StaffAccount
    platform: str
    groups: list[str]


@dataclass(frozen=True)
class StaffChannelsPage:
    """Every account."""

    rows: list[AccountRow]


class PeopleForm(forms.Form):
    """One list of people for each platform."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code, platform in platforms().items():
            self.fields[code] = forms.CharField(
                label=gettext(platform.label),
                required=False,
                max_length=200_000,
                widget=forms.Textarea({"rows": 8, "class": "mono"}),
                help_text=_("One line each: staff number = userid at the platform."),
            )


@page("staff-channels/", name="staff-channels", needs="channels.change")
def staff_channels(request: Request) -> HttpResponse:
    """The accounts."""
    known = platforms()
    rows = [
        AccountRow(one, gettext(known[one.platform].label), [gettext(GROUPS[code]) for code in one.groups])
        for one in staff_accounts()
    ]
    return show(request, "channels/staff_channels.html", StaffChannelsPage(rows))


@page("staff-channels/people/", name="staff-people", needs="channels.change")
def staff_people(request: Request) -> HttpResponse:
    """Who is who."""
    form = PeopleForm(request.POST or None, initial={code: addresses_text(code) for code in platforms()})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_addresses(call_of(request), form.cleaned_data)
            messages.success(request, gettext("Saved."))
        if not form.errors:
            return go("staff-people")
    return show(request, "channels/staff_people.html", None, status=422 if form.errors else 200, form=form)
