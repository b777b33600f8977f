"""What parts are wanted for is told to whoever sees it, and to the keeper of the place by its number alone (ORG-3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.cases.models import Case, CaseTask
from huiyin.field_service.public import plan_visit
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.foundation.shipping import ship_all
from huiyin.promises.public import Promise
from huiyin.spare_parts.models import Movement, Need, Stock
from tests.conftest import SHANGHAI
from tests.spare_parts.conftest import Shelf

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
SEES_THE_CASE = ("director", "service_manager", "agent", "quality", "auditor")
KEEPS_THE_PLACE = ("operations_head", "rnd_head")
NEITHER = ("agent2", "engineer", "store_manager")
HANDLES = frozenset({"director", "service_manager", "operations_head", "rnd_head", "engineer"})
RESERVES = HANDLES | {"agent", "agent2"}
STEPS = ("issue", "use", "return", "waste", "release")


@dataclass
class Wanted:
    """Two of a part, reserved for a case of the service department that the agent owns."""

    shelf: Shelf
    case: Case
    need: Need


@pytest.fixture
def wanted(shelf: Shelf) -> Wanted:
    case = shelf.cases.open(title="冷柜异响")
    Case.objects.filter(pk=case.pk).update(
        department=shelf.company.departments["service"], owner=shelf.company.staff["agent"], involved=[]
    )
    shelf.receive(3)
    return Wanted(shelf, case, shelf.reserve_for(case, 2))


def books() -> tuple[object, ...]:
    """Everything a step would change."""
    stock = Stock.objects.order_by("pk").values_list("free", "reserved", "issued")
    needs = Need.objects.order_by("pk").values_list("missing", "reserved", "issued", "used", "wasted", "released")
    return (list(stock), list(needs), Movement.objects.count(), ActEntry.objects.count())


def everywhere(client: Client, wanted: Wanted) -> str:
    """Every list of the room in which the need could stand."""
    part = wanted.shelf.part.pk
    addresses = [reverse("part-needs") + "?tab=all", reverse("part-ledger"), reverse("part", args=[part])]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * 3
    return "".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("who", SEES_THE_CASE)
def test_who_sees_the_case_reads_its_title_and_the_way_there(sign_in: SignIn, wanted: Wanted, who: str) -> None:
    client, case_page = sign_in(who), reverse("case", args=[wanted.case.pk])
    assert client.get(case_page).status_code == 200
    assert everywhere(client, wanted).count(f"{wanted.case.number} 冷柜异响") == 4, "two lists, stock and its ledger"
    page = client.get(reverse("part-need", args=[wanted.need.pk])).content.decode()
    assert f'href="{case_page}"' in page
    told = client.get(f"/api/v1/spare-parts/needs/{wanted.need.pk}").json()
    assert (told["subject_id"], told["title"]) == (wanted.case.pk, f"{wanted.case.number} 冷柜异响")


@pytest.mark.parametrize("who", KEEPS_THE_PLACE)
def test_who_only_keeps_the_place_reads_the_number_alone(sign_in: SignIn, wanted: Wanted, who: str) -> None:
    client, case_page = sign_in(who), reverse("case", args=[wanted.case.pk])
    assert client.get(case_page).status_code == 404
    lists = everywhere(client, wanted)
    assert (lists.count(wanted.case.number), "冷柜异响" in lists) == (4, False)
    page = client.get(reverse("part-need", args=[wanted.need.pk])).content.decode()
    assert (wanted.case.number in page, "冷柜异响" in page, case_page in page) == (True, False, False)
    told = client.get(f"/api/v1/spare-parts/needs/{wanted.need.pk}").json()
    assert (told["subject_id"], told["title"]) == (None, wanted.case.number)
    [listed] = client.get("/api/v1/spare-parts/needs?tab=all").json()["items"]
    assert listed == told


@pytest.mark.parametrize("who", NEITHER)
def test_who_neither_sees_the_case_nor_keeps_the_place_reads_nothing_of_it(
    sign_in: SignIn, wanted: Wanted, who: str
) -> None:
    client = sign_in(who)
    assert client.get(reverse("case", args=[wanted.case.pk])).status_code == 404
    lists = everywhere(client, wanted)
    need_page = reverse("part-need", args=[wanted.need.pk])
    assert (wanted.case.number in lists, "冷柜异响" in lists, need_page in lists) == (False, False, False)
    assert "不在您负责范围内的事项" in client.get(reverse("part-ledger")).content.decode()
    assert client.get(need_page).status_code == 404
    assert client.get("/api/v1/spare-parts/needs?tab=all").json()["items"] == []
    assert client.get(f"/api/v1/spare-parts/needs/{wanted.need.pk}").status_code == 404
    moves = client.get("/api/v1/spare-parts/movements").json()["items"]
    assert [(move["kind"], move["need_id"], move["reason"]) for move in moves] == [
        ("reserve", None, ""),
        ("receive", None, ""),
    ]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", NEITHER)
def test_no_step_is_taken_by_who_neither_sees_the_case_nor_keeps_the_place(
    sign_in: SignIn, wanted: Wanted, who: str, step: str
) -> None:
    client, before = sign_in(who), books()
    page = client.post(reverse("part-need-step", args=[wanted.need.pk, step]), {"quantity": "1"})
    assert page.status_code == 404
    verb, body = ("give-back", {"broken": True}) if step == "waste" else (step.replace("return", "give-back"), {})
    answer = client.post(f"/api/v1/spare-parts/needs/{wanted.need.pk}/{verb}", body, content_type="application/json")
    may = who in (RESERVES if step == "release" else HANDLES)
    assert answer.status_code == (404 if may else 403)
    assert books() == before, "and nothing happened"


@pytest.mark.parametrize("who", sorted({*SEES_THE_CASE, *KEEPS_THE_PLACE}))
def test_who_sees_the_case_or_keeps_the_place_takes_the_steps_of_their_rights(
    sign_in: SignIn, wanted: Wanted, who: str
) -> None:
    client, before = sign_in(who), books()
    for step, rights in (("issue", HANDLES), ("return", HANDLES), ("release", RESERVES)):
        wanted.need.refresh_from_db()
        if step == "release" and who in HANDLES:
            wanted.need = wanted.shelf.reserve_for(wanted.case, 1)
        answer = client.post(reverse("part-need-step", args=[wanted.need.pk, step]))
        assert answer.status_code == (302 if who in rights else 403), step
    if who not in RESERVES:
        assert books() == before, "and nothing happened"


def test_an_engineer_handles_the_parts_of_the_own_site_visit(sign_in: SignIn, wanted: Wanted) -> None:
    ship_all(system_call())
    company = wanted.shelf.company
    start = datetime(2026, 9, 29, 10, tzinfo=SHANGHAI)
    visit = plan_visit(
        company.call("director"),
        wanted.case.pk,
        engineer_id=company.staff["engineer"].pk,
        start_at=start,
        address="漕溪路 100 号",
    )
    CaseTask.objects.filter(pk=visit.task_id).update(dropped=True)
    client = sign_in("engineer")
    assert client.get(reverse("case", args=[wanted.case.pk])).status_code == 404, "the task is no longer theirs"
    page = client.get(reverse("part-need", args=[wanted.need.pk])).content.decode()
    assert (wanted.case.number in page, "冷柜异响" in page) == (True, False)
    assert client.post(reverse("part-need-step", args=[wanted.need.pk, "issue"])).status_code == 302


def test_a_missing_part_is_owed_under_the_number_alone(wanted: Wanted) -> None:
    wanted.shelf.reserve_for(wanted.case, 5)
    owed = Promise.objects.get(kind="spare_parts.bring")
    assert owed.title == f"YSJ-12 压缩机 × 4 · {wanted.case.number}"
