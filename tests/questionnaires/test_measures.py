"""Standard measures equal a second implementation on real reviews; their intervals cover as often as they say.

The second implementation works on single answers with the standard library's statistics and quantiles found by root
search, where the product works on sums and closed forms.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import Counter
from collections.abc import Callable, Sequence
from math import gamma, pi, sqrt
from pathlib import Path
from statistics import NormalDist, fmean, stdev, variance

import pytest

from huiyin.questionnaires.rules import scores
from huiyin.questionnaires.rules.figure import Figure
from huiyin.questionnaires.rules.kinds.handling import STEPS
from huiyin.questionnaires.rules.scores import Stratum, sums_of

PLACES = [folder / "shared" / "data" for folder in Path(__file__).parents]  # beside the repository or its worktree
DATA = next((place for place in PLACES if place.exists()), Path())
Z = NormalDist().inv_cdf(0.975)
needs_reviews = pytest.mark.skipif(not (DATA / "olist_order_reviews.csv.gz").exists(), reason="Olist reviews not here")


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / f"olist_{name}.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reviews() -> list[tuple[str, int]]:
    """State of the customer and score 1–5 of every review."""
    states = {one["customer_id"]: one["customer_state"] for one in rows("customers")}
    orders = {one["order_id"]: states[one["customer_id"]] for one in rows("orders")}
    return [(orders[one["order_id"]], int(one["review_score"])) for one in rows("order_reviews")]


def root(f: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function is nought."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return low


def t_by_simpson(df: float) -> float:
    """The 97.5 % point of Student's t, the density integrated by Simpson's rule."""
    front = gamma((df + 1) / 2) / (sqrt(df * pi) * gamma(df / 2)) if df < 300 else None
    if front is None:  # Cornish and Fisher, right to 1e-7 there
        return Z + (Z**3 + Z) / (4 * df) + (5 * Z**5 + 16 * Z**3 + 3 * Z) / (96 * df**2)

    def mass(t: float) -> float:
        n, step = 2000, t / 2000
        f = [front * (1 + (i * step) ** 2 / df) ** (-(df + 1) / 2) for i in range(n + 1)]
        return step / 3 * (f[0] + f[-1] + 4 * sum(f[1:-1:2]) + 2 * sum(f[2:-1:2])) - 0.475

    return root(mass, 0.5, 50)


def wilson_by_search(p: float, n: float) -> tuple[float, float]:
    """The shares whose z-test just keeps the observed one."""

    def test(true: float) -> float:
        return abs(p - true) / sqrt(true * (1 - true) / n) - Z

    return root(lambda true: -test(true), 1e-12, p), root(test, p, 1 - 1e-12)


def close(figure: Figure, value: float, low: float, high: float, within: float = 1e-6) -> None:
    assert (figure.value, figure.low, figure.high) == pytest.approx((value, low, high), abs=within)


@needs_reviews
def test_csat_and_means_of_real_reviews_equal_the_second_implementation(reviews: list[tuple[str, int]]) -> None:
    values = [score for _state, score in reviews]
    hits = sum(score >= 4 for score in values)
    low, high = wilson_by_search(hits / len(values), len(values))
    close(scores.csat(values), hits / len(values) * 100, low * 100, high * 100)
    half = t_by_simpson(len(values) - 1) * stdev(values) / sqrt(len(values))
    close(scores.dimension_mean(values), fmean(values), fmean(values) - half, fmean(values) + half)
    few = values[:23]
    half = t_by_simpson(22) * stdev(few) / sqrt(23)
    close(scores.dimension_mean(few), fmean(few), max(1, fmean(few) - half), min(5, fmean(few) + half))


@needs_reviews
def test_csi_of_real_reviews_is_the_mean_of_rescaled_scores(reviews: list[tuple[str, int]]) -> None:
    values = [25.0 * (score - 1) for _state, score in reviews]
    half = t_by_simpson(len(values) - 1) * stdev(values) / sqrt(len(values))
    figure = scores.csi([{"overall": score} for _state, score in reviews])
    close(figure, fmean(values), fmean(values) - half, fmean(values) + half)


@needs_reviews
def test_nps_of_real_reviews_equals_scores_of_plus_and_minus_one(reviews: list[tuple[str, int]]) -> None:
    values = [2 * score for _state, score in reviews]  # as a 0–10 scale
    marks = [1 if one >= 9 else -1 if one <= 6 else 0 for one in values]
    padded = [*marks, 1, -1]  # Bonett and Price: one promoter and one detractor more
    centre, half = fmean(padded), Z * sqrt((fmean(m * m for m in padded) - fmean(padded) ** 2) / len(padded))
    close(scores.nps(values), fmean(marks) * 100, (centre - half) * 100, (centre + half) * 100)


def oversampled(reviews: list[tuple[str, int]], n: int) -> list[tuple[str, int]]:
    """A seeded sample in which small states are heard three times as often."""
    size, pick = Counter(state for state, _score in reviews), random.Random(7)
    weighted = [(pick.random() / (3 if size[state] < 300 else 1), state, score) for state, score in reviews]
    return [(state, score) for _key, state, score in sorted(weighted)[:n]]


def strata_of(population: Counter[str], sample: Sequence[tuple[str, float]]) -> list[Stratum]:
    return [
        Stratum(state, size, sums_of([score for where, score in sample if where == state]))
        for state, size in population.items()
    ]


@needs_reviews
def test_weighting_by_state_equals_weighted_single_answers(reviews: list[tuple[str, int]]) -> None:
    population, sample = Counter(state for state, _score in reviews), oversampled(reviews, 800)
    heard = Counter(state for state, _score in sample)
    reached = sum(population[state] for state in heard)
    weights = [population[state] / heard[state] / reached for state, _score in sample]
    centre = sum(weight * score for weight, (_state, score) in zip(weights, sample, strict=True))
    by_state = {state: [score for where, score in sample if where == state] for state in heard}
    pooled = sum((len(v) - 1) * variance(v) for v in by_state.values() if len(v) > 1)
    pooled /= sum(len(v) - 1 for v in by_state.values())
    terms = {
        state: (population[state] / reached) ** 2 * (variance(v) if len(v) > 1 else pooled) / len(v)
        for state, v in by_state.items()
    }
    df = sum(terms.values()) ** 2 / sum(term**2 / max(1, heard[state] - 1) for state, term in terms.items())
    half = t_by_simpson(df) * sqrt(sum(terms.values()))
    found = scores.weighted_mean(strata_of(population, sample), 1, 5)
    close(found.figure, centre, centre - half, centre + half, within=1e-5)
    assert found.effective_n == pytest.approx(sum(weights) ** 2 / sum(weight**2 for weight in weights))
    assert found.covered == pytest.approx(reached / len(reviews))
    true = fmean(score for _state, score in reviews)
    assert (found.figure.low or 0) < true < (found.figure.high or 0)


@needs_reviews
def test_weighted_shares_of_everybody_are_the_plain_share(reviews: list[tuple[str, int]]) -> None:
    population = Counter(state for state, _score in reviews)
    satisfied = [(state, float(score >= 4)) for state, score in reviews]
    found = scores.weighted_share(strata_of(population, satisfied))
    assert found.figure.value == pytest.approx(scores.csat([score for _state, score in reviews]).value)
    assert found.effective_n == pytest.approx(len(reviews))
    assert list(found.weights.values()) == pytest.approx([1.0] * len(population))


def test_servqual_is_perception_less_expectation_by_dimension() -> None:
    said = [
        {"reliability_e": 7, "reliability_p": 5, "empathy_e": 4, "empathy_p": 5},
        {"reliability_e": 6, "reliability_p": 6, "empathy_e": 5},
        {"reliability_e": 7, "reliability_p": 4},
    ]
    found = scores.servqual(said)
    half = t_by_simpson(2) * stdev([-2, 0, -3]) / sqrt(3)
    close(found["reliability"], -5 / 3, -5 / 3 - half, -5 / 3 + half)
    assert (found["empathy"].value, found["empathy"].n) == (1, 1)
    assert found["assurance"].value is None
    assert found["overall"].value == pytest.approx(fmean([-0.5, 0, -3]))
    weighted = scores.servqual(said, {"reliability": 75, "empathy": 25})
    assert weighted["overall"].value == pytest.approx(fmean([-1.25, 0, -3]))


def test_the_handling_scale_has_four_steps_and_ends_at_nought_and_a_hundred() -> None:
    said = ["very_satisfied"] * 5 + ["satisfied"] * 3 + ["neutral", "dissatisfied"]
    assert scores.handling(said).value == 80
    assert {step: one.value for step, one in scores.handling_steps(said).items()} == {
        "very_satisfied": 50,
        "satisfied": 30,
        "neutral": 10,
        "dissatisfied": 10,
    }
    assert [round(scores.handling_score(step), 1) for step in said[::3]] == [100.0, 100.0, 66.7, 0.0]


def test_the_mode_effect_agrees_with_newcombes_published_example_and_welchs_formula() -> None:
    figure = scores.mode_effect_of_shares(56, 70, 48, 80)  # Newcombe 1998, table II (a), method 10
    close(figure, 20, 5.24, 33.39, within=0.005)
    one, other = (
        [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4],
        [*(27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.0, 23.9)],
    )
    welch = scores.mode_effect(sums_of(one), sums_of(other), -100, 100)
    a, b = variance(one) / 15, variance(other) / 15
    half = t_by_simpson((a + b) ** 2 / (a**2 / 14 + b**2 / 14)) * sqrt(a + b)
    close(welch, fmean(one) - fmean(other), fmean(one) - fmean(other) - half, fmean(one) - fmean(other) + half, 1e-5)


def test_nothing_is_claimed_of_nothing() -> None:
    assert scores.mode_effect(sums_of([5]), sums_of([4, 5]), 1, 5).value is None
    assert scores.mode_effect(sums_of([5, 5]), sums_of([4, 4]), 1, 5).low is None
    assert scores.weighted_mean([Stratum("a", 10, sums_of([]))], 1, 5).figure.value is None
    alone = scores.weighted_mean([Stratum("a", 10, sums_of([4])), Stratum("b", 30, sums_of([]))], 1, 5)
    assert (alone.figure.value, alone.covered) == (4, 0.25)
    assert ((alone.figure.low or 0) < 1.5, (alone.figure.high or 0) > 4.9) == (True, True)


RUNS = 1500
SCALE5 = ([1, 2, 3, 4, 5], [4, 6, 15, 35, 40])
TRUE5 = sum(a * b for a, b in zip(*SCALE5, strict=True)) / 100


def coverage(draw: Callable[[random.Random], Figure], truth: float) -> float:
    """How often the interval holds the truth, over seeded runs."""
    pick = random.Random(20260928)
    drawn = [draw(pick) for _ in range(RUNS)]
    return sum((one.low or 0) <= truth <= (one.high or 0) for one in drawn) / RUNS


def heard(pick: random.Random, n: int) -> list[int]:
    return pick.choices(*SCALE5, k=n)


def unequal(pick: random.Random, *, share: bool) -> Figure:
    """Three strata of different size and mood, heard in the wrong proportions."""
    about = [
        ("a", 6000, 30, (5, 10, 15, 40, 30)),
        ("b", 3000, 40, (20, 20, 20, 20, 20)),
        ("c", 1000, 30, (1, 1, 3, 25, 70)),
    ]
    strata = []
    for name, size, n, chances in about:
        said = pick.choices(range(1, 6), chances, k=n)
        strata.append(Stratum(name, size, sums_of([float(one >= 4) if share else one for one in said])))
    return (scores.weighted_share(strata) if share else scores.weighted_mean(strata, 1, 5)).figure


def ways(pick: random.Random) -> Figure:
    phone, online = pick.choices(range(1, 6), (2, 4, 12, 32, 50), k=60), heard(pick, 40)
    return scores.mode_effect(sums_of(phone), sums_of(online), 1, 5)


def way_shares(pick: random.Random) -> Figure:
    phone, online = (sum(pick.random() < p for _ in range(n)) for p, n in ((0.82, 60), (0.75, 40)))
    return scores.mode_effect_of_shares(phone, 60, online, 40)


def effort(pick: random.Random) -> Figure:
    return scores.ces(pick.choices(range(1, 8), (2, 3, 5, 10, 20, 30, 30), k=40))


def handled(pick: random.Random) -> Figure:
    return scores.handling(pick.choices(STEPS, (45, 35, 12, 8), k=60))


def gaps(pick: random.Random) -> Figure:
    pairs = [{"reliability_e": one, "reliability_p": pick.choice((one - 2, one - 1, one))} for one in (5, 6, 7) * 14]
    return scores.servqual(pairs)["overall"]


def five(pick: random.Random) -> list[dict[str, int]]:
    """Thirty customers, each with a mood of its own over the five dimensions."""
    moods = [pick.choice((-1, 0, 0, 1)) for _customer in range(30)]
    return [{name: pick.choice((3, 4)) + mood for name in ("product", "response", "staff")} for mood in moods]


COVERAGE = {
    "ces": (effort, (2 + 6 + 15 + 40 + 100 + 180 + 210) / 100),
    "handling": (handled, 80.0),
    "servqual": (gaps, -1.0),
    "overall": (lambda pick: scores.overall(five(pick)), 3.5),
    "response rate": (lambda pick: scores.response_rate(sum(pick.random() < 0.3 for _ in range(80)), 80), 30.0),
    "csat": (lambda pick: scores.csat(heard(pick, 60)), 75.0),
    "mean": (lambda pick: scores.dimension_mean(heard(pick, 40)), TRUE5),
    "csi": (lambda pick: scores.csi([{"overall": one} for one in heard(pick, 40)]), (TRUE5 - 1) * 25),
    "nps": (lambda pick: scores.nps([2 * one for one in heard(pick, 60)]), 40.0 - 25.0),
    "weighted mean": (lambda pick: unequal(pick, share=False), 0.6 * 3.8 + 0.3 * 3.0 + 0.1 * 4.62),
    "weighted share": (lambda pick: unequal(pick, share=True), 60 * 0.7 + 30 * 0.4 + 10 * 0.95),
    "mode effect": (ways, 4.24 - TRUE5),
    "mode effect of shares": (way_shares, 7.0),
}


@pytest.mark.parametrize("name", COVERAGE)
def test_intervals_cover_as_often_as_they_say(name: str) -> None:
    draw, truth = COVERAGE[name]
    assert 0.935 <= coverage(draw, truth) <= 0.98  # 95 %, give or take chance (0.6 %) and whole numbers
