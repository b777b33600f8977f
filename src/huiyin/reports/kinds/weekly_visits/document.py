"""Fills the weekly record sheet: the numbers of the board, the visits behind them, and every answer."""

from __future__ import annotations

# Chinese data: the exact names and headings of the company's documents
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext

from huiyin.customers.public import mask_name
from huiyin.documents.public import Cell, Document, Sheet
from huiyin.insights.public import Lens, board
from huiyin.organisation.public import Staff, Store
from huiyin.questionnaires.public import (
    EMOTION_LABELS,
    FIVE_DIMENSIONS,
    WAY_LABELS,
    Answered,
    answered_askings,
    answers_about,
)
from huiyin.reports.kinds.weekly_visits.columns import ANSWERS, VISITS
from huiyin.reports.tables import figures_sheet, in_chinese, problems_sheet
from huiyin.visits.public import Visit


def build(name: str, lens: Lens) -> Document:
    """The record sheet of a week under the lens, in Chinese."""
    return in_chinese(lambda one: _document(name, one))(lens)


def _document(name: str, lens: Lens) -> Document:
    found = board(lens)
    head = (
        ("报表", name),
        ("期间", f"{lens.period.first} 至 {lens.period.last}"),
        ("统计时间", f"{timezone.localtime(lens.now):%Y-%m-%d %H:%M}"),
        ("说明", "区间为 95% 置信区间；客户姓名已脱敏。"),
    )
    return Document(
        name,
        (figures_sheet("本周指标", head, found), problems_sheet(found), _visits(lens), _answers(lens)),
    )


def _visits(lens: Lens) -> Sheet:
    rows = lens.ended_visits().select_related("customer", "policy", "store", "agent", "found_case")
    visits = list(rows.annotate(dials=Count("attempts")).order_by("ended_at", "pk"))
    about = answers_about("visits.visit", [visit.pk for visit in visits])
    cells = tuple(_visit(number, visit, about.get(visit.pk)) for number, visit in enumerate(visits, 1))
    return Sheet("回访记录", (), VISITS, cells)


def _visit(number: int, visit: Visit, said: Answered | None) -> tuple[Cell, ...]:
    scores = said.scores if said else {}
    return (
        number,
        _local(visit.contact_at or visit.ended_at),
        visit.store.name if visit.store else "",
        visit.customer.number,
        mask_name(visit.customer.name),
        visit.policy.name,
        gettext(WAY_LABELS[visit.way]) if visit.way in WAY_LABELS else visit.way,
        gettext(visit.state_label),
        visit.dials,  # type: ignore[attr-defined]
        *(scores.get(dimension) for dimension in FIVE_DIMENSIONS),
        _mean(said),
        _emotion(said),
        said.problem if said else "",
        said.text("need") if said else "",
        said.text("suggestion") if said else "",
        visit.found_case.number if visit.found_case else "",
        visit.agent.name if visit.agent else "",
    )


def _answers(lens: Lens) -> Sheet:
    found = answered_askings(lens.askings().order_by("completed_at", "pk"))
    stores = dict(Store.objects.values_list("pk", "name"))
    people = dict(Staff.objects.values_list("pk", "name"))
    cells = [
        (
            number,
            _local(said.asking.completed_at),
            stores.get(said.asking.store_id or 0, ""),
            said.asking.questionnaire.title_zh,
            gettext(WAY_LABELS[said.asking.way]) if said.asking.way else "",
            *(said.scores.get(dimension) for dimension in (*FIVE_DIMENSIONS, "overall", "recommend")),
            _mean(said),
            _emotion(said),
            said.problem,
            said.text("suggestion"),
            "作答过快" if "fast" in said.asking.flags else "",
            people.get(said.asking.agent_id or 0, ""),
        )
        for number, said in enumerate(found, 1)
    ]
    return Sheet("问卷明细", (), ANSWERS, tuple(cells))


def _local(moment: datetime | None) -> datetime | None:
    """A moment on the company's clock, to the minute, as a sheet shows it."""
    return (
        None
        if moment is None
        else timezone.make_naive(moment, timezone.get_default_timezone()).replace(second=0, microsecond=0)
    )


def _mean(said: Answered | None) -> float | None:
    return None if said is None or said.asking.mean is None else round(said.asking.mean, 2)


def _emotion(said: Answered | None) -> str:
    return gettext(EMOTION_LABELS[said.asking.emotion]) if said and said.asking.emotion else ""
