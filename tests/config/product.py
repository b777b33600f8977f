"""The whole product as real processes, on a data folder and a port of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import huiyin
from huiyin.config import health
from huiyin.config.children import die_with_parent
from huiyin.config.embedded.leftovers import server_pid
from huiyin.config.embedded.places import Places
from tests.config.waiting import is_alive, until

SOURCE = str(Path(huiyin.__file__).parent.parent)
NOT_FOR_THE_PRODUCT = (
    "HUIYIN_DATABASE_ROLE",
    "HUIYIN_PLAIN_STATIC",
    "DATABASE_URL",
    "HUIYIN_DEMO",
    "HUIYIN_TEST_DATABASE",
)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Product:
    """``huiyin`` commands on one data folder."""

    home: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THE_PRODUCT}
        ours = {"HUIYIN_HOME": str(self.home), "PORT": str(self.port), "PYTHONPATH": SOURCE, "LANG": "C.UTF-8"}
        return {**kept, **ours, **self.more}

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "huiyin", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def launch(self, *words: str) -> subprocess.Popen[str]:
        """Starts a command that stays."""
        self.home.parent.mkdir(parents=True, exist_ok=True)
        with (self.home.parent / "output").open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "huiyin", *words],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                text=True,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - a killed pytest leaves nothing
            )
        return self.process

    def start(self) -> None:
        """``huiyin start``, until all parts are ready."""
        self.launch("start")
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        until(lambda: self.health().ready or self.gave_up(), f"ready; it said: {self.output()}", 180)
        assert not self.gave_up(), self.output()

    def gave_up(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def health(self) -> health.Health:
        return health.ask(self.address, seconds=5)

    def output(self) -> str:
        path = self.home.parent / "output"
        return path.read_text() if path.exists() else ""

    def status(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.command("status", "--json").stdout)
        return told

    def family(self) -> dict[int, str]:
        """Every process of this product: number and command line."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                environment = (folder / "environ").read_bytes()
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if f"HUIYIN_HOME={self.home}".encode() in environment.split(b"\0") and is_alive(int(folder.name)):
                found[int(folder.name)] = words
        return found

    def pid_of(self, words: str) -> int:
        """The oldest process whose command line has these words."""
        return min(self.pids_of(words))

    def pids_of(self, words: str) -> set[int]:
        """Every process whose command line has these words."""
        return {pid for pid, line in self.family().items() if words in line}

    @property
    def database_pid(self) -> int | None:
        return server_pid(Places(self.home))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stops the process started last and returns its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(120)

    def kill_everything(self) -> None:
        """kill -9 of all processes at once, as when the power goes."""
        for pid in self.family():
            with contextlib.suppress(ProcessLookupError):  # its parent's end took it along
                os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()
