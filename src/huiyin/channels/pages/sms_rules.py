"""Quiet hours, the words that stop messages, the longest text."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.channels.actions.save_sms_rules import save_sms_rules
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.rules.sms.policy import SmsNumbers
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show

FEWEST, MOST = 70, 1000


class RulesForm(forms.Form):
    """The numbers that a company changes."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=_("The same time twice: no quiet hours."),
    )
    opt_out_words = forms.CharField(
        label=_("Words that stop messages"),
        max_length=400,
        help_text=_("Separated by commas. Latin letters count only as the whole answer, Chinese words also within."),
    )
    most_characters = forms.IntegerField(label=_("Longest message, in characters"), min_value=FEWEST, max_value=MOST)

    def clean_opt_out_words(self) -> list[str]:
        """The words one by one; Chinese commas count too."""
        written = str(self.cleaned_data["opt_out_words"]).replace("，", ",").replace("、", ",")
        return [word.strip() for word in written.split(",") if word.strip()]


@dataclass(frozen=True)
class RulesPage:
    """The numbers in force."""

    numbers: SmsNumbers


@page("sms/rules/", name="sms-rules", needs="channels.change")
def rules_page(request: Request) -> HttpResponse:
    """Changes the rules from now on."""
    numbers = sms_numbers()
    known = {
        "quiet_from": numbers.quiet_from,
        "quiet_until": numbers.quiet_until,
        "opt_out_words": ", ".join(numbers.opt_out_words),
        "most_characters": numbers.most_characters,
    }
    form = RulesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_sms_rules(call_of(request), **form.cleaned_data)
        if not form.errors:
            return go("sms")
    return show(request, "channels/sms_rules.html", RulesPage(numbers), status=422 if form.errors else 200, form=form)
