"""What measurements work with: the people at their desks, the load generator, the database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg

from bench.load import Load
from bench.options import Options
from bench.sessions import Session, sign_in

AGENTS = ("2001", "2002", "2003", "2004", "2005", "2006", "2001", "2002")
MANAGERS = ("1002", "1001", "1002", "1001", "1002", "1001", "1002", "1001")


@dataclass
class Scene:
    """Eight agents or managers with a browser each; ``product`` is the supervisor."""

    options: Options
    product: int = 0

    @cached_property
    def load(self) -> Load:
        """Sends requests."""
        return Load(self.options, self.product)

    @cached_property
    def agents(self) -> list[Session]:
        """Service agents, one for each connection."""
        return sign_in(*AGENTS)

    @cached_property
    def managers(self) -> list[Session]:
        """Those who see everything, one for each connection."""
        return sign_in(*MANAGERS)

    def rows(self, statement: str, *params: object) -> list[tuple[Any, ...]]:
        """What a statement answers, as the application's role."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return list(cursor.fetchall()) if cursor.description else []

    def column(self, statement: str, *params: object) -> list[Any]:
        """The first column of what a statement answers."""
        return [row[0] for row in self.rows(statement, *params)]

    def tidy(self) -> None:
        """What the server does by itself some minutes after so many rows came in: statistics and visibility."""
        with self.owner() as database:
            database.execute("VACUUM (ANALYZE)")

    def owner(self) -> psycopg.Connection[Any]:
        """A connection that may make tables, for what the product is compared with."""
        from huiyin.config.embedded.places import Places
        from huiyin.config.embedded.roles import DATABASE, OWNER

        socket = str(Places(self.options.home).socket_folder)
        return psycopg.connect(host=socket, user=OWNER, dbname=DATABASE, autocommit=True)
