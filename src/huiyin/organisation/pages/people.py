"""People of the company, as far as one sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.organisation.models import Staff
from huiyin.organisation.pages import choices
from huiyin.organisation.queries.structure import people_matching, people_seen_by
from huiyin.organisation.rules.roles import Role


@dataclass(frozen=True)
class PersonRow:
    """One person with the roles in words."""

    person: Staff
    roles: str


@dataclass(frozen=True)
class PeoplePage:
    """A page of people found."""

    rows: list[PersonRow]
    page: KeysetPage[Staff]
    text: str
    role: str
    roles: list[tuple[str, str]]
    former: bool


@page("organisation/", name="people", needs="organisation.see")
def people_page(request: Request) -> HttpResponse:
    """The list, by staff number."""
    text, role, former = request.GET.get("text", "").strip(), request.GET.get("role", ""), "former" in request.GET
    found = people_matching(people_seen_by(request.actor), text, former=former)
    if role in set(Role):
        found = found.filter(roles__contains=[role])
    rows = keyset(found, order=("username",), after=request.GET.get("after"))
    labels = dict(choices.roles())
    context = PeoplePage(
        rows=[PersonRow(person, " · ".join(labels.get(code, code) for code in person.roles)) for person in rows.rows],
        page=rows,
        text=text,
        role=role,
        roles=choices.roles(),
        former=former,
    )
    return show(request, "organisation/people.html", context)
