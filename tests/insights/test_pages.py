"""The board's pages and API say the same numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.insights.public import board
from tests.api.conftest import Caller, caller
from tests.insights.lifelike import Week

__all__ = ["caller"]


def test_the_board_shows_each_number_with_n_and_interval(full: Week, sign_in: Callable[[str], Client]) -> None:
    html = sign_in("director").get("/insight/?period=2026-W40").content.decode()
    for tile in board(full.lens()).tiles.values():
        assert f"{tile.shown}<" in html
        if tile.interval:
            assert f"n = {tile.figure.n} · {tile.interval}" in html
    assert "9月第4周" in html


def test_each_number_opens_its_records(full: Week, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("director")
    html = client.get("/insight/?period=2026-W40").content.decode()
    links = re.findall(r'href="(/insight/(?:records|problems)/[^"]+)"', html)
    assert len(links) == 16 + 2
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_records_list_every_row(full: Week, sign_in: Callable[[str], Client]) -> None:
    html = sign_in("director").get("/insight/records/connect-rate/?period=2026-W40").content.decode()
    assert html.count('<td class="wide">') == 7


def test_trends_come_with_a_table(full: Week, sign_in: Callable[[str], Client]) -> None:
    html = sign_in("director").get("/insight/trend/?period=2026-W40").content.decode()
    assert html.count("<figure") == 16
    assert html.count("<table") == 16
    assert "3.68" in html


@pytest.mark.parametrize("query", ["period=2026-W99", "period=x"])
def test_a_period_that_does_not_exist_is_answered_with_words(
    full: Week, sign_in: Callable[[str], Client], query: str
) -> None:
    answer = sign_in("director").get(f"/insight/?{query}")
    assert answer.status_code == 422
    assert "2026-W40" in answer.content.decode()


def test_an_unknown_number_is_not_found(full: Week, sign_in: Callable[[str], Client]) -> None:
    assert sign_in("director").get("/insight/records/none/").status_code == 404


def test_the_api_gives_the_same_board(full: Week, caller: Callable[..., Caller]) -> None:
    api = caller("director")
    found = api("GET", "/insight/board?period=2026-W40").json()
    tiles = board(full.lens()).tiles
    assert {one["code"]: one["figure"]["value"] for one in found["figures"]} == {
        code: tile.figure.value for code, tile in tiles.items()
    }
    assert found["period"]["first"] == "2026-09-28"
    rows = api("GET", "/insight/records/success-rate?period=2026-W40&size=3").json()
    assert (len(rows["items"]), rows["figure"]["n"], rows["next"] is not None) == (3, 5, True)
    points = api("GET", "/insight/trends/overall?period=2026-W40").json()["points"]
    assert [point["period"]["code"] for point in points][-1] == "2026-W40"
    assert len(points) == 8
