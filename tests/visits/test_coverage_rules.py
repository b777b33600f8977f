"""The rules of coverage: which weeks a period has, what adds up to the population, and what an answer weighs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusal import Invalid
from huiyin.questionnaires.rules.figure import sums_of
from huiyin.questionnaires.rules.weighting import Stratum, weighted_mean
from huiyin.visits.rules.coverage.counts import Cell, by_stratum, counts_of, weighing_of
from huiyin.visits.rules.coverage.fates import FATE_LABELS, TRIED
from huiyin.visits.rules.coverage.times import month_of, read_time, week_of
from huiyin.visits.rules.coverage.weighing import weigh
from huiyin.visits.rules.planning.reasons import Passed
from huiyin.visits.rules.weeks import BelongsBy


@pytest.mark.parametrize(
    ("text", "by", "first", "weeks", "before", "following"),
    [
        ("2026-W40", BelongsBy.MONDAY, "2026-09-28", 1, "2026-W39", "2026-W41"),
        ("2026-w53", BelongsBy.MONDAY, "2026-12-28", 1, "2026-W52", "2027-W01"),
        ("2026-09", BelongsBy.MONDAY, "2026-09-07", 4, "2026-08", "2026-10"),
        ("2026-09", BelongsBy.THURSDAY, "2026-08-31", 4, "2026-08", "2026-10"),
        ("2026-12", BelongsBy.MONDAY, "2026-12-07", 4, "2026-11", "2027-01"),
        ("2027-01", BelongsBy.THURSDAY, "2027-01-04", 4, "2026-12", "2027-02"),
    ],
)
def test_a_period_is_whole_weeks(text: str, by: BelongsBy, first: str, weeks: int, before: str, following: str) -> None:
    time = read_time(text, by)
    assert (time.first.isoformat(), len(time.mondays), time.before, time.next) == (first, weeks, before, following)
    assert (time.after - time.first).days == 7 * weeks


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-W54", "W40", "1999-01", "9999-W52", "x" * 99])
def test_what_is_no_period_is_named(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_time(text)
    assert set(caught.value.fields) == {"period"}


@given(st.dates(date(2001, 1, 1), date(2099, 1, 1)), st.sampled_from(BelongsBy))
def test_every_week_belongs_to_exactly_one_month(day: date, by: BelongsBy) -> None:
    time = month_of(day, by)
    following = read_time(time.next, by)
    assert time.after == following.first
    assert read_time(time.code, by) == time
    assert read_time(week_of(day, by).code, by) == week_of(day, by)


def test_each_visit_has_one_fate_and_they_add_up() -> None:
    cells = [
        Cell("5000", "done", planned=True, replaced=False, visits=6),
        Cell("5000", "refused", planned=True, replaced=True, visits=2),
        Cell("5000", "not_drawn", planned=False, replaced=False, visits=12),
        Cell("3000", "done", planned=True, replaced=False, visits=4),
        Cell("3000", "not_called", planned=True, replaced=False, visits=1),
        Cell("3000", "gap", planned=False, replaced=False, visits=5),
        Cell(None, "no_band", planned=False, replaced=False, visits=3),
    ]
    whole = counts_of(cells)
    assert (whole.population, whole.planned, whole.tried, whole.done, whole.replaced) == (33, 13, 12, 10, 2)
    assert (whole.not_asked, whole.why_not()) == (
        21,
        [("not_drawn", 12), ("gap", 5), ("no_band", 3), ("not_called", 1)],
    )
    assert whole.in_vain() == [("refused", 2)]
    assert (whole.achieved, whole.reached) == (10 / 13, 10 / 33)
    weighing = weighing_of(by_stratum(cells))
    assert weighing.weights == pytest.approx({"5000": 20 / 30 / (6 / 10), "3000": 10 / 30 / (4 / 10)})
    assert weighing.covered == 30 / 33


def test_nobody_done_weighs_nothing() -> None:
    weighing = weigh({"a": 10}, {"a": 0})
    assert (weighing.weights, weighing.design_effect, weighing.effective_n, weighing.covered) == ({}, None, 0.0, 0.0)
    nobody = counts_of([])
    assert (nobody.population, nobody.achieved, nobody.reached) == (0, None, None)


def test_a_proportional_sample_has_no_design_effect() -> None:
    weighing = weigh({"a": 100, "b": 300}, {"a": 10, "b": 30})
    assert (weighing.weights, weighing.design_effect, weighing.effective_n) == ({"a": 1.0, "b": 1.0}, 1.0, 40.0)


def test_the_design_effect_is_kishs() -> None:
    """Kish 1992: one plus the squared coefficient of variation of the weights."""
    weighing = weigh({"a": 800, "b": 200}, {"a": 20, "b": 20})
    assert weighing.weights == {"a": 1.6, "b": 0.4}
    assert weighing.design_effect == pytest.approx(1 + 0.6**2)
    assert weighing.effective_n == pytest.approx(40 / 1.36)


COUNTED = st.dictionaries(st.integers(1, 9), st.tuples(st.integers(1, 900), st.integers(0, 30)), min_size=1)


@given(COUNTED)
def test_weights_are_those_the_questionnaires_figures_are_weighed_with(strata: dict[int, tuple[int, int]]) -> None:
    weighing = weigh({key: size for key, (size, _n) in strata.items()}, {key: n for key, (_size, n) in strata.items()})
    other = weighted_mean([Stratum(str(key), size, sums_of([3.0] * n)) for key, (size, n) in strata.items()], 1, 5)
    assert {str(key): weight for key, weight in weighing.weights.items()} == pytest.approx(dict(other.weights))
    assert (weighing.effective_n, weighing.covered) == pytest.approx((other.effective_n, other.covered))
    if weighing.weights:
        assert sum(weighing.weights[key] * strata[key][1] for key in weighing.weights) == pytest.approx(
            sum(n for _size, n in strata.values())
        )
        assert (weighing.design_effect or 0) >= 1 - 1e-9


def test_every_fate_has_words_and_no_reason_of_the_draw_counts_as_called() -> None:
    assert set(Passed) <= set(FATE_LABELS)
    assert not TRIED & set(Passed)
