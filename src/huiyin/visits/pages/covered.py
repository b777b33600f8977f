"""What a coverage page is asked for: period, split, and the addresses of its numbers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from huiyin.foundation import clock
from huiyin.foundation.pages import Request
from huiyin.visits.queries.coverage import Coverage, coverage_of
from huiyin.visits.queries.coverage_strata import NOTHING, Split, split_called
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.coverage.times import CoveredTime, read_time, week_of


def time_of(request: Request) -> CoveredTime:
    """The period asked for; the present week when none is named.

    Raises:
        Invalid: there is no such week or month.
    """
    today = timezone.localdate(clock.now())
    by = rules_in_force(today).plan_policy.belongs_by
    text = request.GET.get("period", "")
    return read_time(text, by) if text else week_of(today, by)


def split_of(request: Request) -> Split:
    """By what it is split."""
    return split_called(request.GET.get("by", ""))


def report_of(request: Request) -> Coverage:
    """The report asked for, as far as this person may see."""
    return coverage_of(request.actor, time_of(request), split_of(request), clock.now())


def query_of(time: CoveredTime, split: Split) -> str:
    """What every address of a report carries."""
    return urlencode({"period": time.code, "by": split.code})


def records_of(time: CoveredTime, split: Split, what: str, key: object = "") -> str:
    """The address of the records behind a number; ``key`` None: those without a stratum, "": all."""
    of = {} if key == "" else {"of": NOTHING if key is None else key}
    return f"{reverse('coverage-records')}?{query_of(time, split)}&{urlencode({'what': what, **of})}"
