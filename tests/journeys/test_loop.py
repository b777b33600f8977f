"""The whole loop in the browser, in Chinese and in English: a purchase becomes a visit, a low score a case, the case
a kept promise, the week a report.
"""

from __future__ import annotations

import pytest

from tests.journeys import (
    case_is_handled,
    customer_answers,
    purchases_come_in,
    revisit_closes,
    truth_holds,
    visits_are_made,
    week_is_planned,
    week_is_reported,
    working_time,
)
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_loop_runs(walk: Walk) -> None:
    walk.clock.set("2026-09-21 09:00")
    working_time.is_seen_and_reckoned(walk)
    week_is_reported.is_announced(walk)
    purchases_come_in.from_a_file(walk)
    week_is_planned.drawn_and_published(walk)
    visits_are_made.by_keyboard(walk)
    customer_answers.by_link(walk)
    case_is_handled.opened_from_the_visit(walk)
    case_is_handled.triaged_and_assigned(walk)
    case_is_handled.late_on_purpose(walk)
    case_is_handled.planned_and_agreed(walk)
    case_is_handled.worked_and_not_content(walk)
    week_is_reported.seen_on_the_board(walk)
    week_is_reported.handed_in_and_published(walk)
    case_is_handled.paused_over_the_holiday(walk)
    case_is_handled.content_at_last(walk)
    revisit_closes.by_another_agent(walk)
    truth_holds.borders_hold(walk)
    truth_holds.tampering_is_found(walk)
