"""The board's pages and API say the same numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.insights.pages.heat import level
from huiyin.insights.public import board
from huiyin.questionnaires.public import Asking
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
    assert len(links) == 16 + 2 * 2  # each problem stands among the top ones and in the chart's table
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_records_list_every_row(full: Week, sign_in: Callable[[str], Client]) -> None:
    html = sign_in("director").get("/insight/records/connect-rate/?period=2026-W40").content.decode()
    assert html.count('<td class="wide">') == 7


def test_trends_come_with_a_table(full: Week, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("director")
    html = client.get("/insight/trend/?period=2026-W40").content.decode()
    assert html.count("<figure") == html.count("data-chart") == html.count("<table") == 16
    assert "3.68" in html
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/insight/records/[^"]+)"', html)}
    assert len(links) == 16
    assert {client.get(link).status_code for link in links} == {200}


def test_charts_say_what_their_tables_say(full: Week, sign_in: Callable[[str], Client]) -> None:
    html = sign_in("director").get("/insight/?period=2026-W40").content.decode()
    scores, pareto = (json.loads(one) for one in re.findall(r'<script type="application/json">(.*?)</script>', html))
    tiles = board(full.lens()).tiles
    assert [point["value"] for point in scores["points"]] == [
        tiles[f"dimension-{one}"].figure.value for one in ("product", "response", "staff", "process", "value")
    ]
    assert [(one["value"], one["so_far"]) for one in pareto["points"]] == [(2, 66.7), (1, 100.0)]
    assert full.store("S01").name not in html.split("</select>")[1]


def test_stores_stand_side_by_side_each_cell_with_n_and_records(full: Week, sign_in: Callable[[str], Client]) -> None:
    full.asked()
    client = sign_in("director")
    html = client.get("/insight/stores/?period=2026-W40").content.decode()
    first, second = full.store("S01"), full.store("S02")
    overall = board(full.lens(store=first.pk)).tiles["overall"]
    assert f"{overall.shown}<small>n = {overall.figure.n}</small>" in html
    assert html.index(first.name) < html.index(second.name)
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/insight/records/[^"]+)"', html)]
    assert len(links) == 2 * 6
    for link in links:
        found = client.get(link).content.decode()
        assert found.count('<td class="wide">') == int(re.search(r"n = (\d+)", found)[1])  # type: ignore[index]


def test_what_belongs_to_no_store_has_a_row_of_its_own(full: Week, sign_in: Callable[[str], Client]) -> None:
    Asking.objects.filter(mean=1).update(store_id=None)
    client = sign_in("director")
    html = client.get("/insight/stores/?period=2026-W40").content.decode()
    assert "无门店" in html
    assert client.get("/insight/records/overall/?period=2026-W40&store=0").content.decode().count('class="wide"') == 1


@pytest.mark.parametrize(
    ("value", "depth"), [(None, 0), (3.0, 1), (3.19, 1), (3.2, 2), (3.5, 3), (3.79, 4), (3.99, 5), (4.0, 5)]
)
def test_the_depth_of_a_colour_follows_the_value(value: float | None, depth: int) -> None:
    assert level(value, 3.0, 4.0) == depth


def test_a_map_of_equal_values_has_one_depth() -> None:
    assert level(4.0, 4.0, 4.0) == 5


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
