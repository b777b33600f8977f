"""``huiyin web``."""

from __future__ import annotations

import os
import sys

import click

from huiyin.config.serving.tally import share

THREADS = 8  # a process: pages are made in turn all the same, the others read uploads or wait for the database
CONNECTIONS = 512  # a process keeps open: a browser holds up to six, mostly quiet; the threads bound what runs at once


@click.command("web")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True, help="Port.")
@click.option("--processes", type=click.IntRange(1), default=2, show_default=True, help="Web processes.")
def web(bind: str, port: int, processes: int) -> None:
    """Run the web server alone, on a machine of its own."""
    os.environ["HUIYIN_DATABASE_POOL"] = "1"
    share(processes)
    words = {
        "--interface": "wsgi",
        "--host": bind,
        "--port": str(port),
        "--workers": str(processes),
        "--blocking-threads": str(THREADS),
        "--backpressure": str(CONNECTIONS),
        "--workers-kill-timeout": "10s",
        "--respawn-interval": "1",
        "--log-level": "error",
    }
    options = [word for pair in words.items() for word in pair]
    target = "huiyin.config.wsgi:application"
    os.execv(sys.executable, [sys.executable, "-m", "granian", *options, "--respawn-failed-workers", target])  # noqa: S606


COMMAND = web
