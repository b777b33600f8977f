"""Web processes know how many requests each of them has before it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from huiyin.config.serving import tally
from huiyin.config.serving.tally import Tally, joined, share
from tests.config.waiting import until


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Memory for two processes."""
    monkeypatch.setenv(tally.SHARED, "")
    share(2)
    yield
    os.close(int(os.environ[tally.SHARED].split(":")[0]))


@pytest.fixture
def other(shared: None) -> Iterator[int]:
    """Another process, with three requests before it, that stays until it is killed."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        its = joined()
        for _ in range(3):
            its.come()
        os.write(write, b"!")
        signal.pause()
    assert os.read(read, 1) == b"!"
    yield pid
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(read)
    os.close(write)


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


def test_the_place_of_a_process_that_was_killed_is_taken_again_and_empty(other: int):
    ours = joined()
    place = 1 - ours._place
    os.kill(other, signal.SIGKILL)
    until(lambda: os.waitid(os.P_PID, other, os.WEXITED | os.WNOWAIT) is not None, "ended")
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        again = joined()
        os.write(write, bytes([again._place, *numbers(again)]))
        os._exit(0)
    os.waitpid(pid, 0)
    assert tuple(os.read(read, 3)) == (place, 0, 0)
    os.close(read)
    os.close(write)


@pytest.mark.parametrize("said", ["", "nonsense", "99999:2", "0:2"])
def test_a_process_with_which_nothing_is_shared_is_alone(said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(tally.SHARED, said)
    alone = joined()
    for _ in range(9):
        alone.come()
    assert alone.processes == 1
    assert not alone.another_is_freer()
