"""A person's area is found by indexes, also beside followed cases and tasks."""

from __future__ import annotations

from huiyin.cases.models import Case, CaseWatcher
from tests.cases.conftest import Cases


def test_a_persons_live_cases_are_read_by_indexes_and_followed_ones_are_among_them(cases: Cases) -> None:
    followed, other = cases.open(topic="product"), cases.open(topic="product")
    actor = cases.company.actor("store_manager")
    CaseWatcher.objects.create(case=followed, staff_id=actor.id, since=followed.received_at)
    rows = Case.objects.visible_to(actor).live()
    assert [case.pk for case in rows] == [followed.pk]
    assert not rows.filter(pk=other.pk).exists()
    assert "SubPlan" not in rows.explain()  # which would be asked of every row
