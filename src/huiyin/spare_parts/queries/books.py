"""Whether the books are right: what every entry adds up to against the balances (CAS-9)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection


@dataclass(frozen=True)
class Fault:
    """A balance that is not what the ledger says."""

    place: str
    part: str
    account: str
    booked: Decimal
    kept: Decimal


def faults_of_books() -> list[Fault]:
    """Every balance that differs from the sum of its entries; none when the books are right."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        return [Fault(*row) for row in cursor.fetchall()]


_DIFFERENCES = """
WITH entries AS (
    SELECT target_place_id AS place_id, part_id, target AS account, quantity FROM spare_parts_movement
     WHERE target_place_id IS NOT NULL
    UNION ALL
    SELECT source_place_id, part_id, source, -quantity FROM spare_parts_movement WHERE source_place_id IS NOT NULL
), booked AS (
    SELECT place_id, part_id, account, sum(quantity) AS quantity FROM entries GROUP BY place_id, part_id, account
), kept AS (
    SELECT place_id, part_id, account, quantity FROM spare_parts_stock,
           LATERAL (VALUES ('free', free), ('reserved', reserved), ('issued', issued)) AS each (account, quantity)
)
SELECT place.name, part.number, account, coalesce(booked.quantity, 0), coalesce(kept.quantity, 0)
  FROM booked FULL JOIN kept USING (place_id, part_id, account)
  JOIN spare_parts_place place ON place.id = place_id
  JOIN spare_parts_part part ON part.id = part_id
 WHERE coalesce(booked.quantity, 0) <> coalesce(kept.quantity, 0)
 ORDER BY place.name, part.number, account
"""
