"""While a new case is typed: cases that may be the same matter, or others of the same customer or device."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.cases.pages.case_alike import AlikeLine, line_of
from huiyin.cases.queries.alike import Told, alike
from huiyin.cases.queries.customers import customer_numbered
from huiyin.cases.queries.identity import Person
from huiyin.cases.queries.settings import settings_at
from huiyin.cases.rules.new_case import LONGEST_TEXT
from huiyin.cases.rules.threads import title_of
from huiyin.customers.public import normal_phone
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show


@dataclass(frozen=True)
class NewAlikePage:
    """What is like the case that is being typed."""

    rows: list[AlikeLine]


@page("cases/new/alike/", name="case-new-alike", needs="cases.open")
def case_new_alike(request: Request) -> HttpResponse:
    """A part of the form of a new case; asked anew while one types."""
    now = clock.now()
    rows = alike(request.actor, _told(request), settings_at(now).likeness, now)
    return show(request, "cases/_new_alike.html", NewAlikePage([line_of(row) for row in rows]))


def _told(request: Request) -> Told:
    given = {name: str(value).replace("\x00", "").strip()[:LONGEST_TEXT] for name, value in request.POST.items()}
    customer = customer_numbered(request.actor, given.get("customer", ""))
    phone, words = given.get("reporter_phone", ""), given.get("description", "")
    return Told(
        title=title_of(words) if words else "",
        description=words,
        person=Person(customer.pk if customer else None, normal_phone(phone) or "", given.get("reporter_email", "")),
        serial=given.get("serial", ""),
        product=given.get("product_name", ""),
    )
