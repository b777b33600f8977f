"""One person: who it is, roles, skills, capacity, shifts, leave; changed by those who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.slots import FilledPanel, panels_of
from huiyin.organisation.actions.save_person import save_person
from huiyin.organisation.models import Leave, Staff
from huiyin.organisation.pages import choices
from huiyin.organisation.queries.duty import duty_of
from huiyin.organisation.queries.structure import one_of, people_seen_by
from huiyin.organisation.rules.shifts import Duty, said

CHANGE = "organisation.change"


class PersonForm(forms.Form):
    """What is known about a person."""

    username = forms.CharField(label=_("Staff number"), max_length=60)
    name = forms.CharField(label=_("Full name"), max_length=60)
    email = forms.EmailField(label=_("Email"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    department_id = forms.ChoiceField(label=_("Department"), required=False)
    store_id = forms.ChoiceField(label=_("Store"), required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    skills = forms.CharField(label=_("Skills"), required=False, help_text=_("Separate several with commas."))
    languages = forms.CharField(label=_("Languages"), required=False, help_text=_("Separate several with commas."))
    daily_capacity = forms.IntegerField(label=_("Calls a day"), min_value=0, max_value=500, initial=50)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department_id"].choices = choices.departments()  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["store_id"].choices = choices.stores()  # type: ignore[attr-defined]
        self.fields["roles"].choices = choices.roles()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        given = self.cleaned_data
        return {
            **given,
            "department_id": choices.number(given["department_id"]),
            "store_id": choices.number(given["store_id"]),
            "skills": choices.words(given["skills"]),
            "languages": choices.words(given["languages"]),
        }


@dataclass(frozen=True)
class PersonPage:
    """The person (None while a new one is made) and what the viewer may do."""

    person: Staff | None
    roles: str
    leave: list[Leave]
    panels: list[FilledPanel]
    week: list[tuple[int, str, str]]
    days: list[tuple[date, str]]
    can_change: bool
    successors: list[tuple[str, str]]
    myself: bool


@page("organisation/people/new/", name="person-new", needs=CHANGE)
def new_person(request: Request) -> HttpResponse:
    """Takes a new person in."""
    form = PersonForm(request.POST or None)
    return _saved(request, None, form) or shown(request, None, form)


@page("organisation/people/<int:staff_id>/", name="person", needs="organisation.see")
def person_page(request: Request, staff_id: int) -> HttpResponse:
    """Shows a person; whoever may change people changes it here."""
    person = one_of(people_seen_by(request.actor), staff_id)
    form = PersonForm(request.POST or None, initial=_known(person))
    return _saved(request, person, form) or shown(request, person, form)


def _known(person: Staff) -> dict[str, Any]:
    return {
        **{name: getattr(person, name) for name in PersonForm.base_fields if hasattr(person, name)},
        "skills": ", ".join(person.skills),
        "languages": ", ".join(person.languages),
    }


def known_form(person: Staff) -> PersonForm:
    """The form with what is known about a person."""
    return PersonForm(initial=_known(person))


def _week(duty: Duty, typed: Sequence[str]) -> list[tuple[int, str, str]]:
    """The seven days with their names and shifts."""
    stored = [said(duty.week.get(number, ())) for number in WEEKDAYS_ABBR]
    return [(number, str(label), [*(typed or stored)][number]) for number, label in WEEKDAYS_ABBR.items()]


def _saved(request: Request, person: Staff | None, form: PersonForm) -> HttpResponse | None:
    """Carries the form out; None when there is nothing to carry out or something is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    saved = person
    with refusals(form):
        saved = save_person(call_of(request), person.pk if person else None, **form.values())
    if form.errors:
        return None
    return go("person", saved.pk) if saved else go("people")


def shown(
    request: Request, person: Staff | None, form: forms.Form, *, week: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """The page, with the form as it stands; ``week``: shifts as they were just typed."""
    may = request.actor.may(CHANGE)
    labels = dict(choices.roles())
    duty = duty_of(person.pk) if person else Duty()
    context = PersonPage(
        person=person,
        roles=" · ".join(labels.get(code, code) for code in person.roles) if person else "",
        week=_week(duty, week),
        days=[(day, said(shifts)) for day, shifts in sorted(duty.days.items(), reverse=True)[:20]],
        leave=list(person.leave.select_related("stand_in").order_by("-first_day")[:20]) if person else [],
        panels=panels_of("person", request.actor, person.pk) if person else [],
        can_change=may,
        successors=choices.people(without=person.pk) if person and may else [],
        myself=person is not None and person.pk == request.actor.id,
    )
    return show(request, "organisation/person.html", context, status=422 if form.errors else status, form=form)
