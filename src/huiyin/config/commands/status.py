"""``huiyin status``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from huiyin.config import health
from huiyin.config.home import home_folder
from huiyin.config.supervisor import note

NOT_READY = 1


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def status(as_json: bool) -> None:
    """Tell what runs on this data folder.

    The exit code is 0 when web, database and worker are ready, else 1.
    """
    there = note.read(home_folder())
    seen = health.ask(there.address, seconds=5.0) if there else health.Health()
    answer = {
        "running": there is not None,
        "address": there.address if there else None,
        "pid": there.pid if there else None,
        "home": str(home_folder()),
        **asdict(seen),
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{name}: {value}" for name, value in answer.items() if value is not None))
    sys.exit(0 if seen.ready else NOT_READY)


COMMAND = status
