"""Gift lists over the API: handing in, results, errors; rights and scope as on the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.promotions.tasks import prepare_list
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.conftest import Company
from tests.promotions.conftest import answer, ask_all

pytestmark = pytest.mark.django_db
LINE = {"name": "王芳", "phone": "13800200001", "gift": "电饭煲", "value": "399.00", "given_on": "2026-09-10"}
NEW = {"name": "中秋礼品", "lines": [LINE, {**LINE, "name": "李强", "phone": "123"}, LINE]}


def test_a_list_is_handed_in_checked_and_read_over_the_api(shop: Company, caller: Callable[..., Caller]) -> None:
    store, agent, director = caller("store_manager"), caller("agent"), caller("director")
    made = [store("POST", "/promotions/lists", NEW, **{"Idempotency-Key": "k"}) for _twice in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    assert GiftList.objects.count() == 1
    here = f"/promotions/lists/{made[0].json()['id']}"
    assert (made[0].json()["state"], made[0].json()["lines"], made[0].json()["hindered"]) == ("draft", 3, 2)
    lines = store("GET", f"{here}/lines").json()["items"]
    assert [(line["phone"], line["hindrance"]) for line in lines] == [
        ("138****0001", ""),
        ("****23", "wrong_phone"),
        ("138****0001", "duplicate"),
    ]
    assert store("POST", f"{here}/submit").json()["state"] == "submitted"
    assert store("POST", f"{here}/submit").status_code == 409
    assert store("POST", f"{here}/lines", {"lines": [LINE]}).status_code == 409
    prepare_list(GiftList.objects.get().pk)
    ask_all()
    answer(GiftLine.objects.get(position=1), received="no")
    error = agent("GET", "/promotions/errors").json()["items"][0]
    assert (error["kind"], error["state"]) == ("not_received", "owed")
    there = f"/promotions/errors/{error['id']}"
    assert agent("POST", f"{there}/mend", {"explanation": "x", "evidence": "y"}).status_code == 403
    assert store("POST", f"{there}/mend", {"explanation": "漏发", "evidence": " "}).status_code == 422
    assert store("POST", f"{there}/mend", {"explanation": "漏发", "evidence": "已补"}).json()["state"] == "mended"
    assert agent("POST", f"{there}/return", {"reason": "再查"}).json()["state"] == "owed"
    store("POST", f"{there}/mend", {"explanation": "漏发", "evidence": "已补"})
    assert agent("POST", f"{there}/close", {"reason": "无误"}).json()["state"] == "closed"
    assert store("GET", here).json()["state"] == "complete"
    assert store("POST", f"{here}/sign").status_code == 403
    assert director("POST", f"{here}/sign").json()["state"] == "signed"
    result = store("GET", f"{here}/result").json()
    assert result["amounts"]["mended"] == "399.00"
    assert result["lines"][0]["name"] == "王*"


def test_another_stores_lists_and_errors_are_out_of_reach(shop: Company, caller: Callable[..., Caller]) -> None:
    director, store = caller("director"), caller("store_manager")
    assert store("POST", "/promotions/lists", {**NEW, "store": "S02"}).status_code == 422
    made = director("POST", "/promotions/lists", {**NEW, "store": "S02"}).json()["id"]
    for method, part in (("GET", ""), ("GET", "/lines"), ("GET", "/result"), ("POST", "/submit")):
        assert store(method, f"/promotions/lists/{made}{part}", {} if method == "POST" else None).status_code == 404
    assert store("GET", "/promotions/lists").json()["items"] == []
    assert caller("engineer")("GET", "/promotions/lists").status_code == 403
    assert GiftError.objects.count() == 0
