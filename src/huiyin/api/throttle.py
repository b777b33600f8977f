"""Counts requests per person and minute in the database, so that every web process counts together."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from huiyin.foundation import clock

_COUNT = """
    INSERT INTO api_requestcount (who, minute, requests) VALUES (%s, %s, 1)
    ON CONFLICT (who) DO UPDATE SET
      requests = CASE WHEN api_requestcount.minute = excluded.minute THEN api_requestcount.requests + 1 ELSE 1 END,
      minute = excluded.minute
    RETURNING requests
"""


class PerPerson(BaseThrottle):
    """At most ``HUIYIN_API_REQUESTS_PER_MINUTE`` requests in one clock minute for one person (0: no limit)."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Counts this request and says whether it is still within the limit."""
        limit = int(settings.API_REQUESTS_PER_MINUTE)
        if limit == 0:
            return True
        minute = int(clock.now().timestamp() // 60)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [str(request.auth.id), minute])  # type: ignore[attr-defined]
            return bool(cursor.fetchone()[0] <= limit)

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return 60 - clock.now().timestamp() % 60
