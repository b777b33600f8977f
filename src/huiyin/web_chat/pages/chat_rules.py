"""The numbers of the chat: what is promised, what counts as missed, what stops floods, which sites may show it."""

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

from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Version, versions_of
from huiyin.web_chat.actions.save_rules import save_rules
from huiyin.web_chat.queries.settings import departments, numbers_on, rules_rows
from huiyin.web_chat.rules.numbers import LIMITS, ChatNumbers
from huiyin.working_time.public import calendar_choices

LABELS = {
    "first_answer_minutes": _("First answer promised within working minutes"),
    "missed_minutes": _("Missed after minutes without an answer"),
    "left_minutes": _("Gone after minutes without a sign of the visitor's page"),
    "idle_minutes": _("A silent talk ends after minutes"),
    "poll_seconds": _("Seconds between two looks for news"),
    "lines_per_minute": _("Lines of a visitor in a minute, at most"),
    "starts_per_hour": _("Talks from one network address in an hour, at most"),
    "waiting_at_once": _("Visitors waiting at once, at most"),
    "longest": _("Longest line in characters"),
    "talks_at_once": _("Talks of one agent at once, at most"),
}


class RulesForm(forms.Form):
    """All numbers, the calendar, the department and the sites."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    calendar = forms.ChoiceField(label=_("Calendar"), choices=calendar_choices)
    department = forms.ChoiceField(label=_("Department that answers"), choices=departments)
    sites = forms.CharField(
        label=_("Sites that may show the chat"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "mono"}),
        help_text=_("One line each, as https://www.example.cn; https://*.example.cn means all of them."),
    )
    effective_from = DayField(label=_("Holds from"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (least, most) in LIMITS.items():
            self.fields[name] = forms.IntegerField(label=LABELS[name], min_value=least, max_value=most)

    def data_of(self) -> dict[str, Any]:
        """The numbers as they are stored."""
        given = self.cleaned_data
        sites = [line.strip() for line in given["sites"].splitlines() if line.strip()]
        return {**{name: given[name] for name in (*LIMITS, "calendar", "department")}, "sites": sites}


@dataclass(frozen=True)
class RulesPage:
    """The versions, and what to put into a page of one's own site."""

    versions: list[Version]
    address: str
    numbers: list[str]


@page("chat-rules/", name="chat-rules", needs="web_chat.change")
def chat_rules(request: Request) -> HttpResponse:
    """Shows the numbers and takes a new version."""
    today = clock.now().date()
    form = RulesForm(request.POST or None, initial=_initial(numbers_on(today), today))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals(form):
            save_rules(
                call_of(request),
                data=form.data_of(),
                effective_from=given["effective_from"],
                reason=given["reason"],
                expected=given["version"],
            )
            messages.success(request, gettext("Saved."))
        if not form.errors:
            return go("chat-rules")
    context = RulesPage(versions_of(rules_rows(), today), f"{settings.PUBLIC_URL}{reverse('chat-start')}", list(LIMITS))
    return show(request, "web_chat/rules.html", context, 422 if form.errors else 200, form=form)


def _initial(numbers: ChatNumbers, today: object) -> dict[str, Any]:
    newest = max((row.version for row in rules_rows()), default=0)
    return {
        **numbers.as_data(),
        "sites": "\n".join(numbers.sites),
        "version": newest,
        "effective_from": today,
    }
