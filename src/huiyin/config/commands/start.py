"""``huiyin start``."""

from __future__ import annotations

import os

import click

from huiyin.config.home import home_folder
from huiyin.config.supervisor.run import Supervisor


@click.command("start")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True, help="Where.")
@click.option("--demo", is_flag=True, envvar="HUIYIN_DEMO", help="Make the demo company first if there is no company.")
def start(port: int, demo: bool) -> None:
    """Start everything and stay until stopped.

    Database, web server and worker run as children of this process; Ctrl-C stops them in order.
    """
    if demo:
        os.environ["HUIYIN_DEMO"] = "1"
    Supervisor(home_folder(), port, demo).run()


COMMAND = start
