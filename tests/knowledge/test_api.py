"""Articles by the API."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.knowledge.conftest import TITLE, Articles

SignIn = Callable[[str], Client]
JSON = "application/json"


def test_an_article_goes_all_its_way_by_the_api(sign_in: SignIn) -> None:
    agent, quality = sign_in("agent"), sign_in("quality")
    made = agent.post("/api/v1/articles", {"title": "漏水", "text": "关阀门", "products": ["JSQ"]}, content_type=JSON)
    assert made.status_code == 201
    address = f"/api/v1/articles/{made.json()['id']}"
    assert (made.json()["state"], made.json()["in_use"], made.json()["version"]) == ("draft", False, 1)
    changed = agent.put(address, {"title": "漏水", "text": "关总阀门", "expected": 1}, content_type=JSON)
    assert changed.json()["version"] == 2
    assert agent.post(f"{address}/submit", {}, content_type=JSON).json()["state"] == "review"
    assert quality.post(f"{address}/publish", content_type=JSON).json()["in_use"] is True
    found = agent.get("/api/v1/articles/search?text=漏水").json()
    assert [(each["id"], each["title"]) for each in found] == [(made.json()["id"], "漏水")]
    assert agent.post(f"{address}/vote", {"useful": True}, content_type=JSON).json()["useful"] == 1
    assert quality.post(f"{address}/confirm", content_type=JSON).json()["state"] == "published"
    assert quality.post(f"{address}/retire", {"reason": "过时"}, content_type=JSON).json()["in_use"] is False


def test_the_list_and_problems_are_told(articles: Articles, sign_in: SignIn) -> None:
    articles.published()
    client = sign_in("agent")
    assert [each["title"] for each in client.get("/api/v1/articles?tab=use").json()["items"]] == [TITLE]
    assert client.post("/api/v1/articles", {"title": "只有标题"}, content_type=JSON).status_code == 422
    assert client.get("/api/v1/articles/999999").status_code == 404
