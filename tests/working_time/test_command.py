"""``huiyin explain-deadline`` answers exactly as the page does."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from huiyin.working_time.commands import explain_deadline

START = "2026-09-30T16:00+08:00"


def run(*options: str) -> Result:
    return CliRunner().invoke(explain_deadline, list(options))


@pytest.mark.parametrize(
    ("option", "amount", "deadline"),
    [
        ("--working-hours", "4", "2026-10-08T11:00:00+08:00"),
        ("--working-hours", "2", "2026-09-30T18:00:00+08:00"),
        ("--working-days", "3", "2026-10-10T16:00:00+08:00"),
        ("--hours", "24", "2026-10-01T16:00:00+08:00"),
        ("--days", "3", "2026-10-03T16:00:00+08:00"),
        ("--working-hours", "0.5", "2026-09-30T16:30:00+08:00"),
    ],
)
def test_the_deadline_comes_as_json(db: None, option: str, amount: str, deadline: str) -> None:
    found = run("--calendar", "standard", "--start", START, option, amount, "--json")
    answer = json.loads(found.output)
    assert (found.exit_code, answer["deadline"], answer["calendar"], answer["version"]) == (0, deadline, "standard", 1)
    assert answer["steps"][-1]["code"] == "deadline"


def test_the_steps_carry_days_stretches_and_sentences(db: None) -> None:
    steps = json.loads(run("--start", START, "--working-hours", "4", "--language", "en", "--json").output)["steps"]
    assert steps[2] == {
        "code": "counted",
        "day": "2026-09-30",
        "from": "2026-09-30T16:00:00+08:00",
        "to": "2026-09-30T18:00:00+08:00",
        "counted_seconds": 7200.0,
        "text": "Wed 30 Sep 2026: 16:00–18:00, 2\u00a0h.",
    }
    assert [step["code"] for step in steps] == ["calendar", "span", "counted", "holidays", "counted", "deadline"]


def test_without_json_people_read_sentences(db: None) -> None:
    found = run("--start", START, "--working-hours", "4", "--language", "en")
    assert found.output.splitlines()[-1] == "The deadline is Thu 8 Oct 2026, 11:00."


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--start", "2026-09-30T16:00", "--working-hours", "4"], "has no time zone"),
        (["--start", "yesterday", "--working-hours", "4"], "is not ISO 8601"),
        (["--start", START], "exactly one of"),
        (["--start", START, "--hours", "1", "--days", "1"], "exactly one of"),
        (["--start", START, "--working-hours", "-1"], "zero or more"),
        (["--start", START, "--working-hours", "nan"], "zero or more"),
        (["--start", START, "--working-hours", "1", "--calendar", "nowhere"], "no calendar nowhere"),
        (["--start", "9999-12-31T23:59+00:00", "--days", "3"], "between 1900 and 2200"),
    ],
)
def test_what_cannot_be_answered_says_why_and_fails(db: None, options: list[str], why: str) -> None:
    found = run(*options, "--language", "en")
    assert found.exit_code != 0
    assert why in found.output
