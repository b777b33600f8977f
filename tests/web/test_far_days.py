"""No day that an address or a form can name turns a page into an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.cases.actions.plan import plan_case
from huiyin.cases.models import Case, CasePlan
from huiyin.field_service.models import SiteVisit
from huiyin.foundation.calls import system_call
from huiyin.foundation.shipping import ship_all
from huiyin.kernel.refusal import Invalid
from huiyin.web.moment_words import moment_words
from tests.cases.conftest import Cases, cases, customer, traces
from tests.conftest import SHANGHAI

__all__ = ["cases", "customer"]
pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
FAR = ("0001-01-01", "9999-12-31")
ADDRESSES = (
    "/cases/?tab=all&text={day}",
    "/cases/tracking/?first={day}",
    "/cases/tracking/?last={day}",
    "/cases/tracking/?first=0001-01-01&last={day}",
    "/cases/tracking/file/?as=pdf&first={day}&last={day}",
    "/cases/tracking/file/?as=docx&last={day}",
    "/cases/tracking/file/?as=xlsx&last={day}",
    "/site-visits/?day={day}",
    "/visits/?tab=done&text={day}",
    "/plan/?week={day}",
    "/plan/?week={year}-W01",
    "/plan/?week={year}-W52",
    "/plan/coverage/?period={year}-W01",
    "/plan/coverage/?period={month}",
    "/plan/coverage/records/?period={month}",
    "/plan/coverage.csv?period={year}-W52",
    "/insight/?period={year}-W52",
    "/insight/?period={month}",
    "/insight/trend/?period={month}",
    "/insight/stores/?period={year}-W01",
    "/insight/left-out/?after={day}",
    "/wall/?by=owner&after={day}",
    "/reports/?after={day}",
    "/demand-forms/?month={month}",
    "/gift-lists/?month={month}",
    "/spare-parts/ledger/?after={day}",
    "/spare-parts/?text={day}",
    "/imports/?after={day}",
    "/calendar/?year={year}",
    "/calendar/standard/day/?day={day}",
    "/calendar/deadline/?start={day}T23:00&amount=3&unit=working_days&calendar=standard",
    "/search/?q={day}",
    "/customers/?text={day}",
)


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_list_breaks_at_the_ends_of_time(sign_in: SignIn, cases: Cases, address: str, day: str) -> None:
    ship_all(system_call())
    cases.open()
    answer = sign_in("director").get(address.format(day=day, year=day[:4], month=day[:7]))
    assert answer.status_code != 404, "there is such a page"
    assert answer.status_code < 500, address


def test_what_happened_before_1900_is_refused_at_its_field_by_page_and_api(sign_in: SignIn, cases: Cases) -> None:
    client, before = sign_in("agent"), traces()
    given = {"kind": "complaint", "topic": "technical", "channel": "phone", "description": "压缩机停机"}
    for name, moment in (("happened_at", "0001-01-01T00:00"), ("wanted_by", "9999-12-31")):
        page = client.post(reverse("case-new"), given | {name: moment})
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {name}
        assert "年份应在 1900 到 2200 之间。" in page.content.decode()
        assert moment in page.content.decode(), "what was typed is kept"
        told = moment + "+08:00" if name == "happened_at" else moment
        answer = client.post("/api/v1/cases", given | {name: told}, content_type="application/json")
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [name])
    assert traces() == before, "and nothing happened"


def test_a_case_that_was_kept_with_an_impossible_moment_opens_all_the_same(sign_in: SignIn, cases: Cases) -> None:
    case = cases.open()
    Case.objects.filter(pk=case.pk).update(happened_at=datetime(1, 1, 1, tzinfo=SHANGHAI))
    client, paper = sign_in("director"), reverse("case-tracking-file") + "?as=pdf"
    pages = [reverse("case", args=[case.pk]), reverse("cases") + "?tab=all", f"/api/v1/cases/{case.pk}", paper]
    assert [client.get(page).status_code for page in pages] == [200] * 4


def test_the_last_hours_of_the_year_9999_are_told_in_words() -> None:
    assert moment_words(datetime(9999, 12, 31, 23, tzinfo=UTC)).endswith("23:00")


@pytest.mark.parametrize("due", [datetime(9999, 12, 31, 23, tzinfo=SHANGHAI), datetime(2201, 1, 1, tzinfo=SHANGHAI)])
def test_a_plan_is_not_due_centuries_ahead(cases: Cases, due: datetime) -> None:
    case = cases.until("verify")
    before = traces()
    with pytest.raises(Invalid) as refused:
        plan_case(cases.company.call("agent"), case.pk, steps="更换压缩机", due_at=due)
    assert list(refused.value.fields) == ["due_at"]
    assert (traces(), CasePlan.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    "given",
    [
        {"start_at": "9999-12-31T23:00"},
        {"start_at": "0001-01-01T00:00"},
        {"slot": "{engineer}|gestern"},
        {"slot": "{engineer}|2026-09-29T10:00"},
        {"slot": "²|2026-09-29T10:00:00+08:00"},
        {"slot": "99999999999999999999|2026-09-29T10:00:00+08:00"},
        {"slot": "{engineer}|9999-12-31T23:30:00+08:00"},
    ],
)
def test_a_site_visit_centuries_away_or_of_a_tampered_time_is_refused_at_its_field(
    sign_in: SignIn, cases: Cases, given: dict[str, str]
) -> None:
    ship_all(system_call())
    case, engineer = cases.until("start"), cases.company.staff["engineer"].pk
    typed = {name: value.format(engineer=engineer) for name, value in given.items()}
    asked = typed if "slot" in typed else typed | {"engineer_id": str(engineer)}
    answer = sign_in("director").post(reverse("site-visit-new", args=[case.pk]), asked | {"address": "漕溪路 100 号"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) & {"start_at", "engineer_id"}
    assert SiteVisit.objects.count() == 0
