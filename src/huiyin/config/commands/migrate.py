"""``huiyin migrate``."""

from __future__ import annotations

import os

import click


@click.command("migrate")
def migrate() -> None:
    """Bring tables and static files to this version.

    Safe to repeat and to run on many machines at once.
    """
    os.environ["HUIYIN_DATABASE_ROLE"] = "owner"
    from huiyin.config.home import home_folder  # noqa: PLC0415 - settings read the environment set above
    from huiyin.config.upgrade import upgrade  # noqa: PLC0415

    upgrade(home_folder())


COMMAND = migrate
