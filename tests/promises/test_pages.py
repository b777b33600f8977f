"""Today, the wall and "why this deadline", as each person sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from huiyin.promises.public import Promise
from tests.conftest import Company, MovableClock
from tests.promises.test_ledger import promised


def test_today_shows_what_i_owe_and_nothing_else(company: Company, sign_in: Callable[[str], Client]) -> None:
    promised(company)
    assert "Call Mr Li back" in sign_in("agent").get("/").content.decode()
    assert "Call Mr Li back" not in sign_in("agent2").get("/").content.decode()


def owed(company: Company, clock: MovableClock, count: int, **more: object) -> list[Promise]:
    """Promises of the agent that are due a minute after each other from noon on."""
    noon = clock.set("2026-09-28T12:00")
    clock.set("2026-09-28T09:00")
    made = [
        Promise(
            kind="test.answer", title=f"promise {n:02}", subject="test.thing", subject_id=n,
            owner=company.staff["agent"], start_at=clock.now, span_amount=1, span_unit="hours", calendar="standard",
            calendar_version=1, due_at=noon + timedelta(minutes=n), ladder_at=[noon], **more,
        )
        for n in range(count)
    ]  # fmt: skip
    return Promise.objects.bulk_create(made)


def test_today_has_four_parts_and_counts_what_is_late(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock
) -> None:
    late, paused, later, broken = owed(company, clock, 4)
    Promise.objects.filter(pk=paused.pk).update(state="paused")
    Promise.objects.filter(pk=later.pk).update(due_at="2026-09-29T10:00+08:00")
    Promise.objects.filter(pk=broken.pk).update(broken_at=clock.now, due_at="2026-09-30T10:00+08:00")
    clock.set("2026-09-28T14:00")
    page = sign_in("agent").get("/").context["page"]
    shown = {group.name: [row.promise.id for row in group.rows] for group in page.groups}
    assert shown == {"late": [late.pk, broken.pk], "today": [paused.pk], "later": [later.pk]}
    assert (page.total, page.late) == (4, 2)


def test_today_draws_thirty_of_a_part_and_the_rest_when_asked(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock
) -> None:
    made = owed(company, clock, 65)
    agent = sign_in("agent")
    [group] = agent.get("/").context["page"].groups
    seen = [row.promise.id for row in group.rows]
    assert (len(seen), group.total) == (30, 65)
    for expected in (30, 5):
        answer = agent.get(group.more, headers={"HX-Request": "true"})
        assert "<h1" not in answer.content.decode()
        [group] = answer.context["page"].groups
        assert len(group.rows) == expected
        seen += [row.promise.id for row in group.rows]
    assert group.more is None
    assert seen == [promise.pk for promise in made]


def test_further_rows_of_today_come_as_a_page_without_scripts(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock
) -> None:
    owed(company, clock, 35)
    agent = sign_in("agent")
    page = agent.get(agent.get("/").context["page"].groups[0].more).content.decode()
    assert ("promise 34" in page, "promise 29" in page, "<h1" in page) == (True, False, True)


@pytest.mark.parametrize(
    "bad", ["?group=late&after=nonsense", "?group=nonsense&after=WzEsMl0", "?after=%00", "?group=%00"]
)
def test_a_wrong_address_of_today_begins_at_the_beginning(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock, bad: str
) -> None:
    owed(company, clock, 2)
    clock.set("2026-09-28T14:00")
    assert len(sign_in("agent").get(f"/{bad}").context["page"].groups[0].rows) == 2


def test_what_nobody_owns_is_on_the_day_of_the_head(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock
) -> None:
    of_department, of_store, _of_nobody = owed(company, clock, 3)
    Promise.objects.update(owner=None)
    Promise.objects.filter(pk=of_department.pk).update(department=company.departments["rnd"])
    Promise.objects.filter(pk=of_store.pk).update(store=company.stores["S01"])
    seen = {
        who: [row.promise.id for group in sign_in(who).get("/").context["page"].groups for row in group.rows]
        for who in ("rnd_head", "store_manager", "agent", "director")
    }
    assert seen == {"rnd_head": [of_department.pk], "store_manager": [of_store.pk], "agent": [], "director": []}


def test_each_row_of_today_leads_with_one_key_to_act(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock
) -> None:
    owed(company, clock, 1)
    Promise.objects.update(kind="case.verify", subject_id=77)
    page = sign_in("agent").get("/").content.decode()
    row = page[page.index("<tr data-row") :]
    assert re.search(r'<td class="act"><a class="btn btn-sm" href="/cases/77/">.*核实</a></td>', row)


def test_today_is_for_staff(client: Client, company: Company) -> None:
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


@pytest.mark.parametrize(
    ("who", "status"), [("agent", 403), ("service_manager", 200), ("auditor", 200), ("administrator", 403)]
)
def test_the_wall_is_for_those_who_lead_or_check(
    company: Company, sign_in: Callable[[str], Client], who: str, status: int
) -> None:
    assert sign_in(who).get("/wall/").status_code == status


@pytest.mark.parametrize("by", ["owner", "department", "store", "nonsense"])
def test_the_wall_counts_late_ones(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock, by: str
) -> None:
    promised(company)
    clock.set("2026-09-28T15:00")
    page = sign_in("service_manager").get(f"/wall/?by={by}").context["page"]
    assert (page.totals.late, page.totals.soon, len(page.rows)) == (1, 0, 1)


def test_a_deadline_says_why(company: Company, sign_in: Callable[[str], Client]) -> None:
    promise = promised(company)
    page = sign_in("agent").get(f"/promises/{promise.pk}/").content.decode()
    assert re.search(r"09:00.12:00", page)
    assert sign_in("agent2").get(f"/promises/{promise.pk}/").status_code == 404


def test_a_moved_deadline_comes_from_the_form(
    company: Company, sign_in: Callable[[str], Client], clock: MovableClock
) -> None:
    promise = promised(company)
    manager = sign_in("service_manager")
    refused = manager.post(f"/promises/{promise.pk}/", {"due_at": "2026-09-28T08:00", "reason": "x"})
    assert refused.status_code == 422
    moved = manager.post(f"/promises/{promise.pk}/", {"due_at": "2026-09-30T15:00", "reason": "part arrives then"})
    assert moved.status_code == 302
    assert Promise.objects.get().due_at == clock.set("2026-09-30T15:00")
