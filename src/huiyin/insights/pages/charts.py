"""Charts as the script draws them: plain descriptions with values, words and the addresses of the records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from huiyin.foundation.forms import say
from huiyin.insights.kpi import DIGITS, UNIT_WORDS, Kpi
from huiyin.insights.queries.board import Tile, Trend, shown
from huiyin.insights.queries.problems import Problem
from huiyin.questionnaires.public import Figure

Description = dict[str, Any]
LEAST_SCORE, MOST_SCORE = 1, 5


def records_href(code: str, period: str, store: int | None) -> str:
    """The address of the records behind a figure."""
    chosen = "" if store is None else f"&store={store}"
    return f"{reverse('insight-records', args=[code])}?period={period}{chosen}"


def problem_href(problem: Problem, period: str, store: int | None) -> str:
    """The address of the cases with a problem."""
    chosen = "" if store is None else f"&store={store}"
    return f"{reverse('insight-problem', args=[problem.code])}?period={period}{chosen}"


def trend_chart(trend: Trend, store: int | None) -> Description:
    """A number over the last periods with its intervals and its aim."""
    kpi = trend.kpi
    aim = None if kpi.target is None else shown(kpi.target, DIGITS[kpi.unit])
    return {
        "kind": "trend",
        "digits": DIGITS[kpi.unit],
        "target": kpi.target,
        "target_words": pgettext("aim of a figure", "Aim %(value)s") % {"value": aim} if aim else "",
        "points": [
            _point(kpi, figure, say(period.words), records_href(kpi.code, period.code, store))
            for period, figure in trend.points
        ],
    }


def scores_chart(tiles: Sequence[Tile], period: str, store: int | None) -> Description:
    """Scores side by side with their intervals, on the whole scale."""
    return {
        "kind": "bars",
        "digits": tiles[0].digits,
        "least": LEAST_SCORE,
        "most": MOST_SCORE,
        "points": [
            _point(tile.kpi, tile.figure, gettext(tile.kpi.label), records_href(tile.kpi.code, period, store))
            for tile in tiles
        ],
    }


def pareto_chart(problems: Sequence[Problem], period: str, store: int | None) -> Description:
    """Problems by frequency, and how much the most frequent make up together."""
    return {
        "kind": "pareto",
        "count_words": gettext("Cases"),
        "sum_words": gettext("Share so far"),
        "points": [
            {
                "name": gettext(one.label),
                "value": one.count,
                "so_far": round(one.so_far, 1),
                "words": f"{gettext(one.label)}\n{one.count} · {shown(one.share.value, 1)} %",
                "href": problem_href(one, period, store),
            }
            for one in problems
        ],
    }


def _point(kpi: Kpi, figure: Figure, name: str, href: str) -> Description:
    tile = Tile(kpi, figure, None)
    value = f"{tile.shown} {gettext(UNIT_WORDS[kpi.unit])}" if figure.known else tile.shown
    return {
        "name": name,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "words": f"{name}\n{value}\nn = {figure.n}" + (f" · {tile.interval}" if tile.interval else ""),
        "href": href,
    }
