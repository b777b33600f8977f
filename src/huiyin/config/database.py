"""Where PostgreSQL is: ``DATABASE_URL`` if given, else the embedded server in the data folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from huiyin.config.embedded.places import Places
from huiyin.config.embedded.roles import APPLICATION, DATABASE, OWNER

POOL = {"min_size": 2, "max_size": 8, "timeout": 10}
PREPARED_AFTER = 2  # askings on one connection


def database_settings(home: Path) -> dict[str, Any]:
    """Django's database entry for this process.

    ``HUIYIN_DATABASE_ROLE=owner`` (set by migrate and by tests) connects as the role that owns the tables;
    everything else connects as the application role, which may not rewrite history. ``HUIYIN_DATABASE_POOL=1``
    (set for the long-running processes) keeps connections open between requests. ``HUIYIN_DATABASE_PREPARES=0`` is for
    a pooler between us and PostgreSQL that knows no prepared statements.
    """
    url = os.environ.get("DATABASE_URL")
    settings = from_url(url) if url else embedded(home)
    if acts_as_owner() and os.environ.get("DATABASE_OWNER_URL"):
        settings = from_url(os.environ["DATABASE_OWNER_URL"])
    if os.environ.get("HUIYIN_DATABASE_POOL") == "1":
        settings["OPTIONS"]["pool"] = dict(POOL)
    if os.environ.get("HUIYIN_DATABASE_PREPARES") != "0":
        settings["OPTIONS"]["prepare_threshold"] = PREPARED_AFTER
    settings.update(ENGINE="huiyin.config.postgres", CONN_MAX_AGE=0)
    settings["TEST"] = {"NAME": os.environ.get("HUIYIN_TEST_DATABASE", "test_huiyin")}
    return settings


def acts_as_owner() -> bool:
    """Whether this process works on the tables themselves."""
    return os.environ.get("HUIYIN_DATABASE_ROLE") == "owner"


def application_role() -> str:
    """The role that gets the application's rights after each migrate."""
    url = os.environ.get("DATABASE_URL")
    given = from_url(url)["USER"] if url else APPLICATION
    return os.environ.get("HUIYIN_APPLICATION_ROLE") or given


def from_url(url: str) -> dict[str, Any]:
    """Splits ``postgresql://user:password@host:port/name?host=/socket/folder`` into Django's words."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query},
    }


def embedded(home: Path) -> dict[str, Any]:
    """The embedded server listens on a socket in a folder only we may enter."""
    return {
        "NAME": DATABASE,
        "USER": OWNER if acts_as_owner() else APPLICATION,
        "PASSWORD": "",
        "HOST": str(Places(home).socket_folder),
        "PORT": "",
        "OPTIONS": {},
    }
