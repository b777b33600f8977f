"""Draws another customer in place of a visit that could not be completed (VIS-17, VIS-23)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from huiyin.foundation.actions import Act, action
from huiyin.organisation.public import Store
from huiyin.visits.actions.holding import hold_places
from huiyin.visits.actions.place import put_on_plan, week_as_it_stands
from huiyin.visits.actions.promising import promise_calls
from huiyin.visits.models import Visit
from huiyin.visits.queries.facts import PlanFacts, candidates_from
from huiyin.visits.queries.hours import this_monday
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.lifecycle import FAILED, State
from huiyin.visits.rules.planning import Assignment, Candidate, draw_replacement
from huiyin.visits.rules.planning.lots import lot

LOOKED_AT = 60


@action("visits.replace")
def replace_visit(act: Act, visit_id: int) -> Visit | None:
    """Plans a replacement into the windows left this week; None when there is nobody or it was already replaced.

    Same stratum first. Safe to run twice: a visit has one replacement.
    """
    visit = act.lock(Visit.objects.select_related("store", "plan"), visit_id)
    if visit.state not in FAILED or not visit.sampled or Visit.objects.filter(replaces=visit).exists():
        return None
    rules = rules_in_force(act.now.date())
    monday = this_monday(rules, act.now)
    hold_places(monday)
    facts = week_as_it_stands(rules, monday, act)
    found = _find(act.now, facts, visit)
    if found is None:
        act.record(visit, customer_id=visit.customer_id, replaced=False)
        return None
    newcomer = act.lock(
        Visit.objects.filter(state=State.DUE, made_with=None).select_related("customer", "policy"), found.candidate
    )
    put_on_plan(newcomer, found, rules)
    newcomer.replaces, newcomer.plan = visit, visit.plan
    newcomer.save()
    promise_calls(act, [newcomer], calendar=rules.calendar)
    act.record(newcomer, customer_id=newcomer.customer_id, replaces=visit.pk)
    return newcomer


def _find(now: datetime, facts: PlanFacts, visit: Visit) -> Assignment | None:
    band = visit.place_band or visit.band
    for near in _nearer_first(visit, band, now):
        found = draw_replacement(
            facts.policy,
            facts.week,
            _some(facts, near, visit.pk, now),
            facts.agents,
            seed=visit.pk,
            kept=facts.kept,
            band=band,
            store=visit.store_id,
            store_size=visit.store.size if visit.store else "",
        )
        if found:
            return found
    return None


def _nearer_first(visit: Visit, band: str, now: datetime) -> list[QuerySet[Visit]]:
    """Those who wait to be drawn: of the same store and band, of the band, everybody."""
    waiting = Visit.objects.filter(state=State.DUE, self_way="", sampled=True, made_with=None)
    waiting = waiting.filter(due_from__lte=now, due_by__gt=now)
    same_band = waiting.filter(band=band)
    same_size = same_band.filter(store__in=Store.objects.filter(size=visit.store.size)) if visit.store else same_band
    return [same_band.filter(store=visit.store_id), same_size, same_band, waiting]


def _some(facts: PlanFacts, waiting: QuerySet[Visit], seed: int, now: datetime) -> list[Candidate]:
    """The first of them by lot; a few dozen are enough to find one place."""
    ids = sorted(waiting.values_list("pk", flat=True), key=lambda pk: lot(seed, pk))[:LOOKED_AT]
    return candidates_from(facts.week, Visit.objects.filter(pk__in=ids), now)
