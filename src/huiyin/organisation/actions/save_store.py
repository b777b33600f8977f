"""Makes or changes a store."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.models import Staff, Store
from huiyin.organisation.queries.structure import known


@action("organisation.save_store", needs="organisation.change")
def save_store(
    act: Act,
    store_id: int | None,
    *,
    code: str,
    name: str,
    size: str,
    city: str = "",
    manager_id: int | None = None,
    is_open: bool = True,
) -> Store:
    """Saves a store; ``store_id`` None makes a new one.

    Raises:
        Invalid: another store has this code, or there is no such manager.
    """
    if Store.objects.filter(code=code).exclude(pk=store_id or 0).exists():
        taken = message(_("This code is taken."))
        raise Invalid(taken, {"code": taken})
    store = act.lock(Store.objects.all(), store_id) if store_id else Store()
    store.code, store.name, store.size, store.city = code, name, size, city
    store.manager_id = known(Staff.objects.all(), manager_id, "manager_id")
    store.is_open = is_open
    store.save()
    act.record(store, code=code)
    return store
