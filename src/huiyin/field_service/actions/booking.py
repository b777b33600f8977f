"""What making and moving an appointment share: is there time, and is nobody booked twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from huiyin.field_service.models import FieldRules, SiteVisit
from huiyin.field_service.queries.offers import on_duty
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far
from huiyin.organisation.public import Staff


def ending(start: datetime, end: datetime | None, usual: timedelta) -> datetime:
    """The end of an appointment: as given, or after the usual time.

    Raises:
        Invalid: it begins or ends centuries away.
    """
    for name, moment in (("start_at", start), ("end_at", end)):
        if moment is not None and (far := why_far(moment)):
            raise Invalid(far, {name: far})
    return end or start + usual


def check_time(act: Act, engineer: Staff, start: datetime, end: datetime, rules: FieldRules) -> None:
    """Lets a time pass in which the engineer can come.

    Raises:
        Invalid: it has passed, ends before it begins, or the engineer is off duty or away.
    """
    if start <= act.now:
        why = message(_("This moment has already passed."))
        raise Invalid(why, {"start_at": why})
    if end <= start:
        why = message(_("An appointment ends after it begins."))
        raise Invalid(why, {"end_at": why})
    if not on_duty(engineer, start, end, rules):
        why = message(_("%(name)s is away or off duty at this time."), name=engineer.name)
        raise Invalid(why, {"start_at": why})


def book(visit: SiteVisit) -> None:
    """Saves a visit; the database lets nobody be at two places at once.

    Raises:
        Conflict: the engineer has another appointment then.
    """
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        if "site_visit_not_double_booked" not in str(error):
            raise
        text = _("%(name)s already has an appointment at this time. Choose another one.")
        raise Conflict(message(text, name=visit.engineer.name)) from None
