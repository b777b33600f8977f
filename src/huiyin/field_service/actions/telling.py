"""Tells the customer about a site visit, by SMS or mail, in the customer's language, with a link to see and move it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.channels.public import can_reach, is_set_up, send_message
from huiyin.field_service.models import SiteVisit
from huiyin.field_service.queries.contact import Reach, reach_of
from huiyin.field_service.sms_texts import APPOINTMENT, CALLED_OFF, REPORT
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid

SMS, MAIL = "sms", "email"
Letter = Callable[[SiteVisit, Reach, str], tuple[str, str]]
"""Builds subject and text in the language in force from the visit, whom it is for, and the link."""


def tell_appointment(act: Act, visit: SiteVisit) -> str:
    """Tells when who comes."""
    values = {"engineer": visit.engineer.name, "start": moment(visit), **_common(visit)}
    return _tell(act, visit, APPOINTMENT, values, _appointment)


def tell_called_off(act: Act, visit: SiteVisit) -> str:
    """Tells that nobody comes."""
    return _tell(act, visit, CALLED_OFF, _common(visit), _called_off)


def tell_report(act: Act, visit: SiteVisit) -> str:
    """Hands the signed report over."""
    return _tell(act, visit, REPORT, _common(visit), _report)


def link_of(visit: SiteVisit) -> str:
    """The full address of the customer's page."""
    return f"{settings.PUBLIC_URL}{reverse('site-visit-for-customer', args=[visit.token])}"


def moment(visit: SiteVisit) -> str:
    """When it begins, in the company's zone."""
    return date_format(timezone.localtime(visit.start_at, timezone.get_default_timezone()), "Y-m-d H:i")


def _common(visit: SiteVisit) -> dict[str, str]:
    return {"number": visit.case.number, "token": visit.token}


def _tell(act: Act, visit: SiteVisit, sms: str, values: dict[str, str], letter: Letter) -> str:
    """How it was sent; "" when the customer has to be told by phone."""
    reach = reach_of(visit)
    about = (visit._meta.label_lower, visit.pk)
    if reach.phone and can_reach(SMS, reach.phone) and is_set_up(SMS, sms):
        customer = visit.case.customer_id
        send_message(act.call, kind=SMS, to=reach.phone, template=sms, values=values, about=about, customer=customer)
        return SMS
    if not reach.email:
        return ""
    with translation.override(reach.language):
        subject, text = letter(visit, reach, link_of(visit))
    try:
        send_message(
            act.call,
            kind=MAIL,
            to=reach.email,
            subject=f"{subject} [{visit.case.number}]",
            text=text,
            about=about,
            customer=visit.case.customer_id,
        )
    except Invalid:  # an address nothing can be sent to: to be told by phone
        return ""
    return MAIL


def _appointment(visit: SiteVisit, reach: Reach, link: str) -> tuple[str, str]:
    text = _(
        "Dear %(name)s,\n\n"
        "our engineer %(engineer)s comes to you on %(start)s for your matter %(number)s.\n"
        "If this does not suit you, you can move the appointment here: %(link)s"
    )
    return _("Our engineer comes to you"), text % {
        "name": reach.name or _("customer"),
        "engineer": visit.engineer.name,
        "start": moment(visit),
        "number": visit.case.number,
        "link": link,
    }


def _called_off(visit: SiteVisit, reach: Reach, link: str) -> tuple[str, str]:
    text = _("Dear %(name)s,\n\nthe visit of our engineer for your matter %(number)s is called off.\n%(link)s")
    values = {"name": reach.name or _("customer"), "number": visit.case.number, "link": link}
    return _("The visit of our engineer is called off"), text % values


def _report(visit: SiteVisit, reach: Reach, link: str) -> tuple[str, str]:
    text = _(
        "Dear %(name)s,\n\n"
        "our engineer was with you for your matter %(number)s. The service report you signed: %(link)s"
    )
    values = {"name": reach.name or _("customer"), "number": visit.case.number, "link": link}
    return _("Your service report"), text % values
