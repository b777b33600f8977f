"""Answered questionnaires as records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Avg, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.names import address, staff_names, store_names
from huiyin.insights.records.record import Records, Row
from huiyin.questionnaires.public import WAY_LABELS, Answer, Asking


def scored_askings(lens: Lens, *dimensions: str, hit: Callable[[float], bool] | None = None) -> Records:
    """The questionnaires with a score on any of the dimensions; the value is their mean."""
    scored = Answer.objects.filter(
        asking=OuterRef("pk"), current=True, number__isnull=False, question__dimension__in=dimensions
    )
    inside = Q(answers__current=True, answers__question__dimension__in=dimensions)
    rows = lens.askings().filter(Exists(scored)).annotate(value=Avg("answers__number", filter=inside))
    return Records(rows, ("-completed_at", "-id"), lambda page: _read(page, hit), gettext_lazy("Score"))


def _read(page: Sequence[Asking], hit: Callable[[float], bool] | None) -> list[Row]:
    people, stores = staff_names(one.agent_id for one in page), store_names(one.store_id for one in page)
    return [
        Row(
            at=one.completed_at,
            title=_("Questionnaire %(number)s") % {"number": one.pk},
            who=people.get(one.agent_id, ""),
            where=stores.get(one.store_id, ""),
            value=f"{one.value:g}" if float(one.value).is_integer() else f"{one.value:.2f}",  # type: ignore[attr-defined]
            hit=hit(float(one.value)) if hit else None,  # type: ignore[attr-defined]
            href=address("asking", one.pk),
        )
        for one in page
    ]


def asked_askings(rows: QuerySet[Asking]) -> Records:
    """Questionnaires that were asked; a hit is one that was answered completely."""
    return Records(rows, ("-asked_at", "-id"), _read_asked, gettext_lazy("How"))


def _read_asked(page: Sequence[Asking]) -> list[Row]:
    people, stores = staff_names(one.agent_id for one in page), store_names(one.store_id for one in page)
    return [
        Row(
            at=one.asked_at,
            title=_("Questionnaire %(number)s") % {"number": one.pk},
            who=people.get(one.agent_id, ""),
            where=stores.get(one.store_id, ""),
            value=_(WAY_LABELS[one.way]) if one.way else "",
            hit=one.state == "complete",
            href=address("asking", one.pk),
        )
        for one in page
    ]
