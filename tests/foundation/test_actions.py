"""Actions leave their trace, refuse without a trace, and a repeat does nothing."""

from __future__ import annotations

import pytest

from huiyin.foundation.actions import Act, action
from huiyin.foundation.inserting import insert
from huiyin.foundation.models import ActEntry, RowChange
from huiyin.kernel.refusal import Forbidden, NotFound, Repeated
from huiyin.organisation.public import Store
from tests.conftest import Company


@action("test.rename", needs="organisation.change")
def rename(act: Act, store_id: int, *, name: str) -> Store:
    store = act.lock(Store.objects.all(), store_id)
    store.name = name
    store.save()
    act.record(store, name=name)
    return store


def test_an_action_leaves_one_line_and_one_row_change(company: Company) -> None:
    store = company.stores["S01"]
    rename(company.call("administrator"), store.pk, name="新店")
    entry = ActEntry.objects.get(verb="test.rename")
    assert (entry.subject, entry.subject_id, entry.actor_name) == ("organisation.store", store.pk, "administrator")
    change = RowChange.objects.filter(shape__subject="organisation_store", row_id=store.pk).latest("id")
    assert (change.operation, change.values["name"], change.verb) == ("update", "新店", "test.rename")
    assert change.actor == f"staff:{company.staff['administrator'].pk}"


def test_a_row_written_in_one_sentence_is_the_row_that_saving_writes(company: Company) -> None:
    told = {"at": company.call("agent").now, "verb": "x", "actor_kind": "staff", "actor_name": "客服", "subject": "y"}
    saved = ActEntry.objects.create(**told, subject_id=7, customer_id=None, data={"客户": [1, None]})
    written = insert(ActEntry(**told, subject_id=7, customer_id=None, data={"客户": [1, None]}))
    both = list(ActEntry.objects.filter(pk__in=[saved.pk, written.pk]).order_by("pk").values())
    assert {**both[0], "id": 0} == {**both[1], "id": 0}
    assert (written._state.adding, written._state.db) == (False, "default")


def test_without_the_right_nothing_happens(company: Company) -> None:
    before = RowChange.objects.count()
    with pytest.raises(Forbidden):
        rename(company.call("agent"), company.stores["S01"].pk, name="新店")
    assert (RowChange.objects.count(), ActEntry.objects.count()) == (before, 0)


def test_a_missing_row_is_not_found(company: Company) -> None:
    with pytest.raises(NotFound):
        rename(company.call("administrator"), 0, name="新店")


def test_the_same_key_acts_once_and_tells_the_first_result(company: Company) -> None:
    store = company.stores["S01"]
    rename(company.call("administrator", once="k1"), store.pk, name="甲")
    with pytest.raises(Repeated) as repeated:
        rename(company.call("administrator", once="k1"), store.pk, name="乙")
    store.refresh_from_db()
    assert (store.name, repeated.value.result, ActEntry.objects.count()) == ("甲", store.pk, 1)


def test_passwords_stay_out_of_the_journal(company: Company) -> None:
    changes = RowChange.objects.filter(shape__subject="organisation_staff")
    hashes = [staff.password for staff in company.staff.values()]
    assert changes
    assert not any("password" in change.values for change in changes)
    assert not any(secret and secret in change.data for change in changes for secret in hashes)
