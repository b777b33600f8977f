"""What a questionnaire found: every measure it asks, by way, and weighted to everybody who was asked (QST-2, QST-4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from huiyin.kernel.actor import Actor
from huiyin.questionnaires.models import Answer, Asking, AskingQuerySet
from huiyin.questionnaires.queries.figure_rules import counted as those_that_count
from huiyin.questionnaires.queries.figure_rules import left_out
from huiyin.questionnaires.queries.repeats import given_once
from huiyin.questionnaires.queries.weighting import Weighing, way_called, weigh_answers
from huiyin.questionnaires.rules.figure import Figure, Sums, mean_of_sums, share
from huiyin.questionnaires.rules.kinds.csat import TOP_BOX
from huiyin.questionnaires.rules.kinds.csi import normalised
from huiyin.questionnaires.rules.kinds.handling import CONTENT
from huiyin.questionnaires.rules.kinds.mode_effect import mode_effect
from huiyin.questionnaires.rules.kinds.nps import DETRACTOR, PROMOTER, nps_of_counts
from huiyin.questionnaires.rules.kinds.response_rate import response_rate
from huiyin.questionnaires.rules.kinds.servqual import servqual
from huiyin.questionnaires.rules.words import SCALES, AskingState, QuestionKind, Way

Counted = Mapping[int, int]
"""How often each score was given."""


@dataclass(frozen=True)
class Scored:
    """One scored question: its measure's figure, its mean, the mean by way on 0–100, and phone less self-service."""

    code: str
    measure: str
    figure: Figure
    centre: Figure
    by_way: Mapping[str, Figure]
    effect: Figure


@dataclass(frozen=True)
class Results:
    """Everything about one questionnaire in a time; ``weighing`` is the overall opinion (1–5), weighed.

    ``left_out``: how many complete answers are too doubtful to count. They count in the response rate alone.
    """

    asked: int
    left_out: int
    rate: Figure
    scored: list[Scored]
    handling: Figure
    gaps: Mapping[str, Figure]
    weighing: Weighing


def results_of(actor: Actor, code: str, since: datetime, until: datetime, by: str = "") -> Results:
    """The results of all versions of a questionnaire, of askings asked from ``since`` and before ``until``.

    ``by`` is the way the opinion is weighed, by store when it is not named. A score that was given once for two askings
    counts once.
    """
    askings, day = _askings(actor, code, since, until), until.date()
    answered = askings.filter(state=AskingState.COMPLETE)
    complete = those_that_count(answered, day)
    asked = askings.count()
    given = given_once(Answer.objects.filter(asking__in=complete, current=True))
    return Results(
        asked=asked,
        left_out=left_out(answered, day).count(),
        rate=response_rate(answered.count(), asked),
        scored=_scored(given),
        handling=_handling(given),
        gaps=_gaps(given),
        weighing=weigh_answers(actor, askings, way_called(by), (code, since, until)),
    )


def left_out_of(actor: Actor, code: str, since: datetime, until: datetime) -> QuerySet[Asking]:
    """The complete answers that :func:`results_of` leaves out."""
    answered = _askings(actor, code, since, until).filter(state=AskingState.COMPLETE)
    return left_out(answered, until.date())


def _askings(actor: Actor, code: str, since: datetime, until: datetime) -> AskingQuerySet:
    about = {"questionnaire__code": code, "asked_at__gte": since, "asked_at__lt": until}
    return Asking.objects.visible_to(actor).filter(**about)


def _scored(given: QuerySet[Answer]) -> list[Scored]:
    rows = given.filter(number__isnull=False, question__kind__in=SCALES).order_by()
    found: defaultdict[tuple[str, str], dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    about = ("question__code", "question__kind", "asking__way", "number")
    for code, kind, way, number, times in rows.values_list(*about).annotate(times=Count("pk")):
        if number is not None:
            found[code, kind][way][number] = times
    return [_one(code, kind, by_way) for (code, kind), by_way in sorted(found.items())]


def _one(code: str, kind: str, by_way: Mapping[str, Counted]) -> Scored:
    low, high = SCALES[kind]
    whole = _together(by_way.values())
    sums = {way: _sums(counted) for way, counted in by_way.items()}
    hundred = {
        way: mean_of_sums(_sums(counted, low, high), 0, 100, "normalised") for way, counted in sorted(by_way.items())
    }
    effect = mode_effect(sums.get(Way.PHONE, Sums()), sums.get(Way.SELF, Sums()), low, high)
    centre = mean_of_sums(_sums(whole), low, high, "ces" if kind == QuestionKind.SCALE7 else "mean_t")
    measure, figure = _measure(kind, whole, centre)
    return Scored(code, measure, figure, centre, hundred, effect)


def _measure(kind: str, counted: Counted, centre: Figure) -> tuple[str, Figure]:
    n = sum(counted.values())
    if kind == QuestionKind.SCALE5:
        return "CSAT", share(sum(times for score, times in counted.items() if score >= TOP_BOX), n, "csat")
    if kind == QuestionKind.SCALE7:
        return "CES", centre
    promoters = sum(times for score, times in counted.items() if score >= PROMOTER)
    return "NPS", nps_of_counts(promoters, sum(times for score, times in counted.items() if score <= DETRACTOR), n)


def _together(parts: Iterable[Counted]) -> dict[int, int]:
    whole: defaultdict[int, int] = defaultdict(int)
    for counted in parts:
        for score, times in counted.items():
            whole[score] += times
    return whole


def _sums(counted: Counted, low: float = 0, high: float = 100) -> Sums:
    """The counted scores added up; rescaled to 0–100 when the ends of their scale are given."""
    points = [(normalised(score, low, high), times) for score, times in counted.items()]
    if not points:
        return Sums()
    return Sums(
        sum(times for _point, times in points),
        sum(point * times for point, times in points),
        sum(point * point * times for point, times in points),
        min(point for point, _times in points),
        max(point for point, _times in points),
    )


def _handling(given: QuerySet[Answer]) -> Figure:
    rows = given.filter(question__measure="handling").exclude(choices=[])
    steps = [choices[0] for choices in rows.values_list("choices", flat=True)]
    return share(sum(step in CONTENT for step in steps), len(steps), "handling")


def _gaps(given: QuerySet[Answer]) -> dict[str, Figure]:
    rows = given.filter(number__isnull=False, question__measure__regex="_[ep]$")
    people: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for asking, measure, number in rows.values_list("asking_id", "question__measure", "number"):
        people[asking][measure] = float(number or 0)
    return servqual(list(people.values())) if people else {}
