"""The whole loop in the browser, in Chinese and in English: a purchase becomes a visit, a low score a case, the case
a kept promise, the week a report.
"""

from __future__ import annotations

import pytest

from tests.journeys import (
    case_is_handled,
    customer_answers,
    purchases_come_in,
    visits_are_made,
    week_is_planned,
    working_time,
)
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_loop_runs(walk: Walk) -> None:
    walk.clock.set("2026-09-21 09:00")
    working_time.is_seen_and_reckoned(walk)
    purchases_come_in.from_a_file(walk)
    week_is_planned.drawn_and_published(walk)
    visits_are_made.by_keyboard(walk)
    customer_answers.by_link(walk)
    case_is_handled.opened_from_the_visit(walk)
