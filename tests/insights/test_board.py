"""Every number of the board is what the records say, for everybody only within the own scope."""

from __future__ import annotations

import pytest

from huiyin.insights.public import Lens, all_kpis, board, kpi_of, problem_cases
from huiyin.insights.queries.changes import change
from huiyin.questionnaires.public import Figure, scores
from tests.conftest import MovableClock
from tests.insights.lifelike import Week

EXPECTED = {  # value, n: reckoned by hand from tests/insights/conftest.py
    "overall": ((5 + 5 + 4 + 4 + 3 + 1 + 3.8 + 5 + 4 + 2) / 10, 10),
    "satisfied": (60.0, 10),
    "dimension-product": (27 / 7, 7),
    "dimension-response": (25 / 7, 7),
    "dimension-staff": (26 / 7, 7),
    "dimension-process": (26 / 7, 7),
    "dimension-value": (25 / 7, 7),
    "csat": (200 / 3, 3),
    "nps": (100 / 3, 3),
    "response-rate": (1000 / 11, 11),
    "connect-rate": (400 / 7, 7),
    "success-rate": (60.0, 5),
    "plan-achieved": (50.0, 6),
    "complaint-timeliness": (60.0, 5),
    "response-time": ((2 + 7 + 1) / 3, 3),
    "solved": (50.0, 2),
}


def test_every_number_is_known(full: Week) -> None:
    found = {code: (tile.figure.value, tile.figure.n) for code, tile in board(full.lens()).tiles.items()}
    assert found == {code: (pytest.approx(value), n) for code, (value, n) in EXPECTED.items()}


def test_a_number_opens_exactly_the_records_it_was_made_of(full: Week) -> None:
    lens = full.lens()
    for kpi in all_kpis():
        figure, found = kpi.compute(lens), kpi.records(lens)
        rows = found.read(list(found.rows.order_by(*found.order)))
        assert (kpi.code, len(rows)) == (kpi.code, figure.n)
        hits = [row.hit for row in rows]
        if None not in hits and kpi.unit == "percent":
            assert (kpi.code, sum(map(bool, hits)) / len(hits) * 100) == (kpi.code, pytest.approx(figure.value))


def test_an_empty_period_shows_no_number(week: Week) -> None:
    lens = week.lens()
    for kpi in all_kpis():
        figure = kpi.compute(lens)
        assert (kpi.code, figure) == (kpi.code, Figure(None, 0, None, None, figure.method))


def test_intervals_come_from_the_questionnaires_scores(full: Week) -> None:
    tiles = board(full.lens()).tiles
    means = [5, 5, 4, 4, 3, 1, 3.8, 5, 4, 2]
    assert tiles["overall"].figure.low == pytest.approx(scores.mean(means, 1, 5).low)
    assert tiles["connect-rate"].figure.high == pytest.approx(scores.share(4, 7).high)
    assert tiles["nps"].figure.low == pytest.approx(scores.nps([10, 9, 3]).low)


def test_a_store_sees_itself(full: Week) -> None:
    tiles = board(full.lens("store_manager")).tiles
    assert (tiles["overall"].figure.n, tiles["success-rate"].figure.n, tiles["solved"].figure.n) == (9, 4, 2)
    chosen = board(full.lens(store=full.store("S02").pk)).tiles
    assert (chosen["overall"].figure.value, chosen["connect-rate"].figure.n) == (pytest.approx(3.8), 1)
    assert chosen["complaint-timeliness"].figure.n == 1


def test_an_agent_sees_own_work_only(full: Week) -> None:
    assert board(full.lens("agent")).tiles["overall"].figure.n == 10
    stranger = board(full.lens("agent2")).tiles
    assert {code: tile.figure.n for code, tile in stranger.items()} == dict.fromkeys(EXPECTED, 0)


def test_partial_answers_do_not_count(week: Week) -> None:
    asking = week.asked()
    from huiyin.questionnaires.public import answer_asking

    answer_asking(week.company.call("agent"), asking.pk, answers={"product": 1}, partial=True)
    assert board(week.lens()).tiles["overall"].figure.n == 0


def test_a_correction_changes_the_number_and_not_n(week: Week) -> None:
    from huiyin.questionnaires.public import correct_answer

    asking = week.answer(5)
    correct_answer(week.company.call("agent"), asking.pk, "product", value=1, reason="听错了")
    figure = board(week.lens()).tiles["overall"].figure
    assert (figure.value, figure.n) == (pytest.approx(4.2), 1)


def test_the_top_problems_are_counted_among_problems_only(full: Week) -> None:
    found = board(full.lens()).problems
    assert [(one.label, one.count, one.share.n) for one in found] == [
        ("Product quality", 2, 3),
        ("Staff attitude", 1, 3),
    ]
    assert problem_cases(full.lens(), found[0].code).count() == 2


def test_the_period_before_is_what_the_change_is_measured_against(full: Week, clock: MovableClock) -> None:
    clock.set("2026-10-12T10:00")
    full.answer(5)
    tiles = board(full.lens()).tiles
    assert tiles["overall"].change is None  # nothing was measured in the week of the holidays
    last_week = Lens(full.lens().actor, full.lens().period.before().before(), clock.now)
    assert board(last_week).tiles["overall"].figure.n == 10


def test_only_a_clear_change_is_called_good_or_bad() -> None:
    low, high = Figure(70.0, 40, 60.0, 78.0, "x"), Figure(90.0, 40, 80.0, 95.0, "x")
    near = Figure(75.0, 40, 64.0, 83.0, "x")
    assert (change(high, low), change(near, low)) is not None
    found, vague = change(high, low), change(near, low)
    assert found is not None
    assert vague is not None
    assert (found.by, found.clear, vague.clear) == (20.0, True, False)


def test_complaints_that_are_still_open_after_their_time_are_late(full: Week) -> None:
    rows = kpi_of("complaint-timeliness").records(full.lens()).rows
    assert sorted((one.state, one.broken_at is None) for one in rows) == [
        ("kept", False),
        ("kept", True),
        ("kept", True),
        ("kept", True),
        ("open", True),
    ]


def test_the_board_takes_a_fixed_number_of_queries(full: Week, django_assert_max_num_queries: object) -> None:
    lens = full.lens()
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        board(lens)
