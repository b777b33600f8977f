"""History cannot be rewritten, and ``verify`` finds whoever tried (PRV-3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from huiyin.foundation import clock as clocks
from huiyin.foundation import seals
from huiyin.foundation.journal import recorded_tables
from huiyin.foundation.models import ActEntry, RowChange, Seal
from huiyin.foundation.seals import seal_journals
from huiyin.foundation.verify import Finding, find_tampering
from tests.conftest import Company
from tests.foundation.test_actions import rename


@contextmanager
def as_application() -> Iterator[None]:
    """Speaks to the database with the rights of the application's role."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE huiyin_app")
        yield
        cursor.execute("RESET ROLE")


@contextmanager
def triggers_off(table: str) -> Iterator[None]:
    """What only the owner of the tables can do: change a row behind the triggers' back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def acted(company: Company) -> Company:
    rename(company.call("administrator"), company.stores["S01"].pk, name="新店")
    seal_journals(clocks.now())
    return company


@pytest.mark.parametrize(
    "table", ["foundation_actentry", "foundation_rowchange", "foundation_rowshape", "foundation_seal"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_applications_role_cannot_change_history(acted: Company, table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), as_application():
        run(statement.format(table))


def test_the_applications_role_cannot_invent_row_changes(acted: Company) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), as_application():
        run(
            "INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)"
            " VALUES (now(), 1, 1, 'insert', 'x', '', '()')"
        )


@pytest.mark.parametrize(
    "table", ["foundation_actentry", "foundation_rowchange", "foundation_rowshape", "foundation_seal"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}"])
def test_even_the_owner_is_stopped_by_a_trigger(acted: Company, table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="history cannot be changed"), transaction.atomic():
        run(statement.format(table))


def test_the_application_can_still_work_and_leaves_row_changes(acted: Company) -> None:
    before = RowChange.objects.count()
    with transaction.atomic(), as_application():
        run("UPDATE organisation_store SET name = 'x' WHERE code = 'S02'")
    assert RowChange.objects.count() == before + 1


def findings(what: str) -> list[Finding]:
    return [finding for finding in find_tampering() if finding.what == what]


def test_an_untouched_company_has_no_tampering(acted: Company) -> None:
    assert [finding for finding in find_tampering() if finding.what != "outside"] == []


def test_a_row_changed_behind_the_journal_is_found(acted: Company) -> None:
    store = acted.stores["S01"]
    with triggers_off("organisation_store"):
        run(f"UPDATE organisation_store SET name = '假' WHERE id = {store.pk}")
    assert findings("changed") == [Finding("changed", "organisation_store", str(store.pk))]


def test_a_row_deleted_behind_the_journal_is_found(acted: Company) -> None:
    store = acted.stores["S02"]
    with triggers_off("organisation_store"):
        run(f"DELETE FROM organisation_store WHERE id = {store.pk}")
    assert findings("vanished") == [Finding("vanished", "organisation_store", str(store.pk))]


def test_a_row_slipped_in_is_found(acted: Company) -> None:
    with triggers_off("organisation_department"):
        run("INSERT INTO organisation_department (code, name) VALUES ('ghost', '幽灵部')")
    assert [finding.table for finding in findings("unrecorded")] == ["organisation_department"]


def test_a_stray_sql_update_is_told_apart_from_an_action(acted: Company) -> None:
    seen = len(findings("outside"))
    run("UPDATE organisation_store SET name = '手改' WHERE code = 'S01'")
    assert len(findings("outside")) == seen + 1


@pytest.mark.parametrize("table", ["foundation_actentry", "foundation_rowchange"])
def test_a_rewritten_journal_breaks_its_seal(acted: Company, table: str) -> None:
    with triggers_off(table):
        run(f"UPDATE {table} SET verb = 'nothing.happened' WHERE id = (SELECT max(id) FROM {table})")
    assert {finding.table for finding in findings("seal")} == {table}


def test_a_removed_journal_line_breaks_its_seal(acted: Company) -> None:
    with triggers_off("foundation_actentry"):
        run("DELETE FROM foundation_actentry")
    assert {finding.table for finding in findings("seal")} == {"foundation_actentry"}


def test_a_removed_seal_breaks_the_chain(acted: Company) -> None:
    rename(acted.call("administrator"), acted.stores["S01"].pk, name="又新")
    seal_journals(clocks.now())
    with triggers_off("foundation_seal"):
        run("DELETE FROM foundation_seal WHERE journal = 'foundation_actentry' AND first_id = 1")
    assert {finding.table for finding in findings("seal")} == {"foundation_actentry"}


def test_sealing_again_without_news_makes_no_seal(acted: Company) -> None:
    before = Seal.objects.count()
    assert seal_journals(clocks.now()) == 0
    assert (Seal.objects.count(), ActEntry.objects.count()) == (before, 1)


def test_every_recorded_table_has_its_three_triggers(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, count(*) FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " WHERE tgname LIKE 'journal\\_%' GROUP BY relname"
        )
        assert dict(cursor.fetchall()) == dict.fromkeys(recorded_tables(), 3)


@pytest.mark.django_db(transaction=True)
def test_a_journal_being_written_is_sealed_the_next_time(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "PATIENCE", "50ms")
    rename(company.call("administrator"), company.stores["S01"].pk, name="新店")
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": False}) as writer:
        writer.execute("LOCK TABLE foundation_actentry IN ROW EXCLUSIVE MODE")
        seal_journals(clocks.now())
        assert not Seal.objects.filter(journal="foundation_actentry").exists()
        writer.rollback()
    seal_journals(clocks.now())
    assert Seal.objects.filter(journal="foundation_actentry").count() == 1
