"""What the API answers: problems in the caller's language, pages, the docs without the outside world."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from huiyin.organisation.public import Store
from tests.api.conftest import Caller
from tests.conftest import Company, MovableClock


def test_openapi_lists_operations_with_both_ways_to_sign_in(db: None) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["info"]["title"] == "Huiyin 回音"
    assert set(schema["components"]["securitySchemes"]) == {"BearerToken", "BrowserSession"}
    answers = schema["paths"]["/api/v1/organisation/stores"]["get"]["responses"]
    assert set(map(int, answers)) == {200, 401, 403, 404, 409, 422, 429}


def test_the_docs_page_loads_nothing_from_outside(db: None) -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert "swagger-ui-bundle" in page
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page) == []


def test_me_tells_rights_and_scope(caller: Callable[..., Caller], company: Company) -> None:
    me = caller("agent")("GET", "/organisation/me").json()
    assert (me["name"], me["scope"], me["roles"]) == ("agent", "own", ["agent"])
    assert me["department_ids"] == [company.departments["service"].pk]


def test_a_session_reads_and_needs_the_csrf_token_to_write(sign_in: Callable[[str], Client]) -> None:
    assert sign_in("agent").get("/api/v1/organisation/me").json()["name"] == "agent"


def test_a_wrong_token_is_not_helped_by_a_session(sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("agent").get("/api/v1/organisation/me", headers={"Authorization": "Bearer hy_wrong"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Not signed in"), ("zh-hans", "未登录"), ("zh-CN,zh;q=0.9", "未登录")]
)
def test_problems_speak_the_callers_language(db: None, language: str, title: str) -> None:
    answer = Client().get("/api/v1/organisation/me", headers={"Accept-Language": language})
    assert answer.json()["title"] == title


def test_pages_follow_each_other_to_the_end(caller: Callable[..., Caller]) -> None:
    Store.objects.bulk_create(Store(code=f"T{n:02}", name=f"店{n}") for n in range(5))
    ask = caller("agent")
    seen: list[str] = []
    after = ""
    while True:
        page = ask("GET", f"/organisation/stores?size=3{after}").json()
        seen += [store["code"] for store in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == ["S01", "S02", "T00", "T01", "T02", "T03", "T04"]


@pytest.mark.parametrize("query", ["size=0", "size=201", "size=x"])
def test_a_wrong_page_size_is_refused_by_field(caller: Callable[..., Caller], query: str) -> None:
    answer = caller("agent")("GET", f"/organisation/stores?{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["size"])


def cursor(*key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


FOREIGN = {
    "a day that is none": cursor("2026-02-30", 1),
    "words for a moment": cursor("abc", 1),
    "half a character": cursor("\ud800", 1),
    "a list in a list": cursor([1], 1),
    "a number without end": cursor("2026-09-28T10:00:00+08:00", 1e400),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_cursor_of_another_list_is_refused_over_the_api_and_on_pages(
    caller: Callable[..., Caller], sign_in: Callable[[str], Client], name: str
) -> None:
    answer = caller("service_manager")("GET", f"/articles?after={FOREIGN[name]}")
    assert (answer.status_code, answer.json()["detail"]) == (422, "This cursor does not belong to this list.")
    page = sign_in("service_manager").get(f"/articles/?after={FOREIGN[name]}")
    assert (page.status_code, "分页游标不属于该列表。" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("key", ["x", "===", cursor("\x00", 1), base64.urlsafe_b64encode(b"[" * 99_000).decode()])
def test_a_cursor_that_cannot_be_read_begins_at_the_beginning(caller: Callable[..., Caller], key: str) -> None:
    assert caller("service_manager")("GET", f"/articles?after={key}").json() == {"items": [], "next": None}
    assert caller("service_manager")("GET", f"/customers?after={key}").status_code == 200


def test_a_nul_character_is_refused(caller: Callable[..., Caller]) -> None:
    answer = caller("agent")("GET", "/organisation/stores?after=%00")
    assert (answer.status_code, answer.json()["detail"]) == (422, "A text holds a NUL character.")


@pytest.mark.parametrize(
    "body",
    [
        r'{"code": "T9", "name": "\ud800"}',
        '{"name": NaN}',
        '{"name": 1e999}',
        "[" * 100_000,
        '{"a":' * 400 + "1" + "}" * 400,
        "{",
        "\xff",
    ],
)
def test_a_body_that_nobody_can_keep_is_refused(caller: Callable[..., Caller], body: str) -> None:
    secret = caller("service_manager").secret
    answer = Client().generic(
        "POST",
        "/api/v1/articles",
        data=body.encode("latin-1"),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"},
    )
    assert (answer.status_code, answer.json()["detail"]) == (422, "The body is not JSON in UTF-8.")


def test_an_unknown_address_is_a_problem_too(caller: Callable[..., Caller]) -> None:
    assert caller("agent")("GET", "/nothing").status_code == 404


def test_the_limit_per_minute_holds_and_ends(
    caller: Callable[..., Caller], settings: Settings, clock: MovableClock
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    ask = caller("agent")
    assert [ask("GET", "/organisation/me").status_code for _n in range(3)] == [200, 200, 429]
    refused = ask("GET", "/organisation/me")
    assert (refused.json()["code"], refused["Retry-After"]) == ("too_many_requests", "60")
    clock.advance(minutes=1)
    assert ask("GET", "/organisation/me").status_code == 200
