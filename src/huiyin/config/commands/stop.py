"""``huiyin stop``."""

from __future__ import annotations

import json
import os
import signal
import time

import click

from huiyin.config.home import home_folder
from huiyin.config.locks import is_taken
from huiyin.config.problems import CannotStart
from huiyin.config.supervisor import note
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

PATIENCE_SECONDS = 60.0


@click.command("stop")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def stop(as_json: bool) -> None:
    """Stop what runs on this data folder, and wait for it."""
    there = note.read(home_folder())
    if there is not None:
        os.kill(there.pid, signal.SIGTERM)
        _wait()
    answer = {"stopped": there is not None}
    click.echo(json.dumps(answer) if as_json else "stopped" if there else "not running")


def _wait() -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while is_taken(note.lock_path(home_folder())):
        if time.monotonic() > limit:
            raise CannotStart(message(_("Huiyin has not stopped after %(seconds)s s."), seconds=int(PATIENCE_SECONDS)))
        time.sleep(0.05)


COMMAND = stop
