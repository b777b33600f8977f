"""The API of results: what a questionnaire found, measure by measure, and the opinion weighed to the population."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ninja import Field, Query, Router, Schema

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, needs
from huiyin.questionnaires.queries.forms import versions_of
from huiyin.questionnaires.queries.results import results_of
from huiyin.questionnaires.queries.weighting import Weighing
from huiyin.questionnaires.rules.figure import Figure

PREFIX = "/questionnaires"
router = Router(tags=["questionnaires"])


class ResultsFilter(Schema):
    """The last so many days; ``by`` is what the opinion is weighed by: store, band, store_size."""

    days: int = Field(90, ge=1, le=3660)
    by: str = "store"


class MeasuredFigure(Schema):
    """A value with n and its 95 % interval; null where nothing was measured."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    method: str


class ScoredOut(Schema):
    """One scored question: its measure, mean, mean by way on 0–100, and phone less self-service."""

    code: str
    measure: str
    figure: MeasuredFigure
    mean: MeasuredFigure
    by_way: dict[str, MeasuredFigure]
    phone_less_self: MeasuredFigure


class WeighedStratum(Schema):
    """One stratum: who could be asked (or was asked), answers, their mean, what one answer counts."""

    name: str
    population: int
    answers: int
    mean: float | None
    weight: float | None


class WeighedOut(Schema):
    """The weighed opinion; without ``population_known`` each stratum counts as it was asked."""

    by: str
    population_known: bool
    mean: MeasuredFigure
    effective_n: float
    design_effect: float | None
    covered: float
    without_stratum: int
    strata: list[WeighedStratum]


class QuestionnaireResults(Schema):
    """Everything the results page says."""

    questionnaire: str
    asked: int
    response_rate: MeasuredFigure
    scored: list[ScoredOut]
    handling: MeasuredFigure
    servqual: dict[str, MeasuredFigure]
    weighed: WeighedOut


@router.get("/{code}/results", auth=needs("questionnaires.see"), response=answers(QuestionnaireResults))
def get_questionnaire_results(request: ApiRequest, code: str, which: Query[ResultsFilter]) -> dict[str, Any]:
    """What came back, as far as the caller may see it."""
    versions_of(code)
    now = clock.now()
    found = results_of(request.actor, code, now - timedelta(days=which.days), now, which.by)
    return {
        "questionnaire": code,
        "asked": found.asked,
        "response_rate": vars(found.rate),
        "scored": [
            {
                "code": one.code,
                "measure": one.measure,
                "figure": vars(one.figure),
                "mean": vars(one.centre),
                "by_way": _figures(one.by_way),
                "phone_less_self": vars(one.effect),
            }
            for one in found.scored
        ],
        "handling": vars(found.handling),
        "servqual": _figures(found.gaps),
        "weighed": _weighed(found.weighing),
    }


def _figures(found: Any) -> dict[str, dict[str, Any]]:
    figures: dict[str, Figure] = dict(found)
    return {name: vars(figure) for name, figure in figures.items()}


def _weighed(weighing: Weighing) -> dict[str, Any]:
    return {
        "by": weighing.by.code,
        "population_known": weighing.known,
        "mean": vars(weighing.weighted.figure),
        "effective_n": weighing.weighted.effective_n,
        "design_effect": weighing.design_effect,
        "covered": weighing.weighted.covered,
        "without_stratum": weighing.without,
        "strata": [vars(row) for row in weighing.rows],
    }
