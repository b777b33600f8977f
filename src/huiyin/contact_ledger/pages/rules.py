"""The contact rules: changed field by field, and their versions side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.contact_ledger.actions.save_rules import CHANGE, save_rules
from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.pages.rules_form import RulesForm, placed
from huiyin.contact_ledger.queries.rule_versions import hours_of_week, newest_rules, rules_content, rules_versions
from huiyin.contact_ledger.queries.rule_words import rules_differences
from huiyin.contact_ledger.queries.rules import today_at
from huiyin.contact_ledger.rules.rule_faults import cut_windows
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Difference, Version, two_of
from huiyin.kernel.refusal import NotFound


@dataclass(frozen=True)
class RulesPage:
    """The newest rules, and what of them will not work out."""

    rules: ContactRules
    warnings: list[str]


@dataclass(frozen=True)
class RulesVersionsPage:
    """All versions of the rules, and two of them side by side."""

    versions: list[Version]
    older: ContactRules
    newer: ContactRules
    differences: list[Difference]
    may_change: bool


@page("contacts/rules/", name="contact-rules", needs=CHANGE)
def contact_rules(request: Request) -> HttpResponse:
    """Changes the contact rules; the form begins with the newest version."""
    today = today_at(clock.now())
    rules = newest_rules(today)
    form = RulesForm(request.POST or None, kept=rules_content(rules), today=today)
    if request.method == "POST" and form.is_valid():
        with refusals(form), placed():
            _save(request, form)
        if not form.errors:
            return go("contact-rules-versions")
    warnings = [say(each) for each in cut_windows(rules.contact_numbers, hours_of_week(rules.calendar, today))]
    status = 422 if form.errors else 200
    return show(request, "contact_ledger/rules.html", RulesPage(rules, warnings), status=status, form=form)


def _save(request: Request, form: RulesForm) -> None:
    given, version = form.cleaned_data, request.POST.get("version", "")
    saved = save_rules(
        call_of(request),
        form.content(),
        effective_from=given["effective_from"],
        reason=given["reason"],
        expected=int(version) if version.isdecimal() else None,
    )
    messages.success(
        request, gettext("The contact rules are saved as version %(version)s.") % {"version": saved.version}
    )


@page("contacts/rules/versions/", name="contact-rules-versions", needs="contacts.see")
def versions_of_rules(request: Request) -> HttpResponse:
    """The versions of the contact rules with who and why, two of them compared."""
    versions = rules_versions(today_at(clock.now()))
    if not versions:
        raise NotFound
    older, newer = two_of(request.GET, versions)
    found = rules_differences(rules_content(older), rules_content(newer))
    context = RulesVersionsPage(versions, older, newer, found, request.actor.may(CHANGE))
    return show(request, "contact_ledger/rules_versions.html", context)
