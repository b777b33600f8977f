"""Policies, plan numbers, contact rules and scripts as a file: out, and in after a look at what would change."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.foundation import clock
from huiyin.foundation.file_page import Taking, as_file, file_page
from huiyin.foundation.pages import Request, page
from huiyin.visits.actions.import_policies import changes_in, import_policies
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_files import exported

TAKING = Taking(CHANGE, changes_in, import_policies, back="visit-policies")


@page("visits/policies/files/", name="visit-policy-files", needs="visits.see_policies")
def files(request: Request) -> HttpResponse:
    """Exports, or looks at a file and takes it."""
    return file_page(request, "visits/policy_files.html", TAKING)


@page("visits/policies/files/export/", name="visit-policy-export", needs="visits.see_policies")
def export(request: Request) -> HttpResponse:  # noqa: ARG001 - every page takes it
    """The newest version of everything as a JSON file."""
    return as_file(exported(), f"huiyin-visits-{company_today(clock.now()).isoformat()}.json")
