"""How many promises about complaints were kept in time."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.cases import promise_records
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import Promise, kind_words, promise_kinds
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent of the stages due in the period that were reached in time; those still open are late."""
    return scores.share(of["complaints"].hits, of["complaints"].n, "complaint_timeliness")


def records(lens: Lens) -> Records:
    """The promises that were due; a hit was kept in time."""
    return promise_records(lens.complaint_promises(), _kind)


def _kind(promise: Promise) -> str:
    return kind_words(promise.kind) if promise.kind in promise_kinds() else promise.kind


KPI = Kpi(
    code="complaint-timeliness",
    label=_("Complaints handled in time"),
    meaning=_("Stages of complaints due in the period that were reached in time."),
    group=Group.CASES,
    order=10,
    unit=Unit.PERCENT,
    source="complaints",
    figure=figure,
    records=records,
)
