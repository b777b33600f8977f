"""Web processes know how many requests each of them has before it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from subprocess import PIPE

import pytest

from huiyin.config.serving import tally
from huiyin.config.serving.tally import Tally, joined, share

JOINS = """
import sys
from huiyin.config.serving.tally import joined

its = joined()
for _ in range(int(sys.argv[1])):
    its.come()
print(its._place, *its._counts, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Memory for two processes."""
    monkeypatch.setenv(tally.SHARED, "")
    share(2)
    yield
    os.close(int(os.environ[tally.SHARED].split(":")[0]))


class Other:
    """Another process that has joined, with requests before it, and stays until it is killed."""

    def __init__(self, requests: int) -> None:
        memory = int(os.environ[tally.SHARED].split(":")[0])
        words = [sys.executable, "-c", JOINS, str(requests)]
        self.process = subprocess.Popen(words, pass_fds=[memory], stdin=PIPE, stdout=PIPE, text=True)
        assert self.process.stdout is not None
        self.place, *self.numbers = (int(number) for number in self.process.stdout.readline().split())

    def kill(self) -> None:
        """Ends it in the middle."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def other(shared: None) -> Iterator[Other]:
    """One with three requests."""
    made = Other(3)
    yield made
    made.kill()


def numbers(of: Tally) -> list[int]:
    """What each process has before it."""
    return list(of._counts)


@pytest.mark.usefixtures("other")
def test_each_process_counts_for_itself_and_sees_the_other():
    ours = joined()
    ours.come()
    assert sorted(numbers(ours)) == [1, 3]
    ours.go()
    assert sorted(numbers(ours)) == [0, 3]


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(("before", "freer"), [(0, False), (3, False), (4, False), (5, True)])
def test_another_is_freer_when_it_has_two_requests_less(before: int, freer: bool):
    ours = joined()
    for _ in range(before):
        ours.come()
    assert ours.another_is_freer() is freer


def test_the_place_of_a_process_that_was_killed_is_taken_again_and_empty(other: Other):
    ours = joined()
    assert (other.place, ours._place, other.numbers) == (0, 1, [3, 0])
    other.kill()
    again = Other(0)
    assert (again.place, again.numbers) == (0, [0, 0])
    again.kill()


@pytest.mark.parametrize("said", ["", "nonsense", "99999:2", "0:2"])
def test_a_process_with_which_nothing_is_shared_is_alone(said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(tally.SHARED, said)
    alone = joined()
    for _ in range(9):
        alone.come()
    assert alone.processes == 1
    assert not alone.another_is_freer()
