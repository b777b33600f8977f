"""Whom a form's news concern."""

from __future__ import annotations

from huiyin.channels.public import notify_staff
from huiyin.demand_forms.models import DemandForm
from huiyin.foundation.actions import Act
from huiyin.kernel.words import Message
from huiyin.organisation.public import Department


def tell_asker(act: Act, form: DemandForm, text: Message) -> None:
    """Tells whoever signed the form up, unless it was the one who acts."""
    if form.asked_by_id and form.asked_by_id != act.actor.staff_id:
        notify_staff(act.call, [form.asked_by_id], text, page="demand-form", args=[form.pk])


def tell_receiver(act: Act, form: DemandForm, department: int | None, text: Message) -> None:
    """Tells the head of the department that decides, unless it is the one who acts."""
    head = Department.objects.filter(pk=department or 0).values_list("head", flat=True).first()
    if head and head != act.actor.staff_id:
        notify_staff(act.call, [head], text, page="demand-form", args=[form.pk])
