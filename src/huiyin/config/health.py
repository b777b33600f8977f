"""``GET /healthz``: 200 when web, database and worker are ready, else 503 and which of them is not."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

READY = "ready"
DOWN = "down"
UNKNOWN = "unknown"
HEARTBEAT = timedelta(seconds=5)  # how often a worker shows that it lives
SILENCE = timedelta(seconds=15)  # a worker silent for longer counts as dead
SECONDS_FOR_DATABASE = 2

WORKERS_ALIVE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s"


@dataclass(frozen=True)
class Health:
    """The state of the three parts: ``ready``, ``down`` or ``unknown``."""

    web: str = DOWN
    database: str = UNKNOWN
    worker: str = UNKNOWN

    @property
    def ready(self) -> bool:
        """Whether all three are."""
        return self.web == self.database == self.worker == READY

    @property
    def missing(self) -> list[str]:
        """The names of the parts that are not ready."""
        return [name for name, state in asdict(self).items() if state != READY]


def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view has it
    """Answers load balancers and people; asks the database over a connection of its own, so a full pool is no lie."""
    from django.http import JsonResponse  # noqa: PLC0415 - the supervisor uses this module without Django

    health = look()
    answer: dict[str, Any] = asdict(health)
    if not health.ready:
        answer["missing"] = health.missing
    return JsonResponse(answer, status=200 if health.ready else 503)


def look() -> Health:
    """Looks at database and worker from inside a web process."""
    from django.db import connection  # noqa: PLC0415

    params = connection.get_connection_params()
    wanted = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
    try:
        with psycopg.connect(**wanted, connect_timeout=SECONDS_FOR_DATABASE, autocommit=True) as database:
            database.execute(f"SET statement_timeout = '{SECONDS_FOR_DATABASE}s'")
            alive = database.execute(WORKERS_ALIVE, [SILENCE]).fetchone()
    except psycopg.errors.UndefinedTable:
        return Health(web=READY, database="not migrated")
    except psycopg.Error:
        return Health(web=READY, database=DOWN)
    return Health(web=READY, database=READY, worker=READY if alive and alive[0] else DOWN)


def ask(address: str, seconds: float) -> Health:
    """Asks a running Huiyin from outside; everything is down when nobody answers."""
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=seconds) as answer:  # noqa: S310 - our own http address
            return _read(answer.read())
    except urllib.error.HTTPError as error:
        return _read(error.read())
    except OSError:
        return Health()


def _read(body: bytes) -> Health:
    try:
        told = json.loads(body)
        return Health(web=told["web"], database=told["database"], worker=told["worker"])
    except (ValueError, KeyError, TypeError):
        return Health()
