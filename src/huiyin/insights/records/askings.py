"""Answered questionnaires as records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.names import address, staff_names, store_names
from huiyin.insights.records.record import Records, Row
from huiyin.questionnaires.public import WAY_LABELS, Asking, flags_said, own_scores, scored_once


def scored_askings(lens: Lens, *dimensions: str, hit: Callable[[float], bool] | None = None) -> Records:
    """The questionnaires with a score on any of the dimensions; the value is their mean. What was given once for two
    visits of a call counts for the first."""
    rows = scored_once(lens.counted_askings(), dimensions)
    return Records(rows, ("-completed_at", "-id"), lambda page: _read(page, dimensions, hit), gettext_lazy("Score"))


def _read(page: Sequence[Asking], dimensions: tuple[str, ...], hit: Callable[[float], bool] | None) -> list[Row]:
    people, stores = staff_names(one.agent_id for one in page), store_names(one.store_id for one in page)
    own = [own_scores(one) for one in page]
    means = [fmean(scores[name] for name in dimensions if name in scores) for scores in own]
    return [
        Row(
            at=one.completed_at,
            title=_("Questionnaire %(number)s") % {"number": one.pk},
            who=people.get(one.agent_id, ""),
            where=stores.get(one.store_id, ""),
            value=f"{mean:g}" if mean.is_integer() else f"{mean:.2f}",
            hit=hit(mean) if hit else None,
            href=address("asking", one.pk),
        )
        for one, mean in zip(page, means, strict=True)
    ]


def left_out_askings(lens: Lens) -> Records:
    """The complete answers that are too doubtful to count; the value says why."""
    return Records(lens.left_out(), ("-completed_at", "-id"), _read_left_out, gettext_lazy("Why doubtful"))


def _read_left_out(page: Sequence[Asking]) -> list[Row]:
    people, stores = staff_names(one.agent_id for one in page), store_names(one.store_id for one in page)
    return [
        Row(
            at=one.completed_at,
            title=_("Questionnaire %(number)s") % {"number": one.pk},
            who=people.get(one.agent_id, ""),
            where=stores.get(one.store_id, ""),
            value=flags_said(one),
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
