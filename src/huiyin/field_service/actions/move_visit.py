"""Moves an appointment, for the company or the customer by link; both are told."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.channels.public import notify_staff
from huiyin.field_service.actions.booking import book, check_time, ending
from huiyin.field_service.actions.locking import locked
from huiyin.field_service.actions.telling import tell_appointment
from huiyin.field_service.events import SiteVisitPlanned
from huiyin.field_service.models import SiteVisit
from huiyin.field_service.queries.offers import slots_of
from huiyin.field_service.rules.lifecycle import SITE
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

TOO_LATE = _("It is too late to move the appointment here. Please call us.")


@action("field_service.move", needs="field_service.plan")
def move_visit(
    act: Act, visit_id: int, *, start_at: datetime, end_at: datetime | None = None, reason: str
) -> SiteVisit:
    """Moves an appointment that has not begun, with the reason; it keeps its length unless an end is given.

    Raises:
        Invalid: a time that does not do, or no reason.
        Conflict: the engineer has another appointment then, or is already on the way.
    """
    visit = locked(act, visit_id, "move")
    if not reason.strip():
        raise Invalid(message(_("This needs a reason.")), {"reason": message(_("A value is missing."))})
    _moved(act, visit, start_at, end_at, reason.strip())
    return visit


@action("field_service.move_by_link")
def move_by_link(act: Act, token: str, *, start_at: datetime) -> SiteVisit:
    """The customer chooses one of the free times that are offered.

    Raises:
        NotFound: nobody was given this link.
        Conflict: the link has run out, it is too late to move it alone, or the time is no longer free.
    """
    visit = visit_by_link(act, token)
    _still_movable(act, visit)
    if start_at not in {slot.start for slot in slots_of(visit, act.now, most=500)}:
        raise Conflict(message(_("This time is no longer free. Please choose another one.")))
    _moved(act, visit, start_at, None, "")
    return visit


@action("field_service.ask_by_link")
def ask_to_move(act: Act, token: str, *, words: str) -> SiteVisit:
    """The customer says what would suit; the engineer and whoever made the appointment are told.

    Raises:
        NotFound: nobody was given this link.
        Invalid: no words.
        Conflict: the link has run out, or the engineer is on the way or done.
    """
    visit = visit_by_link(act, token)
    _not_begun(visit)
    if not words.strip():
        why = message(_("Please say what would suit you."))
        raise Invalid(why, {"words": why})
    visit.asked_words, visit.asked_at = words.strip()[:500], act.now
    visit.save(update_fields=["asked_words", "asked_at"])
    act.record(visit, customer_id=visit.case.customer_id)
    text = message(_("Site visit %(number)s: the customer asks for another time."), number=visit.number)
    _tell_staff(act, visit, text)
    return visit


def visit_by_link(act: Act, token: str) -> SiteVisit:
    """The visit of a link, locked.

    Raises:
        NotFound: nobody was given this link.
        Conflict: it has run out.
    """
    pk = SiteVisit.objects.filter(token=token).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(message(_("This link does not exist. Please check that it was copied whole.")))
    visit = act.lock(SiteVisit.objects.all(), pk)
    if not visit.link_good(act.now):
        raise Conflict(message(_("This link has expired. Please ask us for a new one.")))
    return visit


def _still_movable(act: Act, visit: SiteVisit) -> None:
    _not_begun(visit)
    if act.now > visit.start_at - timedelta(hours=visit.rules.field_numbers.move_until_hours):
        raise Conflict(message(TOO_LATE))


def _not_begun(visit: SiteVisit) -> None:
    """As the lifecycle has it, in words for customers."""
    try:
        SITE.move("move", visit.state)
    except Conflict:
        raise Conflict(message(TOO_LATE)) from None


def _moved(act: Act, visit: SiteVisit, start: datetime, end: datetime | None, reason: str) -> None:
    before, finish = visit.start_at, ending(start, end, visit.end_at - visit.start_at)
    check_time(act, visit.engineer, start, finish, visit.rules)
    visit.start_at, visit.end_at, visit.moved_times = start, finish, visit.moved_times + 1
    visit.asked_words, visit.asked_at = "", None
    visit.link_until = finish + timedelta(days=visit.rules.field_numbers.link_days)
    book(visit)
    visit.told_way = tell_appointment(act, visit)
    visit.save(update_fields=["told_way"])
    act.record(
        visit, customer_id=visit.case.customer_id, reason=reason, before=before.isoformat(), start=start.isoformat()
    )
    _tell_staff(act, visit, message(_("Site visit %(number)s was moved."), number=visit.number))
    act.emit(SiteVisitPlanned(visit.pk, visit.case_id, visit.engineer_id, start))


def _tell_staff(act: Act, visit: SiteVisit, text: Message) -> None:
    people = {visit.engineer_id, visit.made_by_id} - {None, act.actor.staff_id}
    notify_staff(act.call, sorted(filter(None, people)), text, page="site-visit", args=[visit.pk])
