"""Reading plans: what a week holds, what gave way, and its quota bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import gettext

from huiyin.foundation.forms import say
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import Store
from huiyin.visits.models import PlanState, Visit, WeekPlan
from huiyin.visits.queries.policies import hours_of
from huiyin.visits.rules.lifecycle import FAILED, State
from huiyin.visits.rules.planning.reasons import PASSED_SHORT, what_relaxed
from huiyin.visits.rules.weeks import iso_week


def plans_of(monday: date) -> list[WeekPlan]:
    """The week's draft and its published plan, the draft first."""
    shown = WeekPlan.objects.filter(monday=monday, state__in=[PlanState.DRAFT, PlanState.PUBLISHED])
    return list(shown.select_related("rules", "drawn_by", "published_by").order_by("state"))


def plan_called(plan_id: int) -> WeekPlan:
    """A plan by its id.

    Raises:
        NotFound: there is none.
    """
    found = WeekPlan.objects.filter(pk=plan_id).select_related("rules", "drawn_by", "published_by").first()
    if found is None:
        raise NotFound
    return found


def zone_of(plan: WeekPlan) -> ZoneInfo:
    """The zone the plan's days are in."""
    return hours_of(plan.rules).zone


def relaxed_in_words(plan: WeekPlan) -> list[str]:
    """Each rule that gave way, and how many visits people moved, as sentences in the reader's language."""
    by_hand = plan.choices.filter(chosen=True, by_hand=True).count()
    gave_way = [*plan.relaxations, *([{"code": "by_hand", "params": {"count": by_hand}}] if by_hand else [])]
    return [say(what_relaxed(each["code"], each["params"])) for each in gave_way]


@dataclass(frozen=True)
class Bar:
    """A quota bar: how many it should be, are planned and are done, out of how many candidates."""

    label: str
    target: int
    planned: int
    done: int
    candidates: int

    @property
    def words(self) -> str:
        """Planned and wanted (or, without a target, candidates), and what is done."""
        done = f" · ✓ {self.done}" if self.done else ""
        return f"{self.planned} / {self.target or self.candidates}{done}"


def band_bars(plan: WeekPlan) -> list[Bar]:
    """One bar per amount band, the highest first; ``planned`` counts whose places are filled, kept ones included."""
    done = _done_by(plan, "place_band")
    planned = Counter(dict(plan.choices.filter(chosen=True).values_list("band").annotate(n=Count("pk"))))
    planned.update({band: count for band, count in _kept_by(plan, "place_band").items() if band})
    there: Counter[str] = Counter()
    for stratum in plan.strata:
        there[stratum["band"]] += stratum["candidates"]
    policy = plan.rules.plan_policy
    return [
        Bar(
            _band_label(band.low, band.high),
            plan.band_targets.get(band.code, 0),
            planned[band.code],
            done.get(band.code, 0),
            there[band.code],
        )
        for band in reversed(policy.bands)
    ]


def _band_label(low: object, high: object) -> str:
    return f"¥{low:,}+" if high is None else f"¥{low:,} – {high:,}"


def store_bars(plan: WeekPlan) -> list[Bar]:
    """One bar per store with candidates, by name; small stores show the month's minimum share as their target."""
    there: Counter[int | None] = Counter()
    planned: Counter[int | None] = Counter()
    for stratum in plan.strata:
        there[stratum["store"]] += stratum["candidates"]
        planned[stratum["store"]] += stratum["planned"]
    planned.update(_kept_by(plan, "store"))
    done = _done_by(plan, "store")
    names = dict(Store.objects.filter(pk__in=[pk for pk in there if pk]).values_list("pk", "name"))
    bars = [Bar(names.get(pk or 0, "—"), 0, planned[pk], done.get(pk, 0), there[pk]) for pk in there]
    return sorted(bars, key=lambda bar: (bar.label == "—", bar.label))


def _of_week(plan: WeekPlan) -> Any:
    return Visit.objects.filter(planned_on__gte=plan.monday, planned_on__lt=plan.monday + timedelta(days=7))


def _done_by(plan: WeekPlan, field: str) -> dict[Any, int]:
    done = _of_week(plan).filter(state=State.DONE, sampled=True)
    return dict(done.values_list(field).annotate(n=Count("pk")).order_by())


def _kept_by(plan: WeekPlan, field: str) -> dict[Any, int]:
    """Visits of the week that the plan found and left as they were."""
    chosen = plan.choices.values("visit")
    kept = _of_week(plan).filter(sampled=True).exclude(state__in=[*FAILED, State.CANCELLED]).exclude(pk__in=chosen)
    return dict(kept.values_list(field).annotate(n=Count("pk")).order_by())


def passed_in_words(plan: WeekPlan) -> list[tuple[str, str, int]]:
    """Why candidates were not chosen: code, sentence, how many, the most frequent first."""
    ordered = sorted(plan.passed.items(), key=lambda each: -each[1])
    return [(code, gettext(PASSED_SHORT[code]), count) for code, count in ordered]


def plan_answer(plan_id: int) -> dict[str, Any]:
    """The plan as JSON for the API and the command line."""
    plan = plan_called(plan_id)
    strata: list[Mapping[str, Any]] = plan.strata
    return {
        "id": plan.pk,
        "week": iso_week(plan.monday),
        "monday": plan.monday.isoformat(),
        "seed": plan.seed,
        "state": plan.state,
        "rules": plan.rules.version,
        "turn": plan.turn,
        "target": plan.target,
        "kept": plan.kept,
        "chosen": plan.chosen,
        "candidates": plan.candidates,
        "bands": plan.band_targets,
        "relaxations": [{**each, "text": say(what_relaxed(each["code"], each["params"]))} for each in plan.relaxations],
        "not_chosen": plan.passed,
        "mode": plan.mode,
        "moved": plan.moved,
        "gap": plan.gap,
        "steps": plan.steps,
        "strata": list(strata),
        "drawn_at": plan.drawn_at.isoformat(),
        "published_at": plan.published_at.isoformat() if plan.published_at else None,
    }
