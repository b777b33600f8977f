"""Step 6: the case, from the low score to the second verdict (CAS-4..11, SLA-1..5)."""

from __future__ import annotations

from tests.journeys.walk import Walk, words


def opened_from_the_visit(walk: Walk) -> None:
    """The case knows its visit, its customer and its clocks."""
    page = walk.open("agent", walk.notes["case"])
    print(words(page.locator("main")))
    walk.picture(page, "case-open")
