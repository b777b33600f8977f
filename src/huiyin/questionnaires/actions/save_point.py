"""Says where QR codes hang, what they ask, and which of them still count (CHN-3)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from huiyin.customers.public import Product
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff, Store
from huiyin.questionnaires.models import ScanPoint
from huiyin.questionnaires.queries.questionnaires import newest


@action("questionnaires.save_point", needs="questionnaires.change")
def save_point(
    act: Act, *, name: str, questionnaire: str, store: int | None = None, product: int | None = None
) -> ScanPoint:
    """A new place with a code of its own.

    Raises:
        NotFound: no such questionnaire.
        Invalid: there is no name, no such store or no such product.
        Conflict: a place has this name already.
    """
    newest(questionnaire)
    if not name.strip():
        raise Invalid(message(_("A place needs a name.")), {"name": message(_("A place needs a name."))})
    if store and not Store.objects.filter(pk=store).exists():
        raise Invalid(message(_("There is no such store.")), {"store": message(_("There is no such store."))})
    if product and not Product.objects.filter(pk=product).exists():
        raise Invalid(message(_("There is no such product.")), {"product": message(_("There is no such product."))})
    point = ScanPoint(
        name=name.strip(),
        questionnaire=questionnaire,
        store_id=store,
        product_id=product,
        department_id=Staff.objects.filter(pk=act.actor.staff_id or 0).values_list("department", flat=True).first(),
        made_at=act.now,
    )
    try:
        with transaction.atomic():
            point.save(force_insert=True)
    except IntegrityError:
        raise Conflict(message(_("A place is called %(name)s already."), name=point.name)) from None
    act.record(point)
    return point


@action("questionnaires.switch_point", needs="questionnaires.change")
def switch_point(act: Act, point_id: int, *, active: bool) -> ScanPoint:
    """Takes a place out of use, or back into it; what was begun there can be finished."""
    point = act.lock(ScanPoint.objects.all(), point_id)
    if point.is_active != active:
        point.is_active = active
        point.save(update_fields=["is_active"])
        act.record(point, active=active)
    return point


@action("questionnaires.renew_point", needs="questionnaires.change")
def renew_point(act: Act, point_id: int) -> ScanPoint:
    """Makes the printed code useless; a new sheet has to be printed."""
    point = act.lock(ScanPoint.objects.all(), point_id)
    point.number += 1
    point.save(update_fields=["number"])
    act.record(point, number=point.number)
    return point
