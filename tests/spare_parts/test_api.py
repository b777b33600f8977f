"""The API of spare parts carries the same rules as the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.cases.models import Case
from tests.spare_parts.conftest import Shelf

pytestmark = pytest.mark.django_db


def test_a_part_is_booked_issued_and_used_by_the_api(sign_in: Callable[[str], Client], shelf: Shelf) -> None:
    manager, engineer = sign_in("service_manager"), sign_in("engineer")
    address = f"/api/v1/spare-parts/parts/{shelf.part.pk}/movements"
    body = {"kind": "receive", "place_id": shelf.warehouse.pk, "quantity": "2"}
    booked = manager.post(address, body, content_type="application/json").json()
    assert (booked["number"], booked["free"]) == ("YSJ-12", "2.000")
    assert engineer.post(address, body, content_type="application/json").status_code == 403
    case = shelf.cases.open()
    Case.objects.filter(pk=case.pk).update(handler=shelf.company.staff["engineer"])
    need = shelf.reserve_for(case, 2)
    here = f"/api/v1/spare-parts/needs/{need.pk}"
    for verb, body in (("issue", {}), ("use", {"quantity": "1"}), ("give-back", {})):
        assert engineer.post(f"{here}/{verb}", body, content_type="application/json").status_code == 200
    told = engineer.get(here).json()
    assert (told["state"], told["used"], told["returned"]) == ("done", "1.000", "1.000")
    refused = engineer.post(f"{here}/use", {"quantity": "1"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert engineer.get("/api/v1/spare-parts/check").json() == []
    kinds = [row["kind"] for row in engineer.get("/api/v1/spare-parts/movements").json()["items"]]
    assert kinds == ["return", "use", "issue", "reserve", "receive"]
