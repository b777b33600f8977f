"""Takes policies, plan numbers, contact rules and scripts from a file: what would change, then changes it (DIG-6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext

from huiyin.contact_ledger.public import ContactRules, rules_file
from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import Difference, demand_reason
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.actions.save_numbers import checked_numbers, write_numbers
from huiyin.visits.actions.save_policy import CHANGE, write_policy
from huiyin.visits.actions.save_script import checked_script, write_script
from huiyin.visits.models import PlanRules, Script, VisitPolicy
from huiyin.visits.queries.comparing import differences, number_differences, script_differences
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import content_of, known_codes, numbers_content, script_content
from huiyin.visits.rules.policy_content import Known, faults_of, read_content
from huiyin.visits.rules.policy_file import ONE_OF_A_KIND, Item, read_file

FAULTS_SAID = 20
SINGLE_TITLES = {"numbers": _("Numbers of the weekly plan"), "contact": _("Contact rules")}


@dataclass(frozen=True)
class Change:
    """What the file would do to one thing: ``last`` is the version there is (0: it is new), from when, and what."""

    item: Item
    content: dict[str, Any]
    last: int
    effective_from: date
    differences: list[Difference]

    @property
    def title(self) -> str:
        """What it is called."""
        if self.item.what in SINGLE_TITLES:
            return gettext(SINGLE_TITLES[self.item.what])
        return str(self.content.get("name_zh") or self.content.get("title_zh") or "")


@dataclass(frozen=True)
class _Sort:
    """How one sort of thing is compared and written."""

    model: type[models.Model]
    values: Callable[[Any], dict[str, Any]]
    compare: Callable[[Any, Any], list[Difference]]
    write: Callable[..., models.Model]


SORTS = {
    "kind": _Sort(VisitPolicy, content_of, differences, write_policy),
    "numbers": _Sort(PlanRules, numbers_content, number_differences, write_numbers),
    "contact": _Sort(ContactRules, rules_file.content_of, rules_file.differences, rules_file.write),
    "script": _Sort(Script, script_content, script_differences, write_script),
}


def changes_in(text: str, call: Call) -> list[Change]:
    """What the file would change, in the order it would be done; what is the same already is left out.

    A change holds from the file's date, but not before today; something new keeps the file's date.

    Raises:
        Invalid: the file cannot be read or something in it contradicts itself; nothing is changed.
    """
    today = company_today(call.now)
    items, faults = read_file(text), dict[str, Message]()
    known = known_codes()
    known = _with_scripts(known, {item.code for item in items if item.what == "script"})
    found = []
    for item in items:
        try:
            change = _change(item, known, today)
        except Invalid as refusal:
            faults |= _named(item, refusal)
        else:
            found += [change] if change else []
    if faults:
        raise Invalid(
            message(_("The file was not taken; nothing is changed.")), dict(list(faults.items())[:FAULTS_SAID])
        )
    return found


def _with_scripts(known: Known, codes: set[str]) -> Known:
    """What is known once the scripts of the file are there: each has one version more at most."""
    newest = {code: max((version for each, version in known.versions if each == code), default=0) for code in codes}
    coming = {(code, version + 1) for code, version in newest.items()}
    return replace(known, scripts=known.scripts | codes, versions=known.versions | coming)


def _change(item: Item, known: Known, today: date) -> Change | None:
    sort = SORTS[item.what]
    rows = sort.model._default_manager.all()  # noqa: SLF001 - the plain way to a model's rows
    last: Any = (rows.filter(code=item.code) if item.code else rows).order_by("-version").first()
    before = sort.values(last) if last else None
    if before == item.content:
        return None  # what holds already is not judged again
    content = _checked(item, known, today)
    if before == content:
        return None
    day = max(item.effective_from, today) if last else item.effective_from
    found = sort.compare(before, content) if before else []
    return Change(item, content, last.version if last else 0, day, found)


def _checked(item: Item, known: Known, today: date) -> dict[str, Any]:
    if item.what == "numbers":
        return checked_numbers(item.content, today)
    if item.what == "contact":
        return rules_file.checked(item.content, today)
    if item.what == "script":
        return checked_script(item.content)
    content = read_content(item.content)
    faults = faults_of(content, known)
    if faults:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), faults)
    return content


def _named(item: Item, refusal: Invalid) -> dict[str, Message]:
    place = item.code or next(part for part, what in ONE_OF_A_KIND.items() if what == item.what)
    if not refusal.fields:
        return {place: refusal.why}
    return {f"{place}.{name}": why for name, why in refusal.fields.items()}


@action("visits.import_policies", needs=CHANGE)
def import_policies(act: Act, text: str, *, reason: str, expected: int | None = None) -> int:
    """Makes everything that differs a new version, all or nothing; returns how many.

    ``expected``: how many changes were shown before; when it differs now, nothing is done.

    Raises:
        Invalid: the file cannot be read or something in it contradicts itself, or there is no reason.
        Conflict: nothing differs, or something else than what was shown would change.
        Forbidden: it changes the contact rules, and the actor may not.
    """
    why = demand_reason(reason)
    changes = changes_in(text, act.call)
    if not changes:
        raise Conflict(message(_("The file says what holds already; nothing would change.")))
    if any(change.item.what == "contact" for change in changes) and not act.actor.may(rules_file.NEEDS):
        raise Forbidden(message(_("The file changes the contact rules; you have no right to that.")))
    if expected is not None and expected != len(changes):
        raise Conflict(message(_("Something was changed in the meantime; look at the changes again.")))
    for change in changes:
        write = SORTS[change.item.what].write
        write(act, change.content, effective_from=change.effective_from, reason=why, expected=change.last)
    return len(changes)
