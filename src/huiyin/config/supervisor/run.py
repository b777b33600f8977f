"""The supervisor itself: starts the parts in order, looks after them, stops them in order."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from huiyin.config import health
from huiyin.config.children import has_exited, spawn, sweep_group
from huiyin.config.embedded.places import Places
from huiyin.config.embedded.server import STOP_SECONDS, EmbeddedServer
from huiyin.config.locks import FileLock
from huiyin.config.problems import CannotStart
from huiyin.config.supervisor import note
from huiyin.config.supervisor.part import Part
from huiyin.config.supervisor.port import check_port
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

TICK = 0.1
HOST = "127.0.0.1"


class StopAsked(BaseException):
    """Somebody sent SIGTERM, SIGINT or SIGHUP."""


@dataclass
class Supervisor:
    """One foreground process for one data folder."""

    home: Path
    port: int
    demo: bool = False
    parts: list[Part] = field(default_factory=list)
    locks: list[FileLock] = field(default_factory=list)
    announced: bool = False

    @property
    def address(self) -> str:
        """Where people open Huiyin."""
        return f"http://{HOST}:{self.port}/"

    def run(self) -> None:
        """Starts everything and stays until asked to stop; then stops everything.

        Raises:
            CannotStart: something stands in the way of the first start.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _stop_asked)
        try:
            self._start()
            self._look_after()
        except StopAsked:
            say("stopping")
        finally:
            self._stop()

    def _start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.locks.append(note.take(self.home, note.Note(os.getpid(), self.address)))
        check_port(HOST, self.port)
        if not os.environ.get("DATABASE_URL"):
            self._start_database()
        say("preparing the database")
        self._run_to_end("migrate")
        if self.demo:
            say("looking for a company, and inventing one where there is none")
            self._run_to_end("demo-if-empty")
        for name in ("web", "worker"):
            self._add(Part(name, partial(spawn, huiyin(name), environment=self._environment())))

    def _start_database(self) -> None:
        say("starting the database")
        lock = FileLock(Places(self.home).server_lock)
        while not lock.take():  # a command has a server of its own for a moment
            time.sleep(TICK)
        self.locks.append(lock)
        server = EmbeddedServer(self.home)
        self._add(Part("database", server.started_child, signal.SIGINT, STOP_SECONDS))

    def _add(self, part: Part) -> None:
        self.parts.append(part)
        part.start()

    def _run_to_end(self, command: str) -> None:
        """Runs a command of ours as a child and waits for it."""
        child = spawn(huiyin(command), environment=self._environment())
        try:
            while not has_exited(child):
                time.sleep(TICK / 2)
        finally:
            child.terminate()
            sweep_group(child)
        if child.wait() != 0:
            raise CannotStart(message(_("The step %(step)s failed; its message stands above."), step=command))

    def _environment(self) -> dict[str, str]:
        return {"HUIYIN_HOME": str(self.home), "PORT": str(self.port), "HUIYIN_DATABASE_ROLE": "application"}

    def _look_after(self) -> None:
        while True:
            for part in self.parts:
                try:
                    line = part.look_after()
                except CannotStart as refused:
                    line = f"{part.name}: {refused}; trying again in {part.postpone():.1f} s"
                if line:
                    say(line)
            if not self.announced and health.ask(self.address, seconds=1.0).ready:
                self.announced = True
                say(f"ready: {self.address}")
            time.sleep(TICK)

    def _stop(self) -> None:
        """Web and worker first, the database last, then the locks."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        upper = [part for part in self.parts if part.name != "database"]
        for group in (upper, [part for part in self.parts if part.name == "database"]):
            for part in group:
                part.ask_to_stop()
            for part in group:
                part.wait_for_end()
        for lock in reversed(self.locks):
            lock.release()


def huiyin(command: str) -> list[str]:
    """The command line of one of our own commands."""
    return [sys.executable, "-m", "huiyin", command]


def say(line: str) -> None:
    """A line of the supervisor's own on the terminal."""
    print(f"huiyin: {line}", file=sys.stderr, flush=True)  # noqa: T201 - the foreground process speaks


def _stop_asked(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise StopAsked
