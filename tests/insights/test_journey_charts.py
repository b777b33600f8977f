"""Charts in the browser: drawn from what the page says, in the theme's colours, and every point opens its records."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.insights.lifelike import Week

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

CENTRE = """([chart, place]) => {
    const figure = document.querySelectorAll("[data-chart]")[chart], drawn = figure.querySelector(".chart-draw");
    const at = window.echarts.getInstanceByDom(drawn).convertToPixel({seriesIndex: 0}, place);
    const box = drawn.getBoundingClientRect();
    return [box.left + at[0], box.top + at[1]];
}"""
COLOUR = """() => window.echarts.getInstanceByDom(document.querySelector("[data-chart] .chart-draw")).getOption()
    .series[0].itemStyle.color"""


def opened(page: Page) -> None:
    page.goto("/insight/?period=2026-W40")
    page.locator("[data-chart]").first.scroll_into_view_if_needed()
    page.locator("[data-chart] canvas").first.wait_for()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_click_on_a_bar_opens_its_records(full: Week, visit: Callable[..., Page], size: str) -> None:
    page = visit("director", size=size)
    opened(page)
    page.mouse.click(*page.evaluate(CENTRE, [0, [2, 4]]))
    page.wait_for_url(re.compile(r"/insight/records/dimension-value/"))
    assert "n = 7" in page.locator("main").inner_text()


def test_a_point_of_a_trend_opens_the_records_of_its_week(full: Week, visit: Callable[..., Page]) -> None:
    page = visit("director")
    page.goto("/insight/trend/?period=2026-W41")
    page.locator("[data-chart] canvas").first.wait_for()
    page.mouse.click(*page.evaluate(CENTRE, [0, [6, 3.68]]))
    page.wait_for_url(re.compile(r"/insight/records/overall/.period=2026-W40"))


def test_colours_follow_the_theme_at_once(full: Week, visit: Callable[..., Page]) -> None:
    page = visit("director", theme="light")
    opened(page)
    light = page.evaluate(COLOUR)
    page.evaluate("document.documentElement.dataset.theme = 'dark'; document.dispatchEvent(new CustomEvent('theme'))")
    assert (light, page.evaluate(COLOUR)) == ("#1661ab", "#236cb3")


def test_a_chart_follows_the_width_of_its_place(full: Week, visit: Callable[..., Page]) -> None:
    page = visit("director")
    opened(page)
    drawn = page.locator("[data-chart] .chart-draw").first
    page.set_viewport_size({"width": 700, "height": 900})
    page.wait_for_function(
        "() => { const one = document.querySelector('[data-chart] .chart-draw');"
        " return window.echarts.getInstanceByDom(one).getWidth() === one.clientWidth; }"
    )
    assert drawn.bounding_box()["width"] < 700  # type: ignore[index]


def test_pages_without_charts_do_not_load_the_library(full: Week, visit: Callable[..., Page]) -> None:
    page = visit("director")
    page.goto("/insight/records/overall/?period=2026-W40")
    assert page.evaluate("typeof window.echarts") == "undefined"
    assert page.locator("script[src*=charts]").count() == 0
