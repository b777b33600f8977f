"""Two roles: the owner makes and changes tables, the application only works in them."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from huiyin.config.embedded.cluster import SUPERUSER

OWNER = "huiyin_owner"
APPLICATION = "huiyin_app"
DATABASE = "huiyin"


def ensure_roles(socket_folder: Path) -> None:
    """Makes the roles and the database where they are missing; safe to repeat."""
    with psycopg.connect(host=str(socket_folder), dbname="postgres", user=SUPERUSER, autocommit=True) as connection:
        _ensure_role(connection, OWNER, sql.SQL("LOGIN CREATEDB"))
        _ensure_role(connection, APPLICATION, sql.SQL("LOGIN"))
        connection.execute(  # the owner may look through the application's eyes
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER))
        )
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def _ensure_role(connection: psycopg.Connection[tuple[object, ...]], name: str, rights: sql.SQL) -> None:
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), rights))


def _exists(connection: psycopg.Connection[tuple[object, ...]], query: str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None
