"""The rules by which cases are routed: in order, in words, and how many open cases each would take."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.routing import newest_routing, routing_versions
from huiyin.cases.queries.routing_preview import Taken, taken_by
from huiyin.cases.rules.routing import LAST_RESORT, WHO_LABELS, RoutingRule, Who, rules_from
from huiyin.foundation import clock
from huiyin.foundation.conditions import EVERYTHING, Fields, in_words
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page, show
from huiyin.foundation.versions import Difference, Version, two_of
from huiyin.organisation.public import department_names


@dataclass(frozen=True)
class RuleLine:
    """One rule in words; ``taken`` says how many open cases it would take, ``warning`` what is odd about it."""

    place: int
    name: str
    words: list[str]
    department: str
    who: str
    taken: Taken
    warning: str


@dataclass(frozen=True)
class RoutingPage:
    """The newest rules, the department of what none takes, and whether the viewer may change them."""

    version: int
    lines: list[RuleLine]
    rest: str


@dataclass(frozen=True)
class RoutingVersionsPage:
    """All versions, and what two of them differ in."""

    versions: list[Version]
    older: Version
    newer: Version
    differences: list[Difference]


@page("cases/routing/", name="case-routing", needs="cases.change_routing")
def routing_page(request: Request) -> HttpResponse:
    """The rules in order, with a preview over the open cases."""
    newest = newest_routing()
    rules, names, fields = rules_from(newest.rules), department_names(), case_fields()
    taken = taken_by(request.actor, rules, clock.now())
    lines = [_line(place, rule, names, fields, taken[place], len(rules)) for place, rule in enumerate(rules)]
    return show(request, "cases/routing.html", RoutingPage(newest.version, lines, names.get(LAST_RESORT, LAST_RESORT)))


@page("cases/routing/versions/", name="case-routing-versions", needs="cases.change_routing")
def routing_versions_page(request: Request) -> HttpResponse:
    """Every version, two of them side by side."""
    versions = routing_versions(timezone.localtime(clock.now()).date())
    older, newer = two_of(request.GET, versions)
    context = RoutingVersionsPage(versions, older, newer, _differences(older.rules, newer.rules))
    return show(request, "cases/routing_versions.html", context)


def name_of_rule(rule: RoutingRule) -> str:
    """The rule's name in the reader's language, where it has one in it."""
    return rule.name_en if rule.name_en and (get_language() or "").startswith("en") else rule.name


def _line(place: int, rule: RoutingRule, names: dict[str, str], fields: Fields, taken: Taken, rules: int) -> RuleLine:
    return RuleLine(
        place,
        name_of_rule(rule),
        [say(text) for text in in_words(rule.condition, fields)] if rule.condition else [],
        names.get(rule.department, rule.department),
        _who(rule),
        taken,
        _warning(rule, taken, names, last=place == rules - 1),
    )


def _who(rule: RoutingRule) -> str:
    said = gettext(WHO_LABELS.get(rule.who, rule.who))
    return f"{said} ({rule.skill})" if rule.who == Who.SKILL else said


def _warning(rule: RoutingRule, taken: Taken, names: dict[str, str], *, last: bool) -> str:
    if rule.condition is None:
        return gettext("The condition cannot be read any more: this rule takes nothing.")
    if rule.department not in names:
        return gettext("There is no such department.")
    if rule.condition == EVERYTHING and not last:
        return gettext("Takes every case: the rules after it are never reached.")
    return gettext("Takes none of the open cases.") if taken.number == 0 else ""


def _differences(older: list[dict[str, object]], newer: list[dict[str, object]]) -> list[Difference]:
    fields, names = case_fields(), department_names()
    before, after = ([_told(rule, fields, names) for rule in rules_from(each)] for each in (older, newer))
    found = []
    for place in range(max(len(before), len(after))):
        was, now = ((side[place] if place < len(side) else "") for side in (before, after))
        if was != now:
            found.append(Difference(gettext("Rule %(n)s") % {"n": place + 1}, was, now))
    return found


def _told(rule: RoutingRule, fields: Fields, names: dict[str, str]) -> str:
    words = [say(text) for text in in_words(rule.condition, fields)] if rule.condition else []
    lines = [name_of_rule(rule), *words, f"→ {names.get(rule.department, rule.department)} · {_who(rule)}"]
    return "\n".join(lines)
