"""Complete answers by the day they were completed: each dimension a measure, and the customer's own ``mean``.

Answers that are too doubtful to count are a measure of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Min

from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.tally import tally_of
from huiyin.insights.sources.source import DayRow, Source, day_of
from huiyin.questionnaires.public import OPINION, Asking, figure_rules_on, opinion, scores

OVERALL, RECOMMEND, MEAN, LEFT_OUT = "overall", "recommend", "mean", "left-out"
HITS = {MEAN: scores.SATISFIED, OVERALL: scores.TOP_BOX, RECOMMEND: scores.PROMOTER}
SCORED = (*map(str, OPINION), RECOMMEND)
Place = tuple[date, int | None, int | None]


def reads(lens: Lens) -> Iterator[DayRow]:
    """Every score of every answer; read row by row, because the scores of one answer lie in one value."""
    found: dict[tuple[Place, str], list[float]] = defaultdict(list)
    rows = lens.askings().annotate(on_day=day_of("completed_at", lens)).order_by()
    doubtful = frozenset(figure_rules_on(lens.today).left_out)
    columns = ("on_day", "department_id", "store_id", "scores", "mean", "flags", "attribution__repeats")
    for day, department, store, scored, whole, flags, repeats in rows.values_list(*columns):
        place = (day, department, store)
        if not doubtful.isdisjoint(flags):
            found[place, LEFT_OUT].append(0)
            continue
        given, mean = (scored, whole) if not repeats else _own(scored, repeats)
        for dimension in SCORED:
            if dimension in given:
                found[place, dimension].append(given[dimension])
        if mean is not None:
            found[place, MEAN].append(mean)
    for (place, measure), values in found.items():
        line = HITS.get(measure)
        hit = None if line is None else (lambda value, line=line: value >= line)
        miss = _detracts if measure == RECOMMEND else None
        yield DayRow("answered", measure, *place, tally_of(values, hit, miss))


def _own(scored: dict[str, int], repeats: list[str]) -> tuple[dict[str, int], float | None]:
    """The scores that were not given for another visit of the same call, and the opinion they make."""
    own = {name: score for name, score in scored.items() if name not in repeats}
    return own, opinion(own)


def _detracts(score: float) -> bool:
    return score <= scores.DETRACTOR


SOURCE = Source("answered", first=lambda: Asking.objects.aggregate(at=Min("completed_at"))["at"], reads=reads)
