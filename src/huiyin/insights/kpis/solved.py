"""How many of the cases received, as far as they can be judged, have been settled."""

from __future__ import annotations

from huiyin.cases.public import Case
from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.cases import case_records
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent settled by now of the cases received that are settled, ended or past a deadline."""
    return scores.share(of["cases"].hits, of["cases"].n, "solved")


def records(lens: Lens) -> Records:
    """The cases that can be judged; a hit is settled."""
    return case_records(lens.judged_cases(), _settled)


def _settled(case: Case) -> bool:
    return case.settled_at is not None


KPI = Kpi(
    code="solved",
    label=_("Cases settled"),
    meaning=_(
        "Cases received in the period that have been settled since."
        " A case is counted once it is settled, or once one of its deadlines has passed."
    ),
    group=Group.CASES,
    order=30,
    unit=Unit.PERCENT,
    source="cases",
    figure=figure,
    records=records,
)
