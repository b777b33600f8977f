"""Today, the wall and "why this deadline", as each person sees them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.promises.public import Promise
from tests.conftest import Company, MovableClock
from tests.promises.test_ledger import promised


def test_today_shows_what_i_owe_and_nothing_else(company: Company, sign_in: Callable[[str], Client]) -> None:
    promised(company)
    assert "Call Mr Li back" in sign_in("agent").get("/").content.decode()
    assert "Call Mr Li back" not in sign_in("agent2").get("/").content.decode()


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
