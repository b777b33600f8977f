"""The door of a web process: what waits for a turn, and which connections are ended."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

import pytest

from huiyin.config.serving.door import Door
from huiyin.config.serving.tally import SIZE, Tally
from huiyin.config.serving.turns import Turns


class Answered:
    """An application behind a door, and what it saw."""

    def __init__(self, ours: int = 0, theirs: int = 0) -> None:
        self.tally = Tally(memoryview(bytearray(2 * SIZE)).cast("I"), 0)
        self.tally._counts[0], self.tally._counts[1] = ours, theirs
        self.turns = Turns(1, patience=0)
        self.headers: list[tuple[str, str]] = []
        self.meanwhile: list[bool] = []
        self.fails = False
        self.door = Door(self.application, self.turns, self.tally)

    def application(self, _environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.meanwhile = [self.turns.take(), self.tally._counts[0] > 0]
        if self.meanwhile[0]:
            self.turns.give()
        if self.fails:
            raise RuntimeError
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"yes"]

    def ask(self, method: str = "GET", protocol: str = "HTTP/1.1") -> list[bytes]:
        def start(status: str, headers: list[tuple[str, str]]) -> None:
            assert status == "200 OK"
            self.headers = headers

        return list(self.door({"REQUEST_METHOD": method, "SERVER_PROTOCOL": protocol}, start))

    @property
    def ended(self) -> bool:
        return ("Connection", "close") in self.headers


@pytest.mark.parametrize(("method", "others_may_go"), [("GET", False), ("HEAD", False), ("POST", True), ("PUT", True)])
def test_pages_take_a_turn_and_what_comes_with_a_body_takes_none(method: str, others_may_go: bool):
    answered = Answered()
    assert answered.ask(method) == [b"yes"]
    assert answered.meanwhile == [others_may_go, True]


@pytest.mark.parametrize(("fails", "ends"), [(False, nullcontext()), (True, pytest.raises(RuntimeError))])
def test_turn_and_tally_are_given_back_however_a_page_ends(fails: bool, ends: Any):
    answered = Answered()
    answered.fails = fails
    with ends:
        answered.ask()
    assert answered.turns.take()
    assert list(answered.tally._counts) == [0, 0]


@pytest.mark.parametrize(("ours", "theirs", "ended"), [(0, 0, False), (1, 0, True), (2, 2, False), (3, 2, True)])
def test_a_connection_is_ended_where_another_process_has_clearly_less_to_do(ours: int, theirs: int, ended: bool):
    answered = Answered(ours, theirs)
    answered.ask()
    assert answered.ended is ended


@pytest.mark.parametrize("protocol", ["HTTP/1.0", "HTTP/2.0"])
def test_only_a_kept_connection_is_ended(protocol: str):
    answered = Answered(ours=5)
    answered.ask(protocol=protocol)
    assert not answered.ended
