"""A score that was given once in a call for two visits counts once in every figure over all visits (VIS-15)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.foundation.calls import system_call
from huiyin.insights.public import Lens, all_kpis, kpi_of
from huiyin.insights.rules.periods import period_of
from huiyin.questionnaires.queries.results import results_of
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.public import owe_visit
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD, buyer, policy, visit_for, visiting

__all__ = ["buyer", "visit_for", "visiting"]


@pytest.mark.parametrize(
    ("questionnaire", "answers", "overall", "product"),
    [("service", GOOD, (1, 4.6), 1), ("quick", {**GOOD, "overall": 2, "recommend": 9}, (2, 3.3), 1)],
)
def test_what_one_talk_gave_two_visits_counts_once(
    visiting: Company,
    visit_for: Callable,
    clock: MovableClock,
    questionnaire: str,
    answers: dict[str, int],
    overall: tuple[int, float],
    product: int,
) -> None:
    VisitPolicy.objects.filter(code="by_hand").update(questionnaire=questionnaire)
    regular = visit_for()
    owed = owe_visit(system_call(), policy("by_hand"), customer_id=regular.customer_id)
    assert Visit.objects.get(pk=regular.pk).made_with_id == owed.pk
    complete_visit(visiting.call("agent"), owed.pk, answers=answers)
    lens = Lens(visiting.actor("director"), period_of("week", clock.now.date()), clock.now)
    codes = ("overall", "dimension-product", "success-rate", "connect-rate")
    figures = {code: kpi_of(code).compute(lens) for code in codes}
    assert (figures["overall"].n, round(figures["overall"].value, 2)) == overall
    assert figures["dimension-product"].n == product
    assert (figures["success-rate"].n, figures["connect-rate"].n) == (2, 1), "two visits, one call"
    for kpi in all_kpis():
        assert (kpi.code, kpi.records(lens).rows.count()) == (kpi.code, kpi.compute(lens).n)
    found = results_of(visiting.actor("director"), "service", clock.now, clock.now.replace(year=2027))
    assert {each.code: each.figure.n for each in found.scored} == dict.fromkeys(GOOD, 1)
