"""Site visits as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from huiyin.cases.public import Case
from huiyin.customers.public import mask_address, mask_phone
from huiyin.field_service.models import ServiceReport, SiteVisit, VisitPhoto
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Role, with_role
from huiyin.working_time.public import calendar_of


@dataclass(frozen=True)
class Shown:
    """What everybody may see of place and phone."""

    address: str
    phone: str


def shown_of(visit: SiteVisit) -> Shown:
    """Address and phone, masked."""
    return Shown(
        mask_address("", "", visit.area, visit.address), mask_phone(visit.contact_phone) if visit.contact_phone else ""
    )


def visits_of_day(actor: Actor, day: date, engineer_id: int | None = None) -> QuerySet[SiteVisit]:
    """The visits of a day (company's zone) in the viewer's sight, in the order in which they begin."""
    start = datetime.combine(day, datetime.min.time(), calendar_of("standard").zone)
    rows = SiteVisit.objects.visible_to(actor).filter(start_at__gte=start, start_at__lt=start + timedelta(days=1))
    if engineer_id is not None:
        rows = rows.filter(engineer=engineer_id)
    return rows.exclude(state="cancelled").select_related("case", "engineer").order_by("start_at", "id")


def visits_listed(actor: Actor, which: str, engineer_id: int | None = None) -> QuerySet[SiteVisit]:
    """Visits by tab: ``coming`` (open ones), ``done``, or all; newest appointment first but for the coming ones."""
    rows = SiteVisit.objects.visible_to(actor).select_related("case", "engineer")
    if engineer_id is not None:
        rows = rows.filter(engineer=engineer_id)
    if which == "coming":
        return rows.filter(state__in=["planned", "on_way", "arrived", "working"])
    return rows.filter(state="done") if which == "done" else rows


def visit_seen_by(actor: Actor, visit_id: int) -> SiteVisit:
    """One visit.

    Raises:
        NotFound: there is none in the viewer's sight.
    """
    rows = SiteVisit.objects.visible_to(actor).select_related("case__customer", "engineer", "rules", "made_by")
    found = rows.filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    return found


def visit_of_link(token: str) -> SiteVisit:
    """The visit of a customer's link.

    Raises:
        NotFound: nobody was given this link.
    """
    rows = SiteVisit.objects.select_related("case__customer", "engineer", "rules")
    found = rows.filter(token=token).first()
    if found is None:
        raise NotFound(message(_("This link does not exist. Please check that it was copied whole.")))
    return found


def visits_of_case(actor: Actor, case_id: int) -> list[SiteVisit]:
    """The visits of a case in the viewer's sight, newest first."""
    rows = SiteVisit.objects.visible_to(actor).filter(case=case_id).select_related("engineer")
    return list(rows.order_by("-start_at", "-id"))


def report_of(visit: SiteVisit) -> ServiceReport | None:
    """The report, if one was begun."""
    return ServiceReport.objects.filter(visit=visit).first()


def photo_of_visit(visit: SiteVisit, photo_id: int) -> VisitPhoto:
    """One photo.

    Raises:
        NotFound: the visit has no such photo.
    """
    photo = visit.photos.filter(pk=photo_id).first()
    if photo is None:
        raise NotFound
    return photo


def case_to_plan(actor: Actor, case_id: int) -> Case:
    """The case an appointment is made for.

    Raises:
        NotFound: it is not in the actor's area.
    """
    case = Case.objects.in_area_of(actor).select_related("customer", "product").filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def engineers() -> list[tuple[int, str]]:
    """Engineers for a choice."""
    return list(with_role(Role.ENGINEER).order_by("username").values_list("pk", "name"))
