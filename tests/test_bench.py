"""The measurements of ``make bench`` are declared one a file, each with a name of its own."""

from pathlib import Path

from bench import measurements
from bench.registry import When, all_measurements


def test_every_file_declares_one_measurement() -> None:
    files = sorted(path.stem for path in Path(measurements.__path__[0]).glob("[!_]*.py"))
    found = all_measurements()
    assert len({each.name for each in found}) == len(found) == len(files)


def test_the_empty_view_comes_first_and_what_has_the_database_to_itself_last() -> None:
    found = all_measurements()
    assert found[0].name == "empty"
    alone = [each.name for each in found if each.when is When.ALONE]
    assert alone == ["import", "plan", "planner", "planner_db", "sweep", "reckon_clocks", "bulk_change"]


def test_goals_are_five_times_the_best_other_for_reading_and_three_times_for_writing() -> None:
    for each in all_measurements():
        if each.others is not None:
            assert each.goal == each.others * (5 if each.when is When.READ else 3), each.name
