"""Puts a questionnaire to a customer about a subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.actions.keep_answers import JUST_ASKED
from huiyin.questionnaires.actions.make_link import new_link
from huiyin.questionnaires.models import Asking, Questionnaire
from huiyin.questionnaires.queries.questionnaires import newest
from huiyin.questionnaires.rules.words import AskingState

COLUMNS = {"agent": "agent_id", "department": "department_id", "store": "store_id", "product": "product_id"}


@action("questionnaires.ask", needs="questionnaires.answer")
def ask(
    act: Act,
    *,
    questionnaire: str,
    subject: Model | tuple[str, int],
    customer: int | None = None,
    attribution: Mapping[str, Any] | None = None,
    expires_at: datetime | None = None,
    link: bool = True,
) -> Asking:
    """Asks the newest version of ``questionnaire`` about ``subject``; asking again while it is open gives the same one.

    ``attribution`` names whose work is judged (ids under ``agent``, ``department``, ``store``, ``product``, anything
    else as plain words) and is frozen now. ``expires_at`` defaults to the questionnaire's ``valid_days``. With ``link``
    the returned asking carries a fresh ``token`` for ``/q/<token>/``; it can never be read again.

    Raises:
        NotFound: no such questionnaire.
        Invalid: it would expire before it begins.
    """
    asking = asking_of(act, questionnaire, subject, customer, attribution or {}, expires_at)
    if asking.pk is None:
        asking = _saved(act, asking)
        act.record(asking, customer_id=asking.customer_id, questionnaire=str(asking.questionnaire))
    if link:
        asking.token = new_link(act, asking)
    return asking


def asking_of(
    act: Act,
    questionnaire: str,
    subject: Model | tuple[str, int],
    customer: int | None,
    attribution: Mapping[str, Any],
    expires_at: datetime | None = None,
) -> Asking:
    """The asking that still waits for this subject, locked, or a new one, not saved; with its questions.

    Raises:
        NotFound: no such questionnaire.
        Invalid: it would expire before it begins.
    """
    form = newest(questionnaire)
    label, pk = subject if isinstance(subject, tuple) else (subject._meta.label_lower, subject.pk)
    asking = _standing(act, form, label, pk)
    if asking is not None:
        return asking
    until = expires_at or act.now + timedelta(days=form.valid_days)
    if until <= act.now:
        raise Invalid(message(_("A questionnaire cannot expire before it is asked.")))
    return Asking(
        questionnaire=form,
        subject=label,
        subject_id=pk,
        customer_id=customer,
        attribution=dict(attribution),
        asked_by=act.actor.id,
        asked_at=act.now,
        expires_at=until,
        **{column: attribution.get(name) for name, column in COLUMNS.items()},
    )


def _standing(act: Act, form: Questionnaire, subject: str, subject_id: int) -> Asking | None:
    """The asking that still waits for this subject; one that is overdue is closed first."""
    rows = Asking.objects.filter(subject=subject, subject_id=subject_id, questionnaire=form)
    asking = rows.filter(state__in=[AskingState.OPEN, AskingState.PARTIAL]).select_for_update(of=("self",)).first()
    if asking is None:
        return None
    asking.questionnaire = form
    if asking.expires_at > act.now:
        return asking
    asking.state = AskingState.EXPIRED
    asking.save(update_fields=["state"])
    return None


def _saved(act: Act, asking: Asking) -> Asking:
    """The new asking, saved; a twin that asks at the same moment wins quietly."""
    Asking.objects.bulk_create([asking], ignore_conflicts=True)
    twin = _standing(act, asking.questionnaire, asking.subject, asking.subject_id)
    if twin is None:
        raise Conflict(JUST_ASKED)
    return twin
