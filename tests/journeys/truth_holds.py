"""Step 9 and the borders: verify proves the history; out of scope is 404, without the right 403 (PRV-3, ORG-3)."""

from __future__ import annotations

from click.testing import CliRunner, Result
from django.db import connection

from huiyin.cases.public import Case
from huiyin.foundation.commands import verify
from huiyin.foundation.tasks import seal
from tests.journeys.walk import Walk


def borders_hold(walk: Walk) -> None:
    """Nobody sees or does more than the role allows, whatever address is typed."""
    case, visit = walk.notes["case"], walk.notes["visit"]
    answers = {
        ("rnd_head", case): 200,
        ("technical_head", case): 404,
        ("store_manager", case): 200 if _bought_in(case) == "S01" else 404,
        ("engineer", visit): 404,
        ("agent2", visit): 404,
        ("agent", "/wall/"): 403,
        ("agent", "/plan/"): 403,
        ("agent", "/imports/"): 403,
        ("auditor", f"{case}cancel/"): 403,
        ("auditor", case): 200,
        ("quality", visit): 200,
    }
    assert {each: walk.status(*each) for each in answers} == answers
    walk.picture(walk.page("agent"), "forbidden")


def _bought_in(case: str) -> str:
    """The store of the case: which customer was drawn, and so where it had bought, is the seed's choice."""
    number = int(case.strip("/").rpartition("/")[2])
    return Case.objects.values_list("store__code", flat=True).get(pk=number) or ""


def tampering_is_found(walk: Walk) -> None:
    """After all this the history is whole; one row changed behind the journal is named."""
    walk.job(seal)
    clean = _verify()
    assert (clean.output.strip(), clean.exit_code) == ("0 findings", 0)
    case = Case.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_case SET verdict = 'mostly' WHERE id = %s", [case.pk])
        cursor.execute("ALTER TABLE cases_case ENABLE TRIGGER USER")
    found = _verify()
    assert found.exit_code == 1
    assert found.output.splitlines() == [f"changed\tcases_case\t{case.pk}", "1 findings"]


def _verify() -> Result:
    return CliRunner().invoke(verify, [])
