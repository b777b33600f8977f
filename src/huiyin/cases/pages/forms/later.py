"""The form of a day agreed with the customer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.agree_follow_up import agree_follow_up
from huiyin.cases.pages.forms.base import StepForm, text_field
from huiyin.foundation import clock
from huiyin.foundation.forms import DayField


class FollowUpForm(StepForm):
    """From which day on, and about what."""

    verb = "agree_follow_up"
    action = agree_follow_up
    on = DayField(
        label=_("Agreed day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("A visit of its own; it is not made before this day, and stays when the case closes."),
    )
    words = text_field(_("What is to be asked then"), rows=2)

    def prepare(self) -> None:
        """Starts a week from today."""
        self.initial = {"on": timezone.localtime(clock.now()).date() + timedelta(days=7)}


LATER_FORMS: tuple[type[Any], ...] = (FollowUpForm,)
