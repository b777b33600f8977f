"""Forms of joining somebody who wrote on a platform to a customer, and of taking that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.join_identity import join_writer, part_writer
from huiyin.cases.pages.forms.base import StepForm


class JoinForm(StepForm):
    """Which customer they are."""

    verb = "join_identity"
    action = join_writer
    identity_id = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Customer number"), max_length=20)


class PartForm(StepForm):
    """Takes it back."""

    verb = "part_identity"
    action = part_writer
    identity_id = forms.IntegerField(widget=forms.HiddenInput)


WRITER_FORMS: tuple[type[Any], ...] = (JoinForm, PartForm)
