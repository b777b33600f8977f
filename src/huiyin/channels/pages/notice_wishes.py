"""Where notices reach me: by group of notices the ways besides the screen, and my quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.channels.actions.save_wish import save_wish
from huiyin.channels.queries.sending import is_set_up
from huiyin.channels.queries.staff import EMAIL, addresses_of, quiet_hours_of, ways_of, wish_of
from huiyin.channels.registry import channel_kinds
from huiyin.channels.rules.staff.groups import GROUPS
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


class WishForm(forms.Form):
    """One row of ways for each group of notices."""

    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("Notices of this time wait until its end. The same time twice: never quiet."),
    )

    def __init__(self, *args: Any, ways: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        for code, label in GROUPS.items():
            self.fields[code] = forms.MultipleChoiceField(
                label=gettext(label),
                required=False,
                choices=[(way, gettext(channel_kinds()[way].label)) for way in ways],
                widget=forms.CheckboxSelectMultiple,
            )

    def wish(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        given = self.cleaned_data
        ways = {code: given[code] for code in GROUPS}
        return {"ways": ways, "quiet_from": given["quiet_from"], "quiet_until": given["quiet_until"]}


@dataclass(frozen=True)
class WishPage:
    """The company's quiet hours, and whether there is any way besides the screen."""

    quiet: tuple[time, time]
    ways: list[str]
    groups: list[str]


@page("notices/ways/", name="notice-ways", needs="notices.see")
def notice_ways(request: Request) -> HttpResponse:
    """My wishes."""
    me = request.actor.id or 0
    ways = [*addresses_of(me), *([EMAIL] if is_set_up(EMAIL) else [])]
    form = WishForm(request.POST or None, initial=_initial(me), ways=ways)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_wish(call_of(request), **form.wish())
            messages.success(request, gettext("Saved."))
        if not form.errors:
            return go("notice-ways")
    context = WishPage(quiet_hours_of(me), ways, list(GROUPS))
    return show(request, "channels/notice_ways.html", context, status=422 if form.errors else 200, form=form)


def _initial(staff_id: int) -> dict[str, Any]:
    wish = wish_of(staff_id)
    chosen: dict[str, Any] = {code: _chosen(staff_id, code) for code in GROUPS}
    return {**chosen, "quiet_from": wish and wish.quiet_from, "quiet_until": wish and wish.quiet_until}


def _chosen(staff_id: int, group: str) -> list[str]:
    wish = wish_of(staff_id)
    return list(wish.ways[group]) if wish and group in wish.ways else ways_of(staff_id, group)[:1]
