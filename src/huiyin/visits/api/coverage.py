"""The API of coverage: the report of a week or month, and the visits behind each of its numbers."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Query, Router, Schema

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, needs, page_of
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.api.schemas import VisitOut
from huiyin.visits.models import Visit
from huiyin.visits.queries.coverage import coverage_of, covered_visits, is_counted
from huiyin.visits.queries.coverage_strata import split_called
from huiyin.visits.queries.coverage_tables import coverage_answer
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.coverage.times import CoveredTime, read_time

PREFIX = "/visits/coverage"
router = Router(tags=["visit coverage"])


class CoverageFilter(Schema):
    """An ISO week (2026-W40) or a month (2026-09), and by what it is split."""

    period: str
    by: Literal["band", "store", "size", "product", "agent"] = "band"


class VisitsFilter(CoverageFilter):
    """Which number: population, planned, tried, done, replaced, not_asked, in_vain, or a reason's code; of one stratum
    (its key; ``-`` for those without) or of all."""

    what: str = "population"
    of: str = ""


class NumbersOut(Schema):
    """How many could have been visited, were planned, asked, done, replaced, not asked; shares from 0 to 1."""

    population: int
    planned: int
    tried: int
    done: int
    replaced: int
    not_asked: int
    achieved: float | None = Field(description="done of planned")
    reached: float | None = Field(description="done of the population")
    not_asked_because: dict[str, int]
    called_in_vain: dict[str, int]


class StratumOut(NumbersOut):
    """One stratum; ``weight`` is what one of its answers counts, null without answers."""

    key: str | int | None
    name: str
    weight: float | None


class WeightsOut(Schema):
    """Kish's design effect, the effective number of answers, the population's part in strata with answers."""

    design_effect: float | None
    effective_n: float
    covered: float


class CoverageOut(NumbersOut):
    """The report; ``wanted`` is what the published plans aimed at."""

    period: str
    first_day: str
    last_day: str
    by: str
    wanted: int
    weeks_without_plan: int
    weights: WeightsOut
    strata: list[StratumOut]


class CoveredOut(VisitOut):
    """A visit with what became of it."""

    fate: str


@router.get("", auth=needs("visits.see_plan"), response=answers(CoverageOut))
def get_coverage(request: ApiRequest, which: Query[CoverageFilter]) -> dict[str, Any]:
    """How far a week or month reached its customers, per stratum."""
    return coverage_answer(coverage_of(request.actor, _time(which.period), split_called(which.by), clock.now()))


@router.get("/visits", auth=needs("visits.see_plan"), response=answers(Page[CoveredOut]))
def list_covered_visits(request: ApiRequest, which: Query[VisitsFilter], cursor: Query[Cursor]) -> Page[CoveredOut]:
    """Exactly the visits that a number counts, by due moment."""
    if not is_counted(which.what):
        why = message(_("There is no number called %(what)s."), what=which.what[:40])
        raise Invalid(why, {"what": why})
    time, split = _time(which.period), split_called(which.by)
    rows = covered_visits(request.actor, time, split, clock.now(), what=which.what, of=which.of)
    return page_of(rows.select_related("customer"), order=("due_by", "id"), cursor=cursor, out=_out)


def _time(period: str) -> CoveredTime:
    by = rules_in_force(clock.now().date()).plan_policy.belongs_by
    return read_time(period, by)


def _out(visit: Visit) -> CoveredOut:
    names = {"customer_number": visit.customer.number, "customer_name": visit.customer.name}
    own = {name: getattr(visit, name) for name in CoveredOut.model_fields if name not in names}
    return CoveredOut.model_validate({**own, **names})
