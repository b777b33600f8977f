"""The pages of spare parts, by role; what is wrong is said where it is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.cases.models import Case
from huiyin.spare_parts.models import Movement, Need, Part, Place
from tests.spare_parts.conftest import Shelf

pytestmark = pytest.mark.django_db
LEADS = frozenset({"director", "service_manager", "rnd_head"})
EVERYBODY = ("director", "service_manager", "agent", "quality", "rnd_head", "engineer", "store_manager", "auditor")


def _seen_by_the_engineer(shelf: Shelf) -> Case:
    """A case the engineer handles."""
    case = shelf.cases.open()
    Case.objects.filter(pk=case.pk).update(handler=shelf.company.staff["engineer"])
    return case


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_and_changes_what(sign_in: Callable[[str], Client], shelf: Shelf, who: str) -> None:
    shelf.receive(2)
    need = shelf.reserve_for(_seen_by_the_engineer(shelf), 3)
    client, part = sign_in(who), [shelf.part.pk]
    seen = [
        reverse("stock"),
        reverse("stock") + f"?tab=low&text=YSJ&place={shelf.warehouse.pk}",
        reverse("part", args=part),
        reverse("part-needs"),
        reverse("part-needs") + "?tab=missing",
        reverse("part-ledger"),
        reverse("part-places"),
    ]
    assert [client.get(page).status_code for page in seen] == [200] * len(seen)
    catalogue = [reverse("part-new"), reverse("part-change", args=part), reverse("part-place-new")]
    assert {client.get(page).status_code for page in catalogue} == {200 if who in LEADS else 403}
    keeps = 200 if who in {*LEADS, "store_manager"} else 403
    assert client.get(reverse("part-step", args=[*part, "receive"])).status_code == keeps
    moves = 200 if who in {*LEADS, "store_manager", "engineer"} else 403
    assert client.get(reverse("part-step", args=[*part, "transfer"])).status_code == moves
    handles = 302 if who in {*LEADS, "engineer"} else 403
    if who != "store_manager":  # see test_sight.py
        assert client.get(reverse("part-need", args=[need.pk])).status_code == 200
        assert client.post(reverse("part-need-step", args=[need.pk, "issue"])).status_code == handles


def test_a_part_is_entered_booked_in_and_found(sign_in: Callable[[str], Client], shelf: Shelf) -> None:
    client = sign_in("service_manager")
    given = {"number": "MF-3", "name": "密封圈", "unit": "个", "price": "2.5", "lead_days": "5", "in_use": "on"}
    made = client.post(reverse("part-new"), given)
    part = Part.objects.get(number="MF-3")
    assert made["Location"] == reverse("part", args=[part.pk])
    again = client.post(reverse("part-new"), given)
    assert (again.status_code, "“MF-3”已被占用。" in again.content.decode()) == (422, True)
    step = reverse("part-step", args=[part.pk, "receive"])
    body = {"place_id": str(shelf.warehouse.pk), "quantity": "40", "reason": "送货单 8812", "once": "k1"}
    assert [client.post(step, body).status_code for _twice in range(2)] == [302, 302]
    assert [str(move.quantity) for move in Movement.objects.filter(part=part)] == ["40.000"], "sent twice, booked once"
    listed = client.get(reverse("stock") + "?text=密封").content.decode()
    assert "密封圈" in listed
    assert "压缩机" not in listed
    too_much = client.post(
        reverse("part-step", args=[part.pk, "scrap"]),
        {"place_id": str(shelf.warehouse.pk), "quantity": "41", "reason": "老化"},
    )
    assert (too_much.status_code, "这里可用的只有 40，未作任何登记。" in too_much.content.decode()) == (422, True)


def test_an_engineer_moves_what_lies_in_the_own_van_alone(sign_in: Callable[[str], Client], shelf: Shelf) -> None:
    shelf.receive(2)
    shelf.receive(1, place=shelf.van)
    client, step = sign_in("engineer"), reverse("part-step", args=[shelf.part.pk, "transfer"])
    body = {"place_id": str(shelf.van.pk), "to_place_id": str(shelf.warehouse.pk), "quantity": "1"}
    assert client.post(step, body).status_code == 302
    swapped = {"place_id": str(shelf.warehouse.pk), "to_place_id": str(shelf.van.pk), "quantity": "1"}
    assert client.post(step, swapped).status_code == 422
    assert shelf.there() == ("3", "0", "0")


def test_a_need_is_handled_where_one_stands(sign_in: Callable[[str], Client], shelf: Shelf) -> None:
    shelf.receive(3)
    need = shelf.reserve_for(_seen_by_the_engineer(shelf), 3)
    client, back = sign_in("engineer"), reverse("stock")
    step = {name: reverse("part-need-step", args=[need.pk, name]) for name in ("issue", "use", "return", "waste")}
    assert client.post(step["issue"], {"back": back})["Location"] == back
    assert client.post(step["use"], {"quantity": "1", "back": "https://evil.example/"})["Location"] == reverse(
        "part-need", args=[need.pk]
    )
    assert client.post(step["waste"], {"quantity": "1"}).status_code == 302
    wrong = client.post(step["return"], {"quantity": "2"})
    assert (wrong.status_code, "为此领用的只有 1，未作任何登记。" in wrong.content.decode()) == (422, True)
    client.post(step["return"], {})
    done = Need.objects.get(pk=need.pk)
    assert (done.used, done.wasted, done.returned, done.is_open) == (1, 1, 1, False)


def test_a_van_needs_an_engineer(sign_in: Callable[[str], Client], shelf: Shelf) -> None:
    client = sign_in("director")
    answer = client.post(reverse("part-place-new"), {"code": "V2", "name": "二号车", "kind": "van", "in_use": "on"})
    assert (answer.status_code, "车载库必须指定工程师。" in answer.content.decode()) == (422, True)
    changed = {"code": "W1", "name": "总库", "kind": "warehouse", "in_use": "on"}
    client.post(reverse("part-place", args=[shelf.warehouse.pk]), changed)
    assert Place.objects.get(pk=shelf.warehouse.pk).name == "总库"
