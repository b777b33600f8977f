"""Makes an appointment: the case gets a task, the engineer and the customer are told."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from huiyin.cases.public import Case, take_step
from huiyin.channels.public import notify_staff
from huiyin.field_service.actions.booking import book, check_time, ending
from huiyin.field_service.actions.telling import tell_appointment
from huiyin.field_service.events import SiteVisitPlanned
from huiyin.field_service.models import SiteVisit
from huiyin.field_service.queries.contact import contact_of, places_of
from huiyin.field_service.queries.rules import rules_in_force, today_of
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Role, Staff, with_role
from huiyin.working_time.public import calendar_of


@action("field_service.plan", needs="field_service.plan")
def plan_visit(
    act: Act,
    case_id: int,
    *,
    engineer_id: int,
    start_at: datetime,
    end_at: datetime | None = None,
    purpose: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    address_id: int | None = None,
    address: str = "",
) -> SiteVisit:
    """Makes an appointment for a case; without an end it has the usual length, without an address the main one.

    Raises:
        NotFound: no such case in the actor's area.
        Invalid: no such engineer, a time that does not do, or no address.
        Conflict: the engineer has another appointment then, or the case is no longer in work.
    """
    case = Case.objects.in_area_of(act.actor).select_related("customer").filter(pk=case_id).first()
    if case is None:
        raise NotFound
    rules = rules_in_force(today_of(act.now))
    engineer, known = _engineer(engineer_id), contact_of(case)
    end = ending(start_at, end_at, timedelta(minutes=rules.field_numbers.slot_minutes))
    check_time(act, engineer, start_at, end, rules)
    area, line = _where(case, address_id, address)
    visit = SiteVisit(
        number=_number(case),
        case=case,
        engineer=engineer,
        start_at=start_at,
        end_at=end,
        purpose=purpose.strip()[:500],
        contact_name=(contact_name.strip() or known.name)[:80],
        contact_phone=(contact_phone.strip() or known.phone)[:30],
        area=area[:200],
        address=line[:400],
        rules=rules,
        token=secrets.token_urlsafe(24),
        link_until=end + timedelta(days=rules.field_numbers.link_days),
        made_at=act.now,
        made_by_id=act.actor.staff_id,
    )
    book(visit)
    _task(act, visit)
    _tell(act, visit)
    return visit


def _engineer(staff_id: int) -> Staff:
    found = with_role(Role.ENGINEER).filter(pk=staff_id).first()
    if found is None:
        why = message(_("Choose an engineer."))
        raise Invalid(why, {"engineer_id": why})
    return found


def _where(case: Case, address_id: int | None, typed: str) -> tuple[str, str]:
    """What everybody sees of the place, and all of it."""
    if typed.strip():
        return "", typed.strip()
    places = places_of(case)
    chosen = next((place for place in places if address_id in (None, place.pk)), None)
    if chosen is None:
        why = message(_("Where does the engineer go? Choose an address or type one."))
        raise Invalid(why, {"address": why})
    return chosen.area, chosen.line


def _number(case: Case) -> str:
    made = f"{case.number}-"  # counted by name: visits come and go with merges
    return f"{made}{SiteVisit.objects.filter(number__startswith=made).count() + 1}"


def _task(act: Act, visit: SiteVisit) -> None:
    zone = calendar_of(visit.rules.calendar).zone
    visit.task = take_step(
        act.call,
        visit.case_id,
        "add_task",
        title=visit.purpose[:120] or visit.case.title[:120],
        person_id=visit.engineer_id,
        due_on=visit.end_at.astimezone(zone).date(),
        kind="site_visit",
    )
    visit.save(update_fields=["task"])


def _tell(act: Act, visit: SiteVisit) -> None:
    visit.told_way = tell_appointment(act, visit)
    visit.save(update_fields=["told_way"])
    act.record(visit, customer_id=visit.case.customer_id, start=visit.start_at.isoformat(), told=visit.told_way)
    if visit.engineer_id != act.actor.id:
        text = message(_("Site visit %(number)s: you have a new appointment."), number=visit.number)
        notify_staff(act.call, [visit.engineer_id], text, page="site-visit", args=[visit.pk])
    act.emit(SiteVisitPlanned(visit.pk, visit.case_id, visit.engineer_id, visit.start_at))
