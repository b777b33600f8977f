"""Kinds of visits as plain values, their versions with who and why, and the codes they may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.customers.public import Address, Tier
from huiyin.foundation.versions import Version, versions_of
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import Department, Store
from huiyin.questionnaires.public import Questionnaire, in_language
from huiyin.visits.models import PlanRules, Script, VisitPolicy
from huiyin.visits.queries.script_lots import known_versions
from huiyin.visits.rules.occasions import in_new_words
from huiyin.visits.rules.planning import policy_to
from huiyin.visits.rules.policy_content import Content, Known, read_content
from huiyin.visits.rules.policy_entries import ENTRIES
from huiyin.visits.rules.script_content import blocks_from

PUBLISHED = "published"


def content_of(policy: VisitPolicy) -> Content:
    """The values of a version as its form and its file show them."""
    plain = {name: getattr(policy, name) for name, entry in ENTRIES.items() if entry.column and name != "department"}
    plain["department"] = policy.department.code if policy.department else ""
    numbers = {name: value for name, value in in_new_words(policy.numbers).items() if name in ENTRIES}
    return read_content({**plain, **numbers})


def numbers_content(rules: PlanRules) -> dict[str, Any]:
    """A version of the plan's numbers as its form and its file show them, complete."""
    return {
        "calendar": rules.calendar,
        "plan": policy_to(rules.plan_policy),
        "note": rules.note,
    }


def script_content(script: Script) -> dict[str, Any]:
    """A version of a script as its form and its file show it."""
    return {
        "code": script.code,
        "title_zh": script.title_zh,
        "title_en": script.title_en,
        "blocks": blocks_from(script.blocks),
    }


def fields_of(content: Content) -> dict[str, Any]:
    """The columns of a new version with these values."""
    columns = {name: content[name] for name, entry in ENTRIES.items() if entry.column and name != "department"}
    department = Department.objects.filter(code=content["department"]).first() if content["department"] else None
    return {**columns, "department": department}


def known_codes() -> Known:
    """The codes that a kind of visit may name now."""
    return Known(
        questionnaires=frozenset(code for code, _title in questionnaire_choices()),
        scripts=frozenset(Script.objects.values_list("code", flat=True)),
        departments=frozenset(Department.objects.values_list("code", flat=True)),
        stores=frozenset(Store.objects.values_list("code", flat=True)),
        versions=known_versions(),
    )


def questionnaire_choices() -> list[tuple[str, str]]:
    """Code and title of every questionnaire that can be asked."""
    rows = Questionnaire.objects.filter(state=PUBLISHED).order_by("code", "-version").distinct("code")
    return [(row.code, in_language(row.title_zh, row.title_en)) for row in rows]


def script_choices() -> list[tuple[str, str]]:
    """Code and title of every script."""
    rows = Script.objects.order_by("code", "-version").distinct("code")
    return [(row.code, row.title) for row in rows]


def department_codes() -> list[tuple[str, str]]:
    """Code and name of every department."""
    return list(Department.objects.order_by("name").values_list("code", "name"))


def store_codes() -> list[tuple[str, str]]:
    """Code and name of every store that is open."""
    return list(Store.objects.filter(is_open=True).order_by("code").values_list("code", "name"))


def province_choices() -> list[tuple[str, str]]:
    """The provinces customers live in, by name."""
    found = Address.objects.exclude(province="").order_by("province").values_list("province", flat=True).distinct()
    return [(name, name) for name in found]


def tier_choices() -> list[tuple[str, Any]]:
    """The service tiers."""
    return list(Tier.choices)


@dataclass(frozen=True)
class KindRow:
    """A kind of visit on the overview: the version in force (else the next one), its questionnaire's name.

    ``later``: a version that will hold from another day on.
    """

    policy: VisitPolicy
    questionnaire: str
    later: VisitPolicy | None


def kinds_on(today: date) -> list[KindRow]:
    """Every kind of visit as it stands on a day, in use first, by name of code."""
    titles = dict(questionnaire_choices())
    by_code: dict[str, list[VisitPolicy]] = {}
    for row in VisitPolicy.objects.order_by("code", "effective_from", "version"):
        by_code.setdefault(row.code, []).append(row)
    rows = [_kind_row(rows, today, titles) for rows in by_code.values()]
    return sorted(rows, key=lambda row: not row.policy.is_active)


def _kind_row(rows: list[VisitPolicy], today: date, titles: dict[str, str]) -> KindRow:
    held = [row for row in rows if row.effective_from <= today]
    coming = [row for row in rows if row.effective_from > today]
    policy = held[-1] if held else coming[0]
    later = next((row for row in coming if row is not policy), None)
    return KindRow(policy, titles.get(policy.questionnaire, policy.questionnaire), later)


def rules_on(today: date) -> PlanRules | None:
    """The plan's numbers in force on a day, if there are any."""
    return PlanRules.objects.filter(effective_from__lte=today).order_by("-effective_from", "-version").first()


def newest_scripts() -> list[Script]:
    """The newest version of each script."""
    return list(Script.objects.order_by("code", "-version").distinct("code"))


def newest_of(code: str) -> VisitPolicy:
    """The newest version of a kind, though it may hold only later.

    Raises:
        NotFound: there is no such kind.
    """
    row = VisitPolicy.objects.filter(code=code).order_by("-version").first()
    if row is None:
        raise NotFound
    return row


def newest_rules() -> PlanRules:
    """The newest version of the plan's numbers.

    Raises:
        NotFound: the company has none yet.
    """
    row = PlanRules.objects.order_by("-version").first()
    if row is None:
        raise NotFound
    return row


def newest_script(code: str) -> Script:
    """The newest version of a script.

    Raises:
        NotFound: there is no such script.
    """
    row = Script.objects.filter(code=code).order_by("-version").first()
    if row is None:
        raise NotFound
    return row


def policy_versions(code: str, today: date) -> list[Version]:
    """Every version of a kind, newest first.

    Raises:
        NotFound: there is no such kind.
    """
    return _some(versions_of(VisitPolicy.objects.filter(code=code).select_related("department"), today))


def rules_versions(today: date) -> list[Version]:
    """Every version of the plan's numbers, newest first."""
    return versions_of(PlanRules.objects.all(), today)


def script_versions(code: str, today: date) -> list[Version]:
    """Every version of a script, newest first.

    Raises:
        NotFound: there is no such script.
    """
    return _some(versions_of(Script.objects.filter(code=code), today))


def _some(versions: list[Version]) -> list[Version]:
    if not versions:
        raise NotFound
    return versions
