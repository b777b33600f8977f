"""Departments: the list, and one department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.organisation.actions.save_department import save_department
from huiyin.organisation.models import Department
from huiyin.organisation.pages import choices
from huiyin.organisation.pages.person import CHANGE
from huiyin.organisation.queries.structure import departments_seen_by, one_of


class DepartmentForm(forms.Form):
    """A department's fields."""

    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("Routing and imports name it by this."))
    name = forms.CharField(label=_("Name"), max_length=60)
    head_id = forms.ChoiceField(label=_("Head"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head_id"].choices = choices.people()  # type: ignore[attr-defined]  # a ChoiceField


@dataclass(frozen=True)
class DepartmentsPage:
    """All departments."""

    rows: list[Department]


@dataclass(frozen=True)
class DepartmentPage:
    """One department; None while a new one is made."""

    department: Department | None


@page("organisation/departments/", name="departments", needs="organisation.see")
def departments_page(request: Request) -> HttpResponse:
    """All departments by code; a company has few."""
    rows = list(departments_seen_by(request.actor).order_by("code"))
    return show(request, "organisation/departments.html", DepartmentsPage(rows))


@page("organisation/departments/new/", name="department-new", needs=CHANGE)
def new_department(request: Request) -> HttpResponse:
    """Makes a department."""
    return _edit(request, None)


@page("organisation/departments/<int:department_id>/", name="department", needs=CHANGE)
def department_page(request: Request, department_id: int) -> HttpResponse:
    """Changes a department."""
    return _edit(request, one_of(departments_seen_by(request.actor), department_id))


def _edit(request: Request, department: Department | None) -> HttpResponse:
    known = {name: getattr(department, name) for name in DepartmentForm.base_fields} if department else None
    form = DepartmentForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        head = choices.number(form.cleaned_data.pop("head_id"))
        with refusals(form):
            save_department(call_of(request), department.pk if department else None, head_id=head, **form.cleaned_data)
        if not form.errors:
            return go("departments")
    status = 422 if form.errors else 200
    return show(request, "organisation/department.html", DepartmentPage(department), status=status, form=form)
