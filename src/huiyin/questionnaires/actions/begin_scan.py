"""A customer scanned a code: asks the questionnaire of the place, whose attribution is frozen now (QST-5, CHN-3)."""

from __future__ import annotations

from typing import Any

from huiyin.customers.public import Customer, recognise
from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.actions.ask import ask
from huiyin.questionnaires.actions.make_link import new_link
from huiyin.questionnaires.models import Asking, Scan, ScanPoint
from huiyin.questionnaires.rules.words import AskingState


@action("questionnaires.begin_scan")
def begin_scan(act: Act, point_id: int, proof: str, *, device: str = "", phone: str = "") -> str:
    """The token of the questionnaire; a device that has begun here goes on with what it began.

    ``phone`` lets the customer be recognised; a number that we do not know changes nothing.

    Raises:
        NotFound: there is no such code, or it is no longer in use.
    """
    point = ScanPoint.objects.filter(pk=point_id, is_active=True).first()
    if point is None or point.proof != proof:
        raise NotFound
    begun = _begun(act, point, device) if device else None
    if begun is not None:
        return new_link(act, begun)
    scan = Scan.objects.create(point=point, at=act.now, device=device)
    customer = _customer(phone)
    asking = ask(
        Call(SYSTEM, act.now),
        questionnaire=point.questionnaire,
        subject=scan,
        customer=customer.pk if customer else None,
        attribution=_attribution(point),
    )
    return asking.token or new_link(act, asking)


def _begun(act: Act, point: ScanPoint, device: str) -> Asking | None:
    scan = Scan.objects.filter(point=point, device=device).order_by("-pk").values_list("pk", flat=True).first()
    asked = Asking.objects.filter(subject=Scan._meta.label_lower, subject_id=scan or 0, expires_at__gt=act.now)
    return asked.filter(state__in=[AskingState.OPEN, AskingState.PARTIAL]).first()


def _customer(phone: str) -> Customer | None:
    return recognise(phone=phone) if phone.strip() else None


def _attribution(point: ScanPoint) -> dict[str, Any]:
    named: dict[str, Any] = {
        "store": point.store_id,
        "product": point.product_id,
        "department": point.department_id,
        "place": point.name,
        "point": point.pk,
    }
    return {name: value for name, value in named.items() if value is not None}
