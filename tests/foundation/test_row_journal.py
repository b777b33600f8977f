"""Journal lines of rows: what they keep, and that no tampering with row, line or shape escapes ``verify`` (PRV-3)."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from huiyin.foundation import clock as clocks
from huiyin.foundation.journal import install, loosen
from huiyin.foundation.models import RowChange
from huiyin.foundation.row_texts import Saying, Shape, fields_of, put_together
from huiyin.foundation.seals import seal_journals
from huiyin.foundation.verify import Finding, find_tampering
from huiyin.organisation.public import Store
from tests.conftest import Company
from tests.foundation.test_actions import rename
from tests.foundation.test_truth import run, triggers_off

TABLE = "organisation_store"


def found() -> set[Finding]:
    """What verify says, apart from changes by plain SQL, which tests make all the time."""
    return {finding for finding in find_tampering() if finding.what != "outside"}


def changed(store: Store) -> set[Finding]:
    return {Finding("changed", TABLE, str(store.pk))}


def lines_of(store: Store) -> list[RowChange]:
    return list(RowChange.objects.filter(shape__subject=TABLE, row_id=store.pk).order_by("id"))


@pytest.fixture
def store(company: Company) -> Store:
    """A shop that was made, got a manager and was renamed twice: four lines, none sealed yet."""
    shop = company.stores["S01"]
    for name in ("二号店", "三号店"):
        rename(company.call("administrator"), shop.pk, name=name)
    return shop


def test_a_new_row_is_kept_whole_and_a_changed_one_by_what_changed(store: Store) -> None:
    made, manager, *changes = lines_of(store)
    assert (made.operation, made.values["id"], made.values["code"]) == ("insert", str(store.pk), "S01")
    assert manager.values == {"manager_id": str(store.manager_id)}
    assert [(line.operation, line.values) for line in changes] == [
        ("update", {"name": "二号店"}),
        ("update", {"name": "三号店"}),
    ]
    assert [line.verb for line in changes] == ["test.rename", "test.rename"]


def test_every_version_of_a_row_can_be_told(store: Store) -> None:
    lines = lines_of(store)
    sayings = [Saying(Shape(tuple(x.shape.names), tuple(x.shape.types)), x.operation, x.data) for x in lines]
    versions = [put_together(sayings[:count]) for count in range(1, len(sayings) + 1)]
    assert [version and version["name"].text for version in versions] == ["人民路店", "人民路店", "二号店", "三号店"]


def test_a_deleted_row_is_kept_whole(store: Store) -> None:
    run(f"INSERT INTO {TABLE} (code, name, size, city, is_open) VALUES ('S99', '临时', 'small', '', true)")
    made = Store.objects.get(code="S99")
    run(f"DELETE FROM {TABLE} WHERE code = 'S99'")
    assert [(line.operation, line.values["name"]) for line in lines_of(made)] == [
        ("insert", "临时"),
        ("delete", "临时"),
    ]
    assert found() == set()


def test_yes_and_no_and_none_are_told_as_the_row_tells_them(store: Store) -> None:
    run(f"UPDATE {TABLE} SET is_open = false, manager_id = NULL WHERE id = {store.pk}")
    assert lines_of(store)[-1].values == {"is_open": "f", "manager_id": None}
    assert found() == set()


def test_an_update_that_changes_nothing_leaves_no_line(store: Store) -> None:
    run(f"UPDATE {TABLE} SET name = name")
    assert len(lines_of(store)) == 4


def test_a_password_change_is_noted_without_the_password(company: Company) -> None:
    before = RowChange.objects.count()
    run(f"UPDATE organisation_staff SET password = 'x' WHERE id = {company.staff['agent'].pk}")
    assert [line.values for line in RowChange.objects.order_by("id")[before:]] == [{}]


TAMPERED: dict[str, tuple[str, str]] = {
    "the row, in a column that never changed": (TABLE, "UPDATE organisation_store SET city = '假' WHERE id = {pk}"),
    "the row, in a column that changed": (TABLE, "UPDATE organisation_store SET name = '二号店' WHERE id = {pk}"),
    "the first line": (
        "foundation_rowchange",
        "UPDATE foundation_rowchange SET data = replace(data, 'S01', 'S77') WHERE id = {first}",
    ),
    "the last line": (
        "foundation_rowchange",
        "UPDATE foundation_rowchange SET data = replace(data, '三', '四') WHERE id = {last}",
    ),
    "the first line deleted": ("foundation_rowchange", "DELETE FROM foundation_rowchange WHERE id = {first}"),
    "the last line deleted": ("foundation_rowchange", "DELETE FROM foundation_rowchange WHERE id = {last}"),
    "a line added": (
        "foundation_rowchange",
        """INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)
           SELECT at, row_id, shape_id, operation, actor, verb, replace(data, '三', '四')
             FROM foundation_rowchange WHERE id = {last}""",
    ),
    "a line saying that the row is gone": (
        "foundation_rowchange",
        """INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)
           SELECT at, row_id, shape_id, 'delete', actor, verb, data FROM foundation_rowchange WHERE id = {first}""",
    ),
}


@pytest.mark.parametrize("what", [what for what in TAMPERED if "first line deleted" not in what])
def test_tampering_before_the_seal_is_found_by_the_row(store: Store, what: str) -> None:
    table, statement = TAMPERED[what]
    lines = lines_of(store)
    with triggers_off(table):
        run(statement.format(pk=store.pk, first=lines[0].pk, last=lines[-1].pk))
    assert found() == changed(store)


@pytest.mark.parametrize("what", [what for what in TAMPERED if "line" in what])
def test_tampering_with_sealed_lines_breaks_the_seal(store: Store, what: str) -> None:
    run("SELECT nextval('foundation_rowchange_id_seq')")  # as a rollback leaves a gap
    run(f"UPDATE {TABLE} SET city = '宁波' WHERE id = {store.pk}")
    seal_journals(clocks.now())
    table, statement = TAMPERED[what]
    *lines, last = lines_of(store)
    into_the_gap = statement.replace("(at, row_id", "(id, at, row_id").replace("SELECT at", f"SELECT {last.pk - 1}, at")
    with triggers_off(table):
        run(into_the_gap.format(pk=store.pk, first=lines[0].pk, last=lines[-1].pk))
    assert {finding.table for finding in found() if finding.what == "seal"} == {"foundation_rowchange"}


@pytest.mark.parametrize("table", ["foundation_rowchange", "foundation_actentry"])
def test_a_line_slipped_in_before_all_others_is_found(store: Store, table: str) -> None:
    seal_journals(clocks.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        columns = ", ".join(name for (name,) in cursor.fetchall() if name != "id")
    with triggers_off(table):
        run(f"INSERT INTO {table} (id, {columns}) SELECT -3, {columns} FROM {table} ORDER BY id DESC LIMIT 1")
    assert Finding("seal", table, "-3–0") in found()


def test_changing_row_and_sealed_line_alike_breaks_the_seal(store: Store) -> None:
    seal_journals(clocks.now())
    with triggers_off(TABLE):
        run(f"UPDATE {TABLE} SET name = '四号店' WHERE id = {store.pk}")
    with triggers_off("foundation_rowchange"):
        run(f"UPDATE foundation_rowchange SET data = replace(data, '三', '四') WHERE id = {lines_of(store)[-1].pk}")
    assert {(finding.what, finding.table) for finding in found()} == {("seal", "foundation_rowchange")}


def test_a_line_taken_out_of_the_middle_is_found_when_its_column_never_changed_again(store: Store) -> None:
    run(f"UPDATE {TABLE} SET city = '宁波' WHERE id = {store.pk}")
    run(f"UPDATE {TABLE} SET name = '五号店' WHERE id = {store.pk}")
    with triggers_off("foundation_rowchange"):
        run(f"DELETE FROM foundation_rowchange WHERE id = {lines_of(store)[-2].pk}")
    assert found() == changed(store)


def test_a_shape_read_otherwise_is_found(store: Store) -> None:
    seal_journals(clocks.now())
    with triggers_off("foundation_rowshape"):
        run(f"UPDATE foundation_rowshape SET names[2] = 'other' WHERE subject = '{TABLE}'")
    assert ("seal", "foundation_rowshape") in {(finding.what, finding.table) for finding in found()}


def test_a_row_with_another_key_goes_on_under_it(store: Store) -> None:
    run(f"INSERT INTO {TABLE} (code, name, size, city, is_open) VALUES ('S99', '临时', 'small', '', true)")
    made = Store.objects.get(code="S99")
    run(f"UPDATE {TABLE} SET id = 9999 WHERE id = {made.pk}")
    assert lines_of(made)[-1].operation == "delete"
    assert found() == set()
    with triggers_off(TABLE):
        run(f"UPDATE {TABLE} SET name = '假' WHERE id = 9999")
    assert found() == {Finding("changed", TABLE, "9999")}


def test_lines_do_not_depend_on_how_a_session_writes_values(company: Company) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Asia/Shanghai'; SET LOCAL datestyle = 'German'")
        cursor.execute("UPDATE working_time_calendarversion SET created_at = '2026-09-28 09:00+08'")
        cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'")
    assert found() == set()
    line = RowChange.objects.filter(shape__subject="working_time_calendarversion").latest("id")
    assert line.values["created_at"] == "2026-09-28 01:00:00+00"


def altering(store: Store, *statements: str, between: str) -> None:
    """What a migrate does: loosened triggers, altered columns, a change of data, triggers put on again."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    loosen(plan=[object()])
    for statement in statements:
        run(statement)
    run(between.format(pk=store.pk))
    run("SET CONSTRAINTS ALL IMMEDIATE")
    install()


ALTERED: dict[str, tuple[str, ...]] = {
    "a new column": ("ALTER TABLE organisation_store ADD COLUMN colour text NOT NULL DEFAULT 'red'",),
    "a column less": ("ALTER TABLE organisation_store DROP COLUMN city",),
    "another type": (
        "ALTER TABLE organisation_store ADD COLUMN level int NOT NULL DEFAULT 3",
        "ALTER TABLE organisation_store ALTER COLUMN level TYPE numeric(5,2)",
    ),
}


@pytest.mark.parametrize("how", ALTERED)
def test_a_migration_alters_columns_and_rows_and_nothing_is_lost(store: Store, how: str) -> None:
    altering(store, *ALTERED[how], between="UPDATE organisation_store SET name = '六号店' WHERE id = {pk}")
    assert lines_of(store)[-1].values["name"] == "六号店"
    assert found() == set()
    with triggers_off(TABLE):
        run(f"UPDATE {TABLE} SET name = '假' WHERE id = {store.pk}")
    assert found() == changed(store)


def test_a_column_that_changed_its_type_keeps_its_value_and_is_still_watched(store: Store) -> None:
    altering(store, "ALTER TABLE organisation_store ALTER COLUMN is_open TYPE text", between="SELECT {pk}")
    assert found() == set()
    with triggers_off(TABLE):
        run(f"UPDATE {TABLE} SET is_open = 'false' WHERE id = {store.pk}")
    assert found() == changed(store)


def test_a_column_that_came_later_is_watched_from_the_next_change_of_its_row(store: Store) -> None:
    altering(store, *ALTERED["a new column"], between="SELECT {pk}")
    run(f"UPDATE {TABLE} SET city = '宁波' WHERE id = {store.pk}")
    assert lines_of(store)[-1].values == {"city": "宁波", "colour": "red"}
    with triggers_off(TABLE):
        run(f"UPDATE {TABLE} SET colour = 'blue' WHERE id = {store.pk}")
    assert found() == changed(store)


def test_many_rows_at_once_leave_a_line_each(company: Company) -> None:
    values = "'X' || n, 'x', 'small', '', true FROM generate_series(1, 500) n"
    run(f"INSERT INTO {TABLE} (code, name, size, city, is_open) SELECT {values}")
    run(f"UPDATE {TABLE} SET name = code WHERE code LIKE 'X%'")
    run(f"DELETE FROM {TABLE} WHERE code LIKE 'X%'")
    lines = RowChange.objects.filter(shape__subject=TABLE).order_by("-id")[:1500]
    assert [line.operation for line in lines] == ["delete"] * 500 + ["update"] * 500 + ["insert"] * 500
    assert found() == set()


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@pytest.mark.django_db
@given(TEXTS, TEXTS, st.none() | TEXTS)
def test_whatever_a_row_says_is_read_back(first: str, second: str, third: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ROW(%s::text, %s::text, %s::text)::text", [first, second, third])
        assert fields_of(cursor.fetchone()[0]) == [first, second, third]


@given(st.lists(st.none() | TEXTS, min_size=1))
def test_fields_of_a_row_are_read_as_they_were_written(fields: list[str | None]) -> None:
    def written(field: str | None) -> str:
        if field is None:
            return ""
        return '"' + field.replace("\\", "\\\\").replace('"', '""') + '"'

    assert fields_of(f"({','.join(map(written, fields))})") == fields


@pytest.mark.parametrize("text", ['"', "\\", ",", "(a,b)", "", " ", "\n", "=", "n", "=n", "，“”", "{}", "a\tb"])
def test_odd_texts_change_and_are_verified(store: Store, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET city = 'before' WHERE id = %s", [store.pk])
        cursor.execute(f"UPDATE {TABLE} SET city = %s WHERE id = %s", [text, store.pk])
    assert lines_of(store)[-1].values == {"city": text}
    assert found() == set()
