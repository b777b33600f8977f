"""Journeys through the whole product; the steps lie in modules of their own and fail as readably as tests."""

import pytest

STEPS = (
    "case_is_handled",
    "customer_answers",
    "purchases_come_in",
    "revisit_closes",
    "truth_holds",
    "visits_are_made",
    "walk",
    "week_is_planned",
    "week_is_reported",
    "working_time",
)
pytest.register_assert_rewrite(*(f"tests.journeys.{step}" for step in STEPS))
