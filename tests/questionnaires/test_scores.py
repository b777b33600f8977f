"""Scores are computed as their authors define them; intervals agree with published tables and brute force."""

from __future__ import annotations

from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.questionnaires.rules import scores
from huiyin.questionnaires.rules.figure import Figure, mean, share, t_cdf, t_quantile

# Two-sided 95 % points of Student's t, NIST/SEMATECH e-Handbook, table 1.3.6.7.2
T_TABLE = [
    *((1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (7, 2.365), (10, 2.228), (15, 2.131)),
    *((20, 2.086), (30, 2.042), (40, 2.021), (60, 2.000), (100, 1.984)),
]


@pytest.mark.parametrize(("df", "expected"), T_TABLE)
def test_t_quantiles_agree_with_the_nist_table(df: int, expected: float) -> None:
    assert t_quantile(0.975, df) == pytest.approx(expected, abs=0.0005)


def test_t_with_one_degree_is_cauchy_and_with_many_is_normal() -> None:
    assert t_cdf(1.0, 1) == pytest.approx(0.75, abs=1e-12)
    assert t_quantile(0.975, 1_000_000) == pytest.approx(1.959966, abs=5e-6)


def wilson_by_search(hits: int, n: int) -> tuple[float, float]:
    """The score interval straight from its definition: all p whose z-test keeps the observed share."""
    kept = []
    for p in (step / 100_000 for step in range(1, 100_000)):
        if (hits / n - p) ** 2 <= 1.959964**2 * p * (1 - p) / n:
            kept.append(p)  # noqa: PERF401 - the definition, step by step
    return min(kept), max(kept)


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (1, 10), (5, 10), (10, 10), (81, 263), (850, 1000)])
def test_shares_have_wilsons_interval(hits: int, n: int) -> None:
    figure = share(hits, n)
    low, high = wilson_by_search(hits, n)
    assert figure.value == pytest.approx(hits / n * 100)
    assert figure.low == pytest.approx(0 if hits == 0 else low * 100, abs=0.003)
    assert figure.high == pytest.approx(100 if hits == n else high * 100, abs=0.003)


def test_wilson_agrees_with_newcombes_published_example() -> None:
    figure = share(81, 263)  # Newcombe 1998, table I: 0.2553 to 0.3662
    assert (round(figure.low or 0, 2), round(figure.high or 0, 2)) == (25.53, 36.62)


def test_csat_counts_fours_and_fives() -> None:
    figure = scores.csat([5, 4, 3, 2, 1, 5, 5, 4, 4, 3])
    assert (figure.value, figure.n, figure.method) == (60.0, 10, "csat")


def test_nps_is_promoters_less_detractors() -> None:
    figure = scores.nps([10, 9, 9, 8, 7, 6, 0, 10])  # 4 promoters, 2 detractors of 8
    assert (figure.value, figure.n) == (25.0, 8)


def exact_coverage(p: float, d: float, n: int) -> float:
    """How often the interval holds the true NPS, summed over every possible sample."""
    held = 0.0
    for up in range(n + 1):
        for down in range(n + 1 - up):
            rest = n - up - down
            weight = comb(n, up) * comb(n - up, down) * p**up * d**down * (1 - p - d) ** rest
            figure = scores.nps([10] * up + [0] * down + [7] * rest)
            held += weight * ((figure.low or 0) - 1e-9 <= (p - d) * 100 <= (figure.high or 0) + 1e-9)
    return held


@pytest.mark.parametrize(("p", "d", "n"), [(0.5, 0.2, 20), (0.9, 0.02, 15), (0.3, 0.3, 30), (0.97, 0.01, 40)])
def test_nps_interval_covers_the_truth_as_often_as_it_says(p: float, d: float, n: int) -> None:
    assert exact_coverage(p, d, n) >= 0.93


def test_nps_never_claims_certainty() -> None:
    figure = scores.nps([10] * 5)
    assert figure.value == 100
    assert figure.low == pytest.approx(19.6, abs=0.05)
    assert figure.high == 100


def test_ces_is_the_mean_of_seven_steps() -> None:
    figure = scores.ces([7, 6, 5, 7])
    assert figure.value == 6.25
    half = 3.182446 * sqrt(((0.75**2) * 2 + 0.25**2 + 1.25**2) / 3) / 2
    assert figure.low == pytest.approx(6.25 - half, abs=1e-4)
    assert figure.high == 7  # cut at the end of the scale


def test_the_customer_is_the_unit_of_the_overall_score() -> None:
    answers = [{"product": 5, "staff": 5}, {"product": 1}, {}]
    figure = scores.overall(answers)
    assert (figure.value, figure.n) == (3.0, 2)
    assert scores.satisfied_share(answers).value == 50.0


def test_csi_runs_from_zero_to_a_hundred_and_obeys_weights() -> None:
    assert scores.csi([{"product": 1}, {"product": 5}]).value == 50
    assert scores.csi([{"product": 5, "staff": 1}], {"product": 3, "staff": 1}).value == 75
    assert scores.normalised(7, 0, 10) == 70


def test_handling_counts_its_two_upper_steps_and_knows_no_others() -> None:
    assert scores.handling(["very_satisfied", "satisfied", "neutral", "dissatisfied"]).value == 50
    with pytest.raises(ValueError, match="handling scale"):
        scores.handling(["great"])


def test_nobody_asked_is_no_figure() -> None:
    assert scores.response_rate(0, 0) == Figure(None, 0, None, None, "response_rate")
    assert scores.overall([]).known is False


def test_one_answer_says_next_to_nothing() -> None:
    figure = mean([5], 1, 5)
    assert (figure.value, figure.n, figure.low, figure.high) == (5, 1, pytest.approx(1.2), 5)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_a_mean_lies_in_its_interval_and_the_interval_on_the_scale(values: list[int]) -> None:
    figure = scores.dimension_mean(values)
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    assert 1 <= figure.low <= figure.value + 1e-9
    assert figure.value - 1e-9 <= figure.high <= 5


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_an_nps_lies_in_its_interval(values: list[int]) -> None:
    figure = scores.nps(values)
    assert figure.value is not None
    assert -100 <= (figure.low or 0) <= figure.value + 1e-9
    assert figure.value - 1e-9 <= (figure.high or 0) <= 100


@given(st.integers(1, 500), st.data())
def test_more_answers_narrow_a_share(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    small, large = share(hits, n), share(hits * 4, n * 4)
    assert (large.high or 0) - (large.low or 0) < (small.high or 0) - (small.low or 0)
