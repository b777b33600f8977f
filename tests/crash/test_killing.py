"""kill -9 of web, worker, database and supervisor during an import, a plan and a sweep."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.scene import Scene
from tests.crash.works import Drawing, Import, Sweep

pytestmark = pytest.mark.crash


def test_an_import_is_whole_whatever_dies_under_it(scene: Scene, tmp_path: Path):
    work = Import(scene, tmp_path / "orders.csv", "K1").start()
    work.wait_for(1_000)
    scene.kill_worker()
    work.wait_for(5_000)
    scene.kill_database()
    work.wait_for(9_000)
    scene.kill_web()
    work.check()
    scene.check_whole()


def test_a_plan_that_died_while_being_written_is_drawn_once_with_the_same_choices(scene: Scene):
    work = Drawing(scene, seed=7)
    with scene.barrier("visits_planchoice") as until_it_stands_there:
        work.start()
        until_it_stands_there()
        scene.kill_worker()
    work.publish_twice()
    scene.check_whole()


def test_a_plan_whose_publishing_died_under_way_is_published_once(scene: Scene):
    drawn = Drawing(scene, seed=9, monday=scene.do("a_week_ahead", "7")).start()
    drawn.check()
    with scene.barrier("promises_promise") as until_it_stands_there:
        publishing = drawn.begin_publishing()
        until_it_stands_there()
        scene.kill_worker()
        publishing.check_nothing_is_seen()
    publishing.check()
    scene.check_whole()


def test_a_sweep_takes_each_step_once_whatever_dies_under_it(scene: Scene):
    work = Sweep(scene, "Late", 4_000)
    with scene.barrier("channels_staffnotice") as until_it_stands_there:
        work.start()
        until_it_stands_there()
        scene.kill_worker()
    work.wait_for(2_000)
    with scene.barrier("channels_staffnotice") as until_it_stands_there:
        until_it_stands_there()
        scene.kill_database()
    work.check()
    scene.check_whole()


def test_everything_goes_on_after_the_supervisor_was_killed_and_started_again(scene: Scene, tmp_path: Path):
    orders = Import(scene, tmp_path / "orders.csv", "K2")
    late, week = Sweep(scene, "Later", 3_000), Drawing(scene, seed=8)
    with (
        scene.barrier("channels_staffnotice") as the_sweep_stands,
        scene.barrier("visits_planchoice") as the_plan_stands,
    ):
        late.start()
        week.start()
        the_sweep_stands()
        the_plan_stands()
        orders.start()
        orders.wait_for(1_000)
        scene.kill_supervisor()
    scene.start_again()
    orders.check()
    late.check()
    week.publish_twice()
    scene.check_whole()
