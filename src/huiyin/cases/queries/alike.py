"""Cases that may be the same matter, or another one of the same customer: by person, device and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from huiyin.cases.models import Case
from huiyin.cases.queries.identity import WHO, Person
from huiyin.cases.rules.alike import DUPLICATE, LikenessNumbers, judged
from huiyin.cases.rules.likeness import likeness, marks, pairs
from huiyin.kernel.actor import Actor

BY_WORDS, BY_PERSON = 40, 20
"""So many candidates each way are compared; the likeliest by marks, the newest of a person or device."""


@dataclass(frozen=True)
class Told:
    """What somebody tells, saved already (``case_id``) or still being typed."""

    title: str = ""
    description: str = ""
    person: Person = field(default_factory=Person)
    serial: str = ""
    product: str = ""
    case_id: int | None = None


@dataclass(frozen=True)
class Alike:
    """A case beside the one told: what is the same, how many percent alike, and what that means (rules/alike)."""

    pk: int
    number: str
    title: str
    state: str
    received_at: datetime
    same: frozenset[str]
    percent: int
    judged: str


def told_by(case: Case) -> Told:
    """What a saved case tells."""
    return Told(
        title=case.title,
        description=case.description,
        person=Person(case.customer_id, case.reporter_phone, case.reporter_email),
        serial=case.serial,
        product=case.product_name,
        case_id=case.pk,
    )


def alike(actor: Actor, told: Told, numbers: LikenessNumbers, now: datetime) -> list[Alike]:
    """Cases in the viewer's sight, of the days the numbers name, the surest first (two statements).

    What was merged into the case told is part of it.
    """
    keys = _candidates(told, now - timedelta(days=numbers.days))
    apart = Case.objects.visible_to(actor).filter(pk__in=keys).exclude(merged_into=told.case_id or 0)
    rows = apart.values_list(*_COMPARED)
    words = pairs(f"{told.title}\n{told.description}")
    found = [each for row in rows if (each := _compared(row, keys, told, words, numbers)).judged]
    found.sort(key=lambda each: (each.judged != DUPLICATE, -each.percent, -each.received_at.timestamp(), -each.pk))
    return found[: numbers.shown]


_COMPARED = ("pk", "number", "title", "description", "state", "received_at", "product_name")


def _compared(
    row: tuple[object, ...],
    keys: dict[int, frozenset[str]],
    told: Told,
    words: frozenset[str],
    numbers: LikenessNumbers,
) -> Alike:
    pk, number, title, description, state, received, product = row
    same = keys[int(str(pk))]
    if told.product and told.product == product:
        same |= {"product"}
    percent = likeness(words, pairs(f"{title}\n{description}"))
    verdict = judged(same, percent, numbers)
    return Alike(int(str(pk)), str(number), str(title), str(state), received, same, percent, verdict)  # type: ignore[arg-type]


def _candidates(told: Told, since: datetime) -> dict[int, frozenset[str]]:
    """Keys of cases to be compared with what is the same about them."""
    found: dict[int, frozenset[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            {
                "bands": marks(told.title, told.description),
                "customer": told.person.customer_id,
                "phone": told.person.phone,
                "email": told.person.email.lower(),
                "identity": told.person.identity_id,
                "serial": told.serial.strip(),
                "case": told.case_id or 0,
                "since": since,
                "by_words": BY_WORDS,
                "by_person": BY_PERSON,
            },
        )
        for pk, same in cursor.fetchall():
            found[pk] = found.get(pk, frozenset()) | ({same} if same else frozenset())
    return found


# each way reads an index of its own and a bounded number of rows, however many cases there are
_CANDIDATES = f"""
    WITH {WHO},
    worded AS MATERIALIZED (
        SELECT m.case_id AS id,
               cardinality(ARRAY(SELECT unnest(m.bands) INTERSECT SELECT unnest(%(bands)s::int[]))) AS n
          FROM cases_casemarks m WHERE m.bands && %(bands)s::int[] LIMIT 2000)
    SELECT id, same FROM (
        (SELECT c.id, '' AS same FROM worded JOIN cases_case c USING (id)
          WHERE c.received_at >= %(since)s ORDER BY worded.n DESC, c.id DESC LIMIT %(by_words)s)
        UNION ALL
        (SELECT id, 'customer' FROM cases_case
          WHERE customer_id = ANY(ARRAY(SELECT id FROM who)) AND received_at >= %(since)s
          ORDER BY received_at DESC LIMIT %(by_person)s)
        UNION ALL
        (SELECT id, 'phone' FROM cases_case
          WHERE reporter_phone <> '' AND reporter_phone = ANY(ARRAY(SELECT phone FROM ways WHERE phone <> ''))
            AND received_at >= %(since)s ORDER BY received_at DESC LIMIT %(by_person)s)
        UNION ALL
        (SELECT id, 'email' FROM cases_case
          WHERE reporter_email <> '' AND lower(reporter_email) = ANY(ARRAY(SELECT email FROM ways WHERE email <> ''))
            AND received_at >= %(since)s ORDER BY received_at DESC LIMIT %(by_person)s)
        UNION ALL
        (SELECT id, 'identity' FROM cases_case
          WHERE id = ANY(ARRAY(SELECT id FROM by_identity)) AND received_at >= %(since)s
          ORDER BY received_at DESC LIMIT %(by_person)s)
        UNION ALL
        (SELECT id, 'serial' FROM cases_case
          WHERE serial <> '' AND serial = %(serial)s AND received_at >= %(since)s
          ORDER BY received_at DESC LIMIT %(by_person)s)
    ) AS every WHERE id <> %(case)s
"""  # noqa: S608 - a constant of ours
